#include "server/store/settings.h"

#include <glib.h>

#include "server/store/statement.h"

enum settings_statement { SETTINGS_GET, SETTINGS_SET, SETTINGS_STATEMENTS };

static const char *const sql[SETTINGS_STATEMENTS] = {
	[SETTINGS_GET] = "SELECT value FROM setting WHERE name = ?",
	[SETTINGS_SET] = "INSERT INTO setting(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET "
			 "value = excluded.value",
};

const struct subject_statements settings_statements = {sql, SETTINGS_STATEMENTS};

bool settings_get(struct db *db, const char *name, char *ret, size_t size)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_SETTINGS, SETTINGS_GET, "t", name);
	if (!ask_row(db, rows)) {
		return false;
	}
	column_copy(rows, 0, ret, size);
	ask_done(rows);
	return true;
}

void settings_set(struct db *db, const char *name, const char *value)
{
	tell(db, SUBJECT_SETTINGS, SETTINGS_SET, "tt", name, value);
}
