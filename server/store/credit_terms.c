#include "server/store/credit_terms.h"

#include "server/store/statement.h"

enum terms_statement {
	TERMS_GET,
	TERMS_PUT,
	TERMS_STATEMENTS,
};

static const char *const sql[TERMS_STATEMENTS] = {
	[TERMS_GET] = "SELECT coalesce(t.rule_set, ''), coalesce(t.theme, 0), coalesce(t.reason, ''), "
		      "coalesce(s.class_people, 0) FROM ecm_event e LEFT JOIN credit_terms t ON t.event = e.id"
		      " LEFT JOIN class_setting s ON s.event = e.id WHERE e.id = ?",
	[TERMS_PUT] = "INSERT OR REPLACE INTO credit_terms (event, rule_set, theme, reason, updated_at, updated_by) "
		      "VALUES (?, ?, ?, ?, ?, nullif(?, 0))",
};

const struct subject_statements terms_statements = {sql, TERMS_STATEMENTS};

void credit_terms_load(struct db *db, int64_t event, struct credit_terms *ret)
{
	*ret = (struct credit_terms){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_TERMS, TERMS_GET, "i", event);
	if (ask_row(db, rows)) {
		COLUMN_COPY(rows, 0, ret->rule_set);
		ret->theme = sqlite3_column_int64(rows, 1) != 0;
		COLUMN_COPY(rows, 2, ret->reason);
		ret->class_people = (guint)sqlite3_column_int64(rows, 3);
		ask_done(rows);
	}
}

void credit_terms_save(struct db *db, int64_t event, const struct credit_terms *terms, int64_t by)
{
	tell(db, SUBJECT_TERMS, TERMS_PUT, "ititii", event, terms->rule_set, (int64_t)terms->theme, terms->reason,
		store_now(), by);
}
