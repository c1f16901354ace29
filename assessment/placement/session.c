#include "assessment/placement/session.h"

#include <math.h>
#include <string.h>

#include "assessment/random.h"

/* Sums over the grid go by eight at a time in one fixed order, so that every machine gets the same bits. */
typedef float lanes __attribute__((vector_size(32), aligned(4)));
#define LANES 8
_Static_assert(POOL_THETAS % LANES == 0, "the grid is a whole number of lanes");

enum bar {
	BAR_NONE,
	BAR_AVOID, /* asked only when nothing else is left */
	BAR_NEVER,
};

/* Above so many items only those that look best by their information are weighed in full. */
#define WEIGHED_MAX 256u

/* The posterior in the shape that the sums want. */
struct moments {
	float weights[POOL_THETAS];
	float first[POOL_THETAS];  /* weight × theta */
	float second[POOL_THETAS]; /* weight × theta² */
};

/* A number in 0..1 that belongs to this person and this item. */
static double chance(guint64 seed, guint64 item)
{
	struct random random;
	random_init(&random, seed ^ (item * G_GUINT64_CONSTANT(0xD1342543DE82EF95)));
	return (double)(random_next(&random) >> 11) / 9007199254740992.0;
}

/* The posterior mass of each level: a cell that a cut divides counts for both. */
static void sum_up(struct session *session)
{
	const struct cuts *cuts = &session->policy->cuts;
	const double half = 4.0 / POOL_THETAS;
	memset(session->levels, 0, sizeof(session->levels));
	double mean = 0, square = 0;
	for (guint g = 0; g < POOL_THETAS; g++) {
		const double theta = pool_theta(g), weight = session->weights[g];
		mean += weight * theta;
		square += weight * theta * theta;
		double from = theta - half;
		for (guint k = 0; k <= cuts->count; k++) {
			const double to = k < cuts->count ? fmin(theta + half, cuts->at[k]) : theta + half;
			if (to > from) {
				session->levels[k] += weight * (to - from) / (2 * half);
				from = to;
			}
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
			const double draw = chance(seed, i);
			session->barred[i] = lottery && draw >= plan->controls[i] ? BAR_AVOID : BAR_NONE;
			session->leaning[i] = (float)(plan->leaning * (2 * draw - 1));
		}
	}
	for (guint i = 0; i < excluded_count; i++) {
		session->barred[excluded[i]] = MAX(session->barred[excluded[i]], BAR_AVOID);
	}
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

static void moments_of(const struct session *session, struct moments *ret)
{
	for (guint g = 0; g < POOL_THETAS; g++) {
		const float theta = session->pool->thetas[g];
		ret->weights[g] = (float)session->weights[g];
		ret->first[g] = ret->weights[g] * theta;
		ret->second[g] = ret->first[g] * theta;
	}
}

static inline float add_up(lanes sums)
{
	return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

/* The chance of a category and the posterior's mean and SD after it. */
static double after(const struct moments *moments, const float *curve, double *ret_mean, double *ret_sd)
{
	lanes zero = {0}, first = {0}, second = {0};
	for (guint g = 0; g < POOL_THETAS; g += LANES) {
		const lanes p = *(const lanes *)(curve + g);
		zero += p * *(const lanes *)(moments->weights + g);
		first += p * *(const lanes *)(moments->first + g);
		second += p * *(const lanes *)(moments->second + g);
	}
	const double chance_of = fmax(add_up(zero), 1e-9);
	const double mean = add_up(first) / chance_of;
	*ret_mean = mean;
	*ret_sd = sqrt(fmax(add_up(second) / chance_of - mean * mean, 1e-4));
	return chance_of;
}

static double expected_worth(const struct session *session, const struct moments *moments, const struct pool_item *item)
{
	const guint left = session->policy->maximum - session->count - 1;
	double sum = 0;
	for (guint k = 0; k < item->irt.categories; k++) {
		double mean, sd;
		const double p = after(moments, item->curves + k * POOL_THETAS, &mean, &sd);
		sum += p * plan_worth(session->plan, left, mean, sd);
	}
	return sum - session->plan->length_price;
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

static double information_near(const struct session *session, guint item, double theta)
{
	const float *row = session->pool->information + (size_t)item * POOL_INFORMATION_POINTS;
	const double place = fmin(fmax((theta + 4) * 8, 0), POOL_INFORMATION_POINTS - 1.001);
	const guint below = (guint)place;
	return row[below] + (place - below) * (row[below + 1] - row[below]);
}

static double information_at_cuts(const struct session *session, guint item)
{
	double sum = 0;
	for (guint k = 0; k < session->policy->cuts.count; k++) {
		const double cut = session->policy->cuts.at[k], z = (cut - session->mean) / session->sd;
		sum += exp(-z * z / 2) * information_near(session, item, cut);
	}
	return sum;
}

static double worth(const struct session *session, const struct moments *moments, guint item)
{
	switch (session->policy->select) {
	case SELECT_INFORMATION:
		return information_near(session, item, session->mean);
	case SELECT_INFORMATION_AT_CUTS:
		return information_at_cuts(session, item);
	case SELECT_MUTUAL_INFORMATION:
		return mutual_information(session, &session->pool->items[item]);
	case SELECT_EXPECTED_GAIN:
		return expected_worth(session, moments, &session->pool->items[item]);
	case SELECT_RANDOM:
	case SELECT_RULE_MAX:
		break;
	}
	return chance(session->seed + 1, item);
}

double session_worth(struct session *session, guint item)
{
	struct moments moments;
	moments_of(session, &moments);
	return worth(session, &moments, item);
}

struct candidate {
	guint item;
	double worth;  /* by the rule, less its price */
	double weighed; /* with chance */
};

/* Would one more item of its area go beyond the area's share? */
static bool area_is_full(const struct session *session, guint area)
{
	const struct adaptive *policy = session->policy;
	for (guint i = 0; i < policy->share_count; i++) {
		if (strcmp(policy->shares[i].area, session->pool->areas[area]) == 0) {
			return session->area_counts[area] + 1 >
			       policy->shares[i].share * (session->count + 1) + policy->share_tolerance;
		}
	}
	return policy->share_count > 0; /* an area without a share */
}

/* The items that may be asked now, by the strictest reading that leaves any. */
static GArray *candidates(const struct session *session)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct candidate));
	bool full[BANK_AREAS_MAX];
	for (guint a = 0; a < session->pool->area_count; a++) {
		full[a] = area_is_full(session, a);
	}
	for (int pass = 0; pass < 3 && list->len == 0; pass++) {
		for (guint i = 0; i < session->pool->count; i++) {
			const enum bar bar = session->barred[i];
			if (bar <= (pass == 2 ? BAR_AVOID : BAR_NONE) && (pass > 0 || !full[session->pool->items[i].area])) {
				struct candidate candidate = {.item = i};
				g_array_append_val(list, candidate);
			}
		}
	}
	return list;
}

static int by_weighed(const void *one, const void *two)
{
	const struct candidate *a = one, *b = two;
	if (a->weighed != b->weighed) {
		return a->weighed > b->weighed ? -1 : 1;
	}
	return a->item < b->item ? -1 : 1;
}

/* Keeps the WEIGHED_MAX whose information here is highest for its price, by a heap with the worst on top. */
static void narrow(const struct session *session, GArray *list)
{
	struct candidate *heap = (struct candidate *)(void *)list->data;
	for (guint i = 0; i < list->len; i++) {
		struct candidate now = heap[i];
		now.weighed = information_near(session, now.item, session->mean) /
			      (1 + 200 * (session->plan ? session->plan->controls[now.item] : 0));
		guint hole;
		if (i < WEIGHED_MAX) {
			for (hole = i; hole > 0 && by_weighed(&now, &heap[(hole - 1) / 2]) > 0; hole = (hole - 1) / 2) {
				heap[hole] = heap[(hole - 1) / 2];
			}
		} else if (by_weighed(&now, &heap[0]) > 0) {
			continue;
		} else {
			for (hole = 0; 2 * hole + 1 < WEIGHED_MAX;) {
				guint child = 2 * hole + 1;
				if (child + 1 < WEIGHED_MAX && by_weighed(&heap[child + 1], &heap[child]) > 0) {
					child++;
				}
				if (by_weighed(&heap[child], &now) <= 0) {
					break;
				}
				heap[hole] = heap[child];
				hole = child;
			}
		}
		heap[hole] = now;
	}
	g_array_set_size(list, WEIGHED_MAX);
}

/* The one to ask, its worth in ret_worth. */
static guint choose(const struct session *session, double *ret_worth)
{
	g_autoptr(GArray) list = candidates(session);
	if (list->len == 0) {
		return SESSION_NO_ITEM;
	}
	const struct adaptive *policy = session->policy;
	const bool gain = policy->select == SELECT_EXPECTED_GAIN;
	if (list->len > 2 * WEIGHED_MAX && policy->select != SELECT_RANDOM) {
		narrow(session, list);
	}
	struct moments moments;
	moments_of(session, &moments);
	double most = 0;
	for (guint i = 0; i < list->len; i++) {
		struct candidate *one = &g_array_index(list, struct candidate, i);
		one->worth = worth(session, &moments, one->item) - (gain ? session->plan->controls[one->item] : 0);
		one->weighed = one->worth + (gain ? session->leaning[one->item] : 0);
		most = fmax(most, one->worth);
	}
	if (policy->progressive && !gain) {
		const double weight = (double)session->count / policy->maximum;
		for (guint i = 0; i < list->len; i++) {
			struct candidate *one = &g_array_index(list, struct candidate, i);
			one->weighed = (1 - weight) * most * chance(session->seed + 2 + session->count, one->item) +
				       weight * one->worth;
		}
	}
	const guint among = MIN(policy->among, list->len);
	struct candidate best[ADAPTIVE_AMONG_MAX];
	guint kept = 0;
	for (guint i = 0; i < list->len; i++) { /* the best few, in order */
		const struct candidate *one = &g_array_index(list, struct candidate, i);
		guint place = kept;
		while (place > 0 && by_weighed(one, &best[place - 1]) < 0) {
			place--;
		}
		if (place < among) {
			kept = MIN(kept + 1, among);
			memmove(&best[place + 1], &best[place], (kept - place - 1) * sizeof(best[0]));
			best[place] = *one;
		}
	}
	struct random random;
	random_init(&random, session->seed * 31 + session->count);
	const struct candidate *chosen = &best[among > 1 ? random_below(&random, among) : 0];
	*ret_worth = chosen->worth;
	return chosen->item;
}

static guint responses_of(const struct session *session, struct irt_response *ret)
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
	return theta_estimate(&settings, responses, responses_of(session, responses));
}

static bool ratios_decide(const struct session *session, const struct stopping *rule)
{
	const struct cuts *cuts = &session->policy->cuts;
	struct irt_response responses[ADAPTIVE_ITEMS_MAX];
	const guint count = responses_of(session, responses);
	double ratios[CLASSIFY_CUTS_MAX];
	for (guint k = 0; k < cuts->count; k++) {
		ratios[k] = rule->rule == STOP_SPRT
				    ? sprt_log_ratio(responses, count, cuts->at[k], rule->delta)
				    : glr_log_ratio(responses, count, cuts->at[k], rule->delta, -6, 6, 0.1);
	}
	return level_by_ratios(cuts, ratios, rule->alpha, rule->beta) != CLASSIFY_UNDECIDED;
}

/* Is no cut within the interval around theta that holds it with this confidence? */
static bool interval_decides(const struct session *session, double confidence)
{
	const struct theta_estimate estimate = session_theta(session);
	for (guint k = 0; k < session->policy->cuts.count; k++) {
		const double z = fabs(session->policy->cuts.at[k] - estimate.theta) / estimate.se;
		if (erf(z / sqrt(2)) < confidence) {
			return false;
		}
	}
	return true;
}

static bool rule_holds(const struct session *session, const struct stopping *rule)
{
	double probability;
	switch (rule->rule) {
	case STOP_GAIN:
		return session->gain <= 0;
	case STOP_SE:
		return session_theta(session).se <= rule->at;
	case STOP_POSTERIOR:
		session_level(session, &probability);
		return probability >= rule->at;
	case STOP_SPRT:
	case STOP_GLR:
		return ratios_decide(session, rule);
	case STOP_CONFIDENCE:
		return interval_decides(session, rule->at);
	case STOP_NONE:
	case STOP_MAXIMUM:
	case STOP_NO_ITEMS:
	case STOP_GATES:
	case STOP_RULE_MAX:
		break;
	}
	return false;
}

static enum stop_rule stopped_by(const struct session *session)
{
	const struct adaptive *policy = session->policy;
	if (session->count < policy->minimum) {
		return STOP_NONE;
	}
	guint hold = 0;
	enum stop_rule first = STOP_NONE;
	for (guint i = 0; i < policy->rule_count; i++) {
		if (rule_holds(session, &policy->rules[i])) {
			first = hold++ == 0 ? policy->rules[i].rule : first;
		}
	}
	return hold > 0 && (!policy->all || hold == policy->rule_count) ? first : STOP_NONE;
}

guint session_next(struct session *session, enum stop_rule *ret_why)
{
	*ret_why = STOP_MAXIMUM;
	if (session->count >= session->policy->maximum) {
		return SESSION_NO_ITEM;
	}
	double best = 0;
	const guint item = choose(session, &best);
	if (item == SESSION_NO_ITEM) {
		*ret_why = STOP_NO_ITEMS;
		return SESSION_NO_ITEM;
	}
	session->gain = session->policy->select == SELECT_EXPECTED_GAIN
				? best - plan_worth(session->plan, 0, session->mean, session->sd)
				: best;
	*ret_why = stopped_by(session);
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
