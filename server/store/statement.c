#include "server/store/statement.h"

#include <glib.h>
#include <stdarg.h>
#include <string.h>

#include "server/problem.h"

void db_fail(struct db *db, const char *where)
{
	if (db->failed) {
		return;
	}
	db->failed = true;
	char en[sizeof(db->problem.en)];
	g_snprintf(en, sizeof(en), "The data base refused this: %s", sqlite3_errmsg(db->handle));
	char it[sizeof(db->problem.it)];
	g_snprintf(it, sizeof(it), "La base dati ha rifiutato l'operazione: %s", sqlite3_errmsg(db->handle));
	int code = sqlite3_errcode(db->handle) & 0xff;
	bool room = code == SQLITE_FULL || code == SQLITE_IOERR;
	problem_set(&db->problem,
		&(struct problem_text){
			.code = room ? "STORE_NO_ROOM" : "STORE_FAULT",
			.it = it,
			.en = en,
			.mend_it = room ? "Liberare spazio sul disco della cartella dati e riprovare." : "",
			.mend_en = room ? "Free space on the disk of the data folder and try again." : "",
		},
		where);
}

bool db_refuse(struct db *db, const struct problem *problem)
{
	if (!db->failed && !db->refused) {
		db->refused = true;
		db->problem = *problem;
	}
	return false;
}

static void bind_one(sqlite3_stmt *statement, int at, char kind, va_list *arguments)
{
	switch (kind) {
	case 'i':
		sqlite3_bind_int64(statement, at, va_arg(*arguments, int64_t));
		return;
	case 'I': {
		const int64_t *number = va_arg(*arguments, const int64_t *);
		number == NULL ? sqlite3_bind_null(statement, at)
			       : sqlite3_bind_int64(statement, at, *number);
		return;
	}
	case 't':
		sqlite3_bind_text(statement, at, va_arg(*arguments, const char *), -1, SQLITE_TRANSIENT);
		return;
	case 'd':
		sqlite3_bind_double(statement, at, va_arg(*arguments, double));
		return;
	case 'D': {
		const double *number = va_arg(*arguments, const double *);
		number == NULL ? sqlite3_bind_null(statement, at)
			       : sqlite3_bind_double(statement, at, *number);
		return;
	}
	case 'b': {
		struct span bytes = va_arg(*arguments, struct span);
		sqlite3_bind_blob(
			statement, at, bytes.len == 0 ? "" : bytes.at, (int)bytes.len, SQLITE_TRANSIENT);
		return;
	}
	default:
		g_error("no such parameter kind: %c", kind);
	}
}

static sqlite3_stmt *begin(
	struct db *db, enum subject subject, unsigned statement, const char *format, va_list *arguments)
{
	if (db->failed) {
		return NULL;
	}
	g_assert(statement < store_subjects[subject]->count);
	sqlite3_stmt *prepared = db->statements[subject][statement];
	int parameters = (int)strlen(format);
	g_assert(parameters == sqlite3_bind_parameter_count(prepared));
	for (int i = 0; i < parameters; i++) {
		bind_one(prepared, i + 1, format[i], arguments);
	}
	return prepared;
}

sqlite3_stmt *ask(struct db *db, enum subject subject, unsigned statement, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	sqlite3_stmt *prepared = begin(db, subject, statement, format, &arguments);
	va_end(arguments);
	return prepared;
}

bool ask_row(struct db *db, sqlite3_stmt *rows)
{
	if (rows == NULL) {
		return false;
	}
	int outcome = sqlite3_step(rows);
	if (outcome == SQLITE_ROW) {
		return true;
	}
	if (outcome != SQLITE_DONE) {
		db_fail(db, sqlite3_sql(rows));
	}
	ask_done(rows);
	return false;
}

void ask_done(sqlite3_stmt *rows)
{
	if (rows != NULL) {
		sqlite3_reset(rows);
		sqlite3_clear_bindings(rows);
	}
}

int64_t tell(struct db *db, enum subject subject, unsigned statement, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	sqlite3_stmt *prepared = begin(db, subject, statement, format, &arguments);
	va_end(arguments);
	if (prepared == NULL) {
		return -1;
	}
	while (ask_row(db, prepared)) {
	}
	return db->failed ? -1 : sqlite3_changes64(db->handle);
}

int64_t db_inserted(struct db *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

void column_copy(sqlite3_stmt *rows, int column, char *ret, size_t size)
{
	problem_copy(ret, size, (const char *)sqlite3_column_text(rows, column));
}

char *column_duplicate(sqlite3_stmt *rows, int column)
{
	return g_strdup((const char *)sqlite3_column_text(rows, column));
}
