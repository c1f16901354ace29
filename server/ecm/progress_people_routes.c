/*
 * /api/progress/people: who stands behind the programme's numbers, and how far each is. Coordinators see their own
 * company's people, and of them no more than their progress: no answers, no tax codes, no journals.
 */
#include <string.h>

#include "server/app.h"
#include "server/ecm/csv.h"
#include "server/ecm/scope.h"
#include "server/ecm/tables.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/attempts.h"
#include "server/store/people.h"
#include "server/store/roster.h"

#define SEEN_BY (ROLE_COORDINATOR | ROLE_PROVIDER | ROLE_ADMINISTRATOR)

static const char *query(struct request *request, const char *name)
{
	const char *value = request_query(request, name);
	return value ? value : "";
}

/* `company` is the caller's room. */
static struct roster_filter filter_of(struct request *request, struct db *db, char company[32])
{
	company_scope(request, db, company);
	return (struct roster_filter){
		.search = query(request, "search"),
		.company = company,
		.level = query(request, "level"),
		.state = query(request, "state"),
		.group = query(request, "group"),
		.profession = query(request, "profession"),
		.module_left = request_query_number(request, "module", 1, LIMIT_MODULES, 0),
		.counted = true,
	};
}

static const char *company_name(const char *code)
{
	const struct company *company = company_find(code);
	return company ? company->name : code;
}

static const char *profession_name(int64_t code)
{
	const struct profession *profession = profession_find(code);
	return profession ? profession->name : "";
}

static json_t *text_or_null(const char *text)
{
	return *text ? json_string(text) : json_null();
}

static json_t *row_json(const struct roster_row *row)
{
	return json_pack("{s:I, s:s, s:s, s:o, s:s, s:s, s:s, s:o, s:I, s:I, s:o}", "id", (json_int_t)row->id,
		"family_name", row->family_name, "given_name", row->given_name, "company", text_or_null(row->company),
		"company_name", company_name(row->company), "profession_name", profession_name(row->profession),
		"target_group", row->target_group, "level", text_or_null(row->level), "modules_completed",
		(json_int_t)row->modules_completed, "seconds", (json_int_t)row->seconds, "completed_on",
		text_or_null(row->completed));
}

static void list_people(struct request *request, struct reply *reply)
{
	char company[32];
	int64_t page = request_query_number(request, "page", 1, 1000000, 1), total;
	struct db *db = store_read(request->app->store);
	const struct roster_filter filter = filter_of(request, db, company);
	g_autoptr(GArray) rows = roster_page(db, &filter, page, &total);
	store_read_done(request->app->store, db);
	json_t *people = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(people, row_json(&g_array_index(rows, struct roster_row, i)));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:o, s:I, s:I, s:I}", "people", people, "company", text_or_null(company), "total",
			(json_int_t)total, "page", (json_int_t)page, "pages",
			(json_int_t)MAX((total + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS, 1)));
}

/* --- The same as a list to take away --- */

static void number(GString *line, int64_t value)
{
	char text[24];
	g_snprintf(text, sizeof(text), "%" G_GINT64_FORMAT, value);
	csv_field(line, text);
}

static void add_line(const struct roster_row *row, void *data)
{
	GString *text = data;
	csv_guarded(text, row->family_name);
	csv_guarded(text, row->given_name);
	csv_field(text, company_name(row->company));
	csv_field(text, profession_name(row->profession));
	csv_field(text, row->target_group);
	csv_guarded(text, row->level);
	number(text, row->modules_completed);
	number(text, row->seconds / 60);
	csv_field(text, row->completed);
	csv_end(text);
}

static void get_csv(struct request *request, struct reply *reply)
{
	char company[32];
	GString *text = g_string_new("\xEF\xBB\xBF"
				     "cognome;nome;azienda;professione;gruppo;livello;moduli_completati;minuti;"
				     "completato_il\r\n");
	struct db *db = store_read(request->app->store);
	const struct roster_filter filter = filter_of(request, db, company);
	roster_each(db, &filter, add_line, text);
	store_read_done(request->app->store, db);
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(text);
	reply_header(reply, "Content-Disposition", "attachment; filename=\"persone.csv\"");
	reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
}

/* --- One of them --- */

static json_t *module_json(const struct module_state *state)
{
	char at[32];
	store_time_text(state->completed_at, at);
	return json_pack("{s:I, s:s, s:s, s:b, s:b, s:o, s:I}", "index", (json_int_t)state->module.index, "title_it",
		state->module.title_it, "title_en", state->module.title_en, "started", (int)(state->attempts > 0),
		"completed", (int)state->completed, "completed_at", text_or_null(at), "seconds",
		(json_int_t)(state->effective_ms / 1000));
}

static json_t *person_json(struct db *db, const struct roster_row *row)
{
	json_t *json = row_json(row), *modules = json_array();
	g_autoptr(GArray) path = path_of_person(db, row->id);
	for (guint i = 0; i < path->len; i++) {
		json_array_append_new(modules, module_json(&g_array_index(path, struct module_state, i)));
	}
	json_object_set_new(json, "modules", modules);
	return json;
}

/* Of another company's people not even that they are there is told. */
static void get_person(struct request *request, struct reply *reply)
{
	char company[32];
	struct roster_row row;
	struct db *db = store_read(request->app->store);
	company_scope(request, db, company);
	bool found = roster_one(db, request->values[0].number, &row) &&
		     (*company == '\0' || strcmp(company, row.company) == 0);
	json_t *json = found ? person_json(db, &row) : NULL;
	store_read_done(request->app->store, db);
	if (json) {
		reply_json(reply, 200, json);
	} else {
		reply_not_found(reply, "person");
	}
}

const struct route ecm_progress_people_routes[] = {
	{.id = "progress.people",
		.method = HTTP_GET,
		.pattern = "/api/progress/people",
		.roles = SEEN_BY,
		.handler = list_people,
		.summary = "Who is behind the numbers: ?company=&group=&level=&profession=&state=&module=&search=&page= "
			   "(module: begun, not completed)"},
	{.id = "progress.people.csv",
		.method = HTTP_GET,
		.pattern = "/api/progress/people.csv",
		.roles = SEEN_BY,
		.flags = ROUTE_RECORDED,
		.handler = get_csv,
		.summary = "All of them as CSV"},
	{.id = "progress.person",
		.method = HTTP_GET,
		.pattern = "/api/progress/people/{person:id}",
		.roles = SEEN_BY,
		.handler = get_person,
		.summary = "How far one of them is, module by module"},
	ROUTE_END,
};
