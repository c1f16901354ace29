/*
 * A plan: what makes one policy work well on one pool, found by simulated people and then constant.
 *
 *  - controls: for expected_gain, the price of each item (the accuracy that an item must add to be worth being
 *    seen once more: the Lagrange multipliers of the largest exposure); for the other rules the probability that
 *    an item is eligible for a person (as Sympson and Hetter 1985, drawn once for each person);
 *  - the price of length, so that tests are as long as wanted on average;
 *  - the value of going on: by backward induction over (items left, mean and SD of the posterior) the share of
 *    right classifications that can still be reached, less the prices. A test stops when that is no more than
 *    what is reached already: far from a cut early, and on a cut when nothing helps any more. The induction takes
 *    posteriors as normal and items as inexhaustible; what the simulated people then really reached from each
 *    state corrects it.
 */
#ifndef ASSESSMENT_PLAN_H
#define ASSESSMENT_PLAN_H

#include <jansson.h>
#include "assessment/placement/adaptive.h"
#include "assessment/placement/pool.h"

#define PLAN_MEANS 46u
#define PLAN_SPREADS 22u
#define PLAN_CURVES_MAX 160u /* items that stand for the pool when the value is worked out */

struct plan {
	double *controls; /* one for each item of the pool */
	guint count;
	double length_price;
	double leaning; /* how far chance may move an item's worth */
	/* the table of values; empty for rules that look one item ahead only */
	guint steps;
	float *values; /* (steps + 1) × PLAN_MEANS × PLAN_SPREADS */
	double mean_low, mean_step;
	double spread_low, spread_step; /* of log SD */
};

struct plan_settings {
	guint rounds;  /* the value is corrected from the PLAN_ROUNDS_BARE-th on */
	guint persons; /* of each round */
	guint threads;
	guint64 seed;
};

#define PLAN_SETTINGS_DEFAULT ((struct plan_settings){.rounds = 120, .persons = 2000, .threads = 2, .seed = 1})

#define PLAN_ROUNDS_BARE 20u

/* Does the policy need one at all? */
bool plan_is_needed(const struct adaptive *policy);

/* Simulates and adjusts. Seconds: never on the writer's thread. */
struct plan *plan_make(const struct pool *pool, const struct adaptive *policy, struct plan_settings settings);
/* Every item free, with the table of values. */
struct plan *plan_free_of_charge(const struct pool *pool, const struct adaptive *policy);
void plan_destroy(struct plan *plan);

/* Works the table of values out again after a change of prices. */
void plan_value(struct plan *plan, const struct pool *pool, const struct adaptive *policy);

/* The value with `left` items left to ask, at this mean and SD. */
double plan_worth(const struct plan *plan, guint left, double mean, double sd);

/* The state's place in a table of values: the nearest cell. */
guint plan_cell(const struct plan *plan, guint left, double mean, double sd);

/* NULL when it is not of this pool. */
json_t *plan_json(const struct plan *plan);
struct plan *plan_read(json_t *json, const struct pool *pool, const struct adaptive *policy);

#endif
