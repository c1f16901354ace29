/*
 * A connection: pragmas and prepared statements.
 */
#include "server/store/statement.h"

#include <glib.h>

#include "server/problem.h"

static void tell_sqlite(struct problem *ret, const char *code, sqlite3 *handle, const char *where)
{
	const char *why = handle == NULL ? "out of memory" : sqlite3_errmsg(handle);
	g_autofree char *it = g_strdup_printf("La base dati non si apre: %s", why);
	g_autofree char *en = g_strdup_printf("The data base does not open: %s", why);
	problem_set(ret,
		&(struct problem_text){
			.code = code,
			.it = it,
			.en = en,
			.mend_it = "Controllare che la cartella dati esista, sia scrivibile e contenga un "
				   "fad.db di fad.",
			.mend_en = "Check that the data folder exists, is writable and holds a fad.db made "
				   "by fad.",
		},
		where);
}

bool db_execute(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK) {
		db_fail(db, sql);
		return false;
	}
	return true;
}

static const char pragmas[] = "PRAGMA journal_mode=WAL;"
			      "PRAGMA synchronous=FULL;" /* a reply means that it is on disk */
			      "PRAGMA foreign_keys=ON;"
			      "PRAGMA trusted_schema=OFF;"
			      "PRAGMA cache_size=-16000;"
			      "PRAGMA temp_store=MEMORY;";

struct db *db_open(const char *path, bool writable, struct problem *ret)
{
	struct db *db = g_new0(struct db, 1);
	db->writable = writable;
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (writable ? SQLITE_OPEN_CREATE : 0);
	if (sqlite3_open_v2(path, &db->handle, flags, NULL) != SQLITE_OK) {
		tell_sqlite(ret, "DATA_UNWRITABLE", db->handle, path);
		db_close(db);
		return NULL;
	}
	/* Another process (fad import) may be writing. */
	sqlite3_busy_timeout(db->handle, 20000);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (!db_execute(db, pragmas) || (!writable && !db_execute(db, "PRAGMA query_only=ON"))) {
		int code = sqlite3_errcode(db->handle) & 0xff;
		bool damaged = code == SQLITE_NOTADB || code == SQLITE_CORRUPT;
		tell_sqlite(ret, damaged ? "DATA_DAMAGED" : "DATA_UNWRITABLE", db->handle, path);
		db_close(db);
		return NULL;
	}
	return db;
}

bool db_prepare(struct db *db, struct problem *ret)
{
	for (unsigned subject = 0; subject < SUBJECT_MAX; subject++) {
		const struct subject_statements *table = store_subjects[subject];
		if (table == NULL) {
			continue;
		}
		db->statements[subject] = g_new0(sqlite3_stmt *, table->count + 1);
		for (unsigned i = 0; i < table->count; i++) {
			g_assert(table->sql[i] != NULL);
			if (sqlite3_prepare_v3(db->handle, table->sql[i], -1, SQLITE_PREPARE_PERSISTENT,
				    &db->statements[subject][i], NULL) != SQLITE_OK) {
				tell_sqlite(ret, "STATEMENT", db->handle, table->sql[i]);
				return false;
			}
		}
	}
	return true;
}

void db_close(struct db *db)
{
	if (db == NULL) {
		return;
	}
	for (unsigned subject = 0; subject < SUBJECT_MAX; subject++) {
		for (unsigned i = 0; db->statements[subject] != NULL && i < store_subjects[subject]->count;
			i++) {
			sqlite3_finalize(db->statements[subject][i]);
		}
		g_free(db->statements[subject]);
	}
	sqlite3_close(db->handle);
	g_free(db);
}
