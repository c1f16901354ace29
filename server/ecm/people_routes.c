/* /api/people: operators for the provider, one by one with everything that credits rest on. */
#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/ecm/tables.h"
#include "server/http/request.h"
#include "server/people/professions.h"
#include "server/placement/rules.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/attempts.h"
#include "server/store/audit.h"
#include "server/store/people.h"
#include "server/store/roster.h"

static const char *query(struct request *request, const char *name)
{
	const char *value = request_query(request, name);
	return value ? value : "";
}

static json_t *profession_json(int64_t code)
{
	const struct profession *profession = profession_find(code);
	return profession ? json_pack("{s:i, s:s}", "code", (int)profession->code, "name", profession->name)
			  : json_null();
}

static json_t *company_json(const char *code)
{
	const struct company *company = company_find(code);
	return *code ? json_pack("{s:s, s:s}", "code", code, "name", company ? company->name : code)
		     : json_null();
}

static json_t *text_or_null(const char *text)
{
	return *text ? json_string(text) : json_null();
}

static json_t *time_or_null(int64_t ms)
{
	char text[32];
	store_time_text(ms, text);
	return ms ? json_string(text) : json_null();
}

static json_t *roster_json(const struct roster_row *row)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:o, s:o, s:o, s:I, s:I, s:b, s:o}", "id", (json_int_t)row->id,
		"family_name", row->family_name, "given_name", row->given_name, "codice_fiscale",
		row->codice_fiscale, "company", company_json(row->company), "profession",
		profession_json(row->profession), "level", text_or_null(row->level), "modules_completed",
		(json_int_t)row->modules_completed, "seconds", (json_int_t)row->seconds, "complete",
		(int)(*row->completed != 0), "completed_on", text_or_null(row->completed));
}

static void list_people(struct request *request, struct reply *reply)
{
	const struct roster_filter filter = {
		.search = query(request, "search"),
		.company = query(request, "company"),
		.level = query(request, "level"),
		.state = query(request, "state"),
	};
	int64_t page = request_query_number(request, "page", 1, 1000000, 1);
	int64_t total;
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = roster_page(db, &filter, page, &total);
	store_read_done(request->app->store, db);
	json_t *people = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(people, roster_json(&g_array_index(rows, struct roster_row, i)));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:I, s:I, s:I}", "people", people, "total", (json_int_t)total, "page",
			(json_int_t)page, "pages",
			(json_int_t)MAX((total + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS, 1)));
}

static json_t *name_of(struct db *db, int64_t person)
{
	struct person who;
	if (!person || !people_by_id(db, person, &who)) {
		return json_null();
	}
	return json_sprintf("%s %s", who.given_name, who.family_name);
}

static json_t *placements_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) rows = placement_history(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct placement *row = &g_array_index(rows, struct placement, i);
		bool done = row->state == PLACEMENT_DONE;
		json_array_append_new(
			list, json_pack("{s:I, s:I, s:s, s:o, s:o, s:o, s:o, s:o}", "id", (json_int_t)row->id,
				      "number", (json_int_t)row->number, "state", done ? "done" : "open",
				      "started_at", time_or_null(row->started_at), "done_at",
				      time_or_null(row->done_at), "level", text_or_null(row->level), "score",
				      done ? json_real(row->score) : json_null(), "maximum",
				      done ? json_real(row->maximum) : json_null()));
	}
	return list;
}

static json_t *levels_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) rows = level_history(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct level_decision *row = &g_array_index(rows, struct level_decision, i);
		json_array_append_new(list,
			json_pack("{s:s, s:o, s:s, s:o, s:s}", "level", row->level, "at",
				time_or_null(row->at), "source", row->is_override ? "override" : "placement",
				"by", name_of(db, row->by), "why", row->why));
	}
	return list;
}

static json_t *grants_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) rows = placement_grant_history(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct placement_grant_row *row = &g_array_index(rows, struct placement_grant_row, i);
		json_array_append_new(
			list, json_pack("{s:o, s:o, s:s, s:b}", "at", time_or_null(row->granted_at), "by",
				      name_of(db, row->granted_by), "why", row->why, "used",
				      (int)(row->placement != 0)));
	}
	return list;
}

static json_t *module_json(const struct module_state *state)
{
	return json_pack("{s:I, s:s, s:s, s:b, s:b, s:o, s:o, s:I, s:I, s:o, s:I}", "index",
		(json_int_t)state->module.index, "title_it", state->module.title_it, "title_en",
		state->module.title_en, "started", (int)(state->attempts > 0), "completed",
		(int)state->completed, "completed_at", time_or_null(state->completed_at), "score",
		state->has_best_score ? json_real(state->best_score * 100) : json_null(),
		"seconds_by_course", (json_int_t)(state->session_ms / 1000), "seconds_by_server",
		(json_int_t)(state->seen_ms / 1000), "last_activity", time_or_null(state->updated_at), "attempts",
		(json_int_t)state->attempts);
}

static json_t *modules_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) path = path_of_person(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < path->len; i++) {
		json_array_append_new(list, module_json(&g_array_index(path, struct module_state, i)));
	}
	return list;
}

/* All attempts, also those that gave way: each has a journal of its own. */
static json_t *attempts_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) rows = attempts_of_person(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct attempt *row = &g_array_index(rows, struct attempt, i);
		json_array_append_new(list,
			json_pack("{s:I, s:I, s:s, s:o, s:o, s:b}", "id", (json_int_t)row->id, "module",
				(json_int_t)row->module, "level", row->level, "created_at",
				time_or_null(row->created_at), "updated_at", time_or_null(row->updated_at),
				"replaced", (int)(row->replaced_by != 0)));
	}
	return list;
}

static json_t *completions_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) rows = completions_of(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct completion_row *row = &g_array_index(rows, struct completion_row, i);
		json_t *evidence = json_loads(row->evidence, 0, NULL);
		json_array_append_new(list,
			json_pack("{s:o, s:s, s:o, s:s, s:I, s:o}", "event",
				row->event ? json_integer(row->event) : json_null(), "level", row->level,
				"completed_at", time_or_null(row->completed_at), "day", row->day, "seconds",
				(json_int_t)row->seconds, "evidence", evidence ? evidence : json_null()));
	}
	return list;
}

static json_t *acts_json(struct db *db, int64_t person)
{
	g_autofree char *subject = g_strdup_printf("person:%" G_GINT64_FORMAT, person);
	int64_t total;
	g_autoptr(GArray) rows = audit_list(db, subject, 1, &total);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		const struct act *act = &g_array_index(rows, struct act, i);
		json_array_append_new(
			list, json_pack("{s:o, s:s, s:s, s:s, s:s}", "at", time_or_null(act->at), "by",
				      act->by, "act", act->act, "subject", act->subject, "detail",
				      act->detail ? act->detail : ""));
	}
	return list;
}

static json_t *person_json(struct db *db, const struct person *person)
{
	struct level_row level;
	int64_t seconds_needed;
	bool placed = level_of_person(db, person->id, &level);
	json_t *json = json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "id",
		(json_int_t)person->id, "family_name", person->family_name, "given_name", person->given_name,
		"codice_fiscale", person->codice_fiscale, "email", person->email, "company",
		company_json(person->company), "profession", profession_json(person->profession),
		"professions", professions_json(person), "contract", text_or_null(person->contract),
		"target_group", text_or_null(person->target_group));
	json_object_set_new(json, "level",
		placed ? json_pack("{s:s, s:s, s:s}", "id", level.id, "name_it", level.name_it, "name_en",
				 level.name_en)
		       : json_null());
	json_object_set_new(json, "placement", placement_right_json(db, person->id));
	json_object_set_new(json, "placements", placements_json(db, person->id));
	json_object_set_new(json, "levels", levels_json(db, person->id));
	json_object_set_new(json, "grants", grants_json(db, person->id));
	json_object_set_new(json, "modules", modules_json(db, person->id));
	json_object_set_new(json, "attempts", attempts_json(db, person->id));
	json_object_set_new(json, "completion", completion_json(db, person->id, &seconds_needed));
	json_object_set_new(json, "seconds_needed", json_integer(seconds_needed));
	json_object_set_new(json, "completions", completions_json(db, person->id));
	json_object_set_new(json, "acts", acts_json(db, person->id));
	return json;
}

static void get_person(struct request *request, struct reply *reply)
{
	struct person person;
	struct db *db = store_read(request->app->store);
	bool found = people_by_id(db, request->values[0].number, &person);
	json_t *json = found ? person_json(db, &person) : NULL;
	store_read_done(request->app->store, db);
	if (json) {
		reply_json(reply, 200, json);
	} else {
		reply_not_found(reply, "person");
	}
}

const struct route ecm_people_routes[] = {
	{.id = "people.list",
		.method = HTTP_GET,
		.pattern = "/api/people",
		.roles = ROLE_PROVIDER,
		.handler = list_people,
		.summary = "Operators: ?search=&company=&level=&state=&page="},
	{.id = "people.one",
		.method = HTTP_GET,
		.pattern = "/api/people/{person:id}",
		.roles = ROLE_PROVIDER,
		.handler = get_person,
		.summary = "One operator with placement, modules, evidence and acts"},
	ROUTE_END,
};
