/* What it is worth to ask an item: one way for each rule by which a policy selects. */
#include "assessment/placement/session_parts.h"

#include <math.h>
#include <string.h>

/* The last category's sums are what the others leave. */
static double expected_worth(const struct session *session, const struct moments *moments, const struct pool_item *item)
{
	const guint last = item->irt.categories - 1;
	float rest[MOMENT_MAX], sums[MOMENT_MAX];
	memcpy(rest, moments->sums, sizeof(rest));
	struct state state;
	double worth = 0;
	for (guint k = 0; k < last; k++) {
		session_sums(moments, item->curves + k * POOL_THETAS, sums);
		for (guint m = 0; m < moments->count; m++) {
			rest[m] -= sums[m];
		}
		session_state(session, sums, session->count + 1, &state);
		worth += state.chance * state.worth;
	}
	session_state(session, rest, session->count + 1, &state);
	return worth + state.chance * state.worth - session->plan->length_price;
}

static double entropy_term(double p)
{
	return p > 0 ? -p * log(p) : 0;
}

/* How much the answer tells of the level: I(level; answer). */
static double mutual_information(const struct session *session, const struct pool_item *item)
{
	const struct cuts *cuts = &session->policy->cuts;
	double sum = 0;
	for (guint k = 0; k < item->irt.categories; k++) {
		const float *curve = item->curves + k * POOL_THETAS;
		double joint[CLASSIFY_CUTS_MAX + 1] = {0}, all = 0;
		guint level = 0;
		for (guint g = 0; g < POOL_THETAS; g++) {
			while (level < cuts->count && session->pool->thetas[g] >= cuts->at[level]) {
				level++;
			}
			joint[level] += session->weights[g] * curve[g];
		}
		for (guint l = 0; l <= cuts->count; l++) {
			all += joint[l];
			sum -= joint[l] > 0 ? entropy_term(joint[l] / fmax(session->levels[l], 1e-12)) *
				       fmax(session->levels[l], 1e-12) : 0;
		}
		sum += entropy_term(all);
	}
	return sum;
}

double session_information(const struct session *session, guint item, double theta)
{
	const float *row = session->pool->information + (size_t)item * POOL_INFORMATION_POINTS;
	const double place = fmin(fmax((theta + 4) * 8, 0), POOL_INFORMATION_POINTS - 1.001);
	const guint below = (guint)place;
	return row[below] + (place - below) * (row[below + 1] - row[below]);
}

/* Each cut counts by the posterior there, the nearest as a whole: it may be so far that nothing would be left of it. */
static double information_at_cuts(const struct session *session, guint item)
{
	const struct cuts *cuts = &session->policy->cuts;
	double squares[CLASSIFY_CUTS_MAX], nearest = INFINITY, sum = 0;
	for (guint k = 0; k < cuts->count; k++) {
		const double z = (cuts->at[k] - session->mean) / session->sd;
		squares[k] = z * z;
		nearest = fmin(nearest, squares[k]);
	}
	for (guint k = 0; k < cuts->count; k++) {
		sum += exp((nearest - squares[k]) / 2) * session_information(session, item, cuts->at[k]);
	}
	return sum;
}

double session_worth_by(const struct session *session, const struct moments *moments, guint item)
{
	switch (session->policy->select) {
	case SELECT_INFORMATION:
		return session_information(session, item, session->mean);
	case SELECT_INFORMATION_AT_CUTS:
		return information_at_cuts(session, item);
	case SELECT_MUTUAL_INFORMATION:
		return mutual_information(session, &session->pool->items[item]);
	case SELECT_EXPECTED_GAIN:
		return session->plan->learned ? expected_worth(session, moments, &session->pool->items[item])
					      : mutual_information(session, &session->pool->items[item]);
	case SELECT_RANDOM:
	case SELECT_RULE_MAX:
		break;
	}
	return session_chance(session->seed + 1, item);
}

double session_worth(struct session *session, guint item)
{
	struct moments moments;
	session_moments(session, &moments);
	return session_worth_by(session, &moments, item);
}
