/* Between the files of the data model's interpreter. */
#ifndef PLAYER_ENGINE_MODEL_INTERNAL_H
#define PLAYER_ENGINE_MODEL_INTERNAL_H

#include "player/engine/state.h"

/* The error code of the course's edition. */
uint16_t model_code(const struct engine *engine, uint16_t code_12, uint16_t code_2004);
/* The error for a path that leads to no element. */
uint16_t model_path_error(const struct engine *engine, enum path_verdict verdict, struct span path, bool set);

/* Keys of the current SCO's values: an element's, and the count of a collection, within member `n` of its
 * outer one. */
value_key model_stored_key(const struct engine *engine, const struct element_place *place);
value_key model_count_key(uint32_t owner, enum collection collection, uint32_t n);

/* Shared data (RTE 4.3.1): the map says which bucket, and what the activity may do with it. */
const struct shared_data_map *model_data_map(const struct engine *engine, uint32_t n, uint32_t *ret_bucket);

#endif
