/*
 * The table of routes and how a path finds its row.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "server/http/request.h"
#include "server/openapi.h"
#include "server/routes.h"

static void handler(struct request *request, struct reply *reply)
{
}

static const struct route some_routes[] = {
	{.id = "a", .method = HTTP_GET, .pattern = "/a/{one:id}", .roles = ROLE_PUBLIC, .handler = handler, .summary = ""},
	{.id = "b", .method = HTTP_PUT, .pattern = "/a/{one:id}/b/{two:name}", .roles = ROLE_PUBLIC, .handler = handler, .summary = ""},
	{.id = "c", .method = HTTP_GET, .pattern = "/a/fixed", .roles = ROLE_PUBLIC, .handler = handler, .summary = ""},
	{.id = "p", .method = HTTP_GET, .pattern = "/p/{t:token}/", .roles = ROLE_PUBLIC, .handler = handler, .summary = ""},
	{.id = "r", .method = HTTP_GET, .pattern = "/r/{t:token}/{path:rest}", .roles = ROLE_PUBLIC, .handler = handler, .summary = ""},
	ROUTE_END,
};
static const struct route *const some_tables[] = {some_routes, NULL};

#define TOKEN "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm_-09"

struct find_case {
	const char *path;
	enum http_method method;
	const char *id;    /* NULL: not found, as `match` says */
	const char *value; /* of the last parameter, as text */
	enum route_match match;
};

static const struct find_case find_cases[] = {
	{"/a/17", HTTP_GET, "a", "17", ROUTE_FOUND},
	{"/a/17?x=/b", HTTP_GET, "a", "17", ROUTE_FOUND},
	{"/a/017", HTTP_GET, NULL, NULL, ROUTE_UNKNOWN},
	{"/a/0", HTTP_GET, NULL, NULL, ROUTE_UNKNOWN},
	{"/a/-1", HTTP_GET, NULL, NULL, ROUTE_UNKNOWN},
	{"/a/99999999999999999999", HTTP_GET, NULL, NULL, ROUTE_UNKNOWN},
	{"/a/17/", HTTP_GET, NULL, NULL, ROUTE_UNKNOWN},
	{"/a/17", HTTP_POST, NULL, NULL, ROUTE_OTHER_METHOD},
	{"/a/fixed", HTTP_GET, "c", NULL, ROUTE_FOUND},
	{"/a/5/b/livello-1", HTTP_PUT, "b", "livello-1", ROUTE_FOUND},
	{"/a/5/b/a%20b", HTTP_PUT, NULL, NULL, ROUTE_UNKNOWN},
	{"/a/5/b/%61", HTTP_PUT, "b", "a", ROUTE_FOUND},
	{"/p/" TOKEN "/", HTTP_GET, "p", TOKEN, ROUTE_FOUND},
	{"/p/" TOKEN, HTTP_GET, NULL, NULL, ROUTE_UNKNOWN},
	{"/p/short/", HTTP_GET, NULL, NULL, ROUTE_UNKNOWN},
	{"/r/" TOKEN "/a/b%20c/d.html", HTTP_GET, "r", "a/b c/d.html", ROUTE_FOUND},
	{"/r/" TOKEN "/perch%C3%A9.html", HTTP_GET, "r", "perch\xc3\xa9.html", ROUTE_FOUND},
	{"/r/" TOKEN "/", HTTP_GET, "r", "", ROUTE_FOUND},
	{"/r/" TOKEN "/a/../b", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
	{"/r/" TOKEN "/a/%2e%2E/b", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
	{"/r/" TOKEN "/a%2fb", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
	{"/r/" TOKEN "/a%00b", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
	{"/r/" TOKEN "/%ff", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
	{"/r/" TOKEN "/%4", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
	{"//a/17", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
	{"", HTTP_GET, NULL, NULL, ROUTE_BAD_PATH},
};

static void finds_routes(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(find_cases); i++) {
		const struct find_case *each = &find_cases[i];
		struct route_path path;
		const struct route *route = NULL;
		struct route_value values[ROUTE_PARAMETERS_MAX] = {0};
		enum route_match match = ROUTE_BAD_PATH;
		if (route_path_init(&path, each->path)) {
			match = route_find(
				some_tables, ORIGIN_APPLICATION, each->method, &path, &route, values);
		}
		if (match != each->match || g_strcmp0(route == NULL ? NULL : route->id, each->id) != 0) {
			fail_msg("%s: match %d, route %s", each->path, (int)match,
				route == NULL ? "none" : route->id);
		}
		if (each->value != NULL) {
			const char *last = values[1].text != NULL ? values[1].text : values[0].text;
			assert_string_equal(last, each->value);
		}
		route_path_finish(&path);
	}
}

static void walks_all_routes(void **state)
{
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
	g_autoptr(GHashTable) ways = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	unsigned count = 0;
	for (const struct route *const *table = all_routes; *table != NULL; table++) {
		for (const struct route *route = *table; route->pattern != NULL; route++, count++) {
			const char *fault = route_fault(route);
			if (fault != NULL) {
				fail_msg("%s: %s", route->pattern, fault);
			}
			assert_true(g_hash_table_add(ids, (void *)route->id));
			char *way = g_strdup_printf("%d %s %s", (int)route->origin,
				http_method_name(route->method), route->pattern);
			assert_true(g_hash_table_add(ways, way));
		}
	}
	assert_true(count > 40);
}

static void tells_faults(void **state)
{
	const struct route good = some_routes[0];
	struct route bad = good;
	assert_null(route_fault(&good));
	bad.roles = 0;
	assert_non_null(route_fault(&bad));
	bad = good;
	bad.pattern = "/a/{one:number}";
	assert_non_null(route_fault(&bad));
	bad.pattern = "/{a:rest}/b";
	assert_non_null(route_fault(&bad));
	bad = good;
	bad.body = BODY_FILE;
	assert_non_null(route_fault(&bad));
	bad = good;
	bad.flags = ROUTE_NO_CSRF;
	bad.pattern = "/api/a";
	assert_non_null(route_fault(&bad));
	bad = good;
	bad.origin = ORIGIN_CONTENT;
	bad.roles = ROLE_OPERATOR;
	assert_non_null(route_fault(&bad));
}

/* The description is made from the table: every row must be found in it again. */
static void describes_all_routes(void **state)
{
	json_t *json = openapi_json();
	json_t *paths = json_object_get(json, "paths");
	for (const struct route *const *table = all_routes; *table != NULL; table++) {
		for (const struct route *route = *table; route->pattern != NULL; route++) {
			g_autoptr(GString) path = g_string_new(route->pattern);
			static const char *const types[] = {":id}", ":name}", ":token}", ":rest}"};
			for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
				g_string_replace(path, types[i], "}", 0);
			}
			g_autofree char *method = g_ascii_strdown(http_method_name(route->method), -1);
			json_t *operation = json_object_get(json_object_get(paths, path->str), method);
			assert_string_equal(
				json_string_value(json_object_get(operation, "operationId")), route->id);
		}
	}
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_routes),
		cmocka_unit_test(walks_all_routes),
		cmocka_unit_test(tells_faults),
		cmocka_unit_test(describes_all_routes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
