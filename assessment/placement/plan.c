/* A plan as a whole: made round by round from prices and what people reached; written and read as JSON. */
#include "assessment/placement/plan_parts.h"

#include <math.h>

#include "assessment/placement/simulate.h"

#define FORMAT "fad-plan-2"

/* Rounds before prices move: the value has to tell something first. */
#define ROUNDS_BARE 8u
/* Passes over one round's examples. */
#define PASSES 2u
/* People follow what is learned slowly: else each round unlearns what the one before did not go to see. */
#define FOLLOWS 0.1f
#define FOLLOWS_BARE 0.5f

static struct plan *create(const struct pool *pool, const struct adaptive *policy)
{
	struct plan *plan = g_new0(struct plan, 1);
	plan->count = pool->count;
	plan->controls = g_new0(double, pool->count);
	if (policy->select == SELECT_EXPECTED_GAIN) {
		plan->length_price = 0.002;
		plan->value.inputs = 5 + 2 * policy->cuts.count;
	} else {
		for (guint i = 0; i < pool->count; i++) {
			plan->controls[i] = 1;
		}
	}
	return plan;
}

bool plan_is_needed(const struct adaptive *policy)
{
	return policy->select == SELECT_EXPECTED_GAIN || policy->exposure < 1;
}

struct plan *plan_free_of_charge(const struct pool *pool, const struct adaptive *policy)
{
	return create(pool, policy);
}

/* 1 for a third of the rounds, then ever less down to `end`, so that the last rounds only take chance out. */
static double slower(guint round, guint rounds, double end)
{
	return pow(end, fmax(0, 1.5 * round / rounds - 0.5));
}

/*
 * One turn of the screw: what was seen too often gets dearer (rarer), what was seen less gets cheaper. The aims lie a
 * little within the bounds, so that chance does not carry the people who come later over them.
 */
static void adjust(
	struct plan *plan, const struct adaptive *policy, const struct simulation *seen, guint round, guint rounds)
{
	const double aim = 0.95 * policy->exposure, pace = slower(round, rounds, 0.15);
	for (guint i = 0; i < plan->count; i++) {
		const double share = (double)seen->seen[i] / seen->persons;
		double *control = &plan->controls[i];
		if (policy->select == SELECT_EXPECTED_GAIN) {
			*control = fmax(0, *control + 0.006 * pace * (share - aim));
		} else {
			*control = fmin(1, fmax(0.01, *control * pow(aim / fmax(share, aim / 2), pace)));
		}
	}
	const double longer = simulation_figures(seen).length - (policy->mean - 0.1);
	plan->length_price = fmax(0, plan->length_price + 0.0003 * slower(round, rounds, 0.3) * longer);
}

/* Takes in a round's examples; people then follow what is learned by a share. */
static void learn(struct plan *plan, struct learning *learning, struct plan_value *learned, GArray *examples, double pace,
	float share)
{
	for (guint pass = 0; pass < PASSES; pass++) {
		learning_pass(learning, learned, (struct plan_example *)(void *)examples->data, examples->len, pace);
	}
	for (guint w = 0; w < PLAN_WEIGHTS; w++) {
		plan->value.weights[w] += (learned->weights[w] - plan->value.weights[w]) * share;
	}
	g_array_set_size(examples, 0);
}

struct plan *plan_make(const struct pool *pool, const struct adaptive *policy, struct plan_settings settings)
{
	struct plan *plan = create(pool, policy);
	struct learning learning;
	struct plan_value learned = plan->value;
	g_autoptr(GArray) examples = g_array_new(FALSE, FALSE, sizeof(struct plan_example));
	plan->learned = policy->select == SELECT_EXPECTED_GAIN && settings.rounds > 0;
	if (plan->learned) {
		/* Enough that the first people's item is not one and the same; small beside what an item adds. */
		plan->leaning = policy->exposure < 1 ? 0.01 : 0;
		learning_init(&learning, &learned, settings.seed);
	}
	for (guint round = 0; round < settings.rounds; round++) {
		struct simulation seen;
		simulate(pool, policy, plan,
			(struct simulation_settings){.persons = settings.persons, .threads = settings.threads,
				.seed = settings.seed * 1000 + round, .mean = policy->prior_mean, .sd = policy->prior_sd,
				.examples = plan->learned ? examples : NULL},
			&seen);
		if (!plan->learned || round >= ROUNDS_BARE) {
			adjust(plan, policy, &seen, round, settings.rounds);
		}
		simulation_finish(&seen);
		if (plan->learned) {
			learn(plan, &learning, &learned, examples, 0.004 * slower(round, settings.rounds, 0.005),
				round < ROUNDS_BARE ? FOLLOWS_BARE : FOLLOWS);
		}
	}
	return plan;
}

void plan_destroy(struct plan *plan)
{
	if (plan) {
		g_free(plan->controls);
		g_free(plan);
	}
}

static json_t *numbers(const double *list, guint count)
{
	json_t *ret = json_array();
	for (guint i = 0; i < count; i++) {
		json_array_append_new(ret, json_real(list[i]));
	}
	return ret;
}

json_t *plan_json(const struct plan *plan)
{
	double weights[PLAN_WEIGHTS];
	for (guint w = 0; w < PLAN_WEIGHTS; w++) {
		weights[w] = (double)plan->value.weights[w];
	}
	return json_pack("{s:s, s:f, s:f, s:b, s:o, s:o}", "format", FORMAT, "length_price", plan->length_price, "leaning",
		plan->leaning, "learned", (int)plan->learned, "controls", numbers(plan->controls, plan->count), "value",
		numbers(weights, plan->learned ? PLAN_WEIGHTS : 0));
}

struct plan *plan_read(json_t *json, const struct pool *pool, const struct adaptive *policy)
{
	const char *format = json_string_value(json_object_get(json, "format"));
	json_t *controls = json_object_get(json, "controls"), *value = json_object_get(json, "value");
	const bool learned = json_is_true(json_object_get(json, "learned"));
	if (g_strcmp0(format, FORMAT) != 0 || json_array_size(controls) != pool->count ||
		json_array_size(value) != (learned ? PLAN_WEIGHTS : 0)) {
		return NULL;
	}
	struct plan *plan = create(pool, policy);
	for (guint i = 0; i < pool->count; i++) {
		plan->controls[i] = json_number_value(json_array_get(controls, i));
	}
	plan->length_price = json_number_value(json_object_get(json, "length_price"));
	plan->leaning = json_number_value(json_object_get(json, "leaning"));
	plan->learned = learned;
	for (guint w = 0; learned && w < PLAN_WEIGHTS; w++) {
		plan->value.weights[w] = (float)json_number_value(json_array_get(value, w));
	}
	return plan;
}
