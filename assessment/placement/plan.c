#include "assessment/placement/plan.h"

#include <math.h>
#include <string.h>

#include "assessment/placement/simulate.h"

#define POINTS 25 /* of the quadrature over a normal posterior */

/* What an answer to an item does to a state: chance of each answer and where it leads, in units of the table. */
struct step {
	float chance, mean_right, spread_right, mean_wrong, spread_wrong;
};

/* Between two cells of the table, clamped to it. */
static float place(double value, double low, double step, guint count)
{
	return (float)fmin(fmax((value - low) / step, 0), count - 1.001);
}

static float between(const float *table, float x, float y)
{
	const guint i = (guint)x, j = (guint)y;
	x -= (float)i;
	y -= (float)j;
	const float *row = table + i * PLAN_SPREADS + j;
	return (1 - x) * ((1 - y) * row[0] + y * row[1]) + x * ((1 - y) * row[PLAN_SPREADS] + y * row[PLAN_SPREADS + 1]);
}

double plan_worth(const struct plan *plan, guint left, double mean, double sd)
{
	return between(plan->values + (size_t)left * PLAN_MEANS * PLAN_SPREADS,
		place(mean, plan->mean_low, plan->mean_step, PLAN_MEANS),
		place(log(sd), plan->spread_low, plan->spread_step, PLAN_SPREADS));
}

guint plan_cell(const struct plan *plan, guint left, double mean, double sd)
{
	const guint i = (guint)(place(mean, plan->mean_low, plan->mean_step, PLAN_MEANS) + 0.5f);
	const guint j = (guint)(place(log(sd), plan->spread_low, plan->spread_step, PLAN_SPREADS) + 0.5f);
	return (left * PLAN_MEANS + i) * PLAN_SPREADS + j;
}

static double reached(const struct adaptive *policy, double mean, double sd)
{
	double levels[CLASSIFY_CUTS_MAX + 1], best = 0;
	level_probabilities(&policy->cuts, (struct theta_estimate){mean, sd}, levels);
	for (guint k = 0; k <= policy->cuts.count; k++) {
		best = fmax(best, levels[k]);
	}
	return best;
}

/* Marks right or wrong stand for all: a GPCM item is taken as a 2PL in the middle of its steps. */
static double right_at(const struct irt_item *item, double theta)
{
	if (item->model != IRT_GPCM) {
		return irt_probability(item, theta, 1);
	}
	double b = 0;
	for (guint k = 0; k + 1 < item->categories; k++) {
		b += item->steps[k] / (item->categories - 1);
	}
	return 1 / (1 + exp(-item->a * (theta - b)));
}

/* The pool by at most PLAN_CURVES_MAX items: all of them, or evenly those that tell most somewhere. */
static GArray *stand_ins(const struct pool *pool)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autofree guint8 *in = g_new0(guint8, pool->count);
	for (guint round = 0; list->len < MIN(PLAN_CURVES_MAX, pool->calibrated); round++) {
		const guint point = 12 + (round * 7) % 41; /* wanders over -2.5 .. 2.5 */
		guint best = G_MAXUINT;
		for (guint i = 0; i < pool->count; i++) {
			if (!in[i] && pool->items[i].state == POOL_CALIBRATED &&
				(best == G_MAXUINT ||
					pool->information[(size_t)i * POOL_INFORMATION_POINTS + point] >
						pool->information[(size_t)best * POOL_INFORMATION_POINTS + point])) {
				best = i;
			}
		}
		in[best] = 1;
		g_array_append_val(list, best);
	}
	return list;
}

static struct step step_of(const struct plan *plan, const struct irt_item *item, double mean, double sd)
{
	double right[3] = {0}, wrong[3] = {0};
	for (int q = 0; q < POINTS; q++) {
		const double z = (q - POINTS / 2) * 0.3, theta = mean + sd * z, weight = exp(-z * z / 2);
		const double p = right_at(item, theta);
		right[0] += weight * p;
		right[1] += weight * p * theta;
		right[2] += weight * p * theta * theta;
		wrong[0] += weight * (1 - p);
		wrong[1] += weight * (1 - p) * theta;
		wrong[2] += weight * (1 - p) * theta * theta;
	}
	const double up = right[1] / right[0], down = wrong[1] / wrong[0];
	const double sd_up = sqrt(fmax(right[2] / right[0] - up * up, 1e-4));
	const double sd_down = sqrt(fmax(wrong[2] / wrong[0] - down * down, 1e-4));
	return (struct step){
		.chance = (float)(right[0] / (right[0] + wrong[0])),
		.mean_right = place(up, plan->mean_low, plan->mean_step, PLAN_MEANS),
		.spread_right = place(log(sd_up), plan->spread_low, plan->spread_step, PLAN_SPREADS),
		.mean_wrong = place(down, plan->mean_low, plan->mean_step, PLAN_MEANS),
		.spread_wrong = place(log(sd_down), plan->spread_low, plan->spread_step, PLAN_SPREADS),
	};
}

/* The steps of every stand-in from every state: the same whatever the prices. */
struct steps {
	GArray *items; /* guint */
	struct step *steps;
};

static void steps_init(struct steps *steps, const struct plan *plan, const struct pool *pool)
{
	steps->items = stand_ins(pool);
	steps->steps = g_new(struct step, (gsize)PLAN_MEANS * PLAN_SPREADS * steps->items->len);
	struct step *to = steps->steps;
	for (guint i = 0; i < PLAN_MEANS; i++) {
		for (guint j = 0; j < PLAN_SPREADS; j++) {
			for (guint k = 0; k < steps->items->len; k++) {
				*to++ = step_of(plan, &pool->items[g_array_index(steps->items, guint, k)].irt,
					plan->mean_low + i * plan->mean_step, exp(plan->spread_low + j * plan->spread_step));
			}
		}
	}
}

static void steps_finish(struct steps *steps)
{
	g_array_unref(steps->items);
	g_free(steps->steps);
}

/* The value that is the `rank`-th highest, from 0. */
static float ranked(float *values, guint count, guint rank)
{
	for (guint i = 0; i <= rank; i++) {
		guint best = i;
		for (guint k = i + 1; k < count; k++) {
			best = values[k] > values[best] ? k : best;
		}
		const float held = values[i];
		values[i] = values[best];
		values[best] = held;
	}
	return values[rank];
}

/*
 * Backward induction. An item is asked once only, which the state does not tell: when so many items were asked
 * already, half of them are taken to have been the best ones here.
 */
static void value_by(struct plan *plan, const struct adaptive *policy, const struct steps *steps)
{
	const guint count = steps->items->len;
	const guint cells = PLAN_MEANS * PLAN_SPREADS;
	g_autofree float *worths = g_new(float, count);
	for (guint i = 0; i < PLAN_MEANS; i++) {
		for (guint j = 0; j < PLAN_SPREADS; j++) {
			plan->values[i * PLAN_SPREADS + j] = (float)reached(policy,
				plan->mean_low + i * plan->mean_step, exp(plan->spread_low + j * plan->spread_step));
		}
	}
	for (guint left = 1; left <= plan->steps; left++) {
		const float *next = plan->values + (size_t)(left - 1) * cells;
		float *now = plan->values + (size_t)left * cells;
		const guint rank = MIN((plan->steps - left) / 2, count - 1);
		for (guint cell = 0; cell < cells; cell++) {
			for (guint k = 0; k < count; k++) {
				const struct step *step = &steps->steps[(size_t)cell * count + k];
				worths[k] = step->chance * between(next, step->mean_right, step->spread_right) +
					    (1 - step->chance) * between(next, step->mean_wrong, step->spread_wrong) -
					    (float)(plan->controls[g_array_index(steps->items, guint, k)] + plan->length_price);
			}
			now[cell] = fmaxf(plan->values[cell], ranked(worths, count, rank));
		}
	}
}

/* How much the induction is trusted beside people: as if so many had been there. */
#define TRUST 60.0
/* Cells visited more often forget slowly, because prices still move. */
#define MEMORY 400.0

/* What people reached beyond the value by induction, cell by cell. */
struct correction {
	gsize cells;
	float *bare; /* the value by induction alone */
	double *beyond, *visits;
	double *new_reached, *new_visits; /* of one round */
};

static void correction_init(struct correction *correction, const struct plan *plan)
{
	const gsize cells = (gsize)(plan->steps + 1) * PLAN_MEANS * PLAN_SPREADS;
	*correction = (struct correction){.cells = cells, .bare = g_new(float, cells), .beyond = g_new0(double, cells),
		.visits = g_new0(double, cells), .new_reached = g_new0(double, cells), .new_visits = g_new0(double, cells)};
	memcpy(correction->bare, plan->values, cells * sizeof(float));
}

static void correction_finish(struct correction *correction)
{
	g_free(correction->bare);
	g_free(correction->beyond);
	g_free(correction->visits);
	g_free(correction->new_reached);
	g_free(correction->new_visits);
}

static void correction_learn(struct correction *correction)
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

static void correction_apply(struct plan *plan, struct correction *correction)
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
		steps_init(&steps, plan, pool);
		value_by(plan, policy, &steps);
		steps_finish(&steps);
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
		steps_init(&steps, plan, pool);
		value_by(plan, policy, &steps);
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
			value_by(plan, policy, &steps);
			correction_apply(plan, &correction);
		}
	}
	if (plan->values) {
		steps_finish(&steps);
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
