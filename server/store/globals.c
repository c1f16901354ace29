#include "server/store/globals.h"

#include "server/store/statement.h"

enum globals_statement { GLOBALS_GET, GLOBALS_PUT, GLOBALS_STATEMENTS };

static const char *const sql[GLOBALS_STATEMENTS] = {
	[GLOBALS_GET] = "SELECT globals FROM person_globals WHERE person = ?",
	[GLOBALS_PUT] = "INSERT INTO person_globals(person, globals, updated_at, attempt) VALUES (?, ?, ?, "
			"nullif(?, 0)) ON "
			"CONFLICT(person) DO UPDATE SET globals = excluded.globals, updated_at = "
			"excluded.updated_at, attempt = excluded.attempt",
};

const struct subject_statements globals_statements = {sql, GLOBALS_STATEMENTS};

GBytes *person_globals(struct db *db, int64_t person)
{
	GBytes *globals = NULL;
	sqlite3_stmt *rows = ask(db, SUBJECT_GLOBALS, GLOBALS_GET, "i", person);
	if (ask_row(db, rows)) {
		globals = g_bytes_new(sqlite3_column_blob(rows, 0), (gsize)sqlite3_column_bytes(rows, 0));
		ask_done(rows);
	}
	return globals;
}

void person_globals_put(struct db *db, int64_t person, int64_t attempt, GBytes *globals)
{
	gsize size;
	const char *at = g_bytes_get_data(globals, &size);
	tell(db, SUBJECT_GLOBALS, GLOBALS_PUT, "ibii", person, (struct span){at, (uint32_t)size}, store_now(),
		attempt);
}
