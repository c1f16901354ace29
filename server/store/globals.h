/*
 * What a person's courses leave to each other (009_globals.sql); how it is merged: server/learning/globals.h.
 */
#ifndef SERVER_STORE_GLOBALS_H
#define SERVER_STORE_GLOBALS_H

#include <glib.h>

#include "server/store/store.h"

/* A new reference; NULL: nothing yet. */
GBytes *person_globals(struct db *db, int64_t person);
/* Replaces them; `attempt` is the one whose work changed them, 0: none. */
void person_globals_put(struct db *db, int64_t person, int64_t attempt, GBytes *globals);

#endif
