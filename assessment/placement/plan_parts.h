/* How a plan's value learns. Included by plan*.c only. */
#ifndef ASSESSMENT_PLAN_PARTS_H
#define ASSESSMENT_PLAN_PARTS_H

#include "assessment/placement/plan.h"
#include "assessment/random.h"

/* plan_learn.c: small steps down the squared error, each weight at its own pace (Adam: Kingma and Ba 2015). */
struct learning {
	struct random random;
	guint steps;
	float mean[PLAN_WEIGHTS], square[PLAN_WEIGHTS]; /* of the slope, forgetting */
};

/* Starts the weights at random, so that nothing is told beyond ending the test here. */
void learning_init(struct learning *learning, struct plan_value *value, guint64 seed);
/* One pass over the examples, shuffled in place. */
void learning_pass(struct learning *learning, struct plan_value *value, struct plan_example *examples, guint count,
	double pace);

#endif
