/* The two halves of a plan's value: by induction, and what people reached. Included by plan*.c only. */
#ifndef ASSESSMENT_PLAN_PARTS_H
#define ASSESSMENT_PLAN_PARTS_H

#include "assessment/placement/plan.h"

/* What an answer to an item does to a state: chance of each answer and where it leads, in units of the table. */
struct step {
	float chance, mean_right, spread_right, mean_wrong, spread_wrong;
};

/* The steps of every stand-in from every state: the same whatever the prices. */
struct steps {
	GArray *items; /* guint */
	struct step *steps;
};

/* plan_value.c: the table of values by backward induction, at the plan's prices. */
void plan_steps_init(struct steps *steps, const struct plan *plan, const struct pool *pool);
void plan_steps_finish(struct steps *steps);
void plan_value_by(struct plan *plan, const struct adaptive *policy, const struct steps *steps);

/* What people reached beyond the value by induction, cell by cell. */
struct correction {
	gsize cells;
	float *bare; /* the value by induction alone */
	double *beyond, *visits;
	double *new_reached, *new_visits; /* of one round */
};

/* plan_correction.c: begins with the plan's values; learns what was reached in one round; corrects the plan's values. */
void correction_init(struct correction *correction, const struct plan *plan);
void correction_finish(struct correction *correction);
void correction_learn(struct correction *correction);
void correction_apply(struct plan *plan, struct correction *correction);

#endif
