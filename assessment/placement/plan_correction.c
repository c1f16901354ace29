/* What simulated people really reached from each state, beside what the induction says of it. */
#include "assessment/placement/plan_parts.h"

#include <math.h>
#include <string.h>

/* How much the induction is trusted beside people: as if so many had been there. */
#define TRUST 60.0
/* Cells visited more often forget slowly, because prices still move. */
#define MEMORY 400.0

void correction_init(struct correction *correction, const struct plan *plan)
{
	const gsize cells = (gsize)(plan->steps + 1) * PLAN_MEANS * PLAN_SPREADS;
	*correction = (struct correction){.cells = cells, .bare = g_new(float, cells), .beyond = g_new0(double, cells),
		.visits = g_new0(double, cells), .new_reached = g_new0(double, cells), .new_visits = g_new0(double, cells)};
	memcpy(correction->bare, plan->values, cells * sizeof(float));
}

void correction_finish(struct correction *correction)
{
	g_free(correction->bare);
	g_free(correction->beyond);
	g_free(correction->visits);
	g_free(correction->new_reached);
	g_free(correction->new_visits);
}

void correction_learn(struct correction *correction)
{
	for (gsize i = 0; i < correction->cells; i++) {
		correction->beyond[i] +=
			correction->new_reached[i] - correction->new_visits[i] * (double)correction->bare[i];
		correction->visits[i] += correction->new_visits[i];
		const double keep = correction->visits[i] > MEMORY ? 0.9 : 1;
		correction->beyond[i] *= keep;
		correction->visits[i] *= keep;
	}
}

/* Cells near each other speak for each other. */
static float corrected(const struct plan *plan, const struct correction *correction, guint left, guint i, guint j)
{
	double beyond = 0, visits = 0;
	for (int di = -2; di <= 2; di++) {
		for (int dj = -1; dj <= 1; dj++) {
			const int u = (int)i + di, v = (int)j + dj;
			if (u >= 0 && v >= 0 && u < (int)PLAN_MEANS && v < (int)PLAN_SPREADS) {
				const gsize cell = ((gsize)left * PLAN_MEANS + (gsize)u) * PLAN_SPREADS + (gsize)v;
				const double weight = exp(-0.5 * di * di - 0.7 * dj * dj);
				beyond += weight * correction->beyond[cell];
				visits += weight * correction->visits[cell];
			}
		}
	}
	const gsize cell = ((gsize)left * PLAN_MEANS + i) * PLAN_SPREADS + j;
	return fmaxf(plan->values[i * PLAN_SPREADS + j], correction->bare[cell] + (float)(beyond / (visits + TRUST)));
}

void correction_apply(struct plan *plan, struct correction *correction)
{
	memcpy(correction->bare, plan->values, correction->cells * sizeof(float));
	for (guint left = 1; left <= plan->steps; left++) {
		for (guint i = 0; i < PLAN_MEANS; i++) {
			for (guint j = 0; j < PLAN_SPREADS; j++) {
				plan->values[((gsize)left * PLAN_MEANS + i) * PLAN_SPREADS + j] =
					corrected(plan, correction, left, i, j);
			}
		}
	}
}
