/* Whom a calibration would place elsewhere: the level of everybody who answered, before and after. */
#include "assessment/measurement/standard_setting.h"
#include "server/calibration/work.h"
#include "server/store/levels.h"

/* The policy's shares as cuts on the theta scale of these items. False: not to be had. */
static bool theta_cuts(const GArray *levels, const struct irt_item *items, guint count, struct cuts *ret)
{
	ret->count = levels && levels->len > 1 ? MIN(levels->len - 1, CLASSIFY_CUTS_MAX) : 0;
	for (uint32_t k = 0; k < ret->count; k++) {
		double share = g_array_index(levels, struct level_row, k + 1).cut;
		ret->at[k] = standard_theta(items, count, share * count);
	}
	return ret->count > 0 && cuts_are_valid(ret);
}

static double theta_of(const struct irt_item *items, const int8_t *row, guint count)
{
	struct irt_response responses[CALIBRATION_ITEMS_MAX];
	uint32_t given = 0;
	for (guint i = 0; i < count; i++) {
		if (row[i] != ANSWER_MISSING && irt_item_is_valid(&items[i])) {
			responses[given++] = (struct irt_response){&items[i], (uint32_t)row[i]};
		}
	}
	struct theta_settings settings = THETA_SETTINGS_DEFAULT(THETA_EAP);
	return theta_estimate(&settings, responses, given).theta;
}

/* Where the person was placed before: by the old parameters, or, at a cold start, by the share of right answers. */
static uint32_t level_before(const GArray *levels, const struct cuts *cuts, const struct irt_item *old, const int8_t *row, guint count)
{
	if (old) {
		return level_at(cuts, theta_of(old, row, count));
	}
	guint given = 0, right = 0;
	uint32_t level = 0;
	for (guint i = 0; i < count; i++) {
		given += row[i] != ANSWER_MISSING;
		right += row[i] == 1;
	}
	for (guint k = 1; given && k < levels->len && k <= CLASSIFY_CUTS_MAX; k++) {
		level += (double)right / given >= g_array_index(levels, struct level_row, k).cut;
	}
	return level;
}

void calibration_add_people(json_t *report, const struct calibration_work *work, const GArray *levels,
	const struct irt_item *old, const struct irt_item *fresh)
{
	const guint n = work->kept->len;
	const struct answers *rows = &work->collapsed.answers;
	struct cuts after, before;
	bool decided = work->wish->cuts.count > 0 && levels && work->wish->cuts.count + 1 == levels->len;
	if (decided) {
		after = work->wish->cuts;
	} else if (!theta_cuts(levels, fresh, n, &after)) {
		return;
	}
	/* The cuts are the policy's decision: on the old scale they stay where they are. */
	if (!decided && old && theta_cuts(levels, old, n, &before)) {
		after = before;
	}
	double table[CLASSIFY_CUTS_MAX + 1][CLASSIFY_CUTS_MAX + 1] = {{0}};
	double changed = 0;
	for (uint32_t p = 0; p < rows->persons; p++) {
		const int8_t *row = rows->marks + (size_t)p * n;
		uint32_t was = level_before(levels, &after, old, row, n), is = level_at(&after, theta_of(fresh, row, n));
		table[was][is] += rows->weights[p];
		changed += was != is ? rows->weights[p] : 0;
	}
	json_t *lines = json_array();
	for (uint32_t was = 0; was <= after.count; was++) {
		json_t *line = json_array();
		for (uint32_t is = 0; is <= after.count; is++) {
			json_array_append_new(line, json_integer((json_int_t)table[was][is]));
		}
		json_array_append_new(lines, line);
	}
	json_t *cuts = json_array(), *names = json_array();
	for (uint32_t k = 0; k <= after.count; k++) {
		json_array_append_new(names, json_string(g_array_index(levels, struct level_row, k).name_it));
		if (k < after.count) {
			json_array_append_new(cuts, json_real(after.at[k]));
		}
	}
	json_object_set_new(report, "people", json_pack("{s:I, s:I, s:o, s:o, s:o}", "compared",
						      (json_int_t)work->table->persons, "changed", (json_int_t)changed, "table",
						      lines, "cuts", cuts, "levels", names));
	json_object_set_new(report, "accuracy",
		json_pack("{s:o, s:f}", "old", old ? json_real(standard_rudner(&after, old, n).accuracy) : json_null(), "new",
			standard_rudner(&after, fresh, n).accuracy));
}
