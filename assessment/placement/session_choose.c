/* Which item is asked next: those that may be, each by its worth and its price, and chance among the best. */
#include "assessment/placement/session_parts.h"

#include <math.h>
#include <string.h>

#include "assessment/random.h"

/* Above so many items only those that look best by their information are weighed in full. */
#define WEIGHED_MAX 256u

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
		now.weighed = session_information(session, now.item, session->mean) /
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

guint session_choose(const struct session *session, double *ret_worth)
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
	session_moments(session, &moments);
	double most = 0;
	for (guint i = 0; i < list->len; i++) {
		struct candidate *one = &g_array_index(list, struct candidate, i);
		one->worth = session_worth_by(session, &moments, one->item) - (gain ? session->plan->controls[one->item] : 0);
		one->weighed = one->worth + (gain ? session->leaning[one->item] / (float)(1 + session->count) : 0);
		most = fmax(most, one->worth);
	}
	if (policy->progressive && !gain) {
		const double weight = (double)session->count / policy->maximum;
		for (guint i = 0; i < list->len; i++) {
			struct candidate *one = &g_array_index(list, struct candidate, i);
			one->weighed = (1 - weight) * most * session_chance(session->seed + 2 + session->count, one->item) +
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
