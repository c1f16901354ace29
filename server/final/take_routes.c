/* /api/me/final: sitting the final test. Every answer is on disk before it is acknowledged. */
#include <string.h>

#include "server/app.h"
#include "server/final/sitting.h"
#include "server/final/standing.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"

static const struct problem_text stale = {
	.code = "STALE_REVISION",
	.it = "Questa risposta è stata cambiata in un'altra finestra.",
	.en = "This answer was changed in another window.",
	.mend_it = "Controlla la risposta salvata e, se serve, cambiala di nuovo.",
	.mend_en = "Look at the saved answer and change it again if you need to.",
};

static const struct problem_text closed = {
	.code = "FINAL_DONE",
	.it = "La prova è già stata consegnata: le risposte non si possono più cambiare.",
	.en = "The test was handed in already: answers can no longer be changed.",
	.mend_it = "Torna alla pagina del percorso.",
	.mend_en = "Go back to the page of your path.",
};

static const struct problem_text other_attempt = {
	.code = "FINAL_OTHER_ATTEMPT",
	.it = "Questa pagina mostra un tentativo che non è più quello in corso.",
	.en = "This page shows an attempt that is no longer the one under way.",
	.mend_it = "Ricarica la pagina.",
	.mend_en = "Load the page again.",
};

static const struct problem_text hidden = {
	.code = "FINAL_NOT_DISCLOSED",
	.it = "Le risposte esatte si possono vedere solo a corso concluso.",
	.en = "The right answers can be seen only when the course is over.",
	.mend_it = "Torna dopo la fine dell’evento.",
	.mend_en = "Come back after the end of the event.",
};

static const struct problem_text damaged = {
	.code = "FINAL_DAMAGED",
	.it = "La prova salvata non è leggibile.",
	.en = "The stored test cannot be read.",
	.mend_it = "Avvisa chi gestisce la piattaforma: serve una copia di sicurezza.",
	.mend_en = "Tell the administrators: a backup is needed.",
};

/* ?event=: one in class; without: that of the path. */
static int64_t request_event(struct request *request)
{
	return request_query_number(request, "event", 1, INT64_MAX, 0);
}

/* Who asks: where they stand, and the newest attempt with its questions and answers. */
struct taking {
	struct final_standing standing;
	struct exam *exam;
	GArray *answers;
	GArray *history;
};

static void taking_finish(struct taking *taking)
{
	final_standing_finish(&taking->standing);
	exam_destroy(taking->exam);
	if (taking->answers) {
		g_array_unref(taking->answers);
	}
	if (taking->history) {
		g_array_unref(taking->history);
	}
}

/* Answers 500 itself and gives false when the attempt cannot be read. */
static bool taking_load(struct request *request, struct reply *reply, struct taking *ret)
{
	*ret = (struct taking){0};
	struct db *db = store_read(request->app->store);
	final_standing(db, request->who.person, request_event(request), store_now(), &ret->standing);
	bool good = true;
	if (ret->standing.has_attempt) {
		const struct final_attempt *attempt = &ret->standing.newest;
		ret->answers = final_answers(db, attempt->id);
		ret->exam = exam_read(attempt->exam);
		ret->history = final_history(db, request->who.person, attempt->event);
		good = ret->exam && ret->exam->question_count == ret->answers->len;
	}
	store_read_done(request->app->store, db);
	if (!good) {
		reply_fault(reply, 500, &damaged, "final");
		taking_finish(ret);
	}
	return good;
}

static bool is_open(const struct taking *taking)
{
	return taking->standing.has_attempt && !taking->standing.newest.done;
}

static const struct final_answer *answer_at(const struct taking *taking, guint position)
{
	return &g_array_index(taking->answers, struct final_answer, position);
}

static json_t *item_json(const struct taking *taking, guint position)
{
	const struct final_answer *answer = answer_at(taking, position);
	return exam_question_view(taking->exam, position, answer->chosen, answer->revision);
}

static json_t *answered_json(const GArray *answers)
{
	json_t *list = json_array();
	for (guint i = 0; i < answers->len; i++) {
		json_array_append_new(
			list, json_boolean(g_array_index(answers, struct final_answer, i).chosen != 0));
	}
	return list;
}

/* Where one goes on: the first question without an answer, or the last one. */
static guint resume_at(const GArray *answers)
{
	for (guint i = 0; i < answers->len; i++) {
		if (g_array_index(answers, struct final_answer, i).chosen == 0) {
			return i;
		}
	}
	return answers->len - 1;
}

static json_t *attempt_json(const struct taking *taking)
{
	if (!is_open(taking)) {
		return json_null();
	}
	guint position = resume_at(taking->answers);
	const struct final_attempt *attempt = &taking->standing.newest;
	return json_pack("{s:I, s:I, s:i, s:i, s:o, s:o}", "id", (json_int_t)attempt->id, "number",
		(json_int_t)attempt->number, "position", (int)position, "total",
		(int)taking->exam->question_count, "answered", answered_json(taking->answers), "item",
		item_json(taking, position));
}

/* Sums only: which answers were right is not told before the course is over. */
static json_t *history_json(const GArray *history)
{
	json_t *list = json_array();
	for (guint i = 0; history && i < history->len; i++) {
		const struct final_attempt *attempt = &g_array_index(history, struct final_attempt, i);
		if (attempt->done) {
			char at[32];
			store_time_text(attempt->done_at, at);
			json_array_append_new(list,
				json_pack("{s:I, s:s, s:i, s:i, s:i, s:b}", "number",
					(json_int_t)attempt->number, "done_at", at, "score",
					(int)attempt->score, "questions", (int)attempt->questions, "needed",
					(int)attempt->needed, "passed", (int)attempt->passed));
		}
	}
	return list;
}

static json_t *event_json(const struct final_standing *standing)
{
	if (!standing->has_event) {
		return json_null();
	}
	char credits[8];
	ecm_credits_text(standing->event.credits_tenths, credits);
	return json_pack("{s:I, s:s, s:s, s:s, s:s}", "id", (json_int_t)standing->event.id, "title",
		standing->event.title, "credits", credits, "from", standing->event.data_ini, "to",
		standing->event.data_fine);
}

static json_t *view_json(const struct taking *taking)
{
	const struct final_standing *standing = &taking->standing;
	const char *state = is_open(taking) ? "open" : standing->has_attempt ? "done" : "none";
	char passed_at[32];
	store_time_text(standing->outcome.passed_at, passed_at);
	return json_pack("{s:o, s:b, s:s, s:b, s:o, s:i, s:i, s:i, s:i, s:b, s:b, s:o, s:b, s:o, s:o}", "event",
		event_json(standing), "required", (int)(standing->has_event && standing->rules.required),
		"state", state, "may_start", (int)standing->may_start, "missing",
		final_missing_json(standing), "questions", (int)standing->questions, "needed",
		(int)standing->needed, "attempts_used", (int)standing->outcome.attempts, "attempts_max",
		(int)standing->outcome.attempts_max, "new_set", (int)standing->rules.new_set, "passed",
		(int)standing->outcome.passed, "passed_at", json_string(passed_at), "disclosed",
		(int)standing->disclosed, "attempt", attempt_json(taking), "history",
		history_json(taking->history));
}

static void get_view(struct request *request, struct reply *reply)
{
	struct taking taking;
	if (taking_load(request, reply, &taking)) {
		reply_json(reply, 200, view_json(&taking));
		taking_finish(&taking);
	}
}

static void start(struct request *request, struct reply *reply)
{
	struct problem problem = {0};
	if (final_start(request->app->store, request->who.person, request_event(request), &problem)) {
		get_view(request, reply);
	} else {
		reply_problem(reply, 409, &problem);
	}
}

/* The {position} of the path, from 0. */
static bool read_position(
	struct request *request, struct reply *reply, const struct taking *taking, guint *ret)
{
	guint64 position;
	if (!g_ascii_string_to_unsigned(
		    request->values[0].text, 10, 0, taking->exam->question_count - 1, &position, NULL)) {
		reply_not_found(reply, "final question");
		return false;
	}
	*ret = (guint)position;
	return true;
}

static void get_item(struct request *request, struct reply *reply)
{
	struct taking taking;
	if (!taking_load(request, reply, &taking)) {
		return;
	}
	guint position;
	if (!taking.standing.has_attempt) {
		reply_not_found(reply, "final");
	} else if (!is_open(&taking)) {
		reply_fault(reply, 409, &closed, "final");
	} else if (read_position(request, reply, &taking, &position)) {
		reply_json(reply, 200, item_json(&taking, position));
	}
	taking_finish(&taking);
}

struct answering {
	int64_t attempt;
	guint position;
	guint chosen;
	int64_t revision;
};

static bool set_answer(struct db *db, void *data)
{
	const struct answering *answering = data;
	return final_answer_set(
		db, answering->attempt, answering->position, answering->chosen, answering->revision);
}

/* The answer was not taken: because the test is over, the data base failed, or another tab was quicker. */
static void answer_refused(
	struct request *request, struct reply *reply, guint position, const struct problem *problem)
{
	struct taking now;
	if (*problem->code) {
		reply_store_fault(reply, problem);
	} else if (taking_load(request, reply, &now)) {
		bool over = !is_open(&now);
		struct problem why;
		problem_set(&why, over ? &closed : &stale, "revision");
		json_t *item = over ? json_null() : item_json(&now, position);
		reply_json(reply, 409, json_pack("{s:o, s:o}", "problem", problem_json(&why), "item", item));
		taking_finish(&now);
	}
}

static void save(struct request *request, struct reply *reply, struct taking *taking, json_t *list,
	json_int_t revision)
{
	struct answering answering = {.attempt = taking->standing.newest.id, .revision = revision};
	struct problem problem = {0};
	if (!read_position(request, reply, taking, &answering.position)) {
		return;
	}
	if (!exam_answer(list, &answering.chosen, &problem)) {
		reply_problem(reply, 422, &problem);
	} else if (!store_write(request->app->store, set_answer, &answering, &problem)) {
		answer_refused(request, reply, answering.position, &problem);
	} else {
		g_array_index(taking->answers, struct final_answer, answering.position).chosen =
			answering.chosen;
		reply_json(reply, 200,
			json_pack("{s:I, s:o}", "revision", revision + 1, "answered",
				answered_json(taking->answers)));
	}
}

/* A page names the attempt it shows: one that was left open in a tab must not write into the next. */
static bool same_attempt(struct reply *reply, const struct taking *taking, json_int_t attempt)
{
	if (!taking->standing.has_attempt) {
		reply_not_found(reply, "final");
	} else if (taking->standing.newest.id != attempt) {
		reply_fault(reply, 409, &other_attempt, "attempt");
	} else {
		return true;
	}
	return false;
}

static void put_answer(struct request *request, struct reply *reply)
{
	json_t *list;
	json_int_t revision, attempt;
	struct taking taking;
	if (!request_unpack(request, reply, "{s:I, s:o, s:I}", "attempt", &attempt, "answer", &list, "revision",
		    &revision) ||
		!taking_load(request, reply, &taking)) {
		return;
	}
	if (same_attempt(reply, &taking, attempt)) {
		save(request, reply, &taking, list, revision);
	}
	taking_finish(&taking);
}

static void submit(struct request *request, struct reply *reply)
{
	json_int_t attempt;
	struct taking taking;
	if (!request_unpack(request, reply, "{s:I}", "attempt", &attempt) ||
		!taking_load(request, reply, &taking)) {
		return;
	}
	struct problem problem = {0};
	bool same = same_attempt(reply, &taking, attempt);
	bool good = same && (!is_open(&taking) || final_hand_in(request->app->store, &taking.standing.newest,
							  taking.exam, &problem));
	taking_finish(&taking);
	if (good) {
		get_view(request, reply);
	} else if (same) {
		reply_store_fault(reply, &problem);
	}
}

static void get_answers(struct request *request, struct reply *reply)
{
	struct taking taking;
	if (!taking_load(request, reply, &taking)) {
		return;
	}
	if (!taking.standing.disclosed) {
		reply_fault(reply, taking.standing.has_attempt ? 409 : 404, &hidden, "final");
	} else {
		json_t *list = json_array();
		for (guint i = 0; i < taking.exam->question_count; i++) {
			const struct exam_question *question = &taking.exam->questions[i];
			json_t *item = item_json(&taking, i);
			g_autofree char *right = g_strdup_printf("%u", question->right);
			json_object_set_new(item, "right", json_string(right));
			json_object_set_new(item, "explanation", json_string(question->explanation));
			json_array_append_new(list, item);
		}
		reply_json(reply, 200, json_pack("{s:o}", "questions", list));
	}
	taking_finish(&taking);
}

const struct route final_take_routes[] = {
	{.id = "final.mine",
		.method = HTTP_GET,
		.pattern = "/api/me/final",
		.roles = ROLE_OPERATOR,
		.handler = get_view,
		.summary = "My final test: what is missing, the open attempt, the results. ?event= here and below: of an event in class"},
	{.id = "final.start",
		.method = HTTP_POST,
		.pattern = "/api/me/final",
		.roles = ROLE_OPERATOR,
		.handler = start,
		.summary = "Begins or resumes my final test"},
	{.id = "final.item",
		.method = HTTP_GET,
		.pattern = "/api/me/final/items/{position:name}",
		.roles = ROLE_OPERATOR,
		.handler = get_item,
		.summary = "One question of my open attempt, positions from 0"},
	{.id = "final.answer",
		.method = HTTP_PUT,
		.pattern = "/api/me/final/items/{position:name}",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = put_answer,
		.summary = "Saves an answer of `attempt`, unless it was changed elsewhere since `revision`"},
	{.id = "final.submit",
		.method = HTTP_POST,
		.pattern = "/api/me/final/submit",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = submit,
		.summary = "Hands `attempt` in; doing it again changes nothing"},
	{.id = "final.answers",
		.method = HTTP_GET,
		.pattern = "/api/me/final/answers",
		.roles = ROLE_OPERATOR,
		.handler = get_answers,
		.summary = "The right answers of my newest attempt, when the course is over"},
	ROUTE_END,
};
