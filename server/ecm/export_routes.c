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
			json_pack("{s:b, s:I, s:I, s:I, s:I, s:I, s:o, s:i}", "ready", (int)(result == EXPORT_DONE),
				"participants", (json_int_t)check.participants, "staff", (json_int_t)check.staff, "excluded",
				(json_int_t)check.excluded, "waiting", (json_int_t)check.waiting,
				"without_profession",
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
	} else if (export_csv(request->app->store, event.id, file, &faults) == EXPORT_DONE) {
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
		.handler = make_export,
		.summary = "Makes the participants' report"},
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
		.summary = "Reports made so far"},
	{.id = "ecm.report",
		.method = HTTP_GET,
		.pattern = "/api/ecm/exports/{export:id}/report.xml",
		.roles = ROLE_PROVIDER,
		.flags = ROUTE_RECORDED,
		.handler = get_report,
		.summary = "A report as it was made"},
	ROUTE_END,
};
