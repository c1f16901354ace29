/* /api/me/placement: taking the test. Every answer is on disk before it is acknowledged. */
#include "server/app.h"
#include "server/http/request.h"
#include "server/placement/hand_in.h"
#include "server/placement/sequential.h"
#include "server/placement/start.h"
#include "server/placement/taking.h"
#include "server/placement/view.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/taking.h"

static const struct problem_text closed = {
	.code = "PLACEMENT_DONE",
	.it = "Il questionario è già stato consegnato: le risposte non si possono più cambiare.",
	.en = "The questionnaire was handed in already: answers can no longer be changed.",
	.mend_it = "Torna alla pagina del percorso.",
	.mend_en = "Go back to the page of your path.",
};

static const struct problem_text confirmed = {
	.code = "PLACEMENT_CONFIRMED",
	.it = "Questa risposta è già stata confermata: la domanda successiva dipende da lei.",
	.en = "This answer was confirmed already: the next question hangs on it.",
	.mend_it = "Vai alla domanda in corso.",
	.mend_en = "Go to the present question.",
};

static const struct problem_text empty = {
	.code = "PLACEMENT_NO_ANSWER",
	.it = "La domanda non ha ancora una risposta.",
	.en = "The question has no answer yet.",
	.mend_it = "Scegli una risposta oppure «Non lo so».",
	.mend_en = "Choose an answer or \"I don't know\".",
};

static const struct problem_text not_over = {
	.code = "PLACEMENT_NOT_OVER",
	.it = "Il questionario finisce da solo dopo l'ultima domanda.",
	.en = "The questionnaire ends by itself after the last question.",
	.mend_it = "Rispondi alla domanda in corso.",
	.mend_en = "Answer the present question.",
};

static void get_view(struct request *request, struct reply *reply)
{
	struct placement_taking taking;
	if (placement_taking_load(request, reply, &taking)) {
		reply_json(reply, 200, placement_taking_view(&taking));
		placement_taking_finish(&taking);
	}
}

static void start(struct request *request, struct reply *reply)
{
	struct problem problem = {0};
	if (placement_start(request->app->store, request->app->prepared, request->who.person, &problem)) {
		get_view(request, reply);
	} else {
		reply_problem(reply, 409, &problem);
	}
}

static void get_item(struct request *request, struct reply *reply)
{
	struct placement_taking taking;
	if (!placement_taking_load(request, reply, &taking)) {
		return;
	}
	guint position;
	if (taking.placement.state == PLACEMENT_DONE) {
		reply_fault(reply, 409, &closed, "placement");
	} else if (taking_position(request, reply, taking.form->item_count, "placement item", &position)) {
		reply_json(reply, 200, placement_item_json(&taking, position));
	}
	placement_taking_finish(&taking);
}

struct answering {
	int64_t placement;
	guint position;
	char *answer; /* a response, owned */
	int64_t revision;
};

static bool set_answer(struct db *db, void *data)
{
	const struct answering *answering = data;
	struct adaptive_test test;
	if (adaptive_test_find(db, answering->placement, &test)) {
		adaptive_test_finish(&test);
		g_autoptr(GArray) steps = adaptive_steps(db, answering->placement);
		if (!sequential_is_open_at(steps, answering->position)) {
			return false;
		}
	}
	return placement_answer_set(
		db, answering->placement, answering->position, answering->answer, answering->revision);
}

/* The answer was not taken: because the test is over, the data base failed, or another tab was quicker. */
static void answer_refused(
	struct request *request, struct reply *reply, guint position, const struct problem *problem)
{
	struct placement_taking now;
	if (*problem->code) {
		reply_store_fault(reply, problem);
	} else if (placement_taking_load(request, reply, &now)) {
		bool over = now.placement.state == PLACEMENT_DONE;
		bool past = now.is_sequential && !sequential_is_open_at(now.steps, position);
		taking_refused(reply, over ? &closed : past ? &confirmed : &taking_stale,
			over ? json_null() : placement_item_json(&now, position));
		placement_taking_finish(&now);
	}
}

static void put_answer(struct request *request, struct reply *reply)
{
	json_t *list;
	json_int_t revision;
	struct placement_taking taking;
	if (!request_unpack(request, reply, "{s:o, s:I}", "answer", &list, "revision", &revision) ||
		!placement_taking_load(request, reply, &taking)) {
		return;
	}
	struct answering answering = {.placement = taking.placement.id, .revision = revision};
	struct problem problem = {0};
	if (taking_position(request, reply, taking.form->item_count, "placement item", &answering.position)) {
		answering.answer = form_answer(taking.form, answering.position, list, &problem);
		if (!answering.answer) {
			reply_problem(reply, 422, &problem);
		} else if (!store_write(request->app->store, set_answer, &answering, &problem)) {
			answer_refused(request, reply, answering.position, &problem);
		} else {
			struct placement_answer *saved =
				&g_array_index(taking.answers, struct placement_answer, answering.position);
			g_free(saved->response);
			saved->response = g_steal_pointer(&answering.answer);
			reply_json(reply, 200,
				json_pack("{s:I, s:o}", "revision", revision + 1, "answered",
					placement_answered(taking.answers)));
		}
	}
	g_free(answering.answer);
	placement_taking_finish(&taking);
}

static void advance_reply(struct request *request, struct reply *reply, enum advance how)
{
	switch (how) {
	case ADVANCE_DONE:
	case ADVANCE_AGAIN:
		get_view(request, reply);
		break;
	case ADVANCE_STALE:
		reply_fault(reply, 409, &taking_stale, "revision");
		break;
	case ADVANCE_EMPTY:
		reply_fault(reply, 422, &empty, "position");
		break;
	case ADVANCE_OTHER:
		reply_not_found(reply, "placement item");
		break;
	}
}

static void advance(struct request *request, struct reply *reply)
{
	json_int_t test, position, revision;
	int skip = 0;
	struct placement_taking taking;
	if (!request_unpack(request, reply, "{s:I, s:I, s:I, s?b}", "test", &test, "position", &position, "revision", &revision, "skip", &skip) ||
		!placement_taking_load(request, reply, &taking)) {
		return;
	}
	struct problem problem = {0};
	struct advancing advancing = {.person = request->who.person, .placement = test, .position = (guint)CLAMP(position, 0, FORM_ITEMS_MAX),
		.revision = revision, .skip = skip != 0, .prepared = taking.prepared, .ret = ADVANCE_OTHER};
	const bool good = !taking.prepared || store_write(request->app->store, sequential_advance, &advancing, &problem);
	placement_taking_finish(&taking);
	if (good) {
		advance_reply(request, reply, advancing.ret);
	} else {
		reply_store_fault(reply, &problem);
	}
}

static void submit(struct request *request, struct reply *reply)
{
	struct placement_taking taking;
	if (!placement_taking_load(request, reply, &taking)) {
		return;
	}
	if (taking.is_sequential && taking.placement.state == PLACEMENT_OPEN) {
		reply_fault(reply, 409, &not_over, "placement");
		placement_taking_finish(&taking);
		return;
	}
	struct problem problem = {0};
	bool good = taking.placement.state == PLACEMENT_DONE ||
		    placement_hand_in(request->app->store, &taking.placement, taking.form, &problem);
	placement_taking_finish(&taking);
	if (good) {
		get_view(request, reply);
	} else {
		reply_store_fault(reply, &problem);
	}
}

const struct route placement_take_routes[] = {
	{.id = "placement.mine",
		.method = HTTP_GET,
		.pattern = "/api/me/placement",
		.roles = ROLE_OPERATOR,
		.handler = get_view,
		.summary = "My placement test, open or done"},
	{.id = "placement.start",
		.method = HTTP_POST,
		.pattern = "/api/me/placement",
		.roles = ROLE_OPERATOR,
		.handler = start,
		.summary = "Begins or resumes my placement test"},
	{.id = "placement.item",
		.method = HTTP_GET,
		.pattern = "/api/me/placement/items/{position:name}",
		.roles = ROLE_OPERATOR,
		.handler = get_item,
		.summary = "One item of my test, positions from 0"},
	{.id = "placement.answer",
		.method = HTTP_PUT,
		.pattern = "/api/me/placement/items/{position:name}",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = put_answer,
		.summary = "Saves an answer, unless it was changed elsewhere since `revision`"},
	{.id = "placement.advance",
		.method = HTTP_POST,
		.pattern = "/api/me/placement/advance",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = advance,
		.summary = "Confirms the answer at `position`: chooses the next item, or ends the test"},
	{.id = "placement.submit",
		.method = HTTP_POST,
		.pattern = "/api/me/placement/submit",
		.roles = ROLE_OPERATOR,
		.handler = submit,
		.summary = "Hands my test in; doing it again changes nothing"},
	ROUTE_END,
};
