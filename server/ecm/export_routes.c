/* /api/ecm: an event's check, its reports, and lists of participants. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/app.h"
#include "server/ecm/event_of.h"
#include "server/ecm/export.h"
#include "server/ecm/roster_csv.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"

/* Faults as problems that lead to a person's page. */
static json_t *linked_json(const struct faults *faults, const struct export_check *check)
{
	json_t *list = problems_json(faults->list);
	for (guint i = 0; i < faults->list->len && i < EXPORT_FAULTS_MAX; i++) {
		if (check->persons[i]) {
			json_object_set_new(json_array_get(list, i), "person", json_integer(check->persons[i]));
		}
	}
	return list;
}

static void check_event(struct request *request, struct reply *reply)
{
	struct faults faults;
	struct export_check check;
	faults_init(&faults, EXPORT_FAULTS_MAX);
	enum export_result result = export_check(request->app, request->values[0].number, &check, &faults);
	if (result == EXPORT_NO_EVENT) {
		reply_not_found(reply, "event");
	} else {
		reply_json(reply, 200,
			json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:o, s:i}", "ready", (int)(result == EXPORT_DONE),
				"participants", (json_int_t)check.participants, "staff", (json_int_t)check.staff, "excluded",
				(json_int_t)check.excluded, "waiting", (json_int_t)check.waiting,
				"without_profession",
				(json_int_t)check.without_profession, "problems", linked_json(&faults, &check),
				"problems_omitted", (int)faults.omitted));
	}
	faults_finish(&faults);
}

static json_t *number_or_null(int64_t number)
{
	return number ? json_integer(number) : json_null();
}

static json_t *sent_json(const struct export_row *row)
{
	char at[32];
	if (!*row->sent_day) {
		return json_null();
	}
	store_time_text(row->sent_marked_at, at);
	return json_pack("{s:s, s:s, s:s, s:s, s:s}", "day", row->sent_day, "protocol", row->protocol, "note", row->note,
		"marked_at", at, "by", row->sent_by);
}

static json_t *export_json(const struct export_row *row)
{
	char at[32];
	store_time_text(row->created_at, at);
	json_t *json = json_pack("{s:I, s:I, s:s, s:s, s:s, s:I, s:I, s:s, s:s, s:s}", "id", (json_int_t)row->id, "event",
		(json_int_t)row->event, "title", row->title, "sha256", row->sha256, "file_name",
		row->file_name, "rows", (json_int_t)row->participants, "bytes", (json_int_t)row->bytes,
		"created_at", at, "by", row->by, "schema", row->schema);
	json_object_set_new(json, "supersedes", number_or_null(row->supersedes));
	json_object_set_new(json, "superseded_by", number_or_null(row->superseded_by));
	json_object_set_new(json, "reason", json_string(row->reason));
	json_object_set_new(json, "sent", sent_json(row));
	return json;
}

static void reply_export(struct request *request, struct reply *reply, unsigned status, int64_t id)
{
	struct export_row row;
	struct db *db = store_read(request->app->store);
	export_by_id(db, id, &row);
	store_read_done(request->app->store, db);
	reply_json(reply, status, export_json(&row));
}

/* {reason} in the body, which may be empty. */
static char *reason_of(struct request *request)
{
	gsize len = 0;
	const char *bytes = request->body ? g_bytes_get_data(request->body, &len) : "";
	json_auto_t *json = len ? json_loadb(bytes, len, 0, NULL) : NULL;
	const char *reason = json_string_value(json_object_get(json, "reason"));
	return g_strstrip(g_utf8_substring(reason ? reason : "", 0, MIN(g_utf8_strlen(reason ? reason : "", -1), EXPORT_REASON_MAX)));
}

static void make_export(struct request *request, struct reply *reply)
{
	struct faults faults;
	struct export_row row;
	struct problem problem = {0};
	g_autofree char *reason = reason_of(request);
	faults_init(&faults, EXPORT_FAULTS_MAX);
	switch (export_make(request->app, request->values[0].number, request->who.person, reason, &row, &faults,
		&problem)) {
	case EXPORT_DONE:
		reply_export(request, reply, 201, row.id);
		break;
	case EXPORT_NO_EVENT:
		reply_not_found(reply, "event");
		break;
	case EXPORT_FAULTS:
		reply_faults(reply, 422, &faults);
		break;
	case EXPORT_FAILED:
		reply_store_fault(reply, &problem);
		break;
	}
	faults_finish(&faults);
}

static void list_exports(struct request *request, struct reply *reply)
{
	int64_t event = request_query_number(request, "event", 1, INT64_MAX, 0);
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = exports_all(db, event);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(list, export_json(&g_array_index(rows, struct export_row, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "exports", list));
}

static void mark_sent(struct request *request, struct reply *reply)
{
	const char *protocol, *day = NULL, *note = NULL;
	struct problem problem = {0};
	if (!request_unpack(request, reply, "{s:s, s?s, s?s}", "protocol", &protocol, "day", &day, "note", &note)) {
		return;
	}
	switch (export_sent(request->app, request->values[0].number, request->who.person, protocol, day, note, &problem)) {
	case EXPORT_DONE:
		reply_export(request, reply, 200, request->values[0].number);
		break;
	case EXPORT_NO_EVENT:
		reply_not_found(reply, "export");
		break;
	case EXPORT_FAULTS:
		reply_problem(reply, 422, &problem);
		break;
	case EXPORT_FAILED:
		reply_store_fault(reply, &problem);
		break;
	}
}

static void reply_download(struct reply *reply, const char *type, int file, const char *name)
{
	off_t size = lseek(file, 0, SEEK_END);
	lseek(file, 0, SEEK_SET);
	g_autofree char *disposition = g_strdup_printf("attachment; filename=\"%s\"", name);
	reply_header(reply, "Content-Disposition", disposition);
	reply_file(reply, 200, type, file, 0, size);
}

static void download(struct request *request, struct reply *reply, bool zipped)
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
	g_autofree char *name = g_strconcat(row.file_name, zipped ? ".ZIP" : "", NULL);
	int file = zipped ? export_open_zip(request->app, &row, &problem) : export_open(request->app->exports, &row, &problem);
	if (file < 0) {
		reply_problem(reply, 500, &problem);
	} else {
		reply_download(reply, zipped ? "application/zip" : "application/xml", file, name);
	}
}

static void get_report(struct request *request, struct reply *reply)
{
	download(request, reply, false);
}

static void get_zip(struct request *request, struct reply *reply)
{
	download(request, reply, true);
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
	if (!ecm_event_of(request, reply, &event)) {
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
	} else if (export_csv(request->app, event.id, file, &faults) == EXPORT_DONE) {
		reply_scratch(reply, file, "text/csv; charset=windows-1252", "rapporto.csv");
	} else {
		fclose(file);
		reply_faults(reply, 422, &faults);
	}
	faults_finish(&faults);
}

const struct route ecm_export_routes[] = {
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
		.body = BODY_BYTES,
		.body_limit = 8192,
		.handler = make_export,
		.summary = "Makes the participants' report; {reason} once one was sent, which the new one takes the place of"},
	{.id = "ecm.event.participants",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/participants.csv",
		.roles = ROLE_PROVIDER,
		.flags = ROUTE_RECORDED,
		.handler = get_participants,
		.summary = "Everybody as CSV; ?format=ecm: who is in the report, in the format that stands "
			   "in for it"},
	{.id = "ecm.exports",
		.method = HTTP_GET,
		.pattern = "/api/ecm/exports",
		.roles = ROLE_PROVIDER,
		.handler = list_exports,
		.summary = "Reports made so far; ?event= of one event"},
	{.id = "ecm.export.sent",
		.method = HTTP_POST,
		.pattern = "/api/ecm/exports/{export:id}/sent",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = mark_sent,
		.summary = "Marks a report as sent, for good: {protocol, day, note}"},
	{.id = "ecm.report",
		.method = HTTP_GET,
		.pattern = "/api/ecm/exports/{export:id}/report.xml",
		.roles = ROLE_PROVIDER,
		.flags = ROUTE_RECORDED,
		.handler = get_report,
		.summary = "A report as it was made"},
	{.id = "ecm.report.zip",
		.method = HTTP_GET,
		.pattern = "/api/ecm/exports/{export:id}/report.zip",
		.roles = ROLE_PROVIDER,
		.handler = get_zip,
		.summary = "The same in a zip with this one file, to be signed as .XML.ZIP.P7M"},
	ROUTE_END,
};
