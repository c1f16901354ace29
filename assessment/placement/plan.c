/* A plan as a whole: made round by round from prices, induction and correction; written and read as JSON. */
#include "assessment/placement/plan_parts.h"

#include <math.h>
#include <string.h>

#include "assessment/placement/simulate.h"

static struct plan *create(const struct pool *pool, const struct adaptive *policy)
{
	struct plan *plan = g_new0(struct plan, 1);
	plan->count = pool->count;
	plan->controls = g_new0(double, pool->count);
	if (policy->select == SELECT_EXPECTED_GAIN) {
		plan->steps = policy->maximum;
		plan->values = g_new0(float, (gsize)(plan->steps + 1) * PLAN_MEANS * PLAN_SPREADS);
		plan->mean_low = policy->cuts.at[0] - 1.75;
		plan->mean_step = (policy->cuts.at[policy->cuts.count - 1] + 1.75 - plan->mean_low) / (PLAN_MEANS - 1);
		plan->spread_low = log(0.15);
		plan->spread_step = (log(fmax(policy->prior_sd, 0.5) * 1.02) - plan->spread_low) / (PLAN_SPREADS - 1);
		plan->length_price = 0.004;
	} else {
		for (guint i = 0; i < pool->count; i++) {
			plan->controls[i] = 1;
		}
	}
	return plan;
}

void plan_value(struct plan *plan, const struct pool *pool, const struct adaptive *policy)
{
	if (plan->values) {
		struct steps steps;
		plan_steps_init(&steps, plan, pool);
		plan_value_by(plan, policy, &steps);
		plan_steps_finish(&steps);
	}
}

bool plan_is_needed(const struct adaptive *policy)
{
	return policy->select == SELECT_EXPECTED_GAIN || policy->exposure < 1;
}

struct plan *plan_free_of_charge(const struct pool *pool, const struct adaptive *policy)
{
	struct plan *plan = create(pool, policy);
	plan_value(plan, pool, policy);
	return plan;
}

/* One turn of the screw: what was seen too often gets dearer (rarer), what was seen less gets cheaper. */
static void adjust(struct plan *plan, const struct adaptive *policy, const struct simulation *seen, double pace)
{
	const double aim = policy->exposure - fmin(0.004, policy->exposure / 20);
	for (guint i = 0; i < plan->count; i++) {
		const double share = (double)seen->seen[i] / seen->persons;
		double *control = &plan->controls[i];
		if (policy->select == SELECT_EXPECTED_GAIN) {
			*control = fmax(0, *control + pace * (share - aim));
		} else {
			*control = fmin(1, fmax(0.01, *control * pow(aim / fmax(share, aim / 2), fmin(1, pace * 50))));
		}
	}
	plan->length_price = fmax(0, plan->length_price + pace * 0.02 * (simulation_figures(seen).length - policy->mean));
}

struct plan *plan_make(const struct pool *pool, const struct adaptive *policy, struct plan_settings settings)
{
	struct plan *plan = create(pool, policy);
	struct steps steps = {0};
	struct correction correction = {0};
	if (plan->values) {
		/* Enough that the first people's item is not one and the same; small beside what an item adds. */
		plan->leaning = policy->exposure < 1 ? 0.0005 : 0;
		plan_steps_init(&steps, plan, pool);
		plan_value_by(plan, policy, &steps);
		correction_init(&correction, plan);
	}
	for (guint round = 0; round < settings.rounds; round++) {
		struct simulation seen;
		const bool learns = plan->values && round >= PLAN_ROUNDS_BARE;
		if (learns) {
			memset(correction.new_reached, 0, correction.cells * sizeof(double));
			memset(correction.new_visits, 0, correction.cells * sizeof(double));
		}
		simulate(pool, policy, plan,
			(struct simulation_settings){.persons = settings.persons, .threads = settings.threads,
				.seed = settings.seed * 1000 + round, .mean = policy->prior_mean, .sd = policy->prior_sd,
				.reached = learns ? correction.new_reached : NULL, .visits = correction.new_visits},
			&seen);
		adjust(plan, policy, &seen, 0.02 / (1 + round / 20.0));
		simulation_finish(&seen);
		if (learns) {
			correction_learn(&correction);
		}
		if (plan->values) {
			plan_value_by(plan, policy, &steps);
			correction_apply(plan, &correction);
		}
	}
	if (plan->values) {
		plan_steps_finish(&steps);
		correction_finish(&correction);
	}
	return plan;
}

void plan_destroy(struct plan *plan)
{
	if (plan) {
		g_free(plan->controls);
		g_free(plan->values);
		g_free(plan);
	}
}

json_t *plan_json(const struct plan *plan)
{
	json_t *controls = json_array();
	for (guint i = 0; i < plan->count; i++) {
		json_array_append_new(controls, json_real(plan->controls[i]));
	}
	g_autofree char *values = plan->values ? g_base64_encode((const guchar *)plan->values,
							 (gsize)(plan->steps + 1) * PLAN_MEANS * PLAN_SPREADS * sizeof(float))
					       : g_strdup("");
	return json_pack("{s:s, s:f, s:f, s:o, s:s}", "format", "fad-plan-1", "length_price", plan->length_price, "leaning",
		plan->leaning, "controls", controls, "values", values);
}

struct plan *plan_read(json_t *json, const struct pool *pool, const struct adaptive *policy)
{
	json_t *controls = json_object_get(json, "controls");
	if (json_array_size(controls) != pool->count) {
		return NULL;
	}
	struct plan *plan = create(pool, policy);
	for (guint i = 0; i < pool->count; i++) {
		plan->controls[i] = json_number_value(json_array_get(controls, i));
	}
	plan->length_price = json_number_value(json_object_get(json, "length_price"));
	plan->leaning = json_number_value(json_object_get(json, "leaning"));
	if (plan->values) {
		const char *text = json_string_value(json_object_get(json, "values"));
		gsize bytes = 0;
		g_autofree guchar *values = g_base64_decode(text ? text : "", &bytes);
		if (bytes != (gsize)(plan->steps + 1) * PLAN_MEANS * PLAN_SPREADS * sizeof(float)) {
			plan_destroy(plan);
			return NULL;
		}
		memcpy(plan->values, values, bytes); /* little-endian, as all machines that run this are */
	}
	return plan;
}
