#include "server/store/attempts.h"

#include <string.h>

#include "server/store/statement.h"

enum attempts_statement {
	ATTEMPTS_FIND,
	ATTEMPTS_OF_PERSON,
	ATTEMPTS_ADD,
	ATTEMPTS_LEASE,
	ATTEMPTS_UPDATE,
	ATTEMPTS_STATE,
	ATTEMPTS_TAIL,
	ATTEMPTS_JOURNAL_ADD,
	ATTEMPTS_SNAPSHOT_PUT,
	ATTEMPTS_TAIL_GREW,
	ATTEMPTS_REFUSED_ADD,
	ATTEMPTS_REFUSED_TRIM,
	ATTEMPTS_REFUSED,
	ATTEMPTS_CLOCK,
	ATTEMPTS_CLOCK_PUT,
	ATTEMPTS_STATEMENTS
};

#define ATTEMPT                                                                                             \
	"SELECT id, person, module, course, version, organization, level, seed, created_at, "               \
	"updated_at, lease, last_sequence, completion, success, score, progress, activities, "              \
	"activities_completed, session_ms, active_ms, seen_ms, completed_at, best_success, "                \
	"best_score, best_progress, coalesce(publications_past, 0), coalesce(replaced_by, 0), "                   \
	"coalesce(replaced_at, 0) FROM attempt "

static const char *const sql[ATTEMPTS_STATEMENTS] = {
	[ATTEMPTS_FIND] = ATTEMPT "WHERE id = ?",
	[ATTEMPTS_OF_PERSON] = ATTEMPT "WHERE person = ? ORDER BY module, id",
	[ATTEMPTS_ADD] = "INSERT INTO attempt(person, module, level, course, version, organization, seed, "
			 "created_at, updated_at, publications_past) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, "
			 "(SELECT max(id) FROM publication))",
	[ATTEMPTS_LEASE] = "UPDATE attempt SET lease = lease + 1 WHERE id = ?",
	[ATTEMPTS_UPDATE] = "UPDATE attempt SET last_sequence = ?2, completion = ?3, success = ?4, score = "
			    "?5, progress = ?6, activities = ?7, activities_completed = ?8, session_ms = ?9, "
			    "active_ms = ?10, seen_ms = seen_ms + ?11, updated_at = ?12, completed_at = "
			    "coalesce(completed_at, iif(?3 = 'completed', ?12, NULL)), best_success = "
			    "iif(best_success = 'passed' OR ?4 = 'unknown', best_success, ?4), best_score = "
			    "iif(?5 IS NULL, best_score, max(coalesce(best_score, ?5), ?5)), best_progress = "
			    "iif(?6 IS NULL, best_progress, max(coalesce(best_progress, ?6), ?6)) WHERE id = "
			    "?1",
	[ATTEMPTS_STATE] = "SELECT sequence, snapshot FROM attempt_state WHERE attempt = ?",
	[ATTEMPTS_TAIL] = "SELECT records FROM journal WHERE attempt = ? AND first > ? ORDER BY first",
	[ATTEMPTS_JOURNAL_ADD] = "INSERT INTO journal(attempt, first, last, received_at, lease, records) "
				 "VALUES (?, ?, ?, ?, ?, ?)",
	[ATTEMPTS_SNAPSHOT_PUT] = "INSERT INTO attempt_state(attempt, sequence, snapshot) VALUES (?, ?, ?) "
				  "ON CONFLICT(attempt) DO UPDATE SET sequence = excluded.sequence, snapshot "
				  "= excluded.snapshot, tail_bytes = 0",
	[ATTEMPTS_TAIL_GREW] = "UPDATE attempt_state SET tail_bytes = tail_bytes + ? WHERE attempt = ?",
	[ATTEMPTS_REFUSED_ADD] = "INSERT INTO journal_refused(attempt, received_at, code, records) VALUES "
				 "(?, ?, ?, ?)",
	[ATTEMPTS_REFUSED_TRIM] = "DELETE FROM journal_refused WHERE id IN (SELECT id FROM journal_refused "
				  "WHERE attempt = ? ORDER BY id DESC LIMIT -1 OFFSET 5)",
	[ATTEMPTS_REFUSED] = "SELECT received_at, code, records FROM journal_refused WHERE attempt = ? ORDER BY id",
	[ATTEMPTS_CLOCK] = "SELECT counted_until FROM person_clock WHERE person = ?",
	[ATTEMPTS_CLOCK_PUT] = "INSERT INTO person_clock(person, counted_until) VALUES (?, ?) ON "
			       "CONFLICT(person) DO UPDATE SET counted_until = excluded.counted_until",
};

#undef ATTEMPT

const struct subject_statements attempts_statements = {sql, ATTEMPTS_STATEMENTS};

static const char *const completion_names[] = {
	[COMPLETION_UNKNOWN] = "unknown",
	[COMPLETION_NOT_ATTEMPTED] = "not_attempted",
	[COMPLETION_INCOMPLETE] = "incomplete",
	[COMPLETION_COMPLETED] = "completed",
};

static const char *const success_names[] = {
	[SUCCESS_UNKNOWN] = "unknown",
	[SUCCESS_PASSED] = "passed",
	[SUCCESS_FAILED] = "failed",
};

static unsigned name_index(sqlite3_stmt *rows, int column, const char *const *names, unsigned count)
{
	const char *text = (const char *)sqlite3_column_text(rows, column);
	for (unsigned i = 0; text != NULL && i < count; i++) {
		if (strcmp(text, names[i]) == 0) {
			return i;
		}
	}
	return 0;
}

static bool read_double(sqlite3_stmt *rows, int column, double *ret)
{
	*ret = sqlite3_column_double(rows, column);
	return sqlite3_column_type(rows, column) != SQLITE_NULL;
}

static void read_attempt(sqlite3_stmt *rows, struct attempt *ret)
{
	*ret = (struct attempt){
		.id = sqlite3_column_int64(rows, 0),
		.person = sqlite3_column_int64(rows, 1),
		.module = sqlite3_column_int64(rows, 2),
		.course = sqlite3_column_int64(rows, 3),
		.version = sqlite3_column_int64(rows, 4),
		.organization = sqlite3_column_int64(rows, 5),
		.created_at = sqlite3_column_int64(rows, 8),
		.updated_at = sqlite3_column_int64(rows, 9),
		.lease = sqlite3_column_int64(rows, 10),
		.last_sequence = sqlite3_column_int64(rows, 11),
		.activities = sqlite3_column_int64(rows, 16),
		.activities_completed = sqlite3_column_int64(rows, 17),
		.session_ms = sqlite3_column_int64(rows, 18),
		.active_ms = sqlite3_column_int64(rows, 19),
		.seen_ms = sqlite3_column_int64(rows, 20),
		.completed_at = sqlite3_column_int64(rows, 21),
		.publications_past = sqlite3_column_int64(rows, 25),
		.replaced_by = sqlite3_column_int64(rows, 26),
		.replaced_at = sqlite3_column_int64(rows, 27),
	};
	COLUMN_COPY(rows, 6, ret->level);
	COLUMN_COPY(rows, 7, ret->seed);
	ret->completion = (enum completion_status)name_index(
		rows, 12, completion_names, G_N_ELEMENTS(completion_names));
	ret->success = (enum success_status)name_index(rows, 13, success_names, G_N_ELEMENTS(success_names));
	ret->best_success =
		(enum success_status)name_index(rows, 22, success_names, G_N_ELEMENTS(success_names));
	ret->has_score = read_double(rows, 14, &ret->score);
	ret->has_progress = read_double(rows, 15, &ret->progress);
	ret->has_best_score = read_double(rows, 23, &ret->best_score);
	ret->has_best_progress = read_double(rows, 24, &ret->best_progress);
}

static bool read_one(struct db *db, sqlite3_stmt *rows, struct attempt *ret)
{
	if (!ask_row(db, rows)) {
		return false;
	}
	read_attempt(rows, ret);
	ask_done(rows);
	return true;
}

bool attempt_find(struct db *db, int64_t id, struct attempt *ret)
{
	return read_one(db, ask(db, SUBJECT_ATTEMPTS, ATTEMPTS_FIND, "i", id), ret);
}

GArray *attempts_of_person(struct db *db, int64_t person)
{
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct attempt));
	sqlite3_stmt *rows = ask(db, SUBJECT_ATTEMPTS, ATTEMPTS_OF_PERSON, "i", person);
	while (ask_row(db, rows)) {
		struct attempt attempt;
		read_attempt(rows, &attempt);
		g_array_append_val(list, attempt);
	}
	return list;
}

void attempt_add(struct db *db, struct attempt *attempt)
{
	tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_ADD, "iitiiiti", attempt->person, attempt->module, attempt->level,
		attempt->course, attempt->version, attempt->organization, attempt->seed, store_now());
	attempt->id = db_inserted(db);
}

int64_t attempt_take_lease(struct db *db, int64_t attempt)
{
	struct attempt now;
	tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_LEASE, "i", attempt);
	return attempt_find(db, attempt, &now) ? now.lease : 0;
}

void attempt_state_load(struct db *db, int64_t attempt, struct attempt_state *ret)
{
	*ret = (struct attempt_state){0};
	sqlite3_stmt *rows = ask(db, SUBJECT_ATTEMPTS, ATTEMPTS_STATE, "i", attempt);
	if (ask_row(db, rows)) {
		ret->sequence = sqlite3_column_int64(rows, 0);
		ret->snapshot =
			g_bytes_new(sqlite3_column_blob(rows, 1), (gsize)sqlite3_column_bytes(rows, 1));
		ask_done(rows);
	}
	GByteArray *tail = g_byte_array_new();
	rows = ask(db, SUBJECT_ATTEMPTS, ATTEMPTS_TAIL, "ii", attempt, ret->sequence);
	while (ask_row(db, rows)) {
		g_byte_array_append(tail, sqlite3_column_blob(rows, 0), (guint)sqlite3_column_bytes(rows, 0));
	}
	ret->tail = g_byte_array_free_to_bytes(tail);
}

GBytes *attempt_records(struct db *db, int64_t attempt, int64_t after, int64_t most)
{
	GByteArray *records = g_byte_array_new();
	sqlite3_stmt *rows = ask(db, SUBJECT_ATTEMPTS, ATTEMPTS_TAIL, "ii", attempt, after);
	while (ask_row(db, rows)) {
		int size = sqlite3_column_bytes(rows, 0);
		if (records->len > 0 && (int64_t)records->len + size > most) {
			ask_done(rows);
			break;
		}
		g_byte_array_append(records, sqlite3_column_blob(rows, 0), (guint)size);
	}
	return g_byte_array_free_to_bytes(records);
}

void attempt_state_finish(struct attempt_state *state)
{
	g_clear_pointer(&state->snapshot, g_bytes_unref);
	g_clear_pointer(&state->tail, g_bytes_unref);
}

/* How much of the gap between the last counted moment and now may still be claimed later (work done offline). */
#define CLOCK_SLACK_MS (15 * 60 * 1000LL)

/*
 * Of what the player page claims as active since the last increment, the part that fits into wall-clock time
 * that was not counted for this person yet: two tabs at once count once.
 */
static int64_t count_time(struct db *db, const struct increment *increment, int64_t now)
{
	int64_t claimed = increment->after->active_ms - increment->before->active_ms;
	if (claimed <= 0) {
		return 0;
	}
	int64_t until = increment->seen_from;
	sqlite3_stmt *rows = ask(db, SUBJECT_ATTEMPTS, ATTEMPTS_CLOCK, "i", increment->before->person);
	if (ask_row(db, rows)) {
		until = MAX(until, sqlite3_column_int64(rows, 0));
		ask_done(rows);
	}
	int64_t counted = CLAMP(now - until, 0, claimed);
	until = MAX(until + counted, now - CLOCK_SLACK_MS);
	tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_CLOCK_PUT, "ii", increment->before->person, until);
	return counted;
}

enum increment_result attempt_store(struct db *db, const struct increment *increment)
{
	struct attempt now;
	int64_t id = increment->before->id, time = store_now();
	if (!attempt_find(db, id, &now) || now.last_sequence != increment->before->last_sequence) {
		return INCREMENT_STALE;
	}
	if (now.lease != increment->lease) {
		return INCREMENT_OTHER_LEASE;
	}
	const struct engine_summary *after = increment->after;
	int64_t seen = count_time(db, increment, time);
	tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_JOURNAL_ADD, "iiiiib", id, now.last_sequence + 1,
		(int64_t)after->last_sequence, time, increment->lease, increment->records);
	tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_UPDATE, "iittDDiiiiii", id, (int64_t)after->last_sequence,
		completion_names[after->completion], success_names[after->success],
		after->has_score ? &after->score_scaled : NULL,
		after->has_progress ? &after->progress_measure : NULL, (int64_t)after->activities,
		(int64_t)after->activities_completed, after->session_time_cs * 10, after->active_ms, seen,
		time);
	if (increment->snapshot.len > 0) {
		tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_SNAPSHOT_PUT, "iib", id, (int64_t)after->last_sequence,
			increment->snapshot);
	} else {
		tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_TAIL_GREW, "ii", (int64_t)increment->records.len, id);
	}
	return INCREMENT_STORED;
}

void attempt_keep_refused(struct db *db, int64_t attempt, const char *code, struct span records)
{
	tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_REFUSED_ADD, "iitb", attempt, store_now(), code, records);
	tell(db, SUBJECT_ATTEMPTS, ATTEMPTS_REFUSED_TRIM, "i", attempt);
}

static void refused_free(void *row)
{
	struct refused_records *refused = row;
	g_bytes_unref(refused->records);
	g_free(refused);
}

GPtrArray *attempt_refused(struct db *db, int64_t attempt)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(refused_free);
	sqlite3_stmt *rows = ask(db, SUBJECT_ATTEMPTS, ATTEMPTS_REFUSED, "i", attempt);
	while (ask_row(db, rows)) {
		struct refused_records *refused = g_new0(struct refused_records, 1);
		refused->received_at = sqlite3_column_int64(rows, 0);
		COLUMN_COPY(rows, 1, refused->code);
		refused->records =
			g_bytes_new(sqlite3_column_blob(rows, 2), (gsize)sqlite3_column_bytes(rows, 2));
		g_ptr_array_add(list, refused);
	}
	return list;
}
