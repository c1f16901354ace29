/*
 * Packages on their way to being courses (027_import_jobs.sql). Whoever works on them is
 * server/learning/import_pool.h.
 */
#ifndef SERVER_STORE_IMPORTS_H
#define SERVER_STORE_IMPORTS_H

#include <glib.h>

#include "server/limits.h"
#include "server/store/store.h"

enum import_state {
	IMPORT_JOB_QUEUED,
	IMPORT_JOB_CHECKING,
	IMPORT_JOB_UNPACKING,
	IMPORT_JOB_PUBLISHING,
	IMPORT_JOB_DONE, /* this and those below have ended */
	IMPORT_JOB_FAILED,
	IMPORT_JOB_CANCELLED,
};

struct import_job {
	int64_t id;
	enum import_state state;
	char file_name[LIMIT_FILE_NAME_BYTES + 1];
	char spool[64]; /* the zip's name in incoming/ */
	int64_t archive_bytes;
	int64_t for_course; /* 0: by identifier and title */
	int64_t tries;
	char sha256[65]; /* empty until its folder is about to be published */
	int64_t bytes, files;
	char *problems; /* JSON; owned: import_job_finish(). NULL in a list */
	int64_t problem_count;
	int64_t course, version; /* 0: none */
	int64_t errors, warnings, hints; /* found in the version */
	bool already_known;
	int64_t created_at, created_by, begun_at, ended_at;
	char created_by_name[220];
};

const char *import_state_name(enum import_state state);
void import_job_finish(struct import_job *job);

bool import_job_by_id(struct db *db, int64_t id, struct import_job *ret);
/* struct import_job each, newest first, without their problems: those that have not ended, and `limit` that have. */
GArray *import_jobs(struct db *db, int64_t limit);
int64_t import_jobs_open(struct db *db); /* how many have not ended */
bool import_jobs_queued(struct db *db);  /* does any wait? */
/* Is this the zip of a job that has not ended? */
bool import_spool_needed(struct db *db, const char *spool);

/* All below in a work function. */

/* Sets id and created_at. */
void import_job_add(struct db *db, struct import_job *job);
/* Takes the oldest in the queue: it is being checked from now on. False: there is none. */
bool import_job_take(struct db *db, struct import_job *ret);
/* Its state, digest, bytes and files. False: it has ended meanwhile (somebody cancelled it). */
bool import_job_update(struct db *db, const struct import_job *job);
/* The same, with what it came to; state is one of the three ends. */
bool import_job_end(struct db *db, struct import_job *job);
/* Those that were being worked on wait again. `in_order`: they were stopped in good order, it counts as no try. */
void import_jobs_put_back(struct db *db, bool in_order);
/* Forgets those that ended before `before`, and those beyond the newest `keep`. */
void import_jobs_prune(struct db *db, int64_t before, int64_t keep);

#endif
