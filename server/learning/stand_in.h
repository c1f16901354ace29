/*
 * What server/ecm will say of a person's path, until it does.
 */
#ifndef SERVER_LEARNING_STAND_IN_H
#define SERVER_LEARNING_STAND_IN_H

#include <jansson.h>

#include "server/store/store.h"

json_t *completion_json(struct db *db, int64_t person, int64_t *ret_seconds_needed);

#endif
