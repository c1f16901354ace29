#include "server/store/migrate.h"

#include <glib.h>

#include "server/problem.h"

static const char create[] = "CREATE TABLE IF NOT EXISTS migration ("
			     " number INTEGER PRIMARY KEY," /* from the file's name */
			     " name TEXT NOT NULL,"
			     " applied_at INTEGER NOT NULL" /* ms since 1970 */
			     ") STRICT;";

static int64_t number_asked(struct db *db, const char *sql)
{
	sqlite3_stmt *rows = NULL;
	int64_t number = -1;
	if (sqlite3_prepare_v2(db->handle, sql, -1, &rows, NULL) == SQLITE_OK &&
		sqlite3_step(rows) == SQLITE_ROW) {
		number = sqlite3_column_int64(rows, 0);
	}
	sqlite3_finalize(rows);
	return number;
}

static bool tell_newer(int64_t found, unsigned known, struct problem *ret)
{
	g_autofree char *it = g_strdup_printf(
		"La base dati è di una versione più recente di fad: ha lo schema %" G_GINT64_FORMAT
		", questo programma conosce fino al %u.",
		found, known);
	g_autofree char *en =
		g_strdup_printf("The data base was written by a newer fad: it has schema %" G_GINT64_FORMAT
				", this program knows up to %u.",
			found, known);
	problem_set(ret,
		&(struct problem_text){"SCHEMA_NEWER", it, en,
			"Usare una versione di fad almeno pari a quella che ha scritto i dati.",
			"Use a fad at least as new as the one that wrote the data."},
		"fad.db");
	return false;
}

/* By its own number, not by the greatest: branches that were written side by side land in any order. */
static bool applied(struct db *db, const struct migration *migration)
{
	g_autofree char *sql =
		g_strdup_printf("SELECT count(*) FROM migration WHERE number = %u", migration->number);
	return number_asked(db, sql) > 0;
}

static bool apply(struct db *db, const struct migration *migration)
{
	g_autofree char *note = g_strdup_printf(
		"INSERT INTO migration(number, name, applied_at) VALUES (%u, '%s', %" G_GINT64_FORMAT ")",
		migration->number, migration->name, store_now());
	return db_execute(db, migration->sql) && db_execute(db, note);
}

bool migrate(struct db *db, const struct migration *migrations, struct problem *ret)
{
	/* IMMEDIATE: of two processes that start at once, one migrates and the other finds it done. */
	if (!db_execute(db, "BEGIN IMMEDIATE") || !db_execute(db, create)) {
		*ret = db->problem;
		return false;
	}
	int64_t found = number_asked(db, "SELECT coalesce(max(number), 0) FROM migration");
	unsigned known = 0;
	for (const struct migration *each = migrations; each->number != 0; each++) {
		known = each->number;
	}
	if (found > known) {
		db_execute(db, "ROLLBACK");
		return tell_newer(found, known, ret);
	}
	for (const struct migration *each = migrations; each->number != 0; each++) {
		if (!applied(db, each) && !apply(db, each)) {
			*ret = db->problem;
			PROBLEM_COPY(ret->code, "MIGRATION_FAILED");
			PROBLEM_COPY(ret->where, each->name);
			sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
			return false;
		}
	}
	if (!db_execute(db, "COMMIT")) {
		*ret = db->problem;
		return false;
	}
	return true;
}
