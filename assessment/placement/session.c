/* The test itself: the posterior, an answer taken into it, what it says of theta and level, and the next item. */
#include "assessment/placement/session_parts.h"

#include <math.h>
#include <string.h>

#include "assessment/random.h"

double session_chance(guint64 seed, guint64 item)
{
	struct random random;
	random_init(&random, seed ^ (item * G_GUINT64_CONSTANT(0xD1342543DE82EF95)));
	return random_uniform(&random);
}

/* The posterior mass of each level, its mean and SD. */
static void sum_up(struct session *session)
{
	memset(session->levels, 0, sizeof(session->levels));
	double mean = 0, square = 0;
	for (guint g = 0; g < POOL_THETAS; g++) {
		const double theta = pool_theta(g), weight = session->weights[g];
		mean += weight * theta;
		square += weight * theta * theta;
		for (guint k = 0; k <= session->policy->cuts.count; k++) {
			session->levels[k] += weight * session->cells.levels[k][g];
		}
	}
	session->mean = mean;
	session->sd = sqrt(fmax(square - mean * mean, 1e-6));
}

void session_init(struct session *session, const struct pool *pool, const struct adaptive *policy,
	const struct plan *plan, guint64 seed, const guint *excluded, guint excluded_count)
{
	g_assert(plan || policy->select != SELECT_EXPECTED_GAIN);
	*session = (struct session){.pool = pool, .policy = policy, .plan = plan, .seed = seed};
	session->barred = g_new0(guint8, pool->count);
	session->leaning = g_new0(float, pool->count);
	const bool lottery = plan && policy->select != SELECT_EXPECTED_GAIN;
	for (guint i = 0; i < pool->count; i++) {
		if (pool->items[i].state != POOL_CALIBRATED) {
			session->barred[i] = BAR_NEVER;
		} else if (plan) {
			const double draw = session_chance(seed, i);
			session->barred[i] = lottery && draw >= plan->controls[i] ? BAR_AVOID : BAR_NONE;
			session->leaning[i] = (float)(plan->leaning * (2 * draw - 1));
		}
	}
	for (guint i = 0; i < excluded_count; i++) {
		session->barred[excluded[i]] = MAX(session->barred[excluded[i]], BAR_AVOID);
	}
	session_cells(&policy->cuts, &session->cells);
	double sum = 0;
	for (guint g = 0; g < POOL_THETAS; g++) {
		const double z = (pool_theta(g) - policy->prior_mean) / policy->prior_sd;
		session->weights[g] = exp(-z * z / 2);
		sum += session->weights[g];
	}
	for (guint g = 0; g < POOL_THETAS; g++) {
		session->weights[g] /= sum;
	}
	sum_up(session);
}

void session_finish(struct session *session)
{
	g_free(session->barred);
	g_free(session->leaning);
	*session = (struct session){0};
}

void session_answer(struct session *session, guint item, guint category)
{
	const struct pool_item *asked = &session->pool->items[item];
	g_assert(asked->has_parameters && category < asked->irt.categories && session->count < ADAPTIVE_ITEMS_MAX);
	const float *curve = asked->curves + category * POOL_THETAS;
	double sum = 0;
	for (guint g = 0; g < POOL_THETAS; g++) {
		session->weights[g] *= curve[g];
		sum += session->weights[g];
	}
	for (guint g = 0; g < POOL_THETAS; g++) {
		session->weights[g] /= sum;
	}
	session->items[session->count] = item;
	session->categories[session->count] = category;
	session->count++;
	session->area_counts[asked->area]++;
	session->barred[item] = BAR_NEVER;
	sum_up(session);
}

guint session_responses(const struct session *session, struct irt_response *ret)
{
	for (guint i = 0; i < session->count; i++) {
		ret[i] = (struct irt_response){&session->pool->items[session->items[i]].irt, session->categories[i]};
	}
	return session->count;
}

struct theta_estimate session_theta(const struct session *session)
{
	if (session->policy->estimator == THETA_EAP) {
		return (struct theta_estimate){session->mean, session->sd};
	}
	struct theta_settings settings = THETA_SETTINGS_DEFAULT(session->policy->estimator);
	settings.prior_mean = session->policy->prior_mean;
	settings.prior_sd = session->policy->prior_sd;
	struct irt_response responses[ADAPTIVE_ITEMS_MAX];
	return theta_estimate(&settings, responses, session_responses(session, responses));
}

guint session_next(struct session *session, enum stop_rule *ret_why)
{
	*ret_why = STOP_MAXIMUM;
	if (session->count >= session->policy->maximum) {
		return SESSION_NO_ITEM;
	}
	double best = 0;
	const guint item = session_choose(session, &best);
	if (item == SESSION_NO_ITEM) {
		*ret_why = STOP_NO_ITEMS;
		return SESSION_NO_ITEM;
	}
	session->worth = best;
	double reached = 0;
	if (session->policy->select == SELECT_EXPECTED_GAIN && session->plan->learned) {
		session_level(session, &reached);
	}
	session->gain = best - reached;
	*ret_why = session_stopped_by(session);
	return *ret_why == STOP_NONE ? item : SESSION_NO_ITEM;
}

guint session_level(const struct session *session, double *ret_probability)
{
	guint best = 0;
	for (guint k = 1; k <= session->policy->cuts.count; k++) {
		best = session->levels[k] > session->levels[best] ? k : best;
	}
	if (ret_probability) {
		*ret_probability = session->levels[best];
	}
	return best;
}
