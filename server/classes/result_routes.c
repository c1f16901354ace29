/* /api/class-groups/{group}/results: tests taken in class, for who teaches the class and for the provider. */
#include "server/classes/limits.h"
#include "server/classes/result.h"
#include "server/classes/result_view.h"
#include "server/classes/view.h"
#include "server/problem.h"
#include "server/routes.h"

/* --- The page --- */

static json_t *person_json(struct db *db, const struct class_scope *scope, const struct class_seat *seat)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:o, s:o}", "person", (json_int_t)seat->person, "family_name", seat->family_name,
		"given_name", seat->given_name, "codice_fiscale", seat->codice_fiscale, "outcome",
		class_outcome_json(db, seat->person, &scope->event), "results",
		class_results_json(db, scope->event.id, seat->person));
}

static json_t *results_json(struct db *db, const struct class_scope *scope)
{
	json_t *people = json_array();
	g_autoptr(GArray) seats = class_seats(db, scope->group.id);
	for (guint i = 0; i < seats->len; i++) {
		const struct class_seat *seat = &g_array_index(seats, struct class_seat, i);
		if (seat->state == CLASS_ENROLLED) {
			json_array_append_new(people, person_json(db, scope, seat));
		}
	}
	return json_pack("{s:o, s:o, s:o, s:o, s:b, s:b}", "event", class_event_json(&scope->event), "group",
		class_group_json(&scope->group), "test", class_test_json(db, &scope->event), "people", people, "may_manage",
		(int)scope->provider, "may_enter", (int)(scope->provider || !scope->group.closed));
}

static void get_results(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	if (class_scope_open(request, reply, db, request->values[0].number, &scope)) {
		reply_json(reply, 200, results_json(db, &scope));
	}
	store_read_done(request->app->store, db);
}

/* --- One by one, and corrections --- */

struct result_work {
	struct result_entry entry;
	int64_t result; /* the one that is wrong; 0: a new one */
	bool instead;   /* another takes its place */
	char why[CLASS_WHY_BYTES], note[CLASS_WHY_BYTES];
};

static bool enter_work(struct db *db, void *data)
{
	struct result_work *work = data;
	struct problem problem = {0};
	bool good = work->result == 0 ? result_enter(db, &work->entry, &problem)
				      : result_correct(db, &work->entry, work->result, work->why,
						work->instead ? &work->entry : NULL, &problem);
	return good || db_refuse(db, &problem);
}

static const struct problem_text bad_result = {"CLASS_RESULT",
	"Scrivi chi, il tipo di verifica in aula, il giorno, e i punti con il massimo o l’esito.",
	"Write who, the kind of test in class, the day, and points with their maximum or the outcome.", NULL, NULL};

/* {test, day, score, maximum, passed, note}; null or absent: not given. */
static bool read_result(struct request *request, struct reply *reply, struct result_work *work)
{
	const json_t *score = json_object_get(request->json, "score"), *maximum = json_object_get(request->json, "maximum");
	const json_t *passed = json_object_get(request->json, "passed");
	const char *test = json_string_value(json_object_get(request->json, "test"));
	const char *day = json_string_value(json_object_get(request->json, "day"));
	struct result_entry *entry = &work->entry;
	if (!day || !class_test_parse(test, &entry->test) || entry->test == CLASS_TEST_ONLINE) {
		reply_fault(reply, 422, &bad_result, day ? "test" : "day");
		return false;
	}
	g_strlcpy(entry->day, day, sizeof(entry->day));
	entry->score = json_is_integer(score) ? json_integer_value(score) : -1;
	entry->maximum = json_is_integer(maximum) ? json_integer_value(maximum) : -1;
	entry->said = json_is_true(passed) ? RESULT_SAID_PASSED : json_is_false(passed) ? RESULT_SAID_FAILED : RESULT_NOT_SAID;
	return class_text(request, reply, "note", CLASS_WHY_MAX, work->note, sizeof(work->note));
}

/* Who asks, for their group; false: answered. */
static bool begin(struct request *request, struct reply *reply, struct result_work *work)
{
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	bool may = class_scope_open(request, reply, db, request->values[0].number, &scope);
	store_read_done(request->app->store, db);
	if (may) {
		work->entry = (struct result_entry){.group = scope.group.id, .by = request->who.person, .provider = scope.provider,
			.how = "manual", .note = work->note};
	}
	return may;
}

static void enter(struct request *request, struct reply *reply)
{
	json_int_t person;
	struct result_work work = {0};
	if (!begin(request, reply, &work) || !request_unpack(request, reply, "{s:I}", "person", &person) ||
		!read_result(request, reply, &work)) {
		return;
	}
	work.entry.person = person;
	if (class_write(request, reply, enter_work, &work)) {
		get_results(request, reply);
	}
}

/* The result that is wrong, and why; false: answered. */
static bool begin_correction(struct request *request, struct reply *reply, struct result_work *work)
{
	struct class_result result;
	struct class_group group;
	if (!begin(request, reply, work) || !class_why(request, reply, work->why)) {
		return false;
	}
	struct db *db = store_read(request->app->store);
	bool found = class_group_by_id(db, work->entry.group, &group) && class_result_by_id(db, request->values[1].number, &result) &&
		     result.event == group.event;
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "result");
		return false;
	}
	work->result = result.id;
	work->entry.person = result.person;
	return true;
}

static void correct(struct request *request, struct reply *reply)
{
	struct result_work work = {.instead = true};
	if (begin_correction(request, reply, &work) && read_result(request, reply, &work) &&
		class_write(request, reply, enter_work, &work)) {
		get_results(request, reply);
	}
}

static void void_result(struct request *request, struct reply *reply)
{
	struct result_work work = {0};
	if (begin_correction(request, reply, &work) && class_write(request, reply, enter_work, &work)) {
		get_results(request, reply);
	}
}

/* The handler asks whether the person teaches the class; the provider may everywhere. */
#define KEEPERS .roles = ROLE_SIGNED_IN

const struct route class_result_routes[] = {
	{.id = "classes.results", .method = HTTP_GET, .pattern = "/api/class-groups/{group:id}/results", KEEPERS,
		.handler = get_results, .summary = "Tests of learning: the event's rule, where each person stands, results entered in class"},
	{.id = "classes.result", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/results", KEEPERS, .body = BODY_JSON,
		.handler = enter, .summary = "A result of a test in class: {person, test, day, score, maximum, passed, note}"},
	{.id = "classes.result.correct", .method = HTTP_PUT, .pattern = "/api/class-groups/{group:id}/results/{result:id}", KEEPERS,
		.body = BODY_JSON, .handler = correct, .summary = "Another in the place of a wrong one, which stays, voided: {why, test, day …}"},
	{.id = "classes.result.void", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/results/{result:id}/void",
		KEEPERS, .body = BODY_JSON, .handler = void_result, .summary = "A result that was wrong: {why}; it stays, voided"},
	ROUTE_END,
};
