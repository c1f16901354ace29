/* The value of going on: what a small network makes of a state. */
#include "assessment/placement/plan.h"

/* Four at a time in one fixed order, so that every machine gets the same bits. */
typedef float lanes __attribute__((vector_size(16), aligned(4)));
#define LANES 4
_Static_assert(PLAN_UNITS % LANES == 0, "the units are a whole number of lanes");

double plan_beyond(const struct plan_value *value, const float *inputs)
{
	lanes sum = {0};
	for (guint u = 0; u < PLAN_UNITS; u += LANES) {
		lanes unit = *(const lanes *)(value->bias + u), size;
		for (guint i = 0; i < value->inputs; i++) {
			unit += *(const lanes *)(value->inner[i] + u) * inputs[i];
		}
		for (guint k = 0; k < LANES; k++) {
			size[k] = 1 + ABS(unit[k]);
		}
		sum += *(const lanes *)(value->outer + u) * unit / size;
	}
	float direct = value->level;
	for (guint i = 0; i < value->inputs; i++) {
		direct += value->direct[i] * inputs[i];
	}
	return direct + ((sum[0] + sum[1]) + (sum[2] + sum[3]));
}
