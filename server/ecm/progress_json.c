#include "server/ecm/progress_json.h"

#include <string.h>

#include "assessment/limits.h"
#include "server/app.h"
#include "server/ecm/board.h"
#include "server/ecm/day.h"
#include "server/ecm/scope.h"
#include "server/ecm/tables.h"
#include "server/settings.h"
#include "server/store/path.h"
#include "server/store/roster.h"

struct count {
	int64_t people, invited, placed, started, completed, reported;
};

static void count_cell(struct count *count, const struct board_cell *cell)
{
	count->people += cell->people;
	count->invited += cell->invited;
	count->placed += *cell->level ? cell->people : 0;
	count->started += cell->started;
	count->completed += cell->completed;
	count->reported += cell->reported;
}

static json_t *count_json(const struct count *count)
{
	return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "people", (json_int_t)count->people, "invited",
		(json_int_t)count->invited, "placed",
		(json_int_t)count->placed, "started", (json_int_t)count->started, "completed",
		(json_int_t)count->completed, "reported", (json_int_t)count->reported);
}

/* What the cells are added up by: a key of a cell, and how a key is told. */
typedef char *(*key_of)(const struct board_cell *cell);
typedef void (*describe)(json_t *json, const char *key, const GArray *levels);

static char *by_company(const struct board_cell *cell)
{
	return g_strdup(cell->company);
}

static char *by_level(const struct board_cell *cell)
{
	return g_strdup(cell->level);
}

static char *by_profession(const struct board_cell *cell)
{
	return g_strdup_printf("%03d", (int)cell->profession); /* sorts like the national list */
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

/* A view: the cells that the request may see and asked for. */
struct view {
	const struct board *board;
	struct board_filter filter;
	const GArray *levels; /* struct level_row */
	guint64 parts[LEVELS_MAX]; /* of each level: bit (position - 1) of each module in its path */
};

static void read_parts(struct db *db, struct view *view)
{
	for (guint i = 0; i < view->levels->len && i < LEVELS_MAX; i++) {
		g_autoptr(GArray) modules = path_modules_of(db, g_array_index(view->levels, struct level_row, i).id);
		for (guint k = 0; k < modules->len; k++) {
			view->parts[i] |= G_GUINT64_CONSTANT(1) << (g_array_index(modules, struct module_row, k).index - 1);
		}
	}
}

/* Do the people of the cell have the module in their path? Who has no level yet may still come to it. */
static bool has_module(const struct view *view, const struct board_cell *cell, guint place)
{
	for (guint i = 0; i < view->levels->len && i < LEVELS_MAX; i++) {
		if (strcmp(g_array_index(view->levels, struct level_row, i).id, cell->level) == 0) {
			return view->parts[i] >> place & 1;
		}
	}
	return true;
}

/* The next cell of the view from `*at` on; NULL at the end. */
static const struct board_cell *next_cell(const struct view *view, guint *at)
{
	while (*at < view->board->cells->len) {
		const struct board_cell *cell =
			&g_array_index(view->board->cells, struct board_cell, (*at)++);
		if (board_counts(&view->filter, cell)) {
			return cell;
		}
	}
	return NULL;
}

static json_t *summed(const struct view *view, key_of key, describe tell)
{
	g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	guint at = 0;
	for (const struct board_cell *cell; (cell = next_cell(view, &at)) != NULL;) {
		char *name = key(cell);
		struct count *count = g_hash_table_lookup(counts, name);
		if (count) {
			g_free(name);
		} else {
			count = g_new0(struct count, 1);
			g_hash_table_insert(counts, name, count);
		}
		count_cell(count, cell);
	}
	json_t *list = json_array();
	GList *keys = g_list_sort(g_hash_table_get_keys(counts), (GCompareFunc)g_strcmp0);
	for (GList *one = keys; one; one = one->next) {
		json_t *json = count_json(g_hash_table_lookup(counts, one->data));
		tell(json, one->data, view->levels);
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

/* How many people count for a target, and how many it takes. */
static int64_t target_of(const struct view *view, const struct progress_target *target, struct count *ret)
{
	*ret = (struct count){0};
	int64_t completed = 0;
	guint at = 0;
	for (const struct board_cell *cell; (cell = next_cell(view, &at)) != NULL;) {
		if (in_groups(target, cell->target_group)) {
			count_cell(ret, cell);
			completed += cell->projects[board_project_by_name(target->project)];
		}
	}
	ret->completed = completed; /* by what the target counts: the path, or events in class */
	return target->target ? target->target : (int64_t)((double)ret->people * target->share + 0.999999);
}

/* Completions by month of those a target counts (NULL: everybody), from the first month to this one. */
static GArray *months_of(const struct view *view, const struct progress_target *target, const char *today)
{
	GArray *months = g_array_new(FALSE, TRUE, sizeof(int64_t));
	enum board_project project = board_project_by_name(target ? target->project : "");
	int first = -1;
	for (guint i = 0; i < view->board->months->len; i++) {
		const struct board_month *month = &g_array_index(view->board->months, struct board_month, i);
		const struct board_cell *cell =
			&g_array_index(view->board->cells, struct board_cell, month->cell);
		if (!board_counts(&view->filter, cell) ||
			(target && !in_groups(target, cell->target_group)) || month->completed[project] == 0) {
			continue;
		}
		int number = board_month_number(month->month);
		first = first < 0 ? number : first;
		if (number - first < (int)BOARD_MONTHS_MAX) {
			g_array_set_size(months, MAX(months->len, (guint)(number - first + 1)));
			g_array_index(months, int64_t, number - first) += month->completed[project];
		}
	}
	if (first >= 0 && board_month_number(today) >= first) {
		guint until = (guint)(board_month_number(today) - first + 1);
		g_array_set_size(months, MAX(months->len, MIN(until, BOARD_MONTHS_MAX)));
	}
	return months;
}

static json_t *forecast_json(const struct view *view, const struct progress_target *target,
	const struct count *count, int64_t wanted, const char *deadline)
{
	char today[11];
	struct forecast forecast;
	if (!*deadline) {
		return json_null();
	}
	ecm_day(store_now(), today);
	g_autoptr(GArray) months = months_of(view, target, today);
	forecast_make((const int64_t *)(const void *)months->data, months->len, today, deadline,
		count->people, wanted, &forecast);
	return json_pack("{s:f, s:I, s:o, s:b}", "per_month", forecast.per_month, "expected",
		(json_int_t)forecast.expected, "reached",
		*forecast.reached ? json_string(forecast.reached) : json_null(), "in_time",
		(int)(forecast.expected >= wanted));
}

static json_t *targets_json(const struct view *view, const GArray *targets, const char *deadline)
{
	json_t *list = json_array();
	for (guint t = 0; t < targets->len; t++) {
		const struct progress_target *target = &g_array_index(targets, struct progress_target, t);
		struct count count;
		int64_t wanted = target_of(view, target, &count);
		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s, s:I, s:I, s:o}", "id", target->id, "name_it",
				      target->name_it, "name_en", target->name_en, "target",
				      (json_int_t)wanted, "reached", (json_int_t)count.completed, "forecast",
				      forecast_json(view, target, &count, wanted, deadline)));
	}
	return list;
}

static json_t *by_month_json(const struct view *view)
{
	json_t *list = json_array();
	char today[11];
	ecm_day(store_now(), today);
	g_autoptr(GArray) months = months_of(view, NULL, today);
	int last = board_month_number(today);
	for (guint i = 0; i < months->len; i++) {
		int number = last - (int)months->len + 1 + (int)i;
		json_array_append_new(
			list, json_pack("{s:o, s:I}", "month",
				      json_sprintf("%04d-%02d", number / 12, number % 12 + 1), "completed",
				      (json_int_t)g_array_index(months, int64_t, i)));
	}
	return list;
}

static json_t *modules_json(const struct view *view, const GArray *modules)
{
	json_t *list = json_array();
	for (guint i = 0; i < modules->len; i++) {
		const struct module_row *module = &g_array_index(modules, struct module_row, i);
		int64_t people = 0, started = 0, completed = 0;
		guint at = 0, place = (guint)module->index - 1;
		for (const struct board_cell *cell;
			place < BOARD_MODULES && (cell = next_cell(view, &at)) != NULL;) {
			bool has = has_module(view, cell, place);
			people += has ? cell->people : 0;
			started += has ? cell->module_started[place] : 0;
			completed += has ? cell->module_completed[place] : 0;
		}
		json_array_append_new(
			list, json_pack("{s:I, s:s, s:s, s:I, s:I, s:I}", "index", (json_int_t)module->index,
				      "title_it", module->title_it, "title_en", module->title_en, "people",
				      (json_int_t)people, "started",
				      (json_int_t)started, "completed", (json_int_t)completed));
	}
	return list;
}

/* What the view is filtered by; `company` is the caller's room. */
static struct board_filter filter_of(struct request *request, struct db *db, char company[32])
{
	company_scope(request, db, company);
	return (struct board_filter){
		.company = company,
		.target_group = request_query(request, "group"),
		.level = request_query(request, "level"),
		.profession = request_query_number(request, "profession", 0, 99, -1),
	};
}

json_t *progress_json(struct request *request)
{
	char company[32], deadline[SETTING_BYTES], made[32];
	struct board *board = board_get(request->app->board);
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) modules = path_modules(db);
	g_autoptr(GArray) targets = progress_targets(db);
	g_autoptr(GArray) levels = levels_list(db);
	struct view view = {.board = board, .filter = filter_of(request, db, company), .levels = levels};
	read_parts(db, &view);
	settings_value(db, "programme_deadline", deadline);
	store_read_done(request->app->store, db);
	struct count totals = {0};
	guint at = 0;
	for (const struct board_cell *cell; (cell = next_cell(&view, &at)) != NULL;) {
		count_cell(&totals, cell);
	}
	store_time_text(board->made_at, made);
	json_t *json = json_pack("{s:o, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "company",
		*company ? json_string(company) : json_null(), "made_at", made, "deadline", deadline,
		"totals", count_json(&totals), "targets", targets_json(&view, targets, deadline),
		"by_company", summed(&view, by_company, describe_company), "by_level",
		summed(&view, by_level, describe_level), "by_profession",
		summed(&view, by_profession, describe_profession), "by_module", modules_json(&view, modules),
		"by_month", by_month_json(&view));
	board_unref(board);
	return json;
}
