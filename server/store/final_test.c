#include "server/store/final_test.h"

#include "server/store/statement.h"

enum final_statement {
	FINAL_DEFAULT,
	FINAL_RULES_GET,
	FINAL_RULES_PUT,
	FINAL_OUTCOME,
	FINAL_NEWEST,
	FINAL_HISTORY,
	FINAL_OF_EVENT,
	FINAL_INSERT,
	FINAL_CLOSE,
	FINAL_ANSWER_INSERT,
	FINAL_ANSWERS,
	FINAL_ANSWER_SET,
	FINAL_MARK_PUT,
	FINAL_MARK_GET,
	FINAL_STATEMENTS,
};

#define COLUMNS                                                                                              \
	"SELECT id, person, event, number, bank, state = 'done', started_at, coalesce(done_at, 0), "         \
	"questions, needed, coalesce(score, 0), coalesce(passed, 0), exam FROM final_attempt "

static const char *const sql[FINAL_STATEMENTS] = {
	[FINAL_DEFAULT] = "SELECT questions_per_credit, share_percent, attempts_max, source, class_attempts, class_days FROM "
			  "final_default ORDER BY valid_from <= ? DESC, valid_from DESC LIMIT 1",
	[FINAL_RULES_GET] = "SELECT required, coalesce(bank, 0), questions_per_credit, share_percent, "
			    "attempts_max, new_set, new_percent, contents_again, again_seconds, disclose "
			    "FROM final_test WHERE event = ?",
	[FINAL_RULES_PUT] = "INSERT OR REPLACE INTO final_test (event, required, bank, questions_per_credit, "
			    "share_percent, attempts_max, new_set, new_percent, contents_again, "
			    "again_seconds, disclose, updated_at, updated_by) VALUES (?, ?, nullif(?, 0), "
			    "?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
	[FINAL_OUTCOME] = "SELECT state = 'done', coalesce(passed, 0), coalesce(done_at, 0), coalesce(score, "
			  "0), questions, needed, 'online' FROM final_attempt WHERE person = ?1 AND event = ?2"
			  " UNION ALL SELECT 1, passed, held_at, score, maximum, needed, test FROM class_result"
			  " WHERE person = ?1 AND event = ?2 AND void_at IS NULL ORDER BY 3",
	[FINAL_NEWEST] = COLUMNS "WHERE person = ?1 AND (event = ?2 OR ?2 = 0 AND event IN (SELECT id"
			 " FROM ecm_event WHERE tipo_form IN (1, 4))) ORDER BY id DESC LIMIT 1",
	[FINAL_HISTORY] = COLUMNS "WHERE person = ? AND event = ? ORDER BY number DESC",
	[FINAL_OF_EVENT] = COLUMNS "WHERE event = ? ORDER BY person, number",
	[FINAL_INSERT] = "INSERT INTO final_attempt (person, event, number, bank, exam, state, started_at, "
			 "questions, needed) VALUES (?, ?, ?, ?, ?, 'open', ?, ?, ?)",
	[FINAL_CLOSE] = "UPDATE final_attempt SET state = 'done', done_at = ?, score = ?, passed = ? "
			"WHERE id = ? AND state = 'open'",
	[FINAL_ANSWER_INSERT] = "INSERT INTO final_answer (attempt, position) VALUES (?, ?)",
	[FINAL_ANSWERS] = "SELECT chosen, revision FROM final_answer WHERE attempt = ? ORDER BY position",
	[FINAL_ANSWER_SET] =
		"UPDATE final_answer SET chosen = ?, revision = revision + 1, answered_at = ? WHERE attempt = ? "
		"AND position = ? AND revision = ? AND EXISTS (SELECT 1 FROM final_attempt WHERE id = attempt "
		"AND state = 'open')",
	[FINAL_MARK_PUT] = "INSERT OR REPLACE INTO final_mark (attempt, module, seen_ms) VALUES (?, ?, ?)",
	[FINAL_MARK_GET] = "SELECT seen_ms FROM final_mark WHERE attempt = ? AND module = ?",
};

#undef COLUMNS

const struct subject_statements final_statements = {sql, FINAL_STATEMENTS};

static const char *const again_names[] = {
	[FINAL_AGAIN_NONE] = "none",
	[FINAL_AGAIN_ANY] = "any",
	[FINAL_AGAIN_ALL] = "all",
};

static const char *const disclose_names[] = {
	[FINAL_DISCLOSE_EVENT_END] = "event_end",
	[FINAL_DISCLOSE_PASSED] = "passed",
};

static bool name_find(const char *const *names, guint count, const char *name, guint *ret)
{
	for (guint i = 0; i < count; i++) {
		if (g_strcmp0(names[i], name) == 0) {
			*ret = i;
			return true;
		}
	}
	return false;
}

const char *final_again_name(enum final_again again)
{
	return again_names[again];
}

bool final_again_parse(const char *name, enum final_again *ret)
{
	guint found;
	bool known = name_find(again_names, G_N_ELEMENTS(again_names), name, &found);
	*ret = known ? (enum final_again)found : *ret;
	return known;
}

const char *final_disclose_name(enum final_disclose disclose)
{
	return disclose_names[disclose];
}

bool final_disclose_parse(const char *name, enum final_disclose *ret)
{
	guint found;
	bool known = name_find(disclose_names, G_N_ELEMENTS(disclose_names), name, &found);
	*ret = known ? (enum final_disclose)found : *ret;
	return known;
}

guint final_questions(const struct final_rules *rules, guint credits_tenths)
{
	return MAX((rules->questions_per_credit * credits_tenths + 9) / 10, 1);
}

guint final_needed(const struct final_rules *rules, guint questions)
{
	return (rules->share_percent * questions + 99) / 100;
}

void final_rules_load(struct db *db, const struct ecm_event *event, struct final_rules *ret)
{
	bool in_class = ecm_event_in_class(event);
	*ret = (struct final_rules){
		.required = true,
		.new_percent = 70,
		.contents_again = in_class ? FINAL_AGAIN_NONE : FINAL_AGAIN_ALL,
		.again_seconds = 60,
		.disclose = FINAL_DISCLOSE_EVENT_END,
	};
	sqlite3_stmt *rows = ask(db, SUBJECT_FINAL, FINAL_DEFAULT, "t", event->data_ini);
	if (ask_row(db, rows)) {
		ret->questions_per_credit = (guint)sqlite3_column_int64(rows, 0);
		ret->share_percent = (guint)sqlite3_column_int64(rows, 1);
		ret->attempts_max = (guint)sqlite3_column_int64(rows, in_class ? 4 : 2);
		ret->days_after = in_class ? (guint)sqlite3_column_int64(rows, 5) : 0;
		ret->new_set = ret->attempts_max == 0;
		COLUMN_COPY(rows, 3, ret->source);
		ask_done(rows);
	}
	rows = ask(db, SUBJECT_FINAL, FINAL_RULES_GET, "i", event->id);
	if (ask_row(db, rows)) {
		ret->required = sqlite3_column_int64(rows, 0) != 0;
		ret->bank = sqlite3_column_int64(rows, 1);
		ret->questions_per_credit = (guint)sqlite3_column_int64(rows, 2);
		ret->share_percent = (guint)sqlite3_column_int64(rows, 3);
		ret->attempts_max = (guint)sqlite3_column_int64(rows, 4);
		ret->new_set = sqlite3_column_int64(rows, 5) != 0;
		ret->new_percent = (guint)sqlite3_column_int64(rows, 6);
		final_again_parse((const char *)sqlite3_column_text(rows, 7), &ret->contents_again);
		ret->again_seconds = (guint)sqlite3_column_int64(rows, 8);
		final_disclose_parse((const char *)sqlite3_column_text(rows, 9), &ret->disclose);
		ask_done(rows);
	}
}

void final_rules_save(struct db *db, int64_t event, const struct final_rules *rules, int64_t by)
{
	tell(db, SUBJECT_FINAL, FINAL_RULES_PUT, "iiiiiiiititii", event, (int64_t)rules->required, rules->bank,
		(int64_t)rules->questions_per_credit, (int64_t)rules->share_percent,
		(int64_t)rules->attempts_max, (int64_t)rules->new_set, (int64_t)rules->new_percent,
		final_again_name(rules->contents_again), (int64_t)rules->again_seconds,
		final_disclose_name(rules->disclose), store_now(), by);
}

void final_outcome(struct db *db, int64_t person, const struct ecm_event *event, struct final_outcome *ret)
{
	struct final_rules rules;
	final_rules_load(db, event, &rules);
	*ret = (struct final_outcome){
		.required = rules.required, .ready = rules.bank != 0, .attempts_max = rules.attempts_max};
	sqlite3_stmt *rows = ask(db, SUBJECT_FINAL, FINAL_OUTCOME, "ii", person, event->id);
	while (ask_row(db, rows)) {
		if (sqlite3_column_int64(rows, 0) == 0) {
			ret->open = true;
			continue;
		}
		ret->attempts++;
		bool passed = sqlite3_column_int64(rows, 1) != 0;
		guint score = (guint)sqlite3_column_int64(rows, 3);
		if (!ret->passed && (passed || ret->questions == 0 || score > ret->score)) {
			ret->score = score;
			ret->questions = (guint)sqlite3_column_int64(rows, 4);
			ret->needed = (guint)sqlite3_column_int64(rows, 5);
			class_test_parse((const char *)sqlite3_column_text(rows, 6), &ret->test);
			ret->passed = passed;
			ret->passed_at = passed ? sqlite3_column_int64(rows, 2) : 0;
		}
	}
}

void final_attempt_finish(struct final_attempt *attempt)
{
	g_free(attempt->exam);
	attempt->exam = NULL;
}

static void attempt_clear(void *data)
{
	final_attempt_finish(data);
}

static void read_attempt(sqlite3_stmt *rows, struct final_attempt *ret)
{
	*ret = (struct final_attempt){
		.id = sqlite3_column_int64(rows, 0),
		.person = sqlite3_column_int64(rows, 1),
		.event = sqlite3_column_int64(rows, 2),
		.number = sqlite3_column_int64(rows, 3),
		.bank = sqlite3_column_int64(rows, 4),
		.done = sqlite3_column_int64(rows, 5) != 0,
		.started_at = sqlite3_column_int64(rows, 6),
		.done_at = sqlite3_column_int64(rows, 7),
		.questions = (guint)sqlite3_column_int64(rows, 8),
		.needed = (guint)sqlite3_column_int64(rows, 9),
		.score = (guint)sqlite3_column_int64(rows, 10),
		.passed = sqlite3_column_int64(rows, 11) != 0,
		.exam = column_duplicate(rows, 12),
	};
}

bool final_newest(struct db *db, int64_t person, int64_t event, struct final_attempt *ret)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_FINAL, FINAL_NEWEST, "ii", person, event);
	if (!ask_row(db, rows)) {
		return false;
	}
	read_attempt(rows, ret);
	ask_done(rows);
	return true;
}

GArray *final_history(struct db *db, int64_t person, int64_t event)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct final_attempt));
	g_array_set_clear_func(list, attempt_clear);
	sqlite3_stmt *rows = ask(db, SUBJECT_FINAL, FINAL_HISTORY, "ii", person, event);
	while (ask_row(db, rows)) {
		struct final_attempt attempt;
		read_attempt(rows, &attempt);
		g_array_append_val(list, attempt);
	}
	return list;
}

void final_each(struct db *db, int64_t event, final_visitor visit, void *data)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_FINAL, FINAL_OF_EVENT, "i", event);
	while (ask_row(db, rows)) {
		struct final_attempt attempt;
		read_attempt(rows, &attempt);
		visit(db, &attempt, data);
		final_attempt_finish(&attempt);
	}
}

void final_insert(struct db *db, struct final_attempt *attempt)
{
	tell(db, SUBJECT_FINAL, FINAL_INSERT, "iiiitiii", attempt->person, attempt->event, attempt->number,
		attempt->bank, attempt->exam, attempt->started_at, (int64_t)attempt->questions,
		(int64_t)attempt->needed);
	attempt->id = db_inserted(db);
	for (guint i = 0; i < attempt->questions; i++) {
		tell(db, SUBJECT_FINAL, FINAL_ANSWER_INSERT, "ii", attempt->id, (int64_t)i);
	}
}

GArray *final_answers(struct db *db, int64_t attempt)
{
	GArray *list = g_array_new(FALSE, FALSE, sizeof(struct final_answer));
	sqlite3_stmt *rows = ask(db, SUBJECT_FINAL, FINAL_ANSWERS, "i", attempt);
	while (ask_row(db, rows)) {
		struct final_answer answer = {
			(guint)sqlite3_column_int64(rows, 0), sqlite3_column_int64(rows, 1)};
		g_array_append_val(list, answer);
	}
	return list;
}

bool final_answer_set(struct db *db, int64_t attempt, guint position, guint chosen, int64_t revision)
{
	return tell(db, SUBJECT_FINAL, FINAL_ANSWER_SET, "iiiii", (int64_t)chosen, store_now(), attempt,
		       (int64_t)position, revision) == 1;
}

bool final_close(struct db *db, const struct final_attempt *attempt)
{
	return tell(db, SUBJECT_FINAL, FINAL_CLOSE, "iiii", attempt->done_at, (int64_t)attempt->score,
		       (int64_t)attempt->passed, attempt->id) == 1;
}

void final_mark_put(struct db *db, int64_t attempt, int64_t module, int64_t seen_ms)
{
	tell(db, SUBJECT_FINAL, FINAL_MARK_PUT, "iii", attempt, module, seen_ms);
}

int64_t final_mark_of(struct db *db, int64_t attempt, int64_t module)
{
	sqlite3_stmt *rows = ask(db, SUBJECT_FINAL, FINAL_MARK_GET, "ii", attempt, module);
	int64_t seen_ms = ask_row(db, rows) ? sqlite3_column_int64(rows, 0) : 0;
	ask_done(rows);
	return seen_ms;
}
