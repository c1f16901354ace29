/* /api/ecm: reading a report back, and what changed from one to another. */
#include <unistd.h>

#include "server/app.h"
#include "server/ecm/compare_json.h"
#include "server/ecm/event_of.h"
#include "server/ecm/export.h"
#include "server/ecm/report_source.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/people.h"

/* Rows lead to the person's page. */
static void add_people(struct app *app, json_t *json)
{
	static const char *const lists[] = {"only_first", "only_second", "different"};
	struct db *db = store_read(app->store);
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		size_t k;
		json_t *row;
		json_array_foreach(json_object_get(json_object_get(json, lists[i]), "rows"), k, row)
		{
			struct person person;
			g_autofree char *code = g_ascii_strup(json_string_value(json_object_get(row, "cod_fisc")), -1);
			if (people_by_codice_fiscale(db, code, &person)) {
				json_object_set_new(row, "person", json_integer(person.id));
			}
		}
	}
	store_read_done(app->store, db);
}

/* The file that was sent against what the data base says now: first is the file, second is here. */
static void compare_file(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct problem problem;
	struct faults faults;
	struct report_file file, here;
	if (!ecm_event_of(request, reply, &event)) {
		return;
	}
	struct report_schema *schema = export_schema(request->app, &problem);
	if (!schema) {
		reply_problem(reply, 422, &problem);
		return;
	}
	g_autofree char *name = request_file_name(request);
	faults_init(&faults, EXPORT_FAULTS_MAX);
	if (!report_source_read(request->body_file, name, schema, &file, &faults)) {
		reply_faults(reply, 422, &faults);
	} else {
		report_check_name(name, &faults);
		report_check_event(&file, &event, &faults);
		export_now(request->app, event.id, &here, &event);
		json_t *json = compare_json(&file, &here);
		add_people(request->app, json);
		json_object_set_new(json, "file_name", json_string(name));
		json_object_set_new(json, "rows", json_integer(file.lines->len));
		json_object_set_new(json, "problems", problems_json(faults.list));
		json_object_set_new(json, "problems_omitted", json_integer(faults.omitted));
		report_file_finish(&file);
		report_file_finish(&here);
		reply_json(reply, 200, json);
	}
	faults_finish(&faults);
	report_schema_destroy(schema);
}

static bool read_export(struct app *app, int64_t id, struct report_file *ret, struct export_row *ret_row, struct problem *problem)
{
	struct faults faults;
	struct db *db = store_read(app->store);
	bool found = export_by_id(db, id, ret_row);
	store_read_done(app->store, db);
	int file = found ? export_open(app->exports, ret_row, problem) : -1;
	struct report_schema *schema = file >= 0 ? report_schema_load(app->folder, ret_row->schema, problem) : NULL;
	faults_init(&faults, 20);
	g_autofree char *path = g_build_filename(app->exports, ret_row->file_name, NULL);
	bool good = schema && report_source_read(path, ret_row->file_name, schema, ret, &faults);
	if (schema && !good && faults.list->len) {
		*problem = g_array_index(faults.list, struct problem, 0);
	}
	faults_finish(&faults);
	report_schema_destroy(schema);
	if (file >= 0) {
		close(file);
	}
	return good;
}

/* From the export that ?with= names (else the one before) to this one: first is the older, second is this. */
static void diff_exports(struct request *request, struct reply *reply)
{
	struct app *app = request->app;
	struct export_row row, before;
	struct problem problem = {0};
	struct report_file first, second;
	struct db *db = store_read(app->store);
	bool found = export_by_id(db, request->values[0].number, &row);
	int64_t with = found ? request_query_number(request, "with", 1, INT64_MAX, row.supersedes) : 0;
	found = found && with && export_by_id(db, with, &before) && before.event == row.event;
	store_read_done(app->store, db);
	if (!found) {
		reply_not_found(reply, "export");
		return;
	}
	if (!read_export(app, before.id, &first, &before, &problem)) {
		reply_problem(reply, 500, &problem);
		return;
	}
	if (!read_export(app, row.id, &second, &row, &problem)) {
		report_file_finish(&first);
		reply_problem(reply, 500, &problem);
		return;
	}
	json_t *json = compare_json(&first, &second);
	add_people(app, json);
	json_object_set_new(json, "first", json_string(before.file_name));
	json_object_set_new(json, "second", json_string(row.file_name));
	json_object_set_new(json, "reason", json_string(row.reason));
	report_file_finish(&first);
	report_file_finish(&second);
	reply_json(reply, 200, json);
}

const struct route ecm_compare_routes[] = {
	{.id = "ecm.report.compare",
		.method = HTTP_POST,
		.pattern = "/api/ecm/events/{event:id}/compare",
		.roles = ROLE_PROVIDER,
		.body = BODY_FILE,
		.body_limit = REPORT_FILE_BYTES_MAX,
		.handler = compare_file,
		.summary = "Checks a report (XML, or a zip with it) and compares it with what the data base says now"},
	{.id = "ecm.export.diff",
		.method = HTTP_GET,
		.pattern = "/api/ecm/exports/{export:id}/diff",
		.roles = ROLE_PROVIDER,
		.handler = diff_exports,
		.summary = "Who was added, changed or removed since the export before, or the one that ?with= names"},
	ROUTE_END,
};
