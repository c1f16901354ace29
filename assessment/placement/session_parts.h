/* What the files of session.c share: chance, an item's worth, the choice and the end. Included by session*.c only. */
#ifndef ASSESSMENT_SESSION_PARTS_H
#define ASSESSMENT_SESSION_PARTS_H

#include "assessment/placement/session.h"

enum bar {
	BAR_NONE,
	BAR_AVOID, /* asked only when nothing else is left */
	BAR_NEVER,
};

/* A number in 0..1 that belongs to this person and this item. */
double session_chance(guint64 seed, guint64 item);

/* The answers so far; `ret` has room for ADAPTIVE_ITEMS_MAX. Returns how many. */
guint session_responses(const struct session *session, struct irt_response *ret);

/* The posterior in the shape that the sums want. */
struct moments {
	float weights[POOL_THETAS];
	float first[POOL_THETAS];  /* weight × theta */
	float second[POOL_THETAS]; /* weight × theta² */
};

void session_moments(const struct session *session, struct moments *ret);

/* session_worth.c: what asking this item is worth by the policy's rule; its information at a theta. */
double session_worth_by(const struct session *session, const struct moments *moments, guint item);
double session_information(const struct session *session, guint item, double theta);

/* session_choose.c: the one to ask, its worth in ret_worth; SESSION_NO_ITEM when none is left. */
guint session_choose(const struct session *session, double *ret_worth);

/* session_stop.c: the first rule of the policy by which the test is over, or STOP_NONE. */
enum stop_rule session_stopped_by(const struct session *session);

#endif
