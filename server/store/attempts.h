/*
 * Attempts, their journal and state (003_attempts.sql).
 */
#ifndef SERVER_STORE_ATTEMPTS_H
#define SERVER_STORE_ATTEMPTS_H

#include <glib.h>

#include "player/engine/engine.h"
#include "server/limits.h"
#include "server/store/path.h"
#include "server/store/store.h"

struct attempt {
	int64_t id, person, module, course, version, organization;
	char level[65];
	char seed[24]; /* decimal, 64 bits without sign */
	int64_t created_at, updated_at;
	int64_t lease;
	int64_t last_sequence;
	/* What the course claims now */
	enum completion_status completion;
	enum success_status success;
	bool has_score, has_progress;
	double score, progress; /* -1..1, 0..1 */
	int64_t activities, activities_completed;
	/* The clocks, milliseconds */
	int64_t session_ms; /* by the SCOs' session_time */
	int64_t active_ms;  /* by the player page */
	int64_t seen_ms;    /* of that, what the server's own clock allows: the effective time */
	/* What is kept whatever a later launch claims */
	int64_t completed_at; /* 0: never */
	enum success_status best_success;
	bool has_best_score, has_best_progress;
	double best_score, best_progress;
	/* Which version the person goes on with: versions.h */
	int64_t publications_past; /* only later ones can ask to leave this attempt; 0: any */
	int64_t replaced_by; /* where the person goes on; 0: here */
	int64_t replaced_at;
};

/* Opening a course and looking at it for less than this is not yet having begun it. */
#define ATTEMPT_BEGUN_MS (60 * 1000LL)
/* Whether the person did anything in it: the course claimed a result (not just "incomplete", which opening it
 * is enough for), or a minute of work. */
bool attempt_is_begun(const struct attempt *attempt);

bool attempt_find(struct db *db, int64_t id, struct attempt *ret);
/* struct attempt each, all of a person, by module. */
GArray *attempts_of_person(struct db *db, int64_t person);
/* Takes person, module, course, version, organization, level, seed; sets id. */
void attempt_add(struct db *db, struct attempt *attempt);
/* The next lease; whoever held it before is read-only from now on. */
int64_t attempt_take_lease(struct db *db, int64_t attempt);

/* What the person is told about the version of a module's course. */
enum version_news {
	VERSION_SAME,
	VERSION_WILL_CHANGE, /* the next time the module is opened: begins again on another version */
	VERSION_WILL_RETURN, /* the same, and goes on with an earlier attempt on that version */
	VERSION_CHANGED,     /* `attempt` took over from another one */
};

/*
 * What holds of one module for one person. All attempts in the module that began at this level or are on the
 * module's course count; the person goes on with one of them, and what was reached in the others stays.
 */
struct module_state {
	struct module_row module;
	struct package_row package; /* at the person's level; version 0: none, or retired and not begun */
	bool has_attempt;
	struct attempt attempt; /* the one that goes on */
	/* Of all of them: */
	uint32_t attempts;
	bool begun;             /* something was recorded */
	bool completed;         /* once, by what the course claimed: never taken back */
	int64_t completed_at;   /* the first time; 0: never */
	enum success_status best_success;
	bool has_best_score;
	double best_score;
	int64_t session_ms, seen_ms; /* by each clock */
	int64_t effective_ms;        /* the smaller clock of each attempt */
	int64_t updated_at;          /* the newest; 0: none */
	enum version_news news;
	int64_t news_at;
};

/* The smaller of an attempt's clocks; a course that reports no time at all has only the server's. */
int64_t attempt_effective_ms(const struct attempt *attempt);
/* Whether the attempt counts in a module at a level, whose package is of this course. */
bool attempt_counts(const struct attempt *attempt, const char *level, int64_t course);

/* struct module_state each, in the path's order; packages are those of `level` (NULL: not placed, none). */
GArray *path_of_person_at(struct db *db, int64_t person, const char *level);
/* One of them; false: no such module. */
bool path_module_in(const GArray *path, int64_t module, struct module_state *ret);
/* The same at the level the person has now. */
GArray *path_of_person(struct db *db, int64_t person);

/* --- State: the newest snapshot and the journal after it --- */

struct attempt_state {
	GBytes *snapshot; /* NULL: none yet */
	int64_t sequence; /* that the snapshot holds */
	GBytes *tail;     /* records after it, in order; may be empty */
};

void attempt_state_load(struct db *db, int64_t attempt, struct attempt_state *ret);
/* The journal after a record that ended an increment (0: from the start), as far as `most` bytes reach, at least
 * one increment; yours. */
GBytes *attempt_records(struct db *db, int64_t attempt, int64_t after, int64_t most);
void attempt_state_finish(struct attempt_state *state);

/* An increment that the engine accepted, to be stored as a whole. */
struct increment {
	const struct attempt *before; /* as read; the write is refused when it changed meanwhile */
	const struct engine_summary *after;
	struct span records;  /* those that are new: from before->last_sequence + 1 on */
	struct span snapshot; /* len 0: not this time */
	int64_t lease;
	int64_t seen_from; /* time before it was not this launch's: when the launch was made */
};

enum increment_result {
	INCREMENT_STORED,
	INCREMENT_STALE, /* another one came in between: read again */
	INCREMENT_OTHER_LEASE,
};

enum increment_result attempt_store(struct db *db, const struct increment *increment);
/* Keeps what the engine refused, at most a few an attempt. */
void attempt_keep_refused(struct db *db, int64_t attempt, const char *code, struct span records);

struct refused_records {
	int64_t received_at;
	char code[32];
	GBytes *records;
};

/* struct refused_records each, oldest first; yours. */
GPtrArray *attempt_refused(struct db *db, int64_t attempt);

#endif
