/*
 * /api/imports: a package is handed in and becomes a course while the designer does something else.
 */
#include "server/learning/import_pool.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/routes.h"

static json_t *time_or_null(int64_t ms)
{
	char text[32];
	store_time_text(ms, text);
	return ms != 0 ? json_string(text) : json_null();
}

static json_t *id_or_null(int64_t id)
{
	return id != 0 ? json_integer(id) : json_null();
}

/* "progress" is null while nobody works on it. */
static json_t *progress_json(struct app *app, const struct import_job *job)
{
	struct import_progress now;
	if (job->ended_at != 0 || !import_pool_progress(app, job->id, &now)) {
		return json_null();
	}
	return json_pack("{s:I, s:I, s:I, s:I}", "bytes_done", (json_int_t)now.bytes_done, "bytes_total",
		(json_int_t)now.bytes_total, "files_done", (json_int_t)now.files_done, "files_total",
		(json_int_t)now.files_total);
}

static json_t *job_json(struct app *app, const struct import_job *job)
{
	json_t *json = json_pack("{s:I, s:s, s:s, s:I, s:o, s:I, s:I, s:I}", "id", (json_int_t)job->id,
		"state", import_state_name(job->state), "file_name", job->file_name, "archive_bytes",
		(json_int_t)job->archive_bytes, "progress", progress_json(app, job), "bytes",
		(json_int_t)job->bytes, "files", (json_int_t)job->files, "tries", (json_int_t)job->tries);
	json_object_update_new(json, json_pack("{s:o, s:o, s:o, s:b, s:I, s:o, s:s, s:o, s:o}", "for_course",
		id_or_null(job->for_course), "course", id_or_null(job->course), "version", id_or_null(job->version), "already_known",
		(int)job->already_known, "problem_count", (json_int_t)job->problem_count, "created_at",
		time_or_null(job->created_at), "created_by", job->created_by_name, "begun_at",
		time_or_null(job->begun_at), "ended_at", time_or_null(job->ended_at)));
	json_object_set_new(json, "findings",
		job->version == 0 ? json_null()
				  : json_pack("{s:I, s:I, s:I}", "error", (json_int_t)job->errors, "warning",
					    (json_int_t)job->warnings, "hint", (json_int_t)job->hints));
	return json;
}

static void imports_list(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) jobs = import_jobs(db, LIMIT_IMPORTS_LISTED);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < jobs->len; i++) {
		json_array_append_new(
			list, job_json(request->app, &g_array_index(jobs, struct import_job, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "imports", list));
}

static void answer_one(struct request *request, struct reply *reply, unsigned status, int64_t id)
{
	struct import_job job;
	struct db *db = store_read(request->app->store);
	bool found = import_job_by_id(db, id, &job);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "import");
		return;
	}
	json_t *json = job_json(request->app, &job);
	json_object_set_new(json, "problems", json_loads(job.problems, 0, NULL));
	import_job_finish(&job);
	reply_json(reply, status, json);
}

static void imports_one(struct request *request, struct reply *reply)
{
	answer_one(request, reply, 200, request->values[0].number);
}

static void imports_add(struct request *request, struct reply *reply)
{
	g_autofree char *name = request_file_name(request);
	struct problem problem = {0};
	struct import_job job = {
		.for_course = request_query_number(request, "course", 1, INT64_MAX, 0),
		.created_by = request->who.person,
	};
	PROBLEM_COPY(job.file_name, name);
	if (import_pool_add(request->app, request->body_file, &job, &problem)) {
		answer_one(request, reply, 202, job.id);
	} else if (g_strcmp0(problem.code, "IMPORTS_TOO_MANY") == 0) {
		reply_problem(reply, 429, &problem);
	} else if (g_strcmp0(problem.code, "UNKNOWN_COURSE") == 0) {
		reply_problem(reply, 409, &problem);
	} else if (g_strcmp0(problem.code, "DATA_UNWRITABLE") == 0) {
		reply_problem(reply, 507, &problem);
	} else {
		reply_store_fault(reply, &problem);
	}
}

static void imports_cancel(struct request *request, struct reply *reply)
{
	struct problem problem = {0};
	switch (import_pool_cancel(request->app, request->values[0].number, &problem)) {
	case IMPORT_CANCEL_DONE:
		answer_one(request, reply, 200, request->values[0].number);
		break;
	case IMPORT_CANCEL_UNKNOWN:
		reply_not_found(reply, "import");
		break;
	case IMPORT_CANCEL_ENDED:
		reply_fault(reply, 409,
			&(struct problem_text){"IMPORT_ENDED", "Questa importazione era già finita.",
				"This import had ended already.",
				"Se il corso non serve, ritirarlo dalla sua scheda.",
				"If the course is not wanted, retire it on its page."},
			NULL);
		break;
	case IMPORT_CANCEL_FAULT:
		reply_store_fault(reply, &problem);
		break;
	}
}

const struct route import_routes[] = {
	{.id = "imports.list", .method = HTTP_GET, .pattern = "/api/imports", .roles = ROLE_DESIGNER,
		.handler = imports_list, .summary = "Imports under way, and those that ended last"},
	{.id = "imports.add", .method = HTTP_POST, .pattern = "/api/imports", .roles = ROLE_DESIGNER,
		.body = BODY_FILE, .body_limit = LIMIT_PACKAGE_BYTES, .handler = imports_add,
		.summary = "Hand in a SCORM package (zip) to be imported; ?course= for a new version of it"},
	{.id = "imports.one", .method = HTTP_GET, .pattern = "/api/imports/{import:id}",
		.roles = ROLE_DESIGNER, .handler = imports_one,
		.summary = "How far an import is, and why it failed"},
	{.id = "imports.cancel", .method = HTTP_DELETE, .pattern = "/api/imports/{import:id}",
		.roles = ROLE_DESIGNER, .handler = imports_cancel,
		.summary = "Cancel an import: nothing of it remains"},
	ROUTE_END,
};
