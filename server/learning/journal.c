#include "server/learning/journal.h"

#include "player/engine/record/journal.h"
#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/learning/globals.h"
#include "server/learning/journal_reply.h"
#include "server/learning/overlong.h"
#include "server/learning/replay.h"
#include "server/learning/terms.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/store/attempts.h"
#include "server/store/globals.h"
#include "server/store/sessions.h"

/* A new snapshot is written when the journal since the last one has grown to this or to the snapshot's size. */
#define TAIL_BYTES (16 * 1024)

/* Increments of one attempt one after the other; of different ones in parallel. */
#define LOCKS 64
static GMutex locks[LOCKS];

struct ingest {
	struct app *app;
	const struct launch *launch;
	GBytes *image;
	struct span records;
	int64_t lease;
	/* while it is done */
	struct attempt attempt;
	struct attempt_state state;
	struct engine_summary summary;
	struct increment increment;
	GBytes *left; /* what the course changed for the person's other courses; NULL: nothing */
	enum increment_result stored;
	const char *refused;           /* code */
	struct overlong_list overlong; /* that the attempt had not before */
};

/* Cuts off the records that the state holds already; the rest is what gets stored. */
static struct span new_records(struct span records, int64_t held)
{
	struct journal_record record;
	for (struct span rest = records; journal_read(&rest, &record); records = rest) {
		if (record.sequence > (uint64_t)held) {
			break;
		}
	}
	return records;
}

/* Beyond the limit the person's other courses go without; the course itself has lost nothing. */
static void store_left(struct db *db, const struct ingest *ingest)
{
	static const struct problem_text full = {"GLOBALS_FULL",
		"I dati comuni ai corsi di una persona superano il limite: gli ultimi non passano agli altri "
		"corsi.",
		"The data that a person's courses share exceed the limit: the newest do not reach the other "
		"courses.",
		NULL, NULL};
	g_autoptr(GBytes) before = person_globals(db, ingest->attempt.person);
	g_autoptr(GBytes) after = globals_merge(before, ingest->left);
	if (after != NULL && g_bytes_get_size(after) <= LIMIT_GLOBALS_BYTES) {
		person_globals_put(db, ingest->attempt.person, ingest->attempt.id, after);
	} else {
		struct problem problem;
		g_autofree char *where = g_strdup_printf("attempt %" G_GINT64_FORMAT, ingest->attempt.id);
		problem_set(&problem, &full, where);
		problem_print(&problem);
	}
}

static bool store_increment(struct db *db, void *data)
{
	struct ingest *ingest = data;
	ingest->stored = attempt_store(db, &ingest->increment);
	if (ingest->stored == INCREMENT_STORED && ingest->left != NULL) {
		store_left(db, ingest);
	}
	sessions_seen(db, ingest->launch->session, store_now());
	return ingest->stored == INCREMENT_STORED;
}

static bool store_and_review(struct db *db, void *data)
{
	struct ingest *ingest = data;
	if (!store_increment(db, data)) {
		return false;
	}
	completion_review(db, ingest->attempt.person);
	return true;
}

/* Only work in a module that is complete can complete a path. Should judging the path go wrong, the increment is
 * kept all the same: what the course said is never lost, and the path is judged again with the next one. */
static bool store_all(struct ingest *ingest, struct problem *ret)
{
	struct store *store = ingest->app->store;
	const bool review =
		ingest->attempt.completed_at != 0 || ingest->summary.completion == COMPLETION_COMPLETED;
	if (review && store_write(store, store_and_review, ingest, ret)) {
		return true;
	}
	if (ingest->stored != INCREMENT_STORED) {
		return false;
	}
	if (review) {
		problem_print(ret);
	}
	return store_write(store, store_increment, ingest, ret);
}

static bool store_refused(struct db *db, void *data)
{
	struct ingest *ingest = data;
	attempt_keep_refused(db, ingest->attempt.id, ingest->refused, ingest->records);
	return true;
}

static bool snapshot_is_due(const struct ingest *ingest)
{
	if (ingest->state.snapshot == NULL || !ingest->summary.session_open) {
		return true;
	}
	gsize tail = g_bytes_get_size(ingest->state.tail) + ingest->increment.records.len;
	return tail > MAX((gsize)TAIL_BYTES, g_bytes_get_size(ingest->state.snapshot));
}

/* False: answered. */
static bool replay_increment(struct ingest *ingest, struct reply *reply, GBytes **ret_snapshot)
{
	struct replay replay;
	enum engine_result result = replay_init(&replay, ingest->image, &ingest->state);
	if (result != ENGINE_OK) {
		journal_reply_result(reply, result, 0);
		return false;
	}
	struct overlong_list before = overlong_of(replay.engine);
	result = replay_records(&replay, ingest->records, &ingest->left);
	ingest->overlong = overlong_new(&before, replay.engine);
	engine_summarise(replay.engine, &ingest->summary);
	if (result == ENGINE_OK) {
		ingest->increment.records = new_records(ingest->records, ingest->attempt.last_sequence);
		*ret_snapshot = snapshot_is_due(ingest) ? replay_snapshot(&replay) : NULL;
	} else {
		ingest->refused = engine_result_code(result);
		if (result != ENGINE_SEQUENCE_GAP) {
			store_write(ingest->app->store, store_refused, ingest, NULL);
		}
		journal_reply_result(reply, result, ingest->attempt.last_sequence);
	}
	replay_finish(&replay);
	return result == ENGINE_OK;
}

/* False: another increment came in between, read again. */
static bool try_once(struct ingest *ingest, struct reply *reply)
{
	struct db *db = store_read(ingest->app->store);
	attempt_find(db, ingest->launch->attempt, &ingest->attempt);
	attempt_state_load(db, ingest->launch->attempt, &ingest->state);
	const char *differs;
	bool terms = terms_hold(db, &ingest->attempt, ingest->records, &differs);
	store_read_done(ingest->app->store, db);
	if (ingest->attempt.lease != ingest->lease) {
		journal_reply_taken(reply);
		return true;
	}
	if (!terms) {
		ingest->refused = "OTHER_TERMS";
		store_write(ingest->app->store, store_refused, ingest, NULL);
		journal_reply_other_terms(reply, differs);
		return true;
	}
	g_autoptr(GBytes) snapshot = NULL;
	if (!replay_increment(ingest, reply, &snapshot)) {
		return true;
	}
	int64_t last = (int64_t)ingest->summary.last_sequence;
	if (last <= ingest->attempt.last_sequence) {
		journal_reply_sequence(reply, ingest->attempt.last_sequence);
		return true;
	}
	ingest->increment.before = &ingest->attempt;
	ingest->increment.after = &ingest->summary;
	ingest->increment.snapshot = bytes_span(snapshot);
	ingest->increment.lease = ingest->lease;
	ingest->increment.seen_from = ingest->launch->created_at;
	ingest->stored = INCREMENT_STORED;
	struct problem problem = {0};
	if (store_all(ingest, &problem)) {
		overlong_tell(&ingest->overlong, &ingest->attempt);
		journal_reply_sequence(reply, last);
	} else if (ingest->stored == INCREMENT_STALE) {
		return false;
	} else if (ingest->stored == INCREMENT_OTHER_LEASE) {
		journal_reply_taken(reply);
	} else {
		reply_store_fault(reply, &problem);
	}
	return true;
}

static void ingest_records(struct ingest *ingest, struct reply *reply)
{
	GMutex *lock = &locks[ingest->launch->attempt % LOCKS];
	g_mutex_lock(lock);
	/* Only another process can come in between: once more is nearly always enough. */
	for (int tries = 0; reply->status == 0 && tries < 10; tries++) {
		try_once(ingest, reply);
		attempt_state_finish(&ingest->state);
		g_clear_pointer(&ingest->left, g_bytes_unref);
	}
	g_mutex_unlock(lock);
	if (reply->status == 0) {
		journal_reply_busy(reply);
	}
}

/* What a preview is told: everything is safe. */
static int64_t last_of(struct span records)
{
	struct journal_record record = {0};
	while (journal_read(&records, &record)) {
	}
	return (int64_t)record.sequence;
}

void journal_answer(struct request *request, struct reply *reply, const struct launch *launch, GBytes *image)
{
	struct span records = bytes_span(request->body);
	if (launch->attempt == 0) {
		journal_reply_sequence(reply, last_of(records));
		return;
	}
	if (image == NULL) {
		journal_reply_result(reply, ENGINE_BAD_IMAGE, 0);
		return;
	}
	g_autofree struct ingest *ingest = g_new0(struct ingest, 1);
	ingest->app = request->app;
	ingest->launch = launch;
	ingest->image = image;
	ingest->records = records;
	ingest->lease = request_query_number(request, "lease", 0, INT64_MAX, -1);
	ingest_records(ingest, reply);
}
