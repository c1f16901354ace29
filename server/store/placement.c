/*
 * Placement tests and their answers. Banks: banks.c; policy: policy.c; they share this subject's statements.
 */
#include "server/store/placement_sql.h"

#define PLACEMENT_COLUMNS "id, person, number, bank, state, started_at, done_at, level, score, maximum"

static const char *const sql[PLACEMENT_STATEMENTS] = {
	[LEVEL_HISTORY] = "SELECT level, at, source, coalesce(by, 0), why FROM person_level WHERE person = ?"
			  " ORDER BY id DESC",
	[POLICY_GET] = "SELECT items_per_area, retakes, retake_after_days FROM placement_policy",
	[POLICY_SET] = "UPDATE placement_policy SET items_per_area = ?, retakes = ?, retake_after_days = ?,"
		       " updated_at = ?, updated_by = nullif(?, 0)",
	[BANKS_ALL] = "SELECT id, name, version, items, sha256, active, imported_at, coalesce(imported_by, 0)"
		      " FROM item_bank ORDER BY id DESC",
	[BANK_BY_SHA256] =
		"SELECT id, name, version, items, sha256, active, imported_at, coalesce(imported_by, 0)"
		" FROM item_bank WHERE sha256 = ?",
	[BANK_INSERT] =
		"INSERT INTO item_bank (name, version, items, sha256, body, active, imported_at, imported_by)"
		" VALUES (?, ?, ?, ?, ?, NOT EXISTS (SELECT 1 FROM item_bank WHERE active = 1), ?, nullif(?, "
		"0))",
	[BANK_EXISTS] = "SELECT 1 FROM item_bank WHERE id = ?",
	[BANK_DEACTIVATE] = "UPDATE item_bank SET active = 0 WHERE active = 1",
	[BANK_ACTIVATE] = "UPDATE item_bank SET active = 1 WHERE id = ?",
	[BANK_ACTIVE] = "SELECT id FROM item_bank WHERE active = 1",
	[BANK_BODY] = "SELECT body, id FROM item_bank WHERE id = ?",
	[BANK_ACTIVE_BODY] = "SELECT body, id FROM item_bank WHERE active = 1",
	[PLACEMENT_NEWEST] = "SELECT " PLACEMENT_COLUMNS ", form FROM placement WHERE person = ?"
			     " ORDER BY number DESC LIMIT 1",
	[PLACEMENT_HISTORY] =
		"SELECT " PLACEMENT_COLUMNS " FROM placement WHERE person = ? ORDER BY number DESC",
	[PLACEMENT_FORMS] = "SELECT form FROM placement WHERE person = ?",
	[PLACEMENT_INSERT] = "INSERT INTO placement (person, number, bank, form, state, started_at)"
			     " VALUES (?, ?, ?, ?, 'open', ?)",
	[PLACEMENT_CLOSE] =
		"UPDATE placement SET state = 'done', done_at = ?, level = ?, score = ?, maximum = ?"
		" WHERE id = ? AND state = 'open'",
	[ANSWER_INSERT] = "INSERT INTO placement_answer (placement, position) VALUES (?, ?)",
	[ANSWERS_OF] = "SELECT response, revision FROM placement_answer WHERE placement = ? ORDER BY position",
	[ANSWER_SET] = "UPDATE placement_answer SET response = ?, revision = revision + 1, answered_at = ?"
		       " WHERE placement = ? AND position = ? AND revision = ?"
		       " AND EXISTS (SELECT 1 FROM placement WHERE id = placement AND state = 'open')",
	[GRANTS_OPEN] = "SELECT count(*) FROM placement_grant WHERE person = ? AND placement IS NULL",
	[GRANTS_USED] = "SELECT count(*) FROM placement_grant WHERE person = ? AND placement IS NOT NULL",
	[GRANT_INSERT] = "INSERT INTO placement_grant (person, granted_at, granted_by, why)"
			 " VALUES (?, ?, nullif(?, 0), ?)",
	[GRANT_USE] = "UPDATE placement_grant SET placement = ? WHERE id ="
		      " (SELECT min(id) FROM placement_grant WHERE person = ? AND placement IS NULL)",
	[GRANTS_OF] =
		"SELECT granted_at, coalesce(granted_by, 0), coalesce(placement, 0), why FROM placement_grant"
		" WHERE person = ? ORDER BY id DESC",
	[MEDIA_ADD] = "INSERT OR IGNORE INTO item_media (sha256, type, bytes, added_at, added_by)"
		      " VALUES (?, ?, ?, ?, nullif(?, 0))",
	[MEDIA_KNOWN] = "SELECT 1 FROM item_media WHERE sha256 = ?",
	[MEDIA_GET] = "SELECT type, bytes FROM item_media WHERE sha256 = ?",
};

const struct subject_statements placement_statements = {sql, PLACEMENT_STATEMENTS};

void placement_finish(struct placement *placement)
{
	g_free(placement->form);
	placement->form = NULL;
}

static void read_placement(sqlite3_stmt *rows, struct placement *ret)
{
	*ret = (struct placement){
		.id = sqlite3_column_int64(rows, 0),
		.person = sqlite3_column_int64(rows, 1),
		.number = sqlite3_column_int64(rows, 2),
		.bank = sqlite3_column_int64(rows, 3),
		.started_at = sqlite3_column_int64(rows, 5),
		.done_at = sqlite3_column_int64(rows, 6),
		.score = sqlite3_column_double(rows, 8),
		.maximum = sqlite3_column_double(rows, 9),
	};
	ret->state = g_strcmp0((const char *)sqlite3_column_text(rows, 4), "done") == 0 ? PLACEMENT_DONE
											: PLACEMENT_OPEN;
	COLUMN_COPY(rows, 7, ret->level);
}

bool placement_newest(struct db *db, int64_t person, struct placement *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, PLACEMENT_NEWEST, "i", person);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_placement(rows, ret);
	ret->form = column_duplicate(rows, 10);
	ask_done(rows);
	return true;
}

GArray *placement_history(struct db *db, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct placement));
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, PLACEMENT_HISTORY, "i", person);
	while (ask_row(db, rows)) {
		struct placement placement;
		read_placement(rows, &placement);
		g_array_append_val(list, placement);
	}
	return list;
}

GPtrArray *placement_forms(struct db *db, int64_t person)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, PLACEMENT_FORMS, "i", person);
	while (ask_row(db, rows)) {
		g_ptr_array_add(list, column_duplicate(rows, 0));
	}
	return list;
}

void placement_insert(struct db *db, struct placement *placement, guint items)
{
	tell(db, SUBJECT_PLACEMENT, PLACEMENT_INSERT, "iiiti", placement->person, placement->number,
		placement->bank, placement->form, placement->started_at);
	placement->id = db_inserted(db);
	placement->state = PLACEMENT_OPEN;
	for (guint i = 0; i < items; i++) {
		tell(db, SUBJECT_PLACEMENT, ANSWER_INSERT, "ii", placement->id, (int64_t)i);
	}
}

static void answer_clear(void *data)
{
	g_free(((struct placement_answer *)data)->response);
}

GArray *placement_answers(struct db *db, int64_t placement)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct placement_answer));
	g_array_set_clear_func(list, answer_clear);
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, ANSWERS_OF, "i", placement);
	while (ask_row(db, rows)) {
		struct placement_answer answer = {
			g_strdup((const char *)sqlite3_column_text(rows, 0)), sqlite3_column_int64(rows, 1)};
		g_array_append_val(list, answer);
	}
	return list;
}

bool placement_answer_set(struct db *db, int64_t placement, guint position, const char *response, int64_t revision)
{
	return tell(db, SUBJECT_PLACEMENT, ANSWER_SET, "tiiii", response, store_now(), placement,
		       (int64_t)position, revision) == 1;
}

bool placement_close(struct db *db, const struct placement *placement)
{
	return tell(db, SUBJECT_PLACEMENT, PLACEMENT_CLOSE, "itddi", placement->done_at, placement->level,
		       placement->score, placement->maximum, placement->id) == 1;
}

static int64_t count_grants(struct db *db, enum placement_statement which, int64_t person)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, which, "i", person);
	int64_t count = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return count;
}

int64_t placement_grants(struct db *db, int64_t person)
{
	return count_grants(db, GRANTS_OPEN, person);
}

int64_t placement_grants_used(struct db *db, int64_t person)
{
	return count_grants(db, GRANTS_USED, person);
}

void placement_grant(struct db *db, int64_t person, int64_t by, const char *why)
{
	tell(db, SUBJECT_PLACEMENT, GRANT_INSERT, "iiit", person, store_now(), by, why);
}

void placement_grant_use(struct db *db, int64_t person, int64_t placement)
{
	tell(db, SUBJECT_PLACEMENT, GRANT_USE, "ii", placement, person);
}

GArray *placement_grant_history(struct db *db, int64_t person)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct placement_grant_row));
	sqlite3_stmt *rows = ask(db, SUBJECT_PLACEMENT, GRANTS_OF, "i", person);
	while (ask_row(db, rows)) {
		struct placement_grant_row row = {.granted_at = sqlite3_column_int64(rows, 0),
			.granted_by = sqlite3_column_int64(rows, 1),
			.placement = sqlite3_column_int64(rows, 2)};
		COLUMN_COPY(rows, 3, row.why);
		g_array_append_val(list, row);
	}
	return list;
}
