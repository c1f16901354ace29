/*
 * Settings, the acts, and the code tables that forms choose from.
 */
#include <string.h>

#include "server/app.h"
#include "server/ecm/tables.h"
#include "server/limits.h"
#include "server/openapi.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/store/audit.h"

static void settings_get_all(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	json_t *json = settings_json(db);
	store_read_done(request->app->store, db);
	json_object_set_new(
		json, "app_origin", json_string(http_origin(request->app->http, ORIGIN_APPLICATION)));
	json_object_set_new(
		json, "content_origin", json_string(http_origin(request->app->http, ORIGIN_CONTENT)));
	reply_json(reply, 200, json);
}

struct settings_change {
	json_t *body;
	int64_t by;
};

static bool change_settings(struct db *db, void *data)
{
	const struct settings_change *change = data;
	struct problem problem;
	if (!settings_put(db, change->body, &problem)) {
		return db_refuse(db, &problem);
	}
	char *detail = json_dumps(change->body, JSON_COMPACT | JSON_SORT_KEYS);
	audit_add(db, change->by, "settings.change", "settings", detail);
	free(detail);
	return true;
}

static void settings_put_some(struct request *request, struct reply *reply)
{
	/* Shown beside the others, but given at start. */
	json_object_del(request->json, "app_origin");
	json_object_del(request->json, "content_origin");
	struct settings_change change = {request->json, request->who.person};
	struct problem problem = {0};
	if (!store_write(request->app->store, change_settings, &change, &problem)) {
		reply_problem(reply, 422, &problem);
		return;
	}
	settings_get_all(request, reply);
}

static void audit_page(struct request *request, struct reply *reply)
{
	const char *subject = request_query(request, "subject");
	int64_t page = request_query_number(request, "page", 1, 1000000000, 1), total;
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) acts = audit_list(db, subject == NULL ? "" : subject, page, &total);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < acts->len; i++) {
		const struct act *act = &g_array_index(acts, struct act, i);
		char at[32];
		store_time_text(act->at, at);
		json_array_append_new(list,
			json_pack("{s:I, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)act->id, "at", at, "by",
				act->by, "act", act->act, "subject", act->subject, "detail", act->detail));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:I, s:I, s:I}", "acts", list, "total", (json_int_t)total, "page",
			(json_int_t)page, "pages",
			(json_int_t)MAX(1, (total + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS)));
}

static json_t *professions_json(void)
{
	size_t count;
	const struct profession *rows = profession_table(&count);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(
			list, json_pack("{s:i, s:s}", "code", (int)rows[i].code, "name", rows[i].name));
	}
	return list;
}

static json_t *disciplines_json(void)
{
	size_t count;
	const struct discipline *rows = discipline_table(&count);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(
			list, json_pack("{s:i, s:i, s:s, s:b}", "profession", (int)rows[i].profession, "code",
				      (int)rows[i].code, "name", rows[i].name, "withdrawn",
				      (int)rows[i].withdrawn));
	}
	return list;
}

static json_t *objectives_json(void)
{
	size_t count;
	const struct national_objective *rows = national_objective_table(&count);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(list, json_pack("{s:i, s:s, s:s}", "code", (int)rows[i].code, "area",
						    rows[i].area, "name", rows[i].name));
	}
	return list;
}

static json_t *companies_json(void)
{
	size_t count;
	const struct company *rows = company_table(&count);
	json_t *list = json_array();
	for (size_t i = 0; i < count; i++) {
		json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "code", rows[i].code, "name",
						    rows[i].name, "kind", rows[i].kind));
	}
	return list;
}

static void table_get(struct request *request, struct reply *reply)
{
	static const struct {
		const char *name;
		json_t *(*make)(void);
	} tables[] = {
		{"professions", professions_json},
		{"disciplines", disciplines_json},
		{"objectives", objectives_json},
		{"companies", companies_json},
	};
	const char *name = request->values[0].text;
	for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
		if (strcmp(tables[i].name, name) == 0) {
			reply_json(reply, 200, json_pack("{s:o}", name, tables[i].make()));
			return;
		}
	}
	reply_not_found(reply, name);
}

static void openapi_get(struct request *request, struct reply *reply)
{
	reply_json(reply, 200, openapi_json());
}

const struct route admin_routes[] = {
	{.id = "settings.get", .method = HTTP_GET, .pattern = "/api/settings", .roles = ROLE_ADMINISTRATOR,
		.handler = settings_get_all, .summary = "The installation's settings"},
	{.id = "settings.put", .method = HTTP_PUT, .pattern = "/api/settings", .roles = ROLE_ADMINISTRATOR,
		.body = BODY_JSON, .handler = settings_put_some, .summary = "Change some settings"},
	{.id = "audit.list", .method = HTTP_GET, .pattern = "/api/audit", .roles = ROLE_ADMINISTRATOR,
		.handler = audit_page, .summary = "Who did what, newest first"},
	{.id = "tables.get", .method = HTTP_GET, .pattern = "/api/tables/{table:name}",
		.roles = ROLE_SIGNED_IN, .handler = table_get,
		.summary = "A code table: professions, disciplines, objectives, companies"},
	{.id = "openapi", .method = HTTP_GET, .pattern = "/api/openapi.json", .roles = ROLE_PUBLIC,
		.handler = openapi_get, .summary = "This description"},
	ROUTE_END,
};
