/*
 * /api/courses: the designers' list, import, check and settings.
 */
#include "server/app.h"
#include "server/learning/course_import.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/courses.h"
#include "server/store/versions.h"

static json_t *time_or_null(int64_t ms)
{
	char text[32];
	store_time_text(ms, text);
	return ms != 0 ? json_string(text) : json_null();
}

static json_t *version_json(const struct version_row *version)
{
	char imported_at[32];
	store_time_text(version->imported_at, imported_at);
	json_t *findings = json_pack("{s:I, s:I, s:I}", "error", (json_int_t)version->errors, "warning",
		(json_int_t)version->warnings, "hint", (json_int_t)version->hints);
	return json_pack("{s:I, s:I, s:o, s:b, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:o}", "id",
		(json_int_t)version->id, "number", (json_int_t)version->number, "retired_at",
		time_or_null(version->retired_at), "freed", (int)(version->freed_at != 0), "sha256", version->sha256, "edition", version->edition, "title", version->title, "file_name",
		version->file_name, "imported_at", imported_at, "imported_by", version->imported_by_name,
		"files", (json_int_t)version->files, "bytes", (json_int_t)version->bytes, "findings",
		findings);
}

static json_t *course_json(struct db *db, const struct course_row *course)
{
	json_t *versions = json_array(), *used = json_array();
	g_autoptr(GArray) rows = course_versions(db, course->id);
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(versions, version_json(&g_array_index(rows, struct version_row, i)));
	}
	g_autoptr(GArray) uses = course_used_by(db, course->id);
	for (guint i = 0; i < uses->len; i++) {
		const struct used_row *use = &g_array_index(uses, struct used_row, i);
		json_array_append_new(used,
			json_pack("{s:I, s:s, s:I}", "module", (json_int_t)use->module, "level", use->level,
				"version", (json_int_t)use->version));
	}
	return json_pack("{s:I, s:s, s:s, s:o, s:o, s:b, s:s, s:o}", "id", (json_int_t)course->id, "title",
		course->title, "edition", course->edition, "versions", versions, "used_by", used,
		"mastery_override", (int)course->settings.mastery_override, "status_rule",
		course->settings.status_rule, "retired_at", time_or_null(course->retired_at));
}

static void courses_all(struct request *request, struct reply *reply)
{
	json_t *list = json_array();
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) courses = courses_list(db);
	for (guint i = 0; i < courses->len; i++) {
		json_array_append_new(list, course_json(db, &g_array_index(courses, struct course_row, i)));
	}
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:o}", "courses", list));
}

static json_t *findings_json(const struct package *package)
{
	json_t *list = json_array();
	for (uint32_t i = 0; package != NULL && i < package->finding_count; i++) {
		json_array_append_new(list, problem_json(&package->findings[i]));
	}
	return list;
}

/* The full findings and the organizations, beside what the list says of a version. */
static void add_details(struct app *app, struct db *db, json_t *version)
{
	const char *sha256 = json_string_value(json_object_get(version, "sha256"));
	struct package *package = package_load(app->content, sha256);
	json_object_set_new(version, "problems", findings_json(package));
	if (package != NULL) {
		json_object_set_new(version, "estimated_seconds", json_integer(package->estimated_seconds));
		json_object_set_new(version, "language", json_string(package->language));
		package_destroy(package);
	}
	json_t *list = json_array();
	g_autoptr(GArray) rows =
		version_organizations(db, json_integer_value(json_object_get(version, "id")));
	for (guint i = 0; i < rows->len; i++) {
		const struct organization_row *row = &g_array_index(rows, struct organization_row, i);
		json_array_append_new(
			list, json_pack("{s:I, s:s, s:s, s:I}", "position", (json_int_t)row->position,
				      "identifier", row->identifier, "title", row->title, "activities",
				      (json_int_t)row->activities));
	}
	json_object_set_new(version, "organizations", list);
	struct version_references references;
	version_references(db, json_integer_value(json_object_get(version, "id")), &references);
	json_object_set_new(version, "attempts", json_integer(references.attempts));
	json_object_set_new(version, "people",
		json_integer(version_people(db, json_integer_value(json_object_get(version, "id")))));
}

static void courses_one(struct request *request, struct reply *reply)
{
	struct course_row course;
	struct db *db = store_read(request->app->store);
	if (course_row_find(db, request->values[0].number, &course)) {
		json_t *json = course_json(db, &course);
		size_t index;
		json_t *version;
		json_array_foreach(json_object_get(json, "versions"), index, version)
		{
			add_details(request->app, db, version);
		}
		reply_json(reply, 200, json);
	} else {
		reply_not_found(reply, "course");
	}
	store_read_done(request->app->store, db);
}

struct settings_change {
	int64_t by, course;
	struct course_settings settings;
};

static bool change_settings(struct db *db, void *data)
{
	const struct settings_change *change = data;
	struct course_row course;
	if (!course_row_find(db, change->course, &course)) {
		return db_refuse(db, &(struct problem){.code = "NOT_FOUND"});
	}
	course_set_settings(db, change->course, &change->settings);
	g_autofree char *detail = g_strdup_printf("mastery_override: %s, status_rule: %s",
		change->settings.mastery_override ? "yes" : "no", change->settings.status_rule);
	audit_about(db, change->by, "course.settings", "course", change->course, detail);
	return true;
}

/* They count from the next time that somebody opens the course: a session keeps what it began with. */
static void courses_settings(struct request *request, struct reply *reply)
{
	static const char *const rules[] = {"all", "any", "last", "mastery", NULL};
	struct settings_change change = {.by = request->who.person, .course = request->values[0].number};
	int override;
	const char *rule;
	if (!request_unpack(
		    request, reply, "{s:b, s:s}", "mastery_override", &override, "status_rule", &rule)) {
		return;
	}
	struct problem problem = {0};
	if (!g_strv_contains(rules, rule)) {
		problem_set(&problem,
			&(struct problem_text){"BAD_SETTING", "Questo valore non è ammesso.",
				"This value is not allowed.", NULL, NULL},
			"status_rule");
		reply_problem(reply, 422, &problem);
		return;
	}
	change.settings.mastery_override = override != 0;
	PROBLEM_COPY(change.settings.status_rule, rule);
	if (store_write(request->app->store, change_settings, &change, &problem)) {
		reply_json(reply, 200,
			json_pack("{s:b, s:s}", "mastery_override", override, "status_rule", rule));
	} else if (g_strcmp0(problem.code, "NOT_FOUND") == 0) {
		reply_not_found(reply, "course");
	} else {
		reply_store_fault(reply, &problem);
	}
}

static void answer_refused(struct reply *reply, enum import_result result, const struct package *package,
	const struct problem *problem)
{
	unsigned status = result == IMPORT_REFUSED ? 422 : 500;
	if (package == NULL || package->finding_count == 0) {
		reply_problems(reply, 409, problem, 1);
	} else {
		reply_json(reply, status, json_pack("{s:o}", "problems", findings_json(package)));
	}
}

static void courses_import(struct request *request, struct reply *reply)
{
	g_autofree char *name = request_file_name(request);
	struct course_import import = {
		.zip = request->body_file,
		.file_name = name,
		.course = request_query_number(request, "course", 1, INT64_MAX, 0),
		.by = request->who.person,
	};
	struct problem problem = {0};
	enum import_result result = course_import(request->app, &import, &problem);
	if (result != IMPORT_OK) {
		answer_refused(reply, result, import.package, &problem);
		package_destroy(import.package);
		return;
	}
	struct course_row course;
	struct db *db = store_read(request->app->store);
	course_row_find(db, import.version.course, &course);
	json_t *json = course_json(db, &course);
	store_read_done(request->app->store, db);
	reply_json(reply, 201,
		json_pack("{s:o, s:o, s:o, s:b}", "course", json, "version", version_json(&import.version),
			"findings", findings_json(import.package), "already_known",
			(int)import.package->already_known));
	package_destroy(import.package);
}

static void courses_check(struct request *request, struct reply *reply)
{
	struct package *package = NULL;
	g_autofree char *name = request_file_name(request);
	enum import_result result = package_check_as(request->body_file, name, &package);
	struct problem problem = {0};
	if (result != IMPORT_OK) {
		answer_refused(reply, result, package, &problem);
	} else {
		reply_json(reply, 200,
			json_pack("{s:s, s:s, s:s, s:I, s:I, s:I, s:o}", "title", package->title, "edition",
				edition_code(package->edition), "sha256", package->sha256, "files",
				(json_int_t)package->file_count, "bytes", (json_int_t)package->bytes,
				"estimated_seconds", (json_int_t)package->estimated_seconds, "findings",
				findings_json(package)));
	}
	package_destroy(package);
}

const struct route course_routes[] = {
	{.id = "courses.list", .method = HTTP_GET, .pattern = "/api/courses", .roles = ROLE_DESIGNER,
		.handler = courses_all, .summary = "All courses with their versions"},
	{.id = "courses.one", .method = HTTP_GET, .pattern = "/api/courses/{course:id}",
		.roles = ROLE_DESIGNER, .handler = courses_one,
		.summary = "One course with the findings of each version"},
	{.id = "courses.settings", .method = HTTP_PUT, .pattern = "/api/courses/{course:id}/settings",
		.roles = ROLE_DESIGNER, .body = BODY_JSON, .handler = courses_settings,
		.summary = "Set what decides the status of a SCORM 1.2 course"},
	{.id = "courses.import", .method = HTTP_POST, .pattern = "/api/courses", .roles = ROLE_DESIGNER,
		.body = BODY_FILE, .body_limit = LIMIT_PACKAGE_BYTES, .handler = courses_import,
		.summary = "Import a SCORM package (zip)"},
	{.id = "courses.check", .method = HTTP_POST, .pattern = "/api/courses/check", .roles = ROLE_DESIGNER,
		.body = BODY_FILE, .body_limit = LIMIT_PACKAGE_BYTES, .handler = courses_check,
		.summary = "Check a SCORM package without importing it"},
	ROUTE_END,
};
