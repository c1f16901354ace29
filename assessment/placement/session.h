/*
 * One adaptive test under way: what is known of the person, which item comes next, whether it is over. The same
 * pool, policy, plan, seed and answers give the same test on every machine: a record can be run again.
 *
 * Knowledge is the posterior over a grid of theta; a level's probability is the posterior mass between two cuts.
 */
#ifndef ASSESSMENT_SESSION_H
#define ASSESSMENT_SESSION_H

#include "assessment/placement/adaptive.h"
#include "assessment/placement/plan.h"
#include "assessment/placement/pool.h"

#define SESSION_NO_ITEM G_MAXUINT

/* The cells of the grid as the cuts divide them. */
struct session_cells {
	float levels[CLASSIFY_CUTS_MAX + 1][POOL_THETAS]; /* the share of each cell in each level */
	float near[CLASSIFY_CUTS_MAX][POOL_THETAS];       /* 1 on the cut, less and less around it */
};

struct session {
	/* borrowed */
	const struct pool *pool;
	const struct adaptive *policy;
	const struct plan *plan; /* NULL: no exposure control, no expected gain */
	guint64 seed;
	guint8 *barred; /* one for each item of the pool: seen before, or used up; owned */
	float *leaning; /* one for each item: this person's own random part of the choice; owned */
	guint count;    /* scored answers so far */
	guint items[ADAPTIVE_ITEMS_MAX];
	guint categories[ADAPTIVE_ITEMS_MAX];
	guint area_counts[BANK_AREAS_MAX];
	double weights[POOL_THETAS]; /* the posterior, summing up to 1 */
	struct session_cells cells;
	double levels[CLASSIFY_CUTS_MAX + 1];
	double mean, sd; /* of the posterior */
	double worth;    /* of the next item by the policy's rule, less its price; set by session_next() */
	double gain;     /* what it would add; set by session_next() */
};

/* `excluded`: places in the pool not to be chosen again if it can be helped; may be NULL. */
void session_init(struct session *session, const struct pool *pool, const struct adaptive *policy,
	const struct plan *plan, guint64 seed, const guint *excluded, guint excluded_count);
void session_finish(struct session *session);

/*
 * The next item to ask, or SESSION_NO_ITEM when the test is over: then ret_why says by which rule, and otherwise
 * is STOP_NONE.
 */
guint session_next(struct session *session, enum stop_rule *ret_why);

/* An answer to `item`: the category reached. */
void session_answer(struct session *session, guint item, guint category);

/* The level most likely; `ret_probability` may be NULL. */
guint session_level(const struct session *session, double *ret_probability);

/* Theta as the policy's estimator sees it, with its SE. */
struct theta_estimate session_theta(const struct session *session);

/* The candidate's worth by the policy's rule, before exposure and chance: for tests and explanations. */
double session_worth(struct session *session, guint item);

#endif
