/* The placement's policy, and the history of people's levels. */
#include "server/store/placement_sql.h"

GArray *level_history(struct db *db, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct level_decision));
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, LEVEL_HISTORY, "i", person);
	while (ask_row(db, rows)) {
		struct level_decision decision = {
			.at = sqlite3_column_int64(rows, 1), .by = sqlite3_column_int64(rows, 3)};
		decision.is_override = g_strcmp0((const char *)sqlite3_column_text(rows, 2), "override") == 0;
		COLUMN_COPY(rows, 0, decision.level);
		COLUMN_COPY(rows, 4, decision.why);
		g_array_append_val(list, decision);
	}
	return list;
}

void placement_policy_load(struct db *db, struct policy *ret)
{
	*ret = (struct policy){.texts = g_string_chunk_new(512)};
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, POLICY_GET, "");
	if (ask_row(db, rows)) {
		ret->items_per_area = (guint)sqlite3_column_int64(rows, 0);
		ret->retakes = (guint)sqlite3_column_int64(rows, 1);
		ret->retake_after_days = (guint)sqlite3_column_int64(rows, 2);
		ask_done(rows);
	}
	g_autoptr(GArray) levels = levels_list(db);
	ret->level_count = MIN(levels->len, LEVELS_MAX);
	for (guint i = 0; i < ret->level_count; i++) {
		const struct level_row *row = &g_array_index(levels, struct level_row, i);
		ret->levels[i] = (struct level){g_string_chunk_insert(ret->texts, row->id),
			g_string_chunk_insert(ret->texts, row->name_it),
			g_string_chunk_insert(ret->texts, row->name_en), row->cut};
	}
}

void placement_policy_save(struct db *db, const struct policy *policy, int64_t by)
{
	tell(db, SUBJECT_PLACEMENT, POLICY_SET, "iiiii", (int64_t)policy->items_per_area,
		(int64_t)policy->retakes, (int64_t)policy->retake_after_days, store_now(), by);
	struct level_row rows[LEVELS_MAX];
	for (guint i = 0; i < policy->level_count; i++) {
		const struct level *level = &policy->levels[i];
		rows[i] = (struct level_row){.position = (int64_t)i + 1, .cut = level->cut};
		g_strlcpy(rows[i].id, level->id, sizeof(rows[i].id));
		g_strlcpy(rows[i].name_it, level->name_it, sizeof(rows[i].name_it));
		g_strlcpy(rows[i].name_en, level->name_en, sizeof(rows[i].name_en));
	}
	levels_replace(db, rows, policy->level_count);
}
