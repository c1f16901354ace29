/*
 * Who may take the placement test, now or later: the first time always (with an active bank), again as the
 * policy says or as the provider allowed.
 */
#ifndef SERVER_PLACEMENT_RULES_H
#define SERVER_PLACEMENT_RULES_H

#include <jansson.h>
#include "server/store/placement.h"

enum placement_standing {
	STANDING_NONE, /* never begun */
	STANDING_OPEN, /* begun, not handed in */
	STANDING_DONE,
};

struct placement_right {
	enum placement_standing standing;
	int64_t placement;      /* the newest test; 0 for none */
	int64_t number;         /* how many so far */
	bool may_start;         /* start, resume or take again */
	bool by_grant;          /* taking again now uses a retake that the provider allowed */
	int64_t from;           /* when the next try opens; 0: never, or now */
	struct problem why_not; /* when not may_start */
};

void placement_right(struct db *db, int64_t person, int64_t now, struct placement_right *ret);

/*
 * The member "placement" of GET /api/me/path: {state, attempt, may_start, may_retake_from, why_not}.
 * A new reference.
 */
json_t *placement_right_json(struct db *db, int64_t person);

#endif
