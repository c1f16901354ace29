/*
 * What a person's path looks like: which module is locked, what is next, and as JSON.
 */
#ifndef SERVER_LEARNING_PATH_JSON_H
#define SERVER_LEARNING_PATH_JSON_H

#include <glib.h>
#include <jansson.h>

#include "server/store/store.h"

/* `path`: struct module_state each. With a forced order a module waits for those before it that have a package. */
bool path_is_locked(const GArray *path, bool forced, int64_t module);

/* The answer of GET /api/me/path. */
json_t *path_json(struct db *db, int64_t person);

#endif
