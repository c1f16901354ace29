/*
 * Courses and versions out of use and back, the files of what nobody needs any more, and the history of a
 * course.
 */
#include "packages/diff/diff.h"
#include "packages/import/remove.h"
#include "server/app.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/courses.h"
#include "server/store/versions.h"

static const struct problem_text not_there = {
	"NOT_FOUND", "Il corso o la versione non esiste.", "There is no such course or version.", NULL, NULL};
static const struct problem_text not_retired = {"NOT_RETIRED",
	"Si libera spazio solo da una versione ritirata.", "Only a retired version's files can be removed.",
	"Ritirare prima la versione.", "Retire the version first."};
static const struct problem_text in_use = {"IN_USE",
	"Questa versione serve ancora: è abbinata a un modulo, qualcuno la sta guardando, o vi si appoggia "
	"il lavoro "
	"di qualcuno, che resta conservato.",
	"This version is still needed: a module has it, somebody is looking at it, or somebody's work rests "
	"on it, "
	"which is kept.",
	"Si può lasciarla ritirata: nessuno la inizia più.",
	"It may stay retired: nobody begins it any more."};
static const struct problem_text is_freed = {"FREED", "I file di questa versione sono stati rimossi.",
	"This version's files were removed.", "Caricare di nuovo lo stesso pacchetto.",
	"Upload the same package again."};

enum change {
	CHANGE_RETIRE,
	CHANGE_RESTORE,
	CHANGE_FREE,
};

struct version_change {
	enum change change;
	int64_t by, course, version; /* version 0: the whole course */
	struct version_row row;      /* out */
	struct version_references references;
	const char *content; /* CHANGE_FREE: the folder of folders */
	char *hidden;        /* out: to be discarded */
};

static bool refuse(struct db *db, const struct problem_text *text)
{
	struct problem problem;
	problem_set(&problem, text, NULL);
	return db_refuse(db, &problem);
}

static void write_act(struct db *db, const struct version_change *change, const char *act)
{
	g_autofree char *detail = change->version == 0
					  ? g_strdup("{}")
					  : g_strdup_printf("{\"version\": %" G_GINT64_FORMAT
							    ", \"number\": %" G_GINT64_FORMAT "}",
						    change->version, change->row.number);
	audit_about(db, change->by, act, "course", change->course, detail);
}

static bool find(struct db *db, struct version_change *change)
{
	struct course_row course;
	if (!course_row_find(db, change->course, &course)) {
		return false;
	}
	return change->version == 0 ||
	       (version_find(db, change->version, &change->row) && change->row.course == change->course);
}

static bool set_retired(struct db *db, void *data)
{
	struct version_change *change = data;
	bool retire = change->change == CHANGE_RETIRE;
	if (!find(db, change)) {
		return refuse(db, &not_there);
	}
	if (change->version == 0) {
		course_set_retired(db, change->course, retire);
	} else if (!retire && change->row.freed_at != 0) {
		return refuse(db, &is_freed);
	} else {
		version_set_retired(db, change->version, retire);
	}
	write_act(db, change, retire ? "course.retire" : "course.restore");
	return true;
}

static bool set_freed(struct db *db, void *data)
{
	struct version_change *change = data;
	struct course_row course;
	if (!find(db, change) || !course_row_find(db, change->course, &course)) {
		return refuse(db, &not_there);
	}
	if (change->row.retired_at == 0 && course.retired_at == 0) {
		return refuse(db, &not_retired);
	}
	version_references(db, change->version, &change->references);
	if (change->references.modules + change->references.attempts + change->references.launches > 0) {
		return refuse(db, &in_use);
	}
	if (change->row.freed_at == 0) {
		/* Bringing back the course must not bring back a version without files. */
		version_set_retired(db, change->version, true);
		version_set_freed(db, change->version, true);
		write_act(db, change, "course.free");
	}
	/* Here, where imports are recorded too, one after the other: no import takes the folder for
	 * granted now. */
	change->hidden = package_hide(change->content, change->row.sha256);
	return true;
}

static void answer(
	struct request *request, struct reply *reply, struct version_change *change, store_work work)
{
	struct problem problem = {0};
	change->by = request->who.person;
	change->course = request->values[0].number;
	change->content = request->app->content;
	if (store_write(request->app->store, work, change, &problem)) {
		reply_json(reply, 200, json_pack("{s:b}", "done", 1));
	} else if (g_strcmp0(problem.code, not_there.code) == 0) {
		reply_not_found(reply, "course");
	} else {
		reply_problem(reply, 409, &problem);
	}
	package_discard(change->hidden);
	g_free(change->hidden);
}

static void course_retire(struct request *request, struct reply *reply)
{
	answer(request, reply, &(struct version_change){.change = CHANGE_RETIRE}, set_retired);
}

static void course_restore(struct request *request, struct reply *reply)
{
	answer(request, reply, &(struct version_change){.change = CHANGE_RESTORE}, set_retired);
}

static void version_retire(struct request *request, struct reply *reply)
{
	answer(request, reply,
		&(struct version_change){.change = CHANGE_RETIRE, .version = request->values[1].number},
		set_retired);
}

static void version_restore(struct request *request, struct reply *reply)
{
	answer(request, reply,
		&(struct version_change){.change = CHANGE_RESTORE, .version = request->values[1].number},
		set_retired);
}

static void version_free(struct request *request, struct reply *reply)
{
	answer(request, reply,
		&(struct version_change){.change = CHANGE_FREE, .version = request->values[1].number},
		set_freed);
}

/* Both are published folders; their courses may be different ones. */
static void versions_diff(struct request *request, struct reply *reply)
{
	struct version_row rows[2];
	struct diff_side *sides[2] = {NULL, NULL};
	struct db *db = store_read(request->app->store);
	bool found = version_find(db, request->values[0].number, &rows[0]) &&
		     version_find(db, request->values[1].number, &rows[1]);
	store_read_done(request->app->store, db);
	for (int i = 0; found && i < 2; i++) {
		sides[i] = diff_side_folder(request->app->content, rows[i].sha256);
	}
	if (!found) {
		reply_not_found(reply, "version");
	} else if (sides[0] == NULL || sides[1] == NULL) {
		reply_fault(reply, 409, &is_freed, sides[0] == NULL ? rows[0].file_name : rows[1].file_name);
	} else {
		reply_json(reply, 200, diff_json(sides[0], sides[1]));
	}
	diff_side_close(sides[0]);
	diff_side_close(sides[1]);
}

static json_t *act_json(const struct act *act)
{
	char at[32];
	store_time_text(act->at, at);
	json_t *detail = json_loads(act->detail == NULL ? "" : act->detail, 0, NULL);
	return json_pack("{s:s, s:s, s:s, s:o}", "at", at, "by", act->by, "act", act->act, "detail",
		detail != NULL ? detail : json_string(act->detail == NULL ? "" : act->detail));
}

static void course_history(struct request *request, struct reply *reply)
{
	struct course_row course;
	int64_t total = 0, page = request_query_number(request, "page", 1, 1000000, 1);
	g_autofree char *subject = g_strdup_printf("course:%" G_GINT64_FORMAT, request->values[0].number);
	struct db *db = store_read(request->app->store);
	bool found = course_row_find(db, request->values[0].number, &course);
	g_autoptr(GArray) acts = audit_list(db, subject, page, &total);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "course");
		return;
	}
	json_t *list = json_array();
	for (guint i = 0; i < acts->len; i++) {
		json_array_append_new(list, act_json(&g_array_index(acts, struct act, i)));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:I, s:I, s:I}", "acts", list, "total", (json_int_t)total, "page",
			(json_int_t)page, "pages",
			(json_int_t)MAX((total + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS, 1)));
}

const struct route version_routes[] = {
	{.id = "courses.history",
		.method = HTTP_GET,
		.pattern = "/api/courses/{course:id}/history",
		.roles = ROLE_DESIGNER,
		.handler = course_history,
		.summary = "What was done with a course, when, by whom: ?page="},
	{.id = "courses.retire",
		.method = HTTP_POST,
		.pattern = "/api/courses/{course:id}/retire",
		.roles = ROLE_DESIGNER,
		.handler = course_retire,
		.summary = "Take a course out of use: nobody begins it; those in it finish"},
	{.id = "courses.restore",
		.method = HTTP_POST,
		.pattern = "/api/courses/{course:id}/restore",
		.roles = ROLE_DESIGNER,
		.handler = course_restore,
		.summary = "Bring a retired course back"},
	{.id = "versions.retire",
		.method = HTTP_POST,
		.pattern = "/api/courses/{course:id}/versions/{version:id}/retire",
		.roles = ROLE_DESIGNER,
		.handler = version_retire,
		.summary = "Take a version out of use; those on it finish"},
	{.id = "versions.restore",
		.method = HTTP_POST,
		.pattern = "/api/courses/{course:id}/versions/{version:id}/restore",
		.roles = ROLE_DESIGNER,
		.handler = version_restore,
		.summary = "Bring a retired version back"},
	{.id = "versions.free",
		.method = HTTP_POST,
		.pattern = "/api/courses/{course:id}/versions/{version:id}/free",
		.roles = ROLE_DESIGNER,
		.handler = version_free,
		.summary = "Remove the files of a retired version that nothing rests on"},
	{.id = "versions.diff",
		.method = HTTP_GET,
		.pattern = "/api/versions/{from:id}/diff/{to:id}",
		.roles = ROLE_DESIGNER,
		.handler = versions_diff,
		.summary = "What differs between two versions: files, manifest, findings"},
	ROUTE_END,
};
