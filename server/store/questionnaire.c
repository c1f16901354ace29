#include "server/store/questionnaire.h"

#include "server/people/secrets.h"
#include "server/store/statement.h"

enum quality_statement {
	QUALITY_SETTINGS_GET,
	QUALITY_SETTINGS_PUT,
	QUALITY_DAY,
	QUALITY_MARK,
	QUALITY_SEAL,
	QUALITY_SEALED,
	QUALITY_UNSEAL,
	QUALITY_SHEET_ADD,
	QUALITY_COMMENT_ADD,
	QUALITY_COUNTS,
	QUALITY_SHEETS,
	QUALITY_COMMENTS,
	QUALITY_STATEMENTS,
};

static const char *const sql[QUALITY_STATEMENTS] = {
	[QUALITY_SETTINGS_GET] = "SELECT required, smallest_group, extra FROM quality_setting WHERE event = ?",
	[QUALITY_SETTINGS_PUT] = "INSERT OR REPLACE INTO quality_setting (event, required, smallest_group, "
				 "extra, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, nullif(?, 0))",
	[QUALITY_DAY] = "SELECT day FROM quality_handed_in WHERE event = ? AND person = ?",
	[QUALITY_MARK] = "INSERT INTO quality_handed_in (event, person, day) VALUES (?, ?, ?) "
			 "ON CONFLICT DO NOTHING",
	[QUALITY_SEAL] = "INSERT INTO quality_sealed (id, event, sealed) VALUES (?, ?, ?)",
	[QUALITY_SEALED] = "SELECT sealed FROM quality_sealed WHERE event = ?",
	[QUALITY_UNSEAL] = "DELETE FROM quality_sealed WHERE event = ?",
	[QUALITY_SHEET_ADD] = "INSERT INTO quality_sheet (id, event, form, version, answers) VALUES (?, ?, ?, "
			      "?, ?)",
	[QUALITY_COMMENT_ADD] = "INSERT INTO quality_comment (id, event, form, question, comment) VALUES (?, "
				"?, ?, ?, ?)",
	[QUALITY_COUNTS] = "SELECT (SELECT count(*) FROM quality_handed_in WHERE event = ?1), (SELECT count(*) "
			   "FROM quality_sealed WHERE event = ?1), (SELECT count(*) FROM quality_sheet WHERE "
			   "event = ?1 AND form = 'standard')",
	[QUALITY_SHEETS] = "SELECT version, answers FROM quality_sheet WHERE event = ? AND form = ?",
	[QUALITY_COMMENTS] = "SELECT comment FROM quality_comment WHERE event = ? AND form = ? AND question = "
			     "? ORDER BY id",
};

const struct subject_statements quality_statements = {sql, QUALITY_STATEMENTS};

void questionnaire_settings_finish(struct questionnaire_settings *settings)
{
	g_free(settings->extra);
	settings->extra = NULL;
}

void questionnaire_settings_load(struct db *db, int64_t event, struct questionnaire_settings *ret)
{
	*ret = (struct questionnaire_settings){
		.required = true, .smallest_group = QUESTIONNAIRE_GROUP_DEFAULT};
	sqlite3_stmt *rows = ask(db, SUBJECT_QUALITY, QUALITY_SETTINGS_GET, "i", event);
	if (ask_row(db, rows)) {
		ret->required = sqlite3_column_int64(rows, 0) != 0;
		ret->smallest_group = (guint)sqlite3_column_int64(rows, 1);
		ret->extra = column_duplicate(rows, 2);
		ask_done(rows);
	} else {
		ret->extra = g_strdup("[]");
	}
}

void questionnaire_settings_save(
	struct db *db, int64_t event, const struct questionnaire_settings *settings, int64_t by)
{
	tell(db, SUBJECT_QUALITY, QUALITY_SETTINGS_PUT, "iiitii", event, (int64_t)settings->required,
		(int64_t)settings->smallest_group, settings->extra, store_now(), by);
}

void questionnaire_status(struct db *db, int64_t person, int64_t event, struct questionnaire_status *ret)
{
	struct questionnaire_settings settings;
	questionnaire_settings_load(db, event, &settings);
	*ret = (struct questionnaire_status){.required = settings.required};
	questionnaire_settings_finish(&settings);
	sqlite3_stmt *rows = ask(db, SUBJECT_QUALITY, QUALITY_DAY, "ii", event, person);
	if (ask_row(db, rows)) {
		ret->handed_in = true;
		COLUMN_COPY(rows, 0, ret->day);
		ask_done(rows);
	}
}

bool questionnaire_mark(struct db *db, int64_t person, int64_t event, const char *day)
{
	return tell(db, SUBJECT_QUALITY, QUALITY_MARK, "iit", event, person, day) == 1;
}

void questionnaire_seal(struct db *db, int64_t event, struct span sealed)
{
	char id[SECRETS_HASH];
	secrets_random_hex(id);
	tell(db, SUBJECT_QUALITY, QUALITY_SEAL, "tib", id, event, sealed);
}

GPtrArray *questionnaire_sealed(struct db *db, int64_t event)
{
	GPtrArray *list = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	sqlite3_stmt *rows = ask(db, SUBJECT_QUALITY, QUALITY_SEALED, "i", event);
	while (ask_row(db, rows)) {
		const void *at = sqlite3_column_blob(rows, 0);
		g_ptr_array_add(list, g_bytes_new(at, (gsize)sqlite3_column_bytes(rows, 0)));
	}
	return list;
}

void questionnaire_unseal(struct db *db, int64_t event)
{
	tell(db, SUBJECT_QUALITY, QUALITY_UNSEAL, "i", event);
}

void questionnaire_sheet_add(
	struct db *db, int64_t event, const char *form, const char *version, const char *answers)
{
	char id[SECRETS_HASH];
	secrets_random_hex(id);
	tell(db, SUBJECT_QUALITY, QUALITY_SHEET_ADD, "tittt", id, event, form, version, answers);
}

void questionnaire_comment_add(
	struct db *db, int64_t event, const char *form, const char *question, const char *comment)
{
	char id[SECRETS_HASH];
	secrets_random_hex(id);
	tell(db, SUBJECT_QUALITY, QUALITY_COMMENT_ADD, "tittt", id, event, form, question, comment);
}

void questionnaire_counts(struct db *db, int64_t event, struct questionnaire_counts *ret)
{
	*ret = (struct questionnaire_counts){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_QUALITY, QUALITY_COUNTS, "i", event);
	if (ask_row(db, rows)) {
		ret->handed_in = sqlite3_column_int64(rows, 0);
		ret->waiting = sqlite3_column_int64(rows, 1);
		ret->sheets = sqlite3_column_int64(rows, 2);
		ask_done(rows);
	}
}

void questionnaire_each(
	struct db *db, int64_t event, const char *form, questionnaire_visitor visit, void *data)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_QUALITY, QUALITY_SHEETS, "it", event, form);
	while (ask_row(db, rows)) {
		visit((const char *)sqlite3_column_text(rows, 0), (const char *)sqlite3_column_text(rows, 1),
			data);
	}
}

GPtrArray *questionnaire_comments(struct db *db, int64_t event, const char *form, const char *question)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	sqlite3_stmt *rows = ask(db, SUBJECT_QUALITY, QUALITY_COMMENTS, "itt", event, form, question);
	while (ask_row(db, rows)) {
		g_ptr_array_add(list, column_duplicate(rows, 0));
	}
	return list;
}
