/* /api/ecm: events, their check, reports and lists of participants. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/ecm/export.h"
#include "server/ecm/roster_csv.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

static void reply_faults(struct reply *reply, const struct faults *faults)
{
	reply_problems(
		reply, 422, (const struct problem *)(const void *)faults->list->data, faults->list->len);
}

static void list_events(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) events = ecm_events_all(db);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < events->len; i++) {
		json_array_append_new(list, ecm_event_json(&g_array_index(events, struct ecm_event, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "events", list));
}

struct saving {
	struct ecm_event event;
	int64_t by;
};

static bool save_event(struct db *db, void *data)
{
	struct saving *saving = data;
	bool fresh = saving->event.id == 0;
	if (!ecm_event_save(db, &saving->event, saving->by)) {
		return false;
	}
	json_t *json = ecm_event_json(&saving->event);
	char *detail = json_dumps(json, JSON_COMPACT);
	audit_about(db, saving->by, fresh ? "ecm.event.create" : "ecm.event.change", "ecm_event",
		saving->event.id, detail);
	free(detail);
	json_decref(json);
	return true;
}

static const struct problem_text no_level = {
	.code = "LEVEL_UNKNOWN",
	.it = "Il livello non esiste.",
	.en = "There is no such level.",
	.mend_it = "Scegli un livello dalla lista, o lascialo vuoto per tutti.",
	.mend_en = "Choose a level from the list, or none for all.",
};

/* Reads, checks and stores the event of the body under `id` (0: a new one). */
static void put_event(struct request *request, struct reply *reply, int64_t id)
{
	struct saving saving = {.event = {.id = id}, .by = request->who.person};
	struct faults faults;
	struct problem problem = {0};
	struct level_row level;
	faults_init(&faults, 100);
	bool good = ecm_event_read(&saving.event, request->json, &faults);
	bool known = true;
	if (good && *saving.event.level) {
		struct db *db = store_read(request->app->store);
		known = level_find(db, saving.event.level, &level);
		store_read_done(request->app->store, db);
	}
	if (!good) {
		reply_faults(reply, &faults);
	} else if (!known) {
		reply_fault(reply, 422, &no_level, "level");
	} else if (store_write(request->app->store, save_event, &saving, &problem)) {
		completion_sweep(request->app->store, saving.event.id);
		reply_json(reply, id ? 200 : 201, ecm_event_json(&saving.event));
	} else if (strcmp(problem.code, "EVENT_TWICE") == 0) {
		reply_problem(reply, 409, &problem);
	} else {
		reply_store_fault(reply, &problem);
	}
	faults_finish(&faults);
}

static void create_event(struct request *request, struct reply *reply)
{
	put_event(request, reply, 0);
}

static bool event_exists(struct request *request, struct reply *reply, struct ecm_event *ret)
{
	struct db *db = store_read(request->app->store);
	bool found = ecm_event_by_id(db, request->values[0].number, ret);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "event");
	}
	return found;
}

static void change_event(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	if (event_exists(request, reply, &event)) {
		put_event(request, reply, event.id);
	}
}

static json_t *faults_json(const struct faults *faults)
{
	json_t *list = json_array();
	for (guint i = 0; i < faults->list->len; i++) {
		json_array_append_new(list, problem_json(&g_array_index(faults->list, struct problem, i)));
	}
	return list;
}

static void check_event(struct request *request, struct reply *reply)
{
	struct faults faults;
	struct export_check check;
	faults_init(&faults, EXPORT_FAULTS_MAX);
	enum export_result result =
		export_check(request->app->store, request->values[0].number, &check, &faults);
	if (result == EXPORT_NO_EVENT) {
		reply_not_found(reply, "event");
	} else {
		reply_json(reply, 200,
			json_pack("{s:b, s:I, s:I, s:I, s:o, s:i}", "ready", (int)(result == EXPORT_DONE),
				"participants", (json_int_t)check.participants, "excluded",
				(json_int_t)check.excluded, "without_profession",
				(json_int_t)check.without_profession, "problems", faults_json(&faults),
				"problems_omitted", (int)faults.omitted));
	}
	faults_finish(&faults);
}

static json_t *export_json(const struct export_row *row)
{
	char at[32];
	store_time_text(row->created_at, at);
	return json_pack("{s:I, s:I, s:s, s:s, s:s, s:I, s:I, s:s, s:s}", "id", (json_int_t)row->id, "event",
		(json_int_t)row->event, "title", row->title, "sha256", row->sha256, "file_name",
		row->file_name, "rows", (json_int_t)row->participants, "bytes", (json_int_t)row->bytes,
		"created_at", at, "by", row->by);
}

static void make_export(struct request *request, struct reply *reply)
{
	struct faults faults;
	struct export_row row;
	struct problem problem = {0};
	faults_init(&faults, EXPORT_FAULTS_MAX);
	switch (export_make(request->app->store, request->app->exports, request->values[0].number,
		request->who.person, &row, &faults, &problem)) {
	case EXPORT_DONE: {
		struct db *db = store_read(request->app->store);
		export_by_id(db, row.id, &row);
		store_read_done(request->app->store, db);
		reply_json(reply, 201, export_json(&row));
		break;
	}
	case EXPORT_NO_EVENT:
		reply_not_found(reply, "event");
		break;
	case EXPORT_FAULTS:
		reply_faults(reply, &faults);
		break;
	case EXPORT_FAILED:
		reply_store_fault(reply, &problem);
		break;
	}
	faults_finish(&faults);
}

static void list_exports(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = exports_all(db);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(list, export_json(&g_array_index(rows, struct export_row, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "exports", list));
}

static void reply_download(struct reply *reply, const char *type, int file, const char *name)
{
	off_t size = lseek(file, 0, SEEK_END);
	lseek(file, 0, SEEK_SET);
	g_autofree char *disposition = g_strdup_printf("attachment; filename=\"%s\"", name);
	reply_header(reply, "Content-Disposition", disposition);
	reply_file(reply, 200, type, file, 0, size);
}

static void get_report(struct request *request, struct reply *reply)
{
	struct export_row row;
	struct problem problem;
	struct db *db = store_read(request->app->store);
	bool found = export_by_id(db, request->values[0].number, &row);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "export");
		return;
	}
	int file = export_open(request->app->exports, &row, &problem);
	if (file < 0) {
		reply_problem(reply, 500, &problem);
	} else {
		reply_download(reply, "application/xml", file, row.file_name);
	}
}

/* A file that has no name: it goes when the answer is sent. */
static FILE *scratch_file(const struct app *app)
{
	g_autofree char *path = g_build_filename(app->exports, ".scratch-XXXXXX", NULL);
	int file = g_mkstemp_full(path, O_RDWR | O_CLOEXEC, 0600);
	if (file < 0) {
		return NULL;
	}
	unlink(path);
	return fdopen(file, "w+e");
}

static const struct problem_text unwritable = {
	.code = "EXPORT_UNWRITABLE",
	.it = "Non riesco a scrivere l'elenco.",
	.en = "The list cannot be written.",
	.mend_it = "Controlla lo spazio e i permessi della cartella dati.",
	.mend_en = "Check the data folder's free space and permissions.",
};

/* Sends what was written to `file`, which is closed here. */
static void reply_scratch(struct reply *reply, FILE *file, const char *type, const char *name)
{
	int copy = ferror(file) || fflush(file) != 0 ? -1 : fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
	fclose(file);
	if (copy < 0) {
		reply_fault(reply, 500, &unwritable, name);
	} else {
		reply_download(reply, type, copy, name);
	}
}

/* Everybody, or with ?format=ecm only who is in the report, in its own columns. */
static void get_participants(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	if (!event_exists(request, reply, &event)) {
		return;
	}
	FILE *file = scratch_file(request->app);
	const char *format = request_query(request, "format");
	struct faults faults;
	faults_init(&faults, EXPORT_FAULTS_MAX);
	if (!file) {
		reply_fault(reply, 500, &unwritable, "participants.csv");
	} else if (!format || strcmp(format, "ecm") != 0) {
		struct db *db = store_read(request->app->store);
		roster_csv_write(db, &event, file);
		store_read_done(request->app->store, db);
		reply_scratch(reply, file, "text/csv; charset=utf-8", "partecipanti.csv");
	} else if (export_csv(request->app->store, event.id, file, &faults) == EXPORT_DONE) {
		reply_scratch(reply, file, "text/csv; charset=windows-1252", "rapporto.csv");
	} else {
		fclose(file);
		reply_faults(reply, &faults);
	}
	faults_finish(&faults);
}

const struct route ecm_event_routes[] = {
	{.id = "ecm.events",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events",
		.roles = ROLE_PROVIDER,
		.handler = list_events,
		.summary = "ECM events"},
	{.id = "ecm.event.create",
		.method = HTTP_POST,
		.pattern = "/api/ecm/events",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = create_event,
		.summary = "A new event, fields named as in the report"},
	{.id = "ecm.event.change",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/events/{event:id}",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = change_event,
		.summary = "Changes an event"},
	{.id = "ecm.event.check",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/check",
		.roles = ROLE_PROVIDER,
		.handler = check_event,
		.summary = "Dry run of the report"},
	{.id = "ecm.event.export",
		.method = HTTP_POST,
		.pattern = "/api/ecm/events/{event:id}/export",
		.roles = ROLE_PROVIDER,
		.handler = make_export,
		.summary = "Makes the participants' report"},
	{.id = "ecm.event.participants",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/participants.csv",
		.roles = ROLE_PROVIDER,
		.handler = get_participants,
		.summary = "Everybody as CSV; ?format=ecm: who is in the report, in the format that stands "
			   "in for it"},
	{.id = "ecm.exports",
		.method = HTTP_GET,
		.pattern = "/api/ecm/exports",
		.roles = ROLE_PROVIDER,
		.handler = list_exports,
		.summary = "Reports made so far"},
	{.id = "ecm.report",
		.method = HTTP_GET,
		.pattern = "/api/ecm/exports/{export:id}/report.xml",
		.roles = ROLE_PROVIDER,
		.handler = get_report,
		.summary = "A report as it was made"},
	ROUTE_END,
};
