#include "server/store/eligibility.h"

#include "server/store/statement.h"

enum eligibility_statement {
	DECLARATION_GET,
	DECLARATION_ADD,
	DECLARATION_TEXT,
	REQUIRED_GET,
	REQUIRED_PUT,
	ELIGIBILITY_STATEMENTS,
};

static const char *const sql[ELIGIBILITY_STATEMENTS] = {
	[DECLARATION_GET] = "SELECT recruited, sponsor, works_here, text, declared_at, first_day FROM declaration "
			    "WHERE event = ? AND person = ? ORDER BY id DESC LIMIT 1",
	[DECLARATION_ADD] = "INSERT INTO declaration (event, person, recruited, sponsor, works_here, text, "
			    "declared_at, first_day) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[DECLARATION_TEXT] = "INSERT INTO declaration_text (version, body) VALUES (?, ?) ON CONFLICT DO NOTHING",
	[REQUIRED_GET] = "SELECT declaration FROM eligibility_setting WHERE event = ?",
	[REQUIRED_PUT] = "INSERT OR REPLACE INTO eligibility_setting (event, declaration, updated_at, updated_by) "
			 "VALUES (?, ?, ?, nullif(?, 0))",
};

const struct subject_statements eligibility_statements = {sql, ELIGIBILITY_STATEMENTS};

bool declaration_of(struct db *db, int64_t person, int64_t event, struct declaration *ret)
{
	*ret = (struct declaration){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_ELIGIBILITY, DECLARATION_GET, "ii", event, person);
	if (!ask_row(db, rows)) {
		return false;
	}
	ret->recruited = sqlite3_column_int64(rows, 0) != 0;
	COLUMN_COPY(rows, 1, ret->sponsor);
	ret->works_here = sqlite3_column_int64(rows, 2) != 0;
	COLUMN_COPY(rows, 3, ret->text);
	ret->declared_at = sqlite3_column_int64(rows, 4);
	COLUMN_COPY(rows, 5, ret->first_day);
	ask_done(rows);
	return true;
}

void declaration_add(struct db *db, int64_t person, int64_t event, struct declaration *declaration,
	const char *today, const char *body)
{
	struct declaration before;
	bool again = declaration_of(db, person, event, &before);
	declaration->declared_at = store_now();
	g_strlcpy(declaration->first_day, again ? before.first_day : today, sizeof(declaration->first_day));
	tell(db, SUBJECT_ELIGIBILITY, DECLARATION_TEXT, "tt", declaration->text, body);
	tell(db, SUBJECT_ELIGIBILITY, DECLARATION_ADD, "iiititit", event, person,
		(int64_t)declaration->recruited, declaration->sponsor, (int64_t)declaration->works_here,
		declaration->text, declaration->declared_at, declaration->first_day);
}

bool declaration_required(struct db *db, int64_t event)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_ELIGIBILITY, REQUIRED_GET, "i", event);
	bool required = true;
	if (ask_row(db, rows)) {
		required = sqlite3_column_int64(rows, 0) != 0;
		ask_done(rows);
	}
	return required;
}

void declaration_require(struct db *db, int64_t event, bool required, int64_t by)
{
	tell(db, SUBJECT_ELIGIBILITY, REQUIRED_PUT, "iiii", event, (int64_t)required, store_now(), by);
}
