/* /api/me/placement: taking the test. Every answer is on disk before it is acknowledged. */
#include <string.h>

#include "server/app.h"
#include "server/http/request.h"
#include "server/placement/hand_in.h"
#include "server/placement/sequential.h"
#include "server/placement/start.h"
#include "server/placement/view.h"
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
	.code = "PLACEMENT_DONE",
	.it = "Il questionario è già stato consegnato: le risposte non si possono più cambiare.",
	.en = "The questionnaire was handed in already: answers can no longer be changed.",
	.mend_it = "Torna alla pagina del percorso.",
	.mend_en = "Go back to the page of your path.",
};

static const struct problem_text damaged = {
	.code = "PLACEMENT_DAMAGED",
	.it = "La prova salvata non è leggibile.",
	.en = "The stored test cannot be read.",
	.mend_it = "Avvisa chi gestisce la piattaforma: serve una copia di sicurezza.",
	.mend_en = "Tell the administrators: a backup is needed.",
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

/* The newest test of who asks, with its form and answers. */
struct taking {
	struct placement placement;
	struct form *form;
	GArray *answers;
	/* when its items hang on the answers: */
	bool is_sequential;
	struct adaptive_test test;
	GArray *steps;
	struct prepared *prepared;
};

static void taking_finish(struct taking *taking)
{
	placement_finish(&taking->placement);
	form_destroy(taking->form);
	if (taking->answers) {
		g_array_unref(taking->answers);
	}
	if (taking->is_sequential) {
		g_array_unref(taking->steps);
		adaptive_test_finish(&taking->test);
		prepared_release(taking->prepared);
	}
}

/* Answers 404 or 500 itself and gives false when there is none. */
static bool taking_load(struct request *request, struct reply *reply, struct taking *ret)
{
	*ret = (struct taking){0};
	struct db *db = store_read(request->app->store);
	bool found = placement_newest(db, request->who.person, &ret->placement);
	if (found) {
		ret->answers = placement_answers(db, ret->placement.id);
		ret->form = form_read(ret->placement.form);
		ret->is_sequential = adaptive_test_find(db, ret->placement.id, &ret->test);
		if (ret->is_sequential) {
			ret->steps = adaptive_steps(db, ret->placement.id);
			ret->prepared =
				prepared_get(request->app->prepared, db, ret->placement.bank, ret->test.policy);
		}
	}
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "placement");
	} else if (!ret->form || ret->form->item_count != ret->answers->len) {
		reply_fault(reply, 500, &damaged, "placement");
		found = false;
	}
	if (!found) {
		taking_finish(ret);
	}
	return found;
}

/* The {position} of the path, from 0. */
static bool read_position(
	struct request *request, struct reply *reply, const struct taking *taking, guint *ret)
{
	guint64 position;
	if (!g_ascii_string_to_unsigned(
		    request->values[0].text, 10, 0, taking->form->item_count - 1, &position, NULL)) {
		reply_not_found(reply, "placement item");
		return false;
	}
	*ret = (guint)position;
	return true;
}

static json_t *item_json(const struct taking *taking, guint position)
{
	const struct placement_answer *answer =
		&g_array_index(taking->answers, struct placement_answer, position);
	return form_item_view(taking->form, position, answer->response, answer->revision);
}

/* What is different when the next item hangs on the answers: no way back, "at most so many". */
static void view_sequential(json_t *view, const struct taking *taking)
{
	const guint last = taking->form->item_count - 1;
	json_object_set_new(view, "adaptive", json_true());
	json_object_set_new(view, "may_go_back", json_false());
	json_object_set_new(view, "position", json_integer(last));
	if (taking->prepared) {
		const struct walk_means means = {.method = taking->test.gated ? WALK_GATED : WALK_ADAPTIVE,
			.pool = taking->prepared->pool,
			.policy = &taking->prepared->policy};
		json_object_set_new(view, "total", json_integer(walk_longest(&means)));
	}
	if (taking->placement.state == PLACEMENT_OPEN) {
		json_object_set_new(view, "item", item_json(taking, last));
	} else {
		json_object_set_new(view, "result",
			sequential_result(
				&taking->placement, taking->form, &taking->test, taking->steps, taking->prepared));
	}
}

static void get_view(struct request *request, struct reply *reply)
{
	struct taking taking;
	if (taking_load(request, reply, &taking)) {
		json_t *view = placement_view(&taking.placement, taking.form, taking.answers);
		if (taking.is_sequential) {
			view_sequential(view, &taking);
		}
		reply_json(reply, 200, view);
		taking_finish(&taking);
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
	struct taking taking;
	if (!taking_load(request, reply, &taking)) {
		return;
	}
	guint position;
	if (taking.placement.state == PLACEMENT_DONE) {
		reply_fault(reply, 409, &closed, "placement");
	} else if (read_position(request, reply, &taking, &position)) {
		reply_json(reply, 200, item_json(&taking, position));
	}
	taking_finish(&taking);
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
	struct taking now;
	if (*problem->code) {
		reply_store_fault(reply, problem);
	} else if (taking_load(request, reply, &now)) {
		bool over = now.placement.state == PLACEMENT_DONE;
		struct problem why;
		bool past = now.is_sequential && !sequential_is_open_at(now.steps, position);
		problem_set(&why, over ? &closed : past ? &confirmed : &stale, "revision");
		json_t *item = over ? json_null() : item_json(&now, position);
		reply_json(reply, 409, json_pack("{s:o, s:o}", "problem", problem_json(&why), "item", item));
		taking_finish(&now);
	}
}

static void put_answer(struct request *request, struct reply *reply)
{
	json_t *list;
	json_int_t revision;
	struct taking taking;
	if (!request_unpack(request, reply, "{s:o, s:I}", "answer", &list, "revision", &revision) ||
		!taking_load(request, reply, &taking)) {
		return;
	}
	struct answering answering = {.placement = taking.placement.id, .revision = revision};
	struct problem problem = {0};
	if (read_position(request, reply, &taking, &answering.position)) {
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
	taking_finish(&taking);
}

static void advance_reply(struct request *request, struct reply *reply, enum advance how)
{
	switch (how) {
	case ADVANCE_DONE:
	case ADVANCE_AGAIN:
		get_view(request, reply);
		break;
	case ADVANCE_STALE:
		reply_fault(reply, 409, &stale, "revision");
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
	struct taking taking;
	if (!request_unpack(request, reply, "{s:I, s:I, s:I, s?b}", "test", &test, "position", &position, "revision", &revision, "skip", &skip) ||
		!taking_load(request, reply, &taking)) {
		return;
	}
	struct problem problem = {0};
	struct advancing advancing = {.person = request->who.person, .placement = test, .position = (guint)CLAMP(position, 0, FORM_ITEMS_MAX),
		.revision = revision, .skip = skip != 0, .prepared = taking.prepared, .ret = ADVANCE_OTHER};
	const bool good = !taking.prepared || store_write(request->app->store, sequential_advance, &advancing, &problem);
	taking_finish(&taking);
	if (good) {
		advance_reply(request, reply, advancing.ret);
	} else {
		reply_store_fault(reply, &problem);
	}
}

static void submit(struct request *request, struct reply *reply)
{
	struct taking taking;
	if (!taking_load(request, reply, &taking)) {
		return;
	}
	if (taking.is_sequential && taking.placement.state == PLACEMENT_OPEN) {
		reply_fault(reply, 409, &not_over, "placement");
		taking_finish(&taking);
		return;
	}
	struct problem problem = {0};
	bool good = taking.placement.state == PLACEMENT_DONE ||
		    placement_hand_in(request->app->store, &taking.placement, taking.form, &problem);
	taking_finish(&taking);
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
