/*
 * What credits of an event ask for beside path, final test and questionnaire (024_eligibility.sql): the person's
 * declaration about recruitment by sponsors, and whether the event demands it.
 */
#ifndef SERVER_STORE_ELIGIBILITY_H
#define SERVER_STORE_ELIGIBILITY_H

#include <glib.h>

#include "server/store/store.h"

#define DECLARATION_SPONSOR_MAX 100 /* as the report takes it [ECM 1.3] */

struct declaration {
	bool recruited;
	char sponsor[DECLARATION_SPONSOR_MAX + 1]; /* empty unless recruited */
	bool works_here;                           /* in the region that accredited the event */
	char text[33];                             /* version of what was confirmed */
	int64_t declared_at;
	char first_day[11]; /* YYYY-MM-DD, of the first declaration: a correction does not move it */
};

/* The newest; false when there is none. */
bool declaration_of(struct db *db, int64_t person, int64_t event, struct declaration *ret);
/* In a work function. Sets declared_at and first_day (`today` unless an earlier declaration says). */
void declaration_add(struct db *db, int64_t person, int64_t event, struct declaration *declaration,
	const char *today, const char *body);

/* Does the event give credits only to who declared? True unless somebody said otherwise. */
bool declaration_required(struct db *db, int64_t event);
/* In a work function. */
void declaration_require(struct db *db, int64_t event, bool required, int64_t by);

#endif
