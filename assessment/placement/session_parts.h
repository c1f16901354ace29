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

/* The posterior in the shape that the sums want: each row is weight × something, with the row's sum beside it. */
enum moment {
	MOMENT_WEIGHT,
	MOMENT_FIRST,  /* × theta */
	MOMENT_SECOND, /* × theta² */
	MOMENT_CUTS,   /* two for each cut: × the share of the level below it, × how near it is */
	MOMENT_MAX = MOMENT_CUTS + 2 * CLASSIFY_CUTS_MAX,
};

struct moments {
	guint count; /* rows in use */
	float rows[MOMENT_MAX][POOL_THETAS];
	float sums[MOMENT_MAX];
};

/* A state of a test: as it is, or as an answer would leave it. */
struct state {
	double chance;  /* of the answer */
	double reached; /* share of right decisions when the test ends here */
	double worth;   /* the same, or what going on comes to by the plan if that is more */
	float inputs[PLAN_INPUTS_MAX];
};

/* session_state.c */
void session_cells(const struct cuts *cuts, struct session_cells *ret);
void session_moments(const struct session *session, struct moments *ret);
/* The rows' sums over people who would give this answer. */
void session_sums(const struct moments *moments, const float *curve, float *ret);
/* `sums`: of the moments, or of an answer; `asked`: items by then. The session has a plan. */
void session_state(const struct session *session, const float *sums, guint asked, struct state *ret);

/* session_worth.c: what asking this item is worth by the policy's rule; its information at a theta. */
double session_worth_by(const struct session *session, const struct moments *moments, guint item);
double session_information(const struct session *session, guint item, double theta);

/* session_choose.c: the one to ask, its worth in ret_worth; SESSION_NO_ITEM when none is left. */
guint session_choose(const struct session *session, double *ret_worth);

/* session_stop.c: the first rule of the policy by which the test is over, or STOP_NONE. */
enum stop_rule session_stopped_by(const struct session *session);

#endif
