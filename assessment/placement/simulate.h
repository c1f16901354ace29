/*
 * Simulated people take an adaptive test: how good a policy is before anybody takes it. Deterministic from the
 * seed, whatever the number of threads.
 */
#ifndef ASSESSMENT_SIMULATE_H
#define ASSESSMENT_SIMULATE_H

#include "assessment/placement/session.h"

#define SIMULATION_LEVELS (CLASSIFY_CUTS_MAX + 1)
#define SIMULATION_BANDS 13u /* of theta: below -2.75, 11 of half a logit, above 2.75 */

struct simulation_band {
	guint persons;
	guint right;
	guint items;
	double bias;   /* sum of estimate - theta */
	double square; /* sum of its square */
};

struct simulation {
	guint persons;
	guint levels;
	guint confusion[SIMULATION_LEVELS][SIMULATION_LEVELS]; /* true level, decided level */
	guint lengths[ADAPTIVE_ITEMS_MAX + 1];
	guint stops[STOP_RULE_MAX];
	struct simulation_band bands[SIMULATION_BANDS];
	guint item_count;
	guint *seen; /* people who saw each item; owned */
	guint area_count;
	guint *area_items; /* items asked of each area; owned */
	double probability; /* sum of the probability told with each level: an honest policy's equals its accuracy */
	double square, se_square; /* of the error of theta; the mean of SE² */
	double seconds;
	/* private */
	GArray *examples;
};

struct simulation_settings {
	guint persons;
	guint threads;
	guint64 seed;
	double mean, sd; /* of the people's theta */
	GArray *examples; /* of struct plan_example: gets one for each item asked; or NULL */
	bool guard;       /* bar an item while its exposure is beyond the policy's maximum, as the server does */
};

void simulate(const struct pool *pool, const struct adaptive *policy, const struct plan *plan,
	struct simulation_settings settings, struct simulation *ret);
void simulation_finish(struct simulation *simulation);

struct simulation_figures {
	double accuracy, kappa, two_levels; /* two_levels: share misplaced by two levels or more */
	double length;
	double exposure_max;
	guint unused;
	double theta_rmse, se_mean; /* root mean squares: equal when the SE is honest */
	double probability;
};

struct simulation_figures simulation_figures(const struct simulation *simulation);

/* All of it for a page or a program. A new reference. */
json_t *simulation_json(const struct simulation *simulation, const struct pool *pool);

/* Below this exposure count an item is not guarded yet: the first people decide nothing. */
#define EXPOSURE_GUARD_FROM 200u
/*
 * Is an item seen by `seen` of `persons` people to be barred for the next one? Only what goes beyond chance by one SE:
 * the prices keep the exposure, and the guard is there for people other than those they were tuned for.
 */
bool exposure_is_reached(guint seen, guint persons, double maximum);

#endif
