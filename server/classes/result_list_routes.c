/* results.csv of a group or of a whole event: tests taken in class as files, out and in. */
#include "server/classes/limits.h"
#include "server/classes/result.h"
#include "server/classes/result_list.h"
#include "server/ecm/csv.h"
#include "server/routes.h"

/* --- Out --- */

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

static void group_lines(GString *out, struct db *db, const struct class_scope *scope, bool blank)
{
	g_autoptr(GArray) seats = class_seats(db, scope->group.id);
	for (guint i = 0; i < seats->len; i++) {
		(blank ? blank_line : all_lines)(out, db, scope, &g_array_index(seats, struct class_seat, i));
	}
}

static bool wants_blank(struct request *request)
{
	return request_query(request, "blank") != NULL;
}

static GString *begin(bool blank)
{
	return g_string_new(blank ? "\xEF\xBB\xBF"
				    "codice_fiscale;cognome;nome;tipo;giorno;punti;massimo;esito\r\n"
				  : "\xEF\xBB\xBF"
				    "codice_fiscale;cognome;nome;tipo;giorno;punti;massimo;necessari;esito;come;nota;scritto_da;"
				    "scritto_il;annullato_il;annullato_da;motivo_annullamento\r\n");
}

/* Takes the text; answers with it unless somebody else has answered. */
static void finish(struct reply *reply, GString *out, bool blank, bool may)
{
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
	if (may) {
		reply_header(reply, "Content-Disposition",
			blank ? "attachment; filename=\"verifiche-da-compilare.csv\"" : "attachment; filename=\"verifiche.csv\"");
		reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
	}
}

static void get_of_group(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	bool blank = wants_blank(request);
	GString *out = begin(blank);
	struct db *db = store_read(request->app->store);
	bool may = class_scope_open(request, reply, db, request->values[0].number, &scope);
	if (may) {
		group_lines(out, db, &scope, blank);
	}
	store_read_done(request->app->store, db);
	finish(reply, out, blank, may);
}

/* The event as a whole, for the provider: a scope without a group. */
static bool open_event(struct request *request, struct reply *reply, struct db *db, struct class_scope *ret)
{
	*ret = (struct class_scope){.provider = true};
	bool found = class_event_open(request, reply, db, request->values[0].number, &ret->event);
	if (found) {
		class_setting_load(db, ret->event.id, &ret->setting);
	}
	return found;
}

static void get_of_event(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	bool blank = wants_blank(request);
	GString *out = begin(blank);
	struct db *db = store_read(request->app->store);
	bool may = open_event(request, reply, db, &scope);
	g_autoptr(GArray) groups = class_groups(db, may ? scope.event.id : 0);
	for (guint i = 0; i < groups->len; i++) {
		scope.group = g_array_index(groups, struct class_group, i);
		group_lines(out, db, &scope, blank);
	}
	store_read_done(request->app->store, db);
	finish(reply, out, blank, may);
}

/* --- In --- */

static void post_to_group(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	bool may = class_scope_open(request, reply, db, request->values[0].number, &scope);
	store_read_done(request->app->store, db);
	if (may) {
		class_results_import(request, reply, &scope);
	}
}

static void post_to_event(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	bool may = open_event(request, reply, db, &scope);
	store_read_done(request->app->store, db);
	if (may) {
		class_results_import(request, reply, &scope);
	}
}

#define TAKEN .body = BODY_BYTES, .body_limit = CLASS_CSV_BYTES

/* Of a group: the handler asks whether the person teaches it; the provider may everywhere. */
const struct route class_result_list_routes[] = {
	{.id = "classes.results.csv", .method = HTTP_GET, .pattern = "/api/class-groups/{group:id}/results.csv",
		.roles = ROLE_SIGNED_IN, .flags = ROUTE_RECORDED, .handler = get_of_group,
		.summary = "Every result with who entered it, and corrections, as CSV; ?blank=1: who has none, to be filled in"},
	{.id = "classes.results.list", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/results.csv",
		.roles = ROLE_SIGNED_IN, TAKEN, .handler = post_to_group,
		.summary = "Results from a CSV: codice_fiscale;tipo;giorno;punti;massimo;esito"},
	{.id = "classes.event.results.csv", .method = HTTP_GET, .pattern = "/api/classes/{event:id}/results.csv",
		.roles = ROLE_PROVIDER, .flags = ROUTE_RECORDED, .handler = get_of_event, .summary = "The same of all groups of an event"},
	{.id = "classes.event.results.list", .method = HTTP_POST, .pattern = "/api/classes/{event:id}/results.csv",
		.roles = ROLE_PROVIDER, TAKEN, .handler = post_to_event, .summary = "The same for people of any of its groups"},
	ROUTE_END,
};
