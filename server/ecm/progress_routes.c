/* /api/progress: how far the programme is; a coordinator of one company sees its own people only. */
#include <string.h>

#include "server/app.h"
#include "server/ecm/tables.h"
#include "server/http/request.h"
#include "server/routes.h"
#include "server/store/people.h"
#include "server/store/roster.h"

struct count {
	int64_t people;
	int64_t placed;
	int64_t started;
	int64_t completed;
};

static void count_group(struct count *count, const struct progress_group *group)
{
	count->people += group->people;
	count->placed += *group->level ? group->people : 0;
	count->started += group->started;
	count->completed += group->completed;
}

static json_t *count_json(const struct count *count)
{
	return json_pack("{s:I, s:I, s:I, s:I}", "people", (json_int_t)count->people, "placed",
		(json_int_t)count->placed, "started", (json_int_t)count->started, "completed",
		(json_int_t)count->completed);
}

/* What the groups are added up by; a key of a group, and how a key is told. */
typedef char *(*key_of)(const struct progress_group *group);
typedef void (*describe)(json_t *json, const char *key, const GArray *levels);

static char *by_company(const struct progress_group *group)
{
	return g_strdup(group->company);
}

static char *by_level(const struct progress_group *group)
{
	return g_strdup(group->level);
}

static char *by_profession(const struct progress_group *group)
{
	return g_strdup_printf("%03d", (int)group->profession); /* sorts like the national list */
}

static void describe_company(json_t *json, const char *key, const GArray *levels)
{
	const struct company *company = company_find(key);
	json_object_set_new(json, "company", *key ? json_string(key) : json_null());
	json_object_set_new(json, "name", json_string(company ? company->name : key));
}

static void describe_level(json_t *json, const char *key, const GArray *levels)
{
	json_object_set_new(json, "level", *key ? json_string(key) : json_null());
	for (guint i = 0; i < levels->len; i++) {
		const struct level_row *level = &g_array_index(levels, struct level_row, i);
		if (strcmp(level->id, key) == 0) {
			json_object_set_new(json, "name_it", json_string(level->name_it));
			json_object_set_new(json, "name_en", json_string(level->name_en));
		}
	}
}

static void describe_profession(json_t *json, const char *key, const GArray *levels)
{
	const struct profession *profession = profession_find(g_ascii_strtoll(key, NULL, 10));
	json_object_set_new(json, "profession", profession ? json_integer(profession->code) : json_null());
	json_object_set_new(json, "name", profession ? json_string(profession->name) : json_null());
}

static json_t *summed(const GArray *groups, const GArray *levels, key_of key, describe tell)
{
	g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (guint i = 0; i < groups->len; i++) {
		const struct progress_group *group = &g_array_index(groups, struct progress_group, i);
		char *name = key(group);
		struct count *count = g_hash_table_lookup(counts, name);
		if (count) {
			g_free(name);
		} else {
			count = g_new0(struct count, 1);
			g_hash_table_insert(counts, name, count);
		}
		count_group(count, group);
	}
	json_t *list = json_array();
	GList *keys = g_list_sort(g_hash_table_get_keys(counts), (GCompareFunc)g_strcmp0);
	for (GList *at = keys; at; at = at->next) {
		json_t *json = count_json(g_hash_table_lookup(counts, at->data));
		tell(json, at->data, levels);
		json_array_append_new(list, json);
	}
	g_list_free(keys);
	return list;
}

static bool in_groups(const struct progress_target *target, const char *group)
{
	if (!*target->groups) {
		return true;
	}
	g_auto(GStrv) names = g_strsplit(target->groups, " ", -1);
	return g_strv_contains((const char *const *)names, group);
}

static json_t *targets_json(const GArray *groups, const GArray *targets)
{
	json_t *list = json_array();
	for (guint t = 0; t < targets->len; t++) {
		const struct progress_target *target = &g_array_index(targets, struct progress_target, t);
		struct count count = {0};
		for (guint i = 0; i < groups->len; i++) {
			const struct progress_group *group = &g_array_index(groups, struct progress_group, i);
			if (in_groups(target, group->target_group)) {
				count_group(&count, group);
			}
		}
		int64_t wanted = target->target ? target->target
						: (int64_t)((double)count.people * target->share + 0.999999);
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s, s:I, s:I}", "id", target->id, "name_it",
				      target->name_it, "name_en", target->name_en, "target",
				      (json_int_t)wanted, "reached", (json_int_t)count.completed));
	}
	return list;
}

static json_t *modules_json(const GArray *modules)
{
	json_t *list = json_array();
	for (guint i = 0; i < modules->len; i++) {
		const struct progress_module *module = &g_array_index(modules, struct progress_module, i);
		json_array_append_new(list,
			json_pack("{s:I, s:s, s:s, s:I, s:I}", "index", (json_int_t)module->index, "title_it",
				module->title_it, "title_en", module->title_en, "started",
				(json_int_t)module->started, "completed", (json_int_t)module->completed));
	}
	return list;
}

/*
 * The company whose people may be seen: the coordinator's own, whatever was asked; anybody's for who works
 * for the region, or is a provider or administrator too. "" is all.
 */
static void scope(struct request *request, struct db *db, char ret[32])
{
	const char *wanted = request_query(request, "company");
	struct person who = {0};
	bool wide = (request->who.roles & (ROLE_PROVIDER | ROLE_ADMINISTRATOR)) != 0;
	if (!wide && people_by_id(db, request->who.person, &who)) {
		const struct company *company = company_find(who.company);
		wide = company && strcmp(company->kind, "region") == 0;
	}
	/* A coordinator with no company sees nobody rather than everybody: no company has this code. */
	const char *own = *who.company ? who.company : "-";
	g_strlcpy(ret, wide ? (wanted ? wanted : "") : own, 32);
}

static void get_progress(struct request *request, struct reply *reply)
{
	char company[32];
	struct db *db = store_read(request->app->store);
	scope(request, db, company);
	g_autoptr(GArray) groups = progress_groups(db, company);
	g_autoptr(GArray) modules = progress_modules(db, company);
	g_autoptr(GArray) targets = progress_targets(db);
	g_autoptr(GArray) levels = levels_list(db);
	store_read_done(request->app->store, db);
	struct count totals = {0};
	for (guint i = 0; i < groups->len; i++) {
		count_group(&totals, &g_array_index(groups, struct progress_group, i));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "company",
			*company ? json_string(company) : json_null(), "totals", count_json(&totals),
			"targets", targets_json(groups, targets), "by_company",
			summed(groups, levels, by_company, describe_company), "by_level",
			summed(groups, levels, by_level, describe_level), "by_profession",
			summed(groups, levels, by_profession, describe_profession), "by_module",
			modules_json(modules)));
}

const struct route ecm_progress_routes[] = {
	{.id = "progress",
		.method = HTTP_GET,
		.pattern = "/api/progress",
		.roles = ROLE_COORDINATOR | ROLE_PROVIDER | ROLE_ADMINISTRATOR,
		.handler = get_progress,
		.summary = "Progress of the programme: ?company="},
	ROUTE_END,
};
