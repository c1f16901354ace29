/*
 * For the store's subjects only: a connection, its prepared statements, and how to bind and read them.
 * No file outside server/store includes this one.
 */
#ifndef SERVER_STORE_STATEMENT_H
#define SERVER_STORE_STATEMENT_H

#include <sqlite3.h>

#include "server/store/store.h"

enum subject {
	SUBJECT_PEOPLE,
	SUBJECT_SESSIONS,
	SUBJECT_SETTINGS,
	SUBJECT_LEVELS,
	SUBJECT_COURSES,
	SUBJECT_PATH,
	SUBJECT_ATTEMPTS,
	SUBJECT_LAUNCHES,
	SUBJECT_AUDIT,
	SUBJECT_PLACEMENT,
	SUBJECT_ECM,
	SUBJECT_GLOBALS,
	SUBJECT_FINAL,
	SUBJECT_QUALITY,
	SUBJECT_STANDARDS,
	SUBJECT_VERSIONS,
	SUBJECT_ADAPTIVE,
	SUBJECT_CERTIFICATES,
	SUBJECT_PROVIDER,
	SUBJECT_BOARD,
	SUBJECT_ELIGIBILITY,
	SUBJECT_MAIL,
	SUBJECT_CAMPAIGNS,
	SUBJECT_CAMPAIGN_READERS,
	SUBJECT_MAIL_QUEUE,
	SUBJECT_IMPORTS,
	SUBJECT_TERMS,
	SUBJECT_PERSONAL,
	SUBJECT_RETENTION,
	SUBJECT_STAFF,
	SUBJECT_EXPORTS,
	SUBJECT_CLASSES,
	SUBJECT_CLASS_SESSIONS,
	SUBJECT_CLASS_PEOPLE,
	SUBJECT_CLASS_MARKS,
	SUBJECT_CLASS_RESULTS,
	SUBJECT_MAX
};

struct subject_statements {
	const char *const *sql; /* indexed by the subject's own enum */
	unsigned count;
};

/* One row a subject; subjects.c. NULL: the subject has no statements (yet). */
extern const struct subject_statements *const store_subjects[SUBJECT_MAX];
/* Each is defined in the subject's own file. */
extern const struct subject_statements eligibility_statements, terms_statements, personal_statements, retention_statements, staff_statements, exports_statements;
extern const struct subject_statements classes_statements, class_sessions_statements, class_people_statements, class_marks_statements,
	class_results_statements;
extern const struct subject_statements mail_statements, campaigns_statements, campaign_readers_statements, mail_queue_statements;
extern const struct subject_statements adaptive_statements, standards_statements;
extern const struct subject_statements final_statements, quality_statements, certificates_statements,
	provider_statements, board_statements, imports_statements;
extern const struct subject_statements levels_statements, launches_statements;
extern const struct subject_statements people_statements, sessions_statements, settings_statements,
	courses_statements, path_statements, attempts_statements, audit_statements, placement_statements,
	ecm_statements, globals_statements, versions_statements;

struct db {
	sqlite3 *handle;
	sqlite3_stmt **statements[SUBJECT_MAX];
	bool writable;
	bool has_key;
	unsigned char key[32]; /* the installation's: seals the log of acts */
	bool failed;            /* latched: a statement failed since the work began */
	bool refused;           /* a work function said why */
	struct problem problem; /* valid when failed or refused */
};

/* Opens a connection, sets its pragmas and prepares every statement. NULL: `ret` says why. */
struct db *db_open(const char *path, bool writable, struct problem *ret);
bool db_prepare(struct db *db, struct problem *ret);
void db_close(struct db *db);
bool db_execute(struct db *db, const char *sql);
/* Latches a fault of SQLite. */
void db_fail(struct db *db, const char *where);

/*
 * Begins a question. `format` has one letter a parameter:
 *   i  int64_t        I  const int64_t *, NULL for SQL NULL
 *   t  const char *, NULL for SQL NULL
 *   d  double         D  const double *, NULL for SQL NULL
 *   b  struct span (bytes)
 * Everything is copied. NULL once the db has failed.
 */
sqlite3_stmt *ask(struct db *db, enum subject subject, unsigned statement, const char *format, ...);
/* The next row; false at the end, and then the statement is reset. NULL-safe. */
bool ask_row(struct db *db, sqlite3_stmt *rows);
/* For a question left before its end. NULL-safe. */
void ask_done(sqlite3_stmt *rows);
/* A statement that gives no rows: the number of rows changed, -1 when it failed. Parameters as in ask(). */
int64_t tell(struct db *db, enum subject subject, unsigned statement, const char *format, ...);
int64_t db_inserted(struct db *db); /* rowid of the newest insert */

/* Columns. Text is cut to the room it has; NULL reads as "". */
void column_copy(sqlite3_stmt *rows, int column, char *ret, size_t size);
#define COLUMN_COPY(rows, column, field) column_copy((rows), (column), (field), sizeof(field))
char *column_duplicate(sqlite3_stmt *rows, int column); /* NULL stays NULL; g_free() it */

#endif
