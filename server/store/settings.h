/*
 * Settings: named texts (001_people.sql, table setting). Names and defaults: server/settings.c.
 */
#ifndef SERVER_STORE_SETTINGS_H
#define SERVER_STORE_SETTINGS_H

#include "server/store/store.h"

/* False when never set. */
bool settings_get(struct db *db, const char *name, char *ret, size_t size);
void settings_set(struct db *db, const char *name, const char *value);

#endif
