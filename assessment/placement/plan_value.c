/* The value of going on, by backward induction over a pool that a few items stand for; and its reading. */
#include "assessment/placement/plan_parts.h"

#include <math.h>

#define POINTS 25 /* of the quadrature over a normal posterior */

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

void plan_steps_init(struct steps *steps, const struct plan *plan, const struct pool *pool)
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

void plan_steps_finish(struct steps *steps)
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
void plan_value_by(struct plan *plan, const struct adaptive *policy, const struct steps *steps)
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
