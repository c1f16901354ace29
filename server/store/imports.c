#include "server/store/imports.h"

#include <string.h>

#include "server/store/statement.h"

enum imports_statement {
	IMPORT_BY_ID,
	IMPORTS_OPEN,
	IMPORTS_ENDED,
	IMPORTS_COUNT_OPEN,
	IMPORT_SPOOL,
	IMPORT_ADD,
	IMPORT_NEXT,
	IMPORT_TAKE,
	IMPORT_UPDATE,
	IMPORT_END,
	IMPORTS_PUT_BACK,
	IMPORTS_PRUNE,
	IMPORTS_STATEMENTS
};

#define COLUMNS                                                                                              \
	"SELECT j.id, j.state, j.file_name, j.spool, j.archive_bytes, j.for_course, j.tries, j.sha256, "     \
	"j.bytes, j.files, json_array_length(j.problems), j.course, j.version, j.already_known, "            \
	"j.created_at, j.created_by, j.begun_at, j.ended_at, "                                               \
	"coalesce(p.given_name || ' ' || p.family_name, ''), v.errors, v.warnings, v.hints, "
#define FROM                                                                                                 \
	" FROM import_job j LEFT JOIN person p ON p.id = j.created_by LEFT JOIN course_version v ON v.id = " \
	"j.version "

static const char *const sql[IMPORTS_STATEMENTS] = {
	[IMPORT_BY_ID] = COLUMNS "j.problems" FROM "WHERE j.id = ?",
	[IMPORTS_OPEN] = COLUMNS "NULL" FROM "WHERE j.ended_at IS NULL ORDER BY j.id DESC",
	[IMPORTS_ENDED] = COLUMNS "NULL" FROM
				  "WHERE j.ended_at IS NOT NULL ORDER BY j.ended_at DESC, j.id DESC LIMIT ?",
	[IMPORTS_COUNT_OPEN] = "SELECT count(*) FROM import_job WHERE ended_at IS NULL",
	[IMPORT_SPOOL] = "SELECT 1 FROM import_job WHERE ended_at IS NULL AND spool = ?",
	[IMPORT_ADD] = "INSERT INTO import_job(state, file_name, spool, archive_bytes, for_course, created_at, "
		       "created_by) VALUES ('queued', ?, ?, ?, nullif(?, 0), ?, nullif(?, 0))",
	[IMPORT_NEXT] = "SELECT min(id) FROM import_job WHERE ended_at IS NULL AND state = 'queued'",
	[IMPORT_TAKE] = "UPDATE import_job SET state = 'checking', tries = tries + 1, begun_at = ? WHERE id = ?",
	[IMPORT_UPDATE] = "UPDATE import_job SET state = ?, sha256 = ?, bytes = ?, files = ? "
			  "WHERE id = ? AND ended_at IS NULL",
	[IMPORT_END] = "UPDATE import_job SET state = ?, sha256 = ?, bytes = ?, files = ?, problems = ?, "
		       "course = nullif(?, 0), version = nullif(?, 0), already_known = ?, ended_at = ? "
		       "WHERE id = ? AND ended_at IS NULL",
	[IMPORTS_PUT_BACK] = "UPDATE import_job SET state = 'queued', tries = max(0, tries - ?) "
			     "WHERE ended_at IS NULL AND state <> 'queued'",
	[IMPORTS_PRUNE] = "DELETE FROM import_job WHERE ended_at IS NOT NULL AND (ended_at < ?1 OR id <= "
			  "coalesce((SELECT id FROM import_job WHERE ended_at IS NOT NULL ORDER BY id DESC "
			  "LIMIT 1 OFFSET ?2), 0))",
};

const struct subject_statements imports_statements = {sql, IMPORTS_STATEMENTS};

static const char *const state_names[] = {
	"queued", "checking", "unpacking", "publishing", "done", "failed", "cancelled"};

const char *import_state_name(enum import_state state)
{
	return state_names[state];
}

void import_job_finish(struct import_job *job)
{
	g_clear_pointer(&job->problems, g_free);
}

static void read_job(sqlite3_stmt *rows, struct import_job *ret)
{
	char state[16];
	COLUMN_COPY(rows, 1, state);
	*ret = (struct import_job){
		.id = sqlite3_column_int64(rows, 0),
		.archive_bytes = sqlite3_column_int64(rows, 4),
		.for_course = sqlite3_column_int64(rows, 5),
		.tries = sqlite3_column_int64(rows, 6),
		.bytes = sqlite3_column_int64(rows, 8),
		.files = sqlite3_column_int64(rows, 9),
		.problem_count = sqlite3_column_int64(rows, 10),
		.course = sqlite3_column_int64(rows, 11),
		.version = sqlite3_column_int64(rows, 12),
		.already_known = sqlite3_column_int(rows, 13) != 0,
		.created_at = sqlite3_column_int64(rows, 14),
		.created_by = sqlite3_column_int64(rows, 15),
		.begun_at = sqlite3_column_int64(rows, 16),
		.ended_at = sqlite3_column_int64(rows, 17),
		.errors = sqlite3_column_int64(rows, 19),
		.warnings = sqlite3_column_int64(rows, 20),
		.hints = sqlite3_column_int64(rows, 21),
		.problems = column_duplicate(rows, 22),
	};
	COLUMN_COPY(rows, 2, ret->file_name);
	COLUMN_COPY(rows, 3, ret->spool);
	COLUMN_COPY(rows, 7, ret->sha256);
	COLUMN_COPY(rows, 18, ret->created_by_name);
	for (size_t i = 0; i < G_N_ELEMENTS(state_names); i++) {
		if (strcmp(state, state_names[i]) == 0) {
			ret->state = (enum import_state)i;
		}
	}
}

bool import_job_by_id(struct db *db, int64_t id, struct import_job *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_IMPORTS, IMPORT_BY_ID, "i", id);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_job(rows, ret);
	ask_done(rows);
	return true;
}

static void append_all(struct db *db, sqlite3_stmt *rows, GArray *list)
{
	while (ask_row(db, rows)) {
		struct import_job job;
		read_job(rows, &job);
		g_array_append_val(list, job);
	}
}

GArray *import_jobs(struct db *db, int64_t limit)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct import_job));
	append_all(db, ask(db, SUBJECT_IMPORTS, IMPORTS_OPEN, ""), list);
	append_all(db, ask(db, SUBJECT_IMPORTS, IMPORTS_ENDED, "i", limit), list);
	return list;
}

int64_t import_jobs_open(struct db *db)
{
	int64_t count = 0;
	sqlite3_stmt *rows = ask(db, SUBJECT_IMPORTS, IMPORTS_COUNT_OPEN, "");
	if (ask_row(db, rows)) {
		count = sqlite3_column_int64(rows, 0);
		ask_done(rows);
	}
	return count;
}

static int64_t next_queued(struct db *db)
{
	int64_t id = 0;
	sqlite3_stmt *rows = ask(db, SUBJECT_IMPORTS, IMPORT_NEXT, "");
	if (ask_row(db, rows)) {
		id = sqlite3_column_int64(rows, 0);
		ask_done(rows);
	}
	return id;
}

bool import_jobs_queued(struct db *db)
{
	return next_queued(db) != 0;
}

bool import_spool_needed(struct db *db, const char *spool)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_IMPORTS, IMPORT_SPOOL, "t", spool);
	bool needed = ask_row(db, rows);
	if (needed) {
		ask_done(rows);
	}
	return needed;
}

void import_job_add(struct db *db, struct import_job *job)
{
	job->state = IMPORT_JOB_QUEUED;
	job->created_at = store_now();
	tell(db, SUBJECT_IMPORTS, IMPORT_ADD, "ttiiii", job->file_name, job->spool, job->archive_bytes,
		job->for_course, job->created_at, job->created_by);
	job->id = db_inserted(db);
}

bool import_job_take(struct db *db, struct import_job *ret)
{
	int64_t id = next_queued(db);
	return id != 0 && tell(db, SUBJECT_IMPORTS, IMPORT_TAKE, "ii", store_now(), id) == 1 &&
	       import_job_by_id(db, id, ret);
}

bool import_job_update(struct db *db, const struct import_job *job)
{
	return tell(db, SUBJECT_IMPORTS, IMPORT_UPDATE, "ttiii", state_names[job->state], job->sha256,
		       job->bytes, job->files, job->id) == 1;
}

bool import_job_end(struct db *db, struct import_job *job)
{
	job->ended_at = store_now();
	return tell(db, SUBJECT_IMPORTS, IMPORT_END, "ttiitiiiii", state_names[job->state], job->sha256,
		       job->bytes, job->files, job->problems ? job->problems : "[]", job->course, job->version,
		       (int64_t)job->already_known, job->ended_at, job->id) == 1;
}

void import_jobs_put_back(struct db *db, bool in_order)
{
	tell(db, SUBJECT_IMPORTS, IMPORTS_PUT_BACK, "i", (int64_t)in_order);
}

void import_jobs_prune(struct db *db, int64_t before, int64_t keep)
{
	tell(db, SUBJECT_IMPORTS, IMPORTS_PRUNE, "ii", before, keep);
}
