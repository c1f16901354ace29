/* /api/class-groups/{group}/results: tests taken in class, for who teaches the class and for the provider. */
#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/result.h"
#include "server/classes/result_list.h"
#include "server/classes/result_view.h"
#include "server/ecm/csv.h"
#include "server/problem.h"
#include "server/routes.h"

/* --- The page --- */

static json_t *person_json(struct db *db, const struct class_scope *scope, const struct class_seat *seat)
{
	json_t *results = json_array();
	g_autoptr(GArray) rows = class_results(db, scope->event.id, seat->person);
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(results, class_result_json(&g_array_index(rows, struct class_result, i)));
	}
	return json_pack("{s:I, s:s, s:s, s:s, s:o, s:o}", "person", (json_int_t)seat->person, "family_name", seat->family_name,
		"given_name", seat->given_name, "codice_fiscale", seat->codice_fiscale, "outcome",
		class_outcome_json(db, seat->person, &scope->event), "results", results);
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

/* --- Lists in and out --- */

static void post_list(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	bool may = class_scope_open(request, reply, db, request->values[0].number, &scope);
	store_read_done(request->app->store, db);
	if (may) {
		class_results_import(request, reply, &scope);
	}
}

static void number_field(GString *out, bool given, guint number)
{
	char text[12];
	g_snprintf(text, sizeof(text), "%u", number);
	csv_field(out, given ? text : "");
}

static void result_line(GString *out, const struct class_seat *seat, const struct class_result *result)
{
	char recorded[32], voided[32];
	store_time_text(result->recorded_at, recorded);
	store_time_text(result->void_at, voided);
	csv_guarded(out, seat->codice_fiscale);
	csv_guarded(out, seat->family_name);
	csv_guarded(out, seat->given_name);
	csv_field(out, class_test_it(result->test));
	csv_field(out, result->day);
	number_field(out, result->maximum > 0, result->score);
	number_field(out, result->maximum > 0, result->maximum);
	number_field(out, result->maximum > 0, result->needed);
	csv_field(out, result->passed ? "superata" : "non superata");
	csv_field(out, result->how);
	csv_guarded(out, result->note);
	csv_guarded(out, result->by);
	csv_field(out, recorded);
	csv_field(out, voided);
	csv_guarded(out, result->void_by);
	csv_guarded(out, result->void_why);
	csv_end(out);
}

/* To be filled in and sent back: who is enrolled and has not passed. */
static void blank_line(GString *out, struct db *db, const struct class_scope *scope, const struct class_seat *seat)
{
	struct final_outcome outcome;
	final_outcome(db, seat->person, &scope->event, &outcome);
	if (outcome.passed || seat->state != CLASS_ENROLLED) {
		return;
	}
	csv_guarded(out, seat->codice_fiscale);
	csv_guarded(out, seat->family_name);
	csv_guarded(out, seat->given_name);
	csv_field(out, class_test_it(MAX(scope->setting.test, CLASS_TEST_QUESTIONNAIRE)));
	csv_field(out, scope->group.last_day);
	csv_field(out, "");
	csv_field(out, "");
	csv_field(out, "");
	csv_end(out);
}

static void all_lines(GString *out, struct db *db, const struct class_scope *scope, const struct class_seat *seat)
{
	g_autoptr(GArray) rows = class_results(db, scope->event.id, seat->person);
	for (guint i = 0; i < rows->len; i++) {
		result_line(out, seat, &g_array_index(rows, struct class_result, i));
	}
}

static void get_csv(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	bool blank = request_query(request, "blank") != NULL;
	GString *out = g_string_new(blank ? "\xEF\xBB\xBF"
					    "codice_fiscale;cognome;nome;tipo;giorno;punti;massimo;esito\r\n"
					  : "\xEF\xBB\xBF"
					    "codice_fiscale;cognome;nome;tipo;giorno;punti;massimo;necessari;esito;come;nota;scritto_da;"
					    "scritto_il;annullato_il;annullato_da;motivo_annullamento\r\n");
	struct db *db = store_read(request->app->store);
	bool may = class_scope_open(request, reply, db, request->values[0].number, &scope);
	g_autoptr(GArray) seats = class_seats(db, may ? scope.group.id : 0);
	for (guint i = 0; i < seats->len; i++) {
		(blank ? blank_line : all_lines)(out, db, &scope, &g_array_index(seats, struct class_seat, i));
	}
	store_read_done(request->app->store, db);
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
	if (may) {
		reply_header(reply, "Content-Disposition",
			blank ? "attachment; filename=\"verifiche-da-compilare.csv\"" : "attachment; filename=\"verifiche.csv\"");
		reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
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
	{.id = "classes.results.list", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/results.csv", KEEPERS,
		.body = BODY_BYTES, .body_limit = CLASS_CSV_BYTES, .handler = post_list,
		.summary = "Results from a CSV: codice_fiscale;tipo;giorno;punti;massimo;esito"},
	{.id = "classes.results.csv", .method = HTTP_GET, .pattern = "/api/class-groups/{group:id}/results.csv", KEEPERS,
		.flags = ROUTE_RECORDED, .handler = get_csv, .summary = "Every result with who entered it, and corrections, as CSV; ?blank=1: who has none, to be filled in"},
	ROUTE_END,
};
