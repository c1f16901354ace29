#include "server/learning/journal.h"

#include "player/engine/record/journal.h"
#include "player/engine/text.h"
#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/learning/globals.h"
#include "server/learning/launch.h"
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

/* More than a data model has elements with an SPM. */
#define OVERLONG_ROOM 32

struct overlong_list {
	struct overlong_element rows[OVERLONG_ROOM];
	uint32_t count;
};

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
	struct overlong_list overlong; /* that the attempt had not before; the texts are constant */
};

static void answer_sequence(struct reply *reply, int64_t sequence)
{
	reply_json(reply, 200, json_pack("{s:I}", "sequence", (json_int_t)sequence));
}

static void answer_result(struct reply *reply, enum engine_result result, int64_t sequence)
{
	static const struct problem_text gap = {"SEQUENCE_GAP", "Mancano registrazioni precedenti.",
		"Earlier records are missing.", NULL, NULL};
	static const struct problem_text bad = {"BAD_RECORD", "Le registrazioni del corso sono danneggiate.",
		"The course's records are damaged.", "Riaprire il corso dalla propria pagina.",
		"Open the course again from your page."};
	static const struct problem_text disagrees = {"DISAGREES", "Il server arriva a un altro risultato.",
		"The server comes to another result.", "Ricaricare la pagina del corso.",
		"Load the course's page again."};
	switch (result) {
	case ENGINE_SEQUENCE_GAP:
		reply_player(reply, 409, &gap, sequence);
		return;
	case ENGINE_BAD_RECORD:
		reply_player(reply, 422, &bad, -1);
		return;
	case ENGINE_DISAGREES:
		reply_player(reply, 422, &disagrees, -1);
		return;
	case ENGINE_OK:
	case ENGINE_NO_MEMORY:
	case ENGINE_BAD_IMAGE:
	case ENGINE_BAD_SNAPSHOT:
		break;
	}
	struct problem_text text = {engine_result_code(result), "Lo stato del corso non si legge più.",
		"The course's state can no longer be read.", "Avvisare l'amministratore.",
		"Tell the administrator."};
	reply_player(reply, 500, &text, -1);
}

static void answer_taken(struct reply *reply)
{
	reply_player(reply, 409,
		&(struct problem_text){"LEASE_TAKEN", "Il corso è stato aperto in un'altra finestra.",
			"The course was opened in another window.", "Continuare nell'altra finestra.",
			"Go on in the other window."},
		-1);
}

static void answer_other_terms(struct reply *reply, const char *member)
{
	g_autofree char *it = g_strdup_printf(
		"Le registrazioni dicono altro da quanto il server ha stabilito per questo corso: %s.", member);
	g_autofree char *en =
		g_strdup_printf("The records say something else than what the server laid down: %s.", member);
	reply_player(reply, 422,
		&(struct problem_text){"OTHER_TERMS", it, en, "Riaprire il corso dalla propria pagina.",
			"Open the course again from your page."},
		-1);
}

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

static struct overlong_list overlong_of(const struct engine *engine)
{
	struct overlong_list list;
	list.count = MIN(engine_overlong(engine, list.rows, OVERLONG_ROOM), OVERLONG_ROOM);
	return list;
}

static bool overlong_has(const struct overlong_list *list, struct span element)
{
	bool has = false;
	for (uint32_t i = 0; i < list->count; i++) {
		has = has || span_equal(list->rows[i].element, element);
	}
	return has;
}

/* What is longer than its SPM now and was not before. */
static void overlong_compare(
	struct ingest *ingest, const struct overlong_list *before, const struct engine *engine)
{
	struct overlong_list after = overlong_of(engine);
	ingest->overlong.count = 0;
	for (uint32_t i = 0; i < after.count; i++) {
		if (!overlong_has(before, after.rows[i].element)) {
			ingest->overlong.rows[ingest->overlong.count++] = after.rows[i];
		}
	}
}

/* One line an attempt and element: other systems may cut what this one keeps. */
static void overlong_tell(const struct ingest *ingest)
{
	for (uint32_t i = 0; i < ingest->overlong.count; i++) {
		const struct overlong_element *row = &ingest->overlong.rows[i];
		bool counts = row->element.len > 6 &&
			      memcmp(row->element.at + row->element.len - 6, "_count", 6) == 0;
		fprintf(stderr,
			"fad: corso %" G_GINT64_FORMAT ", tentativo %" G_GINT64_FORMAT
			": %.*s di %u %s, oltre i %u "
			"garantiti da SCORM (SPM); conservato per intero (kept whole, longer than the SPM)\n",
			ingest->attempt.course, ingest->attempt.id, (int)row->element.len, row->element.at,
			row->length, counts ? "membri" : "caratteri", row->permitted);
	}
}

/* False: answered. */
static bool replay_increment(struct ingest *ingest, struct reply *reply, GBytes **ret_snapshot)
{
	struct replay replay;
	enum engine_result result = replay_init(&replay, ingest->image, &ingest->state);
	if (result != ENGINE_OK) {
		answer_result(reply, result, 0);
		return false;
	}
	struct overlong_list before = overlong_of(replay.engine);
	result = replay_records(&replay, ingest->records, &ingest->left);
	overlong_compare(ingest, &before, replay.engine);
	engine_summarise(replay.engine, &ingest->summary);
	if (result == ENGINE_OK) {
		ingest->increment.records = new_records(ingest->records, ingest->attempt.last_sequence);
		*ret_snapshot = snapshot_is_due(ingest) ? replay_snapshot(&replay) : NULL;
	} else {
		ingest->refused = engine_result_code(result);
		if (result != ENGINE_SEQUENCE_GAP) {
			store_write(ingest->app->store, store_refused, ingest, NULL);
		}
		answer_result(reply, result, ingest->attempt.last_sequence);
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
		answer_taken(reply);
		return true;
	}
	if (!terms) {
		ingest->refused = "OTHER_TERMS";
		store_write(ingest->app->store, store_refused, ingest, NULL);
		answer_other_terms(reply, differs);
		return true;
	}
	g_autoptr(GBytes) snapshot = NULL;
	if (!replay_increment(ingest, reply, &snapshot)) {
		return true;
	}
	int64_t last = (int64_t)ingest->summary.last_sequence;
	if (last <= ingest->attempt.last_sequence) {
		answer_sequence(reply, ingest->attempt.last_sequence);
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
		overlong_tell(ingest);
		answer_sequence(reply, last);
	} else if (ingest->stored == INCREMENT_STALE) {
		return false;
	} else if (ingest->stored == INCREMENT_OTHER_LEASE) {
		answer_taken(reply);
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
		reply_player(reply, 503,
			&(struct problem_text){
				"BUSY", "Il server è occupato.", "The server is busy.", NULL, NULL},
			-1);
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
		answer_sequence(reply, last_of(records));
		return;
	}
	if (image == NULL) {
		answer_result(reply, ENGINE_BAD_IMAGE, 0);
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
