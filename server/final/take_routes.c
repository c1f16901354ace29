/* /api/me/final: sitting the final test. Every answer is on disk before it is acknowledged. */
#include "server/app.h"
#include "server/final/sitting.h"
#include "server/final/taking.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/taking.h"

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

static void get_view(struct request *request, struct reply *reply)
{
	struct final_taking taking;
	if (final_taking_load(request, reply, &taking)) {
		reply_json(reply, 200, final_view_json(&taking));
		final_taking_finish(&taking);
	}
}

static void start(struct request *request, struct reply *reply)
{
	struct problem problem = {0};
	if (final_start(request->app->store, request->who.person, final_taking_event(request), &problem)) {
		get_view(request, reply);
	} else {
		reply_problem(reply, 409, &problem);
	}
}

static void get_item(struct request *request, struct reply *reply)
{
	struct final_taking taking;
	if (!final_taking_load(request, reply, &taking)) {
		return;
	}
	guint position;
	if (!taking.standing.has_attempt) {
		reply_not_found(reply, "final");
	} else if (!final_taking_is_open(&taking)) {
		reply_fault(reply, 409, &closed, "final");
	} else if (taking_position(request, reply, taking.exam->question_count, "final question", &position)) {
		reply_json(reply, 200, final_item_json(&taking, position));
	}
	final_taking_finish(&taking);
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
	struct final_taking now;
	if (*problem->code) {
		reply_store_fault(reply, problem);
	} else if (final_taking_load(request, reply, &now)) {
		bool over = !final_taking_is_open(&now);
		taking_refused(reply, over ? &closed : &taking_stale,
			over ? json_null() : final_item_json(&now, position));
		final_taking_finish(&now);
	}
}

static void save(struct request *request, struct reply *reply, struct final_taking *taking, json_t *list,
	json_int_t revision)
{
	struct answering answering = {.attempt = taking->standing.newest.id, .revision = revision};
	struct problem problem = {0};
	if (!taking_position(request, reply, taking->exam->question_count, "final question", &answering.position)) {
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
				final_answered_json(taking->answers)));
	}
}

/* A page names the attempt it shows: one that was left open in a tab must not write into the next. */
static bool same_attempt(struct reply *reply, const struct final_taking *taking, json_int_t attempt)
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
	struct final_taking taking;
	if (!request_unpack(request, reply, "{s:I, s:o, s:I}", "attempt", &attempt, "answer", &list, "revision",
		    &revision) ||
		!final_taking_load(request, reply, &taking)) {
		return;
	}
	if (same_attempt(reply, &taking, attempt)) {
		save(request, reply, &taking, list, revision);
	}
	final_taking_finish(&taking);
}

static void submit(struct request *request, struct reply *reply)
{
	json_int_t attempt;
	struct final_taking taking;
	if (!request_unpack(request, reply, "{s:I}", "attempt", &attempt) ||
		!final_taking_load(request, reply, &taking)) {
		return;
	}
	struct problem problem = {0};
	bool same = same_attempt(reply, &taking, attempt);
	bool good = same && (!final_taking_is_open(&taking) || final_hand_in(request->app->store, &taking.standing.newest,
							  taking.exam, &problem));
	final_taking_finish(&taking);
	if (good) {
		get_view(request, reply);
	} else if (same) {
		reply_store_fault(reply, &problem);
	}
}

static void get_answers(struct request *request, struct reply *reply)
{
	struct final_taking taking;
	if (!final_taking_load(request, reply, &taking)) {
		return;
	}
	if (!taking.standing.disclosed) {
		reply_fault(reply, taking.standing.has_attempt ? 409 : 404, &hidden, "final");
	} else {
		reply_json(reply, 200, json_pack("{s:o}", "questions", final_right_json(&taking)));
	}
	final_taking_finish(&taking);
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
