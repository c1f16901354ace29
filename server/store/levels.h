/*
 * Levels and who has which (002_courses.sql).
 */
#ifndef SERVER_STORE_LEVELS_H
#define SERVER_STORE_LEVELS_H

#include <glib.h>

#include "server/store/store.h"

#define LEVEL_ID_BYTES 65

struct level_row {
	char id[LEVEL_ID_BYTES];
	char name_it[128], name_en[128];
	int64_t position; /* from 1, the lowest */
	double cut;       /* 0..1 */
};

/* struct level_row each, from the lowest; retired ones left out. */
GArray *levels_list(struct db *db);
bool level_find(struct db *db, const char *id, struct level_row *ret);
/* Makes these the levels, in this order; those no longer named are retired, never removed. */
void levels_replace(struct db *db, const struct level_row *levels, size_t count);

/* False: not placed yet. */
bool level_of_person(struct db *db, int64_t person, struct level_row *ret);
/* `by` 0: the placement itself. `why` may be NULL. Writes the act too. */
void level_assign(
	struct db *db, int64_t person, const char *level, bool is_override, const char *why, int64_t by);

#endif
