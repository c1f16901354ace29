/* What is known of a person in the shape that the plan's value wants, now or after an answer. */
#include "assessment/placement/session_parts.h"

#include <math.h>

/* How far from a cut a theta still counts as near it, in logits: about the SE at the end of a test. */
#define NEAR 0.2

/*
 * Sums over the grid go by eight at a time in one fixed order, so that every machine gets the same bits; as two
 * vectors of four, which every machine keeps in registers.
 */
typedef float lanes __attribute__((vector_size(16), aligned(4)));
#define LANES 4
_Static_assert(POOL_THETAS % (2 * LANES) == 0, "the grid is a whole number of lanes");

static float sum_of(const float *row, const float *curve)
{
	lanes low = {0}, high = {0};
	for (guint g = 0; g < POOL_THETAS; g += 2 * LANES) {
		low += *(const lanes *)(curve + g) * *(const lanes *)(row + g);
		high += *(const lanes *)(curve + g + LANES) * *(const lanes *)(row + g + LANES);
	}
	low += high;
	return (low[0] + low[1]) + (low[2] + low[3]);
}

void session_sums(const struct moments *moments, const float *curve, float *ret)
{
	for (guint m = 0; m < moments->count; m++) {
		ret[m] = sum_of(moments->rows[m], curve);
	}
}

/* The part of a cell that lies in a level: a cell that a cut divides counts for both. */
static double share_of(const struct cuts *cuts, guint level, guint cell)
{
	const double half = 4.0 / POOL_THETAS, theta = pool_theta(cell);
	const double from = level > 0 ? fmax(theta - half, cuts->at[level - 1]) : theta - half;
	const double to = level < cuts->count ? fmin(theta + half, cuts->at[level]) : theta + half;
	return fmax(to - from, 0) / (2 * half);
}

void session_cells(const struct cuts *cuts, struct session_cells *ret)
{
	for (guint k = 0; k <= cuts->count; k++) {
		for (guint g = 0; g < POOL_THETAS; g++) {
			ret->levels[k][g] = (float)share_of(cuts, k, g);
		}
	}
	for (guint k = 0; k < cuts->count; k++) {
		for (guint g = 0; g < POOL_THETAS; g++) {
			const double z = (pool_theta(g) - cuts->at[k]) / NEAR;
			ret->near[k][g] = (float)exp(-z * z / 2);
		}
	}
}

void session_moments(const struct session *session, struct moments *ret)
{
	const guint cuts = session->policy->cuts.count;
	ret->count = MOMENT_CUTS + 2 * cuts;
	for (guint g = 0; g < POOL_THETAS; g++) {
		const float theta = session->pool->thetas[g], weight = (float)session->weights[g];
		ret->rows[MOMENT_WEIGHT][g] = weight;
		ret->rows[MOMENT_FIRST][g] = weight * theta;
		ret->rows[MOMENT_SECOND][g] = weight * theta * theta;
		for (guint k = 0; k < cuts; k++) {
			ret->rows[MOMENT_CUTS + 2 * k][g] = weight * session->cells.levels[k][g];
			ret->rows[MOMENT_CUTS + 2 * k + 1][g] = weight * session->cells.near[k][g];
		}
	}
	for (guint m = 0; m < ret->count; m++) {
		ret->sums[m] = 0;
		for (guint g = 0; g < POOL_THETAS; g++) {
			ret->sums[m] += ret->rows[m][g];
		}
	}
}

void session_state(const struct session *session, const float *sums, guint asked, struct state *ret)
{
	const struct adaptive *policy = session->policy;
	const float chance = MAX(sums[MOMENT_WEIGHT], 1e-9f), mean = sums[MOMENT_FIRST] / chance;
	const float variance = sums[MOMENT_SECOND] / chance - mean * mean;
	const double sd = sqrt((double)MAX(variance, 1e-4f)) / policy->prior_sd;
	float *input = ret->inputs + 5, rest = 1, reached = 0;
	for (guint k = 0; k < policy->cuts.count; k++) {
		const float level = sums[MOMENT_CUTS + 2 * k] / chance;
		reached = MAX(reached, level);
		rest -= level;
		*input++ = 2 * level - 1;
		*input++ = 2 * sums[MOMENT_CUTS + 2 * k + 1] / chance;
	}
	reached = MAX(reached, rest);
	ret->inputs[0] = 2.0f * (float)asked / (float)policy->maximum - 1;
	ret->inputs[1] = (float)((mean - policy->prior_mean) / policy->prior_sd);
	ret->inputs[2] = (float)(1 + 2 * log(sd));
	ret->inputs[3] = (float)(2 * sd - 1);
	ret->inputs[4] = 3 * reached - 2;
	ret->chance = chance;
	ret->reached = reached;
	const double beyond = asked < policy->maximum ? plan_beyond(&session->plan->value, ret->inputs) : 0;
	ret->worth = ret->reached + MAX(beyond, 0);
}
