/*
 * /api/users: the administrator's people.
 */
#include <string.h>

#include "server/app.h"
#include "server/limits.h"
#include "server/people/fields.h"
#include "server/people/professions.h"
#include "server/people/users_import.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/people.h"
#include "server/store/sessions.h"

static json_t *person_json(const struct person *person)
{
	json_t *roles = json_array();
	for (unsigned role = ROLE_OPERATOR; role <= ROLE_ADMINISTRATOR; role <<= 1) {
		if ((person->roles & role) != 0) {
			json_array_append_new(roles, json_string(role_name((enum role)role)));
		}
	}
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:o, s:o, s:s, s:s, s:s, s:o, s:s}",
		"id", (json_int_t)person->id, "login", person->login, "given_name", person->given_name,
		"family_name", person->family_name, "email", person->email, "codice_fiscale",
		person->codice_fiscale, "active", (int)person->active, "must_change_password",
		(int)person->must_change_password, "has_password", (int)(person->password_hash[0] != '\0'),
		"roles", roles, "profession",
		person->profession == 0 ? json_null() : json_integer(person->profession), "contract",
		person->contract, "company", person->company, "target_group", person->target_group,
		"professions", professions_json(person), "language", person->language);
}

static void users_list(struct request *request, struct reply *reply)
{
	const char *text = request_query(request, "search");
	const char *role = request_query(request, "role");
	struct people_search search = {
		.text = text == NULL || strlen(text) > LIMIT_SEARCH_BYTES ? "" : text,
		.role = role == NULL ? 0 : role_by_name(role),
		.page = request_query_number(request, "page", 1, 1000000, 1),
	};
	int64_t total;
	json_t *list = json_array();
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) people = people_search(db, &search, &total);
	store_read_done(request->app->store, db);
	for (guint i = 0; i < people->len; i++) {
		json_array_append_new(list, person_json(&g_array_index(people, struct person, i)));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:I, s:I, s:I}", "users", list, "total", (json_int_t)total, "page",
			(json_int_t)search.page, "pages",
			(json_int_t)MAX(1, (total + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS)));
}

/* A member as the field's rule wants it: text; numbers and lists of them become text. */
static char *member_text(json_t *value)
{
	if (json_is_string(value)) {
		return g_strdup(json_string_value(value));
	}
	if (json_is_integer(value)) {
		return g_strdup_printf("%" JSON_INTEGER_FORMAT, json_integer_value(value));
	}
	if (json_is_object(value)) { /* a profession with its disciplines */
		json_t *code = json_object_get(value, "code"), *disciplines = json_object_get(value, "disciplines");
		g_autofree char *head = member_text(code ? code : json_object_get(value, "profession"));
		g_autofree char *tail = member_text(disciplines);
		return g_strdup_printf("%s%s%s", head, *tail ? "." : "", g_strdelimit(tail, " ", '.'));
	}
	GString *joined = g_string_new(NULL);
	size_t index;
	json_t *each;
	json_array_foreach(value, index, each)
	{
		g_autofree char *text = json_is_array(each) ? NULL : member_text(each);
		g_string_append_printf(joined, "%s%s", index == 0 ? "" : " ", text == NULL ? "" : text);
	}
	return g_string_free(joined, FALSE);
}

/* Sets what the body has; gives the faults. `codice_fiscale` may stay away: staff of the platform has none. */
static GArray *read_members(json_t *body, struct person *person)
{
	GArray *faults = g_array_new(FALSE, FALSE, sizeof(struct problem));
	struct problem problem;
	for (size_t i = 0; person_fields[i].json != NULL; i++) {
		json_t *value = json_object_get(body, person_fields[i].json);
		bool missing = value == NULL && person_fields[i].required && person->id == 0 &&
			       strcmp(person_fields[i].json, "codice_fiscale") != 0;
		if (value == NULL && !missing) {
			continue;
		}
		g_autofree char *text = member_text(value);
		if (!person_fields[i].set(person, text, &problem)) {
			PROBLEM_COPY(problem.where, person_fields[i].json);
			g_array_append_val(faults, problem);
		}
	}
	json_t *active = json_object_get(body, "active");
	if (json_is_boolean(active)) {
		person->active = json_is_true(active);
	}
	if (faults->len == 0 && !person_complete(person, &problem)) {
		g_array_append_val(faults, problem);
	}
	return faults;
}

struct user_change {
	struct person person;
	int64_t by;
	bool created;
};

static bool refuse_last_administrator(struct db *db)
{
	struct problem problem;
	problem_set(&problem,
		&(struct problem_text){"LAST_ADMINISTRATOR",
			"È l'ultimo amministratore attivo: resterebbe nessuno.",
			"This is the last active administrator: nobody would be left.",
			"Nominarne prima un altro.", "Name another one first."},
		NULL);
	return db_refuse(db, &problem);
}

static bool save_user(struct db *db, void *data)
{
	struct user_change *change = data;
	change->created = change->person.id == 0;
	if (!people_save(db, &change->person)) {
		return false;
	}
	if (people_count_active(db, ROLE_ADMINISTRATOR) == 0) {
		return refuse_last_administrator(db);
	}
	if (!change->person.active) {
		sessions_close_all(db, change->person.id, NULL);
	}
	audit_about(db, change->by, change->created ? "user.create" : "user.change", "person",
		change->person.id, change->person.login);
	return true;
}

static void save_and_answer(struct request *request, struct reply *reply, struct user_change *change)
{
	g_autoptr(GArray) faults = read_members(request->json, &change->person);
	if (faults->len > 0) {
		reply_problems(reply, 422, (const struct problem *)(void *)faults->data, faults->len);
		return;
	}
	struct problem problem = {0};
	change->by = request->who.person;
	if (!store_write(request->app->store, save_user, change, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	reply_json(
		reply, change->created ? 201 : 200, json_pack("{s:o}", "user", person_json(&change->person)));
}

static void users_create(struct request *request, struct reply *reply)
{
	struct user_change change = {.person = {.active = true}};
	save_and_answer(request, reply, &change);
}

static void users_change(struct request *request, struct reply *reply)
{
	struct user_change change = {0};
	struct db *db = store_read(request->app->store);
	bool found = people_by_id(db, request->values[0].number, &change.person);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "user");
		return;
	}
	save_and_answer(request, reply, &change);
}

struct reset {
	int64_t person, by;
	char hash[SECRETS_PASSWORD];
};

static bool reset_password(struct db *db, void *data)
{
	const struct reset *reset = data;
	people_set_password(db, reset->person, reset->hash, true);
	sessions_close_all(db, reset->person, NULL);
	audit_about(db, reset->by, "password.reset", "person", reset->person, NULL);
	return true;
}

static void users_reset(struct request *request, struct reply *reply)
{
	struct person person;
	struct db *db = store_read(request->app->store);
	bool found = people_by_id(db, request->values[0].number, &person);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "user");
		return;
	}
	struct reset reset = {.person = person.id, .by = request->who.person};
	struct problem problem = {0};
	char password[SECRETS_ONE_TIME];
	secrets_one_time_password(password);
	if (!secrets_password_hash(password, reset.hash) ||
		!store_write(request->app->store, reset_password, &reset, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	reply_json(reply, 200, json_pack("{s:s}", "one_time_password", password));
}

static void users_import_csv(struct request *request, struct reply *reply)
{
	gsize size = 0;
	const char *bytes = request->body == NULL ? "" : g_bytes_get_data(request->body, &size);
	struct users_import import;
	if (!users_import(
		    request->app->store, bytes == NULL ? "" : bytes, size, request->who.person, &import)) {
		reply_problems(reply, 422, &import.fault, 1);
	} else {
		reply_json(reply, 200,
			json_pack("{s:I, s:I, s:I, s:o}", "created", (json_int_t)import.created, "updated",
				(json_int_t)import.updated, "rejected", (json_int_t)import.rejected,
				"problems", problems_json(import.problems)));
	}
	users_import_finish(&import);
}

const struct route users_routes[] = {
	{.id = "users.list", .method = HTTP_GET, .pattern = "/api/users", .roles = ROLE_ADMINISTRATOR,
		.handler = users_list, .summary = "People, by search and role"},
	{.id = "users.create", .method = HTTP_POST, .pattern = "/api/users", .roles = ROLE_ADMINISTRATOR,
		.body = BODY_JSON, .handler = users_create, .summary = "Add a person"},
	{.id = "users.change", .method = HTTP_PUT, .pattern = "/api/users/{user:id}",
		.roles = ROLE_ADMINISTRATOR, .body = BODY_JSON, .handler = users_change,
		.summary = "Change a person's data, roles or access"},
	{.id = "users.reset", .method = HTTP_POST, .pattern = "/api/users/{user:id}/reset-password",
		.roles = ROLE_ADMINISTRATOR, .handler = users_reset, .summary = "Give a one-time password"},
	{.id = "users.import", .method = HTTP_POST, .pattern = "/api/users/import",
		.roles = ROLE_ADMINISTRATOR, .body = BODY_BYTES, .body_limit = LIMIT_CSV_BYTES,
		.handler = users_import_csv, .summary = "Import people from a CSV file"},
	ROUTE_END,
};
