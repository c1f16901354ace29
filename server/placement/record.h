/* The audit of a placement: shown from what is stored, and run again. */
#ifndef SERVER_PLACEMENT_RECORD_H
#define SERVER_PLACEMENT_RECORD_H

#include <jansson.h>
#include "server/placement/prepared.h"

/* A person's tests, newest first. A new reference. */
json_t *record_list_json(struct db *db, int64_t person);

/* The record of one test; NULL when there is none. A new reference. */
json_t *record_json(struct prepared_cache *cache, struct db *db, int64_t placement);

#endif
