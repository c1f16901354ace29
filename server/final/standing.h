/*
 * Where a person stands with the final test: which event's it is, whether an attempt may begin, and if not,
 * everything that is missing, told one by one.
 */
#ifndef SERVER_FINAL_STANDING_H
#define SERVER_FINAL_STANDING_H

#include <jansson.h>

#include "server/store/final_test.h"

struct final_standing {
	bool has_event;
	struct ecm_event event;
	struct final_rules rules;
	guint questions; /* of the next attempt */
	guint needed;
	bool has_attempt;
	struct final_attempt newest; /* its exam is owned: final_standing_finish() */
	struct final_outcome outcome;
	bool disclosed; /* right answers may be shown */
	char last_day[11]; /* on which test and questionnaire may be done; empty without an event */
	bool may_start; /* a new attempt; false while one is open */
	GArray *missing; /* struct problem each; empty when may_start, open or passed */
};

/* `event`: one in class in which the person is enrolled; 0: the one of the person's path. */
void final_standing(struct db *db, int64_t person, int64_t event, int64_t now, struct final_standing *ret);
void final_standing_finish(struct final_standing *standing);

/* The list `missing` as JSON; a new reference. */
json_t *final_missing_json(const struct final_standing *standing);

#endif
