/* What the ratings of a panel come to, round by round. */
#include "server/calibration/standard.h"

#include <math.h>
#include <string.h>

#include "assessment/placement/pool.h"
#include "assessment/measurement/standard_setting.h"
#include "server/store/levels.h"

struct panel {
	const struct standard_session *session;
	const struct pool *pool;
	const GArray *ratings;
	int64_t round;
	GPtrArray *judges; /* names in the round, borrowed */
	GPtrArray *items;  /* ids judged in the round (Angoff) */
};

static guint place_of(GPtrArray *list, const char *text)
{
	for (guint i = 0; i < list->len; i++) {
		if (strcmp(g_ptr_array_index(list, i), text) == 0) {
			return i;
		}
	}
	return G_MAXUINT;
}

static void add_once(GPtrArray *list, const char *text)
{
	if (place_of(list, text) == G_MAXUINT) {
		g_ptr_array_add(list, (char *)text);
	}
}

/* The parameters of the items judged; false when one has none. */
static bool parameters_of(const struct panel *panel, struct irt_item *ret)
{
	for (guint i = 0; i < panel->items->len; i++) {
		guint place = pool_find(panel->pool, g_ptr_array_index(panel->items, i));
		if (place == G_MAXUINT || !panel->pool->items[place].has_parameters) {
			return false;
		}
		ret[i] = panel->pool->items[place].irt;
	}
	return panel->items->len > 0;
}

static json_t *number_json(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *judges_json(const struct panel *panel, const double *cuts)
{
	json_t *list = json_array();
	for (guint j = 0; j < panel->judges->len; j++) {
		json_array_append_new(list, json_pack("{s:s, s:o}", "judge", (char *)g_ptr_array_index(panel->judges, j),
						    "cut", number_json(cuts[j])));
	}
	return list;
}

static json_t *angoff_cut(const struct panel *panel, const char *level)
{
	guint judges = panel->judges->len, items = panel->items->len;
	g_autofree double *table = g_new(double, (gsize)judges * items + 1);
	g_autofree double *cuts = g_new0(double, judges + 1);
	g_autofree struct irt_item *irt = g_new0(struct irt_item, items + 1);
	for (guint i = 0; i < judges * items; i++) {
		table[i] = NAN;
	}
	for (guint r = 0; r < panel->ratings->len; r++) {
		const struct standard_rating *rating = &g_array_index(panel->ratings, struct standard_rating, r);
		if (rating->round == panel->round && strcmp(rating->level, level) == 0) {
			table[place_of(panel->judges, rating->judge) * items + place_of(panel->items, rating->item)] =
				rating->rating;
		}
	}
	struct standard_cut cut;
	uint32_t judge, item;
	if (!standard_angoff(table, judges, items, cuts, &cut, &judge, &item)) {
		return json_pack("{s:s, s:{s:s, s:s}}", "level", level, "missing", "judge",
			(char *)g_ptr_array_index(panel->judges, judge), "item",
			(char *)g_ptr_array_index(panel->items, item));
	}
	double theta = NAN, theta_se = NAN;
	if (parameters_of(panel, irt)) {
		theta = standard_theta(irt, items, cut.cut);
		theta_se = cut.se / standard_slope(irt, items, theta);
	}
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "level", level, "judges",
		judges_json(panel, cuts), "cut", number_json(cut.cut), "sd", number_json(cut.sd), "se",
		number_json(cut.se), "share", number_json(cut.cut / items), "theta", number_json(theta), "theta_se",
		number_json(theta_se));
}

/* The share of right answers over the whole pool that a theta stands for: what a policy of shares needs. */
static double share_at(const struct pool *pool, double theta)
{
	double sum = 0, count = 0;
	for (guint i = 0; i < pool->count; i++) {
		if (pool->items[i].has_parameters) {
			sum += irt_probability(&pool->items[i].irt, theta, 1);
			count++;
		}
	}
	return count > 0 ? sum / count : NAN;
}

static json_t *bookmark_cut(const struct panel *panel, const char *level)
{
	guint judges = panel->judges->len;
	g_autofree double *cuts = g_new(double, judges + 1);
	for (guint j = 0; j < judges; j++) {
		cuts[j] = NAN;
	}
	for (guint r = 0; r < panel->ratings->len; r++) {
		const struct standard_rating *rating = &g_array_index(panel->ratings, struct standard_rating, r);
		guint place = pool_find(panel->pool, rating->item);
		if (rating->round == panel->round && strcmp(rating->level, level) == 0 && place != G_MAXUINT &&
			panel->pool->items[place].has_parameters) {
			cuts[place_of(panel->judges, rating->judge)] =
				standard_bookmark(&panel->pool->items[place].irt, panel->session->rp);
		}
	}
	for (guint j = 0; j < judges; j++) {
		if (!isfinite(cuts[j])) {
			return json_pack("{s:s, s:{s:s, s:s}}", "level", level, "missing", "judge",
				(char *)g_ptr_array_index(panel->judges, j), "item", "");
		}
	}
	struct standard_cut cut = standard_mean(cuts, judges);
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "level", level, "judges",
		judges_json(panel, cuts), "cut", number_json(cut.cut), "sd", number_json(cut.sd), "se",
		number_json(cut.se), "share", number_json(share_at(panel->pool, cut.cut)), "theta",
		number_json(cut.cut), "theta_se", number_json(cut.se));
}

/* Are `field`s there for each cut, and strictly increasing? Fills `ret`. */
static bool increasing(json_t *cuts, const char *field, double factor, struct cuts *ret)
{
	json_t *cut;
	size_t i;
	ret->count = (uint32_t)MIN(json_array_size(cuts), CLASSIFY_CUTS_MAX);
	json_array_foreach(cuts, i, cut)
	{
		json_t *value = json_object_get(cut, field);
		if (!json_is_number(value) || i >= CLASSIFY_CUTS_MAX) {
			return false;
		}
		ret->at[i] = json_number_value(value) * factor;
	}
	return ret->count > 0 && cuts_are_valid(ret);
}

static json_t *quality_json(struct decision_quality quality)
{
	return json_pack("{s:f, s:f}", "accuracy", quality.accuracy, "consistency", quality.consistency);
}

/* How the cuts would classify with the items judged. */
static void add_quality(json_t *round, const struct panel *panel, json_t *cuts)
{
	struct cuts theta, raw;
	guint items = panel->items->len;
	g_autofree struct irt_item *irt = g_new0(struct irt_item, items + 1);
	if (items > STANDARD_ITEMS_MAX || !increasing(cuts, "theta", 1, &theta) || !parameters_of(panel, irt)) {
		return;
	}
	json_object_set_new(round, "rudner", quality_json(standard_rudner(&theta, irt, items)));
	if (increasing(cuts, "share", items, &raw)) {
		double thetas[81], weights[81];
		for (int q = 0; q < 81; q++) {
			thetas[q] = -4 + q / 10.0;
			weights[q] = exp(-thetas[q] * thetas[q] / 2);
		}
		json_object_set_new(round, "lee", quality_json(standard_lee(&raw, irt, NULL, items, thetas, weights, 81)));
	}
}

static json_t *round_json(struct panel *panel, const GArray *levels)
{
	json_t *cuts = json_array();
	struct cuts ignored;
	for (guint i = 1; i < levels->len; i++) {
		const char *level = g_array_index(levels, struct level_row, i).id;
		json_array_append_new(
			cuts, panel->session->bookmark ? bookmark_cut(panel, level) : angoff_cut(panel, level));
	}
	json_t *round = json_pack("{s:I, s:i, s:i, s:b, s:O}", "round", (json_int_t)panel->round, "judges",
		(int)panel->judges->len, "items", (int)panel->items->len, "monotone",
		(int)increasing(cuts, "share", 1, &ignored), "cuts", cuts);
	add_quality(round, panel, cuts);
	json_decref(cuts);
	return round;
}

json_t *standard_rounds(
	const struct standard_session *session, const char *bank, const GArray *levels, const GArray *ratings)
{
	struct faults faults;
	faults_init(&faults, 1);
	struct pool *pool = pool_read(bank, strlen(bank), &faults);
	faults_finish(&faults);
	json_t *rounds = json_array();
	for (int64_t round = 1; pool && round <= STANDARD_ROUNDS_MAX; round++) {
		struct panel panel = {session, pool, ratings, round, g_ptr_array_new(), g_ptr_array_new()};
		for (guint r = 0; r < ratings->len; r++) {
			const struct standard_rating *rating = &g_array_index(ratings, struct standard_rating, r);
			if (rating->round == round) {
				add_once(panel.judges, rating->judge);
				add_once(panel.items, rating->item);
			}
		}
		if (panel.judges->len > 0) {
			json_array_append_new(rounds, round_json(&panel, levels));
		}
		g_ptr_array_unref(panel.judges);
		g_ptr_array_unref(panel.items);
	}
	pool_destroy(pool);
	return rounds;
}
