/*
 * Between the files of the course image. Each array's members are described once, by a function that
 * walks a member field by field over `struct codec`: the same walk measures, writes and reads.
 */
#ifndef PLAYER_ENGINE_IMAGE_INTERNAL_H
#define PLAYER_ENGINE_IMAGE_INTERNAL_H

#include "player/engine/course/course.h"

struct byte_reader;
struct byte_writer;

/* Either end of the walk: reader when `writer` is NULL. */
struct codec {
	struct byte_writer *writer;
	struct byte_reader *reader;
};

void image_code_head(const struct codec *codec, struct course *course); /* all but the arrays */
void image_code_activity(const struct codec *codec, struct activity *activity);
void image_code_rule(const struct codec *codec, struct sequencing_rule *rule);
void image_code_rollup_rule(const struct codec *codec, struct rollup_rule *rule);
void image_code_condition(const struct codec *codec, struct condition *condition);
void image_code_objective(const struct codec *codec, struct objective *objective);
void image_code_map(const struct codec *codec, struct objective_map *map);
void image_code_shared_data(const struct codec *codec, struct shared_data_map *map);

/* Do all counts, indices and ranges hold, and the tree's pre-order? */
bool image_is_sound(const struct course *course);

#endif
