/* How the value learns from what simulated people reached. */
#include "assessment/placement/plan_parts.h"

#include <math.h>

#define BATCH 128u

void learning_init(struct learning *learning, struct plan_value *value, guint64 seed)
{
	*learning = (struct learning){0};
	random_init(&learning->random, seed);
	for (guint u = 0; u < PLAN_UNITS; u++) {
		value->bias[u] = (float)(random_uniform(&learning->random) * 2 - 1);
		for (guint i = 0; i < value->inputs; i++) {
			value->inner[i][u] = (float)((random_uniform(&learning->random) * 2 - 1) * sqrt(3.0 / value->inputs));
		}
	}
}

/* Adds the slope of one example's squared error to `slope`, which is laid out as the value is. */
static void add_slope(const struct plan_value *value, const struct plan_example *example, struct plan_value *slope)
{
	const float wrong = (float)plan_beyond(value, example->inputs) - example->beyond;
	slope->level += wrong;
	for (guint i = 0; i < value->inputs; i++) {
		slope->direct[i] += wrong * example->inputs[i];
	}
	float back[PLAN_UNITS];
	for (guint u = 0; u < PLAN_UNITS; u++) {
		float unit = value->bias[u];
		for (guint i = 0; i < value->inputs; i++) {
			unit += value->inner[i][u] * example->inputs[i];
		}
		const float size = 1 + fabsf(unit);
		slope->outer[u] += wrong * unit / size;
		back[u] = wrong * value->outer[u] / (size * size);
		slope->bias[u] += back[u];
	}
	for (guint i = 0; i < value->inputs; i++) {
		for (guint u = 0; u < PLAN_UNITS; u++) {
			slope->inner[i][u] += back[u] * example->inputs[i];
		}
	}
}

static void step(struct learning *learning, struct plan_value *value, const struct plan_value *slope, double pace)
{
	learning->steps++;
	const float first = (float)(1 - pow(0.9, learning->steps)), second = (float)(1 - pow(0.999, learning->steps));
	for (guint w = 0; w < PLAN_WEIGHTS; w++) {
		const float down = slope->weights[w] / BATCH;
		learning->mean[w] = 0.9f * learning->mean[w] + 0.1f * down;
		learning->square[w] = 0.999f * learning->square[w] + 0.001f * down * down;
		value->weights[w] -= (float)pace * (learning->mean[w] / first) / (sqrtf(learning->square[w] / second) + 1e-8f);
	}
}

void learning_pass(
	struct learning *learning, struct plan_value *value, struct plan_example *examples, guint count, double pace)
{
	for (guint i = count; i > 1; i--) {
		const guint k = random_below(&learning->random, i);
		const struct plan_example held = examples[i - 1];
		examples[i - 1] = examples[k];
		examples[k] = held;
	}
	for (guint from = 0; from + BATCH <= count; from += BATCH) {
		struct plan_value slope = {.inputs = value->inputs};
		for (guint i = 0; i < BATCH; i++) {
			add_slope(value, &examples[from + i], &slope);
		}
		step(learning, value, &slope, pace);
	}
}
