/*
 * /api/path for designers, /api/me/path for the operator.
 */
#include <string.h>

#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/learning/path_json.h"
#include "server/learning/publish.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/store/audit.h"
#include "server/store/courses.h"
#include "server/store/levels.h"
#include "server/store/path.h"

static void me_path(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	json_t *json = path_json(db, request->who.person);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json);
}

static json_t *packages_json(const GArray *levels, const GArray *packages, int64_t module)
{
	json_t *json = json_object();
	for (guint i = 0; i < levels->len; i++) {
		json_object_set_new(json, g_array_index(levels, struct level_row, i).id, json_null());
	}
	for (guint i = 0; i < packages->len; i++) {
		const struct package_row *package = &g_array_index(packages, struct package_row, i);
		if (package->module == module && json_object_get(json, package->level) != NULL) {
			json_object_set_new(json, package->level,
				json_pack("{s:I, s:I, s:s, s:b}", "course", (json_int_t)package->course,
					"version", (json_int_t)package->version, "title", package->title,
					"retired", (int)package->retired));
		}
	}
	return json;
}

/* The levels whose path has the module. */
static json_t *part_of_json(struct db *db, const GArray *levels, int64_t module)
{
	json_t *json = json_array();
	for (guint i = 0; i < levels->len; i++) {
		const char *level = g_array_index(levels, struct level_row, i).id;
		if (path_has(db, module, level)) {
			json_array_append_new(json, json_string(level));
		}
	}
	return json;
}

static json_t *level_json(struct db *db, const struct level_row *level)
{
	g_autoptr(GArray) modules = path_modules_of(db, level->id);
	return json_pack("{s:s, s:s, s:s, s:I, s:I, s:I}", "id", level->id, "name_it", level->name_it, "name_en",
		level->name_en, "order", (json_int_t)level->position, "modules", (json_int_t)modules->len, "minutes",
		(json_int_t)path_minutes(modules));
}

static json_t *whole_path_json(struct db *db)
{
	g_autoptr(GArray) levels = levels_list(db);
	g_autoptr(GArray) modules = path_modules(db);
	g_autoptr(GArray) packages = path_packages(db);
	json_t *level_list = json_array(), *module_list = json_array();
	for (guint i = 0; i < levels->len; i++) {
		json_array_append_new(level_list, level_json(db, &g_array_index(levels, struct level_row, i)));
	}
	for (guint i = 0; i < modules->len; i++) {
		const struct module_row *module = &g_array_index(modules, struct module_row, i);
		json_array_append_new(module_list,
			json_pack("{s:I, s:s, s:s, s:I, s:o, s:o}", "index", (json_int_t)module->index, "title_it",
				module->title_it, "title_en", module->title_en, "minutes_expected",
				(json_int_t)module->minutes_expected, "part_of",
				part_of_json(db, levels, module->index), "packages",
				packages_json(levels, packages, module->index)));
	}
	return json_pack("{s:o, s:o, s:s}", "levels", level_list, "modules", module_list, "order",
		settings_is(db, "order", "forced") ? "forced" : "free");
}

static void answer_path(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	json_t *json = whole_path_json(db);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json);
}

struct path_change {
	int64_t by;
	json_t *body;
	struct module_row modules[LIMIT_MODULES];
	size_t count; /* 0: the modules stay */
};

static bool refuse_module(struct db *db, size_t index)
{
	struct problem problem;
	g_autofree char *where = g_strdup_printf("modules[%zu]", index);
	problem_set(&problem,
		&(struct problem_text){"BAD_MODULE",
			"Un modulo vuole un titolo italiano e minuti tra 1 e 6000.",
			"A module needs an Italian title and minutes between 1 and 6000.",
			"Correggere il modulo.", "Correct the module."},
		where);
	return db_refuse(db, &problem);
}

static bool read_modules(struct db *db, struct path_change *change)
{
	json_t *list = json_object_get(change->body, "modules");
	size_t index;
	json_t *each;
	if (list != NULL && (!json_is_array(list) || json_array_size(list) == 0 ||
				    json_array_size(list) > LIMIT_MODULES)) {
		return refuse_module(db, 0);
	}
	json_array_foreach(list, index, each)
	{
		const char *it = json_string_value(json_object_get(each, "title_it"));
		const char *en = json_string_value(json_object_get(each, "title_en"));
		int64_t minutes = json_integer_value(json_object_get(each, "minutes_expected"));
		if (it == NULL || it[0] == '\0' || minutes < 1 || minutes > 6000) {
			return refuse_module(db, index);
		}
		struct module_row *module = &change->modules[change->count++];
		module->minutes_expected = minutes;
		PROBLEM_COPY(module->title_it, it);
		PROBLEM_COPY(module->title_en, en == NULL || en[0] == '\0' ? it : en);
	}
	return true;
}

/* Modules that go may be the only ones that a level has. */
static bool every_level_has_modules(struct db *db)
{
	g_autoptr(GArray) levels = levels_list(db);
	for (guint i = 0; i < levels->len; i++) {
		const struct level_row *level = &g_array_index(levels, struct level_row, i);
		g_autoptr(GArray) modules = path_modules_of(db, level->id);
		if (modules->len == 0) {
			struct problem problem;
			problem_set(&problem, &publish_last_module, level->id);
			return db_refuse(db, &problem);
		}
	}
	return true;
}

static bool change_path(struct db *db, void *data)
{
	struct path_change *change = data;
	if (!read_modules(db, change)) {
		return false;
	}
	const char *order = json_string_value(json_object_get(change->body, "order"));
	if (order != NULL) {
		struct problem problem;
		json_t *settings = json_pack("{s:s}", "order", order);
		bool fits = settings_put(db, settings, &problem);
		json_decref(settings);
		if (!fits) {
			return db_refuse(db, &problem);
		}
	}
	if (change->count > 0) {
		path_set_modules(db, change->modules, change->count);
	}
	if (!every_level_has_modules(db)) {
		return false;
	}
	audit_add(db, change->by, "path.change", "path", order);
	return true;
}

/* Who lacked no more than a module that is gone has completed the path. */
static void sweep_all(struct app *app)
{
	struct db *db = store_read(app->store);
	g_autoptr(GArray) levels = levels_list(db);
	store_read_done(app->store, db);
	for (guint i = 0; i < levels->len; i++) {
		completion_sweep_level(app->store, g_array_index(levels, struct level_row, i).id);
	}
}

static void path_put(struct request *request, struct reply *reply)
{
	g_autofree struct path_change *change = g_new0(struct path_change, 1);
	change->by = request->who.person;
	change->body = request->json;
	struct problem problem = {0};
	if (!store_write(request->app->store, change_path, change, &problem)) {
		reply_problem(reply, 422, &problem);
		return;
	}
	sweep_all(request->app);
	answer_path(request, reply);
}

struct package_change {
	int64_t by;
	struct publish_change change;
};

/* Those under way stay where they are. To move them: /api/publications. */
static bool change_package(struct db *db, void *data)
{
	const struct package_change *change = data;
	return publish_checked(db, &change->change, PUBLISH_NEVER, 0, change->by);
}

static void path_package_put(struct request *request, struct reply *reply)
{
	struct package_change change = {.by = request->who.person, .change.module = request->values[0].number};
	PROBLEM_COPY(change.change.level, request->values[1].text);
	json_t *version = json_object_get(request->json, "version");
	if (!json_is_integer(version) && !json_is_null(version)) {
		json_int_t number;
		request_unpack(request, reply, "{s:I}", "version", &number);
		return;
	}
	change.change.version = json_integer_value(version);
	change.change.absent = change.change.version == 0 && json_is_false(json_object_get(request->json, "part"));
	struct problem problem = {0};
	if (!publish_prepare(request->app->store, &change.change, &problem) ||
		!store_write(request->app->store, change_package, &change, &problem)) {
		reply_problem(reply, strcmp(problem.code, "NOT_FOUND") == 0 ? 404 : 422, &problem);
		return;
	}
	if (change.change.absent) {
		completion_sweep_level(request->app->store, change.change.level);
	}
	answer_path(request, reply);
}

const struct route path_routes[] = {
	{.id = "me.path", .method = HTTP_GET, .pattern = "/api/me/path", .roles = ROLE_OPERATOR,
		.handler = me_path, .summary = "One's own level, modules, times and what comes next"},
	{.id = "path.get", .method = HTTP_GET, .pattern = "/api/path",
		.roles = ROLE_DESIGNER | ROLE_PROVIDER | ROLE_COORDINATOR | ROLE_ADMINISTRATOR,
		.handler = answer_path, .summary = "Modules, levels, and the package of each pair"},
	{.id = "path.put", .method = HTTP_PUT, .pattern = "/api/path", .roles = ROLE_DESIGNER,
		.body = BODY_JSON, .handler = path_put,
		.summary = "Change the order and the modules' titles and minutes"},
	{.id = "path.package", .method = HTTP_PUT,
		.pattern = "/api/path/modules/{module:id}/levels/{level:name}", .roles = ROLE_DESIGNER,
		.body = BODY_JSON, .handler = path_package_put,
		.summary = "Set the course version of a module at a level for those who have yet to begin; null takes it "
			   "away, with part false the module too"},
	ROUTE_END,
};
