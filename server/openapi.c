#include "server/openapi.h"

#include <glib.h>
#include <string.h>

#include "server/http/route.h"
#include "server/limits.h"
#include "server/routes.h"
#include "server/store/people.h"

/* "/api/courses/{course:id}" → "/api/courses/{course}", and its parameters. */
static char *plain_path(const char *pattern, json_t *parameters)
{
	GString *path = g_string_new(NULL);
	for (const char *at = pattern; *at != '\0';) {
		if (*at != '{') {
			g_string_append_c(path, *at++);
			continue;
		}
		const char *colon = strchr(at, ':'), *end = strchr(at, '}');
		g_autofree char *name = g_strndup(at + 1, (gsize)(colon - at - 1));
		bool number = strncmp(colon, ":id}", 4) == 0;
		g_string_append_printf(path, "{%s}", name);
		json_t *schema = number ? json_pack("{s:s, s:i}", "type", "integer", "minimum", 1)
					: json_pack("{s:s}", "type", "string");
		json_array_append_new(parameters, json_pack("{s:s, s:s, s:b, s:o}", "name", name, "in",
							  "path", "required", 1, "schema", schema));
		at = end + 1;
	}
	return g_string_free(path, FALSE);
}

static json_t *body_json(const struct route *route)
{
	const char *type = route->body == BODY_JSON ? "application/json" : "application/octet-stream";
	json_int_t limit = route->body_limit > 0 ? route->body_limit : LIMIT_JSON_BYTES;
	json_t *schema = route->body == BODY_JSON
				 ? json_pack("{s:s}", "type", "object")
				 : json_pack("{s:s, s:s}", "type", "string", "format", "binary");
	return json_pack("{s:b, s:I, s:{s:{s:o}}}", "required", 1, "x-max-bytes", limit, "content", type,
		"schema", schema);
}

static json_t *roles_json(const struct route *route)
{
	json_t *roles = json_array();
	for (unsigned role = ROLE_OPERATOR; role <= ROLE_ADMINISTRATOR; role <<= 1) {
		if ((route->roles & role) != 0) {
			json_array_append_new(roles, json_string(role_name((enum role)role)));
		}
	}
	if ((route->roles & ROLE_PUBLIC) != 0) {
		json_array_append_new(roles, json_string("anyone"));
	}
	if ((route->roles & ROLE_LAUNCH) != 0) {
		json_array_append_new(roles, json_string("launch token"));
	}
	return roles;
}

static json_t *operation_json(const struct route *route, json_t *parameters)
{
	bool csrf = route->origin == ORIGIN_APPLICATION && route->method != HTTP_GET &&
		    (route->flags & ROUTE_NO_CSRF) == 0;
	if (csrf) {
		json_array_append_new(
			parameters, json_pack("{s:s, s:s, s:b, s:{s:s}}", "name", "X-CSRF-Token", "in",
					    "header", "required", 1, "schema", "type", "string"));
	}
	json_t *operation = json_pack("{s:s, s:s, s:o, s:o, s:{s:{s:s}, s:{s:s}}}", "operationId", route->id,
		"summary", route->summary, "x-roles", roles_json(route), "parameters",
		json_incref(parameters), "responses", "default", "description",
		"As described, or {problem} with a fitting status", "413", "description",
		"The body is larger than x-max-bytes");
	json_object_set_new(operation, "x-origin",
		json_string(route->origin == ORIGIN_APPLICATION ? "application" : "content"));
	if (route->body != BODY_NONE) {
		json_object_set_new(operation, "requestBody", body_json(route));
	}
	return operation;
}

json_t *openapi_json(void)
{
	json_t *paths = json_object();
	for (const struct route *const *table = all_routes; *table != NULL; table++) {
		for (const struct route *route = *table; route->pattern != NULL; route++) {
			json_t *parameters = json_array();
			g_autofree char *path = plain_path(route->pattern, parameters);
			g_autofree char *method = g_ascii_strdown(http_method_name(route->method), -1);
			json_t *item = json_object_get(paths, path);
			if (item == NULL) {
				item = json_object();
				json_object_set_new(paths, path, item);
			}
			json_object_set_new(item, method, operation_json(route, parameters));
			json_decref(parameters);
		}
	}
	return json_pack("{s:s, s:{s:s, s:s, s:s}, s:o}", "openapi", "3.1.0", "info", "title", "fad",
		"version", "1", "description",
		"Errors are {problem: {code, severity, where, line, column, it, en, mend_it, mend_en}}. "
		"Unsafe methods need X-CSRF-Token from GET /api/session.",
		"paths", paths);
}
