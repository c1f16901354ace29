/*
 * A plan: what makes one policy work well on one pool, found by simulated people and then constant.
 *
 *  - controls: for expected_gain, the price of each item (the accuracy that an item must add to be worth being
 *    seen once more: the Lagrange multipliers of the largest exposure); for the other rules the probability that
 *    an item is eligible for a person (as Sympson and Hetter 1985, drawn once for each person);
 *  - the price of length, so that tests are as long as wanted on average;
 *  - the value of going on: what can still be reached from a state of a test beyond the share of right decisions
 *    reached already, less the prices, as a small network tells it. A test stops when that is nothing: far from a
 *    cut early, and on a cut when nothing helps any more. The network learns from the simulated people's own tests,
 *    round by round, while the prices move (policy iteration).
 */
#ifndef ASSESSMENT_PLAN_H
#define ASSESSMENT_PLAN_H

#include <jansson.h>
#include "assessment/placement/adaptive.h"
#include "assessment/placement/pool.h"

#define PLAN_UNITS 16u
/* Of a state: how far the test is, mean, SD and its logarithm, what is reached; at each cut the mass below and about. */
#define PLAN_INPUTS_MAX (5u + 2u * CLASSIFY_CUTS_MAX)
#define PLAN_WEIGHTS (1u + PLAN_INPUTS_MAX + 2u * PLAN_UNITS + PLAN_INPUTS_MAX * PLAN_UNITS)

/* level + direct · inputs + Σ outer × x / (1 + |x|), where x = bias + inner · inputs. */
struct plan_value {
	guint inputs;
	union {
		struct {
			float level, direct[PLAN_INPUTS_MAX];
			float outer[PLAN_UNITS], bias[PLAN_UNITS], inner[PLAN_INPUTS_MAX][PLAN_UNITS];
		};
		float weights[PLAN_WEIGHTS];
	};
};

/* A state that somebody went on from, and what that came to beyond ending the test there. */
struct plan_example {
	float inputs[PLAN_INPUTS_MAX];
	float beyond;
};

struct plan {
	double *controls; /* one for each item of the pool */
	guint count;
	double length_price;
	double leaning; /* how far chance may move an item's worth, at the first item; less and less later */
	bool learned;   /* without it expected_gain chooses by mutual information, and never stops by gain */
	struct plan_value value;
};

struct plan_settings {
	guint rounds;
	guint persons; /* of each round */
	guint threads;
	guint64 seed;
};

#define PLAN_SETTINGS_DEFAULT ((struct plan_settings){.rounds = 120, .persons = 3000, .threads = 2, .seed = 1})

/* Does the policy need one at all? */
bool plan_is_needed(const struct adaptive *policy);

/* Simulates and adjusts. Seconds: never on the writer's thread. */
struct plan *plan_make(const struct pool *pool, const struct adaptive *policy, struct plan_settings settings);
/* Every item free, nothing learned. */
struct plan *plan_free_of_charge(const struct pool *pool, const struct adaptive *policy);
void plan_destroy(struct plan *plan);

/* What going on comes to beyond ending the test in this state, in shares of right decisions. */
double plan_beyond(const struct plan_value *value, const float *inputs);

/* NULL when it is not of this pool and policy. */
json_t *plan_json(const struct plan *plan);
struct plan *plan_read(json_t *json, const struct pool *pool, const struct adaptive *policy);

#endif
