#include "assessment/placement/walk.h"

#include <math.h>

#include "assessment/random.h"

/* Fewer items than this many times the longest test, and everybody would see the same ones. */
#define CALIBRATED_TIMES 2u

enum walk_method walk_method_for(const struct pool *pool, const struct adaptive *policy)
{
	return pool->calibrated >= CALIBRATED_TIMES * policy->maximum ? WALK_ADAPTIVE : WALK_GATED;
}

static guint level_count(const struct walk_means *means)
{
	return means->policy->cuts.count + 1;
}

static guint level_of(const struct walk_means *means, const struct pool_item *item)
{
	return MIN((MAX(item->difficulty, 1) - 1) * level_count(means) / ITEM_DIFFICULTY_MAX, level_count(means) - 1);
}

void walk_init(struct walk *walk, const struct walk_means *means)
{
	*walk = (struct walk){.means = *means};
	if (means->method == WALK_ADAPTIVE) {
		session_init(&walk->session, means->pool, means->policy, means->plan, means->seed, means->excluded,
			means->excluded_count);
	}
}

void walk_finish(struct walk *walk)
{
	session_finish(&walk->session);
}

static bool is_excluded(const struct walk *walk, guint item)
{
	for (guint i = 0; i < walk->means.excluded_count; i++) {
		if (walk->means.excluded[i] == item) {
			return true;
		}
	}
	return false;
}

static bool was_asked(const struct walk *walk, guint item)
{
	for (guint i = 0; i < walk->count; i++) {
		if (walk->items[i] == item) {
			return true;
		}
	}
	return false;
}

/* One at random of those that fit; not one seen in an earlier test if there is another. */
static guint draw(const struct walk *walk, bool (*fits)(const struct walk *, const struct pool_item *))
{
	struct random random;
	random_init(&random, walk->means.seed * 131 + walk->count);
	guint best = SESSION_NO_ITEM;
	for (int pass = 0; pass < 2 && best == SESSION_NO_ITEM; pass++) {
		guint met = 0;
		for (guint i = 0; i < walk->means.pool->count; i++) {
			if (fits(walk, &walk->means.pool->items[i]) && !was_asked(walk, i) &&
				is_excluded(walk, i) == (pass == 1) && random_below(&random, ++met) == 0) {
				best = i;
			}
		}
	}
	return best;
}

static bool is_pilot(const struct walk *walk, const struct pool_item *item)
{
	(void)walk;
	return item->state == POOL_PILOT;
}

static bool is_at_gate(const struct walk *walk, const struct pool_item *item)
{
	return item->state != POOL_DRAFT && item->state != POOL_RETIRED && item->area == walk->area &&
	       level_of(&walk->means, item) == walk->level;
}

/* Pilots lie among the first items, so that every test reaches them; never first, where people get used to it. */
static bool is_pilot_place(const struct walk *walk)
{
	const guint pilots = walk->means.policy->pilots, span = walk->means.policy->minimum + pilots - 1;
	guint places[ADAPTIVE_ITEMS_MAX + ADAPTIVE_PILOTS_MAX];
	for (guint i = 0; i < span; i++) {
		places[i] = i + 1;
	}
	struct random random;
	random_init(&random, walk->means.seed ^ G_GUINT64_CONSTANT(0x70696C6F74));
	random_shuffle(&random, places, span);
	for (guint i = 0; i < MIN(pilots, span); i++) {
		if (places[i] == walk->count) {
			return true;
		}
	}
	return false;
}

static void next_area(struct walk *walk)
{
	walk->reached[walk->area] = walk->level;
	walk->area++;
	walk->level = walk->asked = walk->right = 0;
}

/* Moves on when a gate is passed, shut, or has no items left. */
static guint gate_next(struct walk *walk, enum stop_rule *ret_why)
{
	const struct adaptive *policy = walk->means.policy;
	while (walk->area < walk->means.pool->area_count && walk->count < WALK_ITEMS_MAX) {
		const guint item = walk->asked < policy->gate_items ? draw(walk, is_at_gate) : SESSION_NO_ITEM;
		if (item != SESSION_NO_ITEM) {
			*ret_why = STOP_NONE;
			return item;
		}
		if (walk->asked == 0 || walk->right < ceil(policy->gate_pass * walk->asked - 1e-9)) {
			next_area(walk);
		} else if (walk->level + 1 < level_count(&walk->means)) {
			walk->level++;
			walk->asked = walk->right = 0;
		} else {
			next_area(walk);
		}
	}
	*ret_why = STOP_GATES;
	return SESSION_NO_ITEM;
}

guint walk_next(struct walk *walk, bool *ret_pilot, enum stop_rule *ret_why)
{
	*ret_pilot = false;
	if (walk->means.method == WALK_GATED) {
		return gate_next(walk, ret_why);
	}
	const guint item = session_next(&walk->session, ret_why);
	if (item != SESSION_NO_ITEM && walk->means.policy->pilots > 0 && is_pilot_place(walk)) {
		const guint pilot = draw(walk, is_pilot);
		if (pilot != SESSION_NO_ITEM) {
			*ret_pilot = true;
			return pilot;
		}
	}
	return item;
}

void walk_answer(struct walk *walk, guint item, bool pilot, guint category)
{
	g_assert(walk->count < WALK_ITEMS_MAX);
	walk->items[walk->count] = item;
	walk->categories[walk->count] = category;
	walk->pilots[walk->count] = pilot;
	walk->count++;
	if (walk->means.method == WALK_GATED) {
		walk->asked++;
		walk->right += category > 0;
	} else if (!pilot) {
		session_answer(&walk->session, item, category);
	}
}

void walk_again(struct walk *walk, guint item, bool pilot, guint category)
{
	if (walk->means.method == WALK_GATED) { /* through the gates as it went then */
		bool ignored;
		enum stop_rule why;
		walk_next(walk, &ignored, &why);
	}
	walk_answer(walk, item, pilot, category);
}

/* The highest level that at least half of the areas reach: a gate's level counts from the one passed last. */
static guint gated_level(const struct walk *walk)
{
	const guint areas = walk->means.pool->area_count;
	for (guint level = level_count(&walk->means) - 1; level > 0; level--) {
		guint reach = 0;
		for (guint a = 0; a < areas; a++) {
			reach += walk->reached[a] >= level;
		}
		if (2 * reach >= areas) {
			return level;
		}
	}
	return 0;
}

guint walk_level(const struct walk *walk, double *ret_probability)
{
	if (walk->means.method == WALK_ADAPTIVE) {
		return session_level(&walk->session, ret_probability);
	}
	if (ret_probability) {
		*ret_probability = -1;
	}
	return gated_level(walk);
}

guint walk_longest(const struct walk_means *means)
{
	return means->method == WALK_ADAPTIVE
		       ? means->policy->maximum + means->policy->pilots
		       : MIN(WALK_ITEMS_MAX, means->pool->area_count * level_count(means) * means->policy->gate_items);
}
