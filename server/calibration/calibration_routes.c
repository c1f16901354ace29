/* /api/calibrations: calibrating from the placements taken, reading what it would change, adopting it. */
#include <string.h>

#include "server/app.h"
#include "server/calibration/adopt.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/levels.h"

#define THREADS 2

static json_t *row_json(const struct calibration_row *row)
{
	char at[32];
	store_time_text(row->made_at, at);
	return json_pack("{s:I, s:I, s:s, s:s, s:s, s:I, s:s, s:o}", "id", (json_int_t)row->id, "bank", (json_int_t)row->bank,
		"model", row->model, "method", row->method, "source", row->source, "persons", (json_int_t)row->persons,
		"made_at", at, "adopted", row->adopted ? json_integer(row->adopted) : json_null());
}

static void list_all(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = calibrations_all(db);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(list, row_json(&g_array_index(rows, struct calibration_row, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "calibrations", list));
}

static void get_one(struct request *request, struct reply *reply)
{
	struct calibration_row row;
	struct db *db = store_read(request->app->store);
	g_autofree char *report = calibration_report(db, request->values[0].number, &row);
	store_read_done(request->app->store, db);
	if (!report) {
		reply_not_found(reply, "calibration");
		return;
	}
	json_t *json = row_json(&row);
	json_object_set_new(json, "report", json_loads(report, 0, NULL));
	reply_json(reply, 200, json);
}

static void run(struct request *request, struct reply *reply)
{
	json_int_t bank;
	const char *model, *method;
	if (!request_unpack(request, reply, "{s:I, s:s, s:s}", "bank", &bank, "model", &model, "method", &method)) {
		return;
	}
	struct calibration_wish wish = {.model = calibration_model_parse(model),
		.cml = strcmp(method, "cml") == 0, .threads = THREADS};
	struct response_table table;
	struct faults faults;
	struct problem problem = {0};
	faults_init(&faults, 50);
	response_table_init(&table);
	struct db *db = store_read(request->app->store);
	g_autofree char *body = bank > 0 ? bank_body(db, bank, NULL) : NULL;
	g_autoptr(GArray) levels = levels_list(db);
	calibration_cuts_load(&wish, db);
	if (body) {
		responses_from_placements(&table, db, bank);
	}
	store_read_done(request->app->store, db);
	json_auto_t *report = body ? calibration_run(&wish, &table, body, levels, &faults) : NULL;
	struct calibration_row row = {.bank = bank, .source = "placements", .made_by = request->who.person};
	if (!body) {
		reply_not_found(reply, "bank");
	} else if (!report) {
		reply_faults(reply, 422, &faults);
	} else if (calibration_keep(request->app->store, &row, report, &problem)) {
		json_t *json = row_json(&row);
		json_object_set(json, "report", report);
		reply_json(reply, 201, json);
	} else {
		reply_store_fault(reply, &problem);
	}
	response_table_finish(&table);
	faults_finish(&faults);
}

static void adopt(struct request *request, struct reply *reply)
{
	struct faults faults;
	struct problem problem = {0};
	struct calibration_row row;
	int64_t bank;
	faults_init(&faults, 50);
	struct db *db = store_read(request->app->store);
	g_autofree char *report = calibration_report(db, request->values[0].number, &row);
	store_read_done(request->app->store, db);
	if (!report) {
		reply_not_found(reply, "calibration");
	} else if (calibration_make_bank(
			   request->app->store, row.id, request->who.person, &bank, &faults, &problem)) {
		reply_json(reply, 200, json_pack("{s:I}", "bank", (json_int_t)bank));
	} else if (faults.errors) {
		reply_faults(reply, 422, &faults);
	} else {
		reply_store_fault(reply, &problem);
	}
	faults_finish(&faults);
}

const struct route calibration_routes[] = {
	{.id = "calibrations.list",
		.method = HTTP_GET,
		.pattern = "/api/calibrations",
		.roles = ROLE_DESIGNER,
		.handler = list_all,
		.summary = "Calibrations made so far"},
	{.id = "calibrations.run",
		.method = HTTP_POST,
		.pattern = "/api/calibrations",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = run,
		.summary = "Calibrates `bank` from the placements taken: model rasch, 2pl or 3pl, method cml or mml"},
	{.id = "calibrations.one",
		.method = HTTP_GET,
		.pattern = "/api/calibrations/{calibration:id}",
		.roles = ROLE_DESIGNER,
		.handler = get_one,
		.summary = "A calibration with the report of what it would change"},
	{.id = "calibrations.adopt",
		.method = HTTP_POST,
		.pattern = "/api/calibrations/{calibration:id}/adopt",
		.roles = ROLE_DESIGNER,
		.handler = adopt,
		.summary = "Makes it a new version of the bank, with provenance; activating it is another act"},
	ROUTE_END,
};
