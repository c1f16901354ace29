/*
 * The installation's settings: what may be set, within which bounds, and what holds when nothing was set.
 */
#ifndef SERVER_SETTINGS_H
#define SERVER_SETTINGS_H

#include <jansson.h>

#include "server/store/store.h"

#define SETTING_BYTES 1000

/* The value set or its default; `name` must be one of the table. */
void settings_value(struct db *db, const char *name, char ret[SETTING_BYTES]);
bool settings_is(struct db *db, const char *name, const char *value);
int64_t settings_number(struct db *db, const char *name);

/* {title_it, title_en, deadline, support_email} */
json_t *settings_programme_json(struct db *db);
/* All of them; what holds. */
json_t *settings_json(struct db *db);
/* Sets what `json` names. False: `ret` says which and why; nothing is to be kept. */
bool settings_put(struct db *db, json_t *json, struct problem *ret);

#endif
