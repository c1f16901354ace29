/* People's rights over their data: a copy of all of it, anonymity when the law lets it go, and the periods of keeping. */
#include <string.h>
#include <unistd.h>

#include "server/privacy/anonymise.h"
#include "server/privacy/export.h"
#include "server/privacy/retention.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/store/audit.h"
#include "server/store/people.h"

/* --- A copy --- */

struct copying {
	int64_t person, by;
};

static bool copied_work(struct db *db, void *data)
{
	const struct copying *copying = data;
	audit_about(db, copying->by, "person.export", "person", copying->person, NULL);
	return true;
}

/* Written down before anything leaves. */
static void reply_copy(struct request *request, struct reply *reply, int64_t person)
{
	struct problem problem = {0};
	struct copying copying = {person, request->who.person};
	if (!store_write(request->app->store, copied_work, &copying, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	int file = personal_export(request->app, person, &problem);
	if (file < 0) {
		reply_problem(reply, 500, &problem);
		return;
	}
	int64_t size = lseek(file, 0, SEEK_END);
	lseek(file, 0, SEEK_SET);
	reply_header(reply, "Content-Disposition", "attachment; filename=\"i-miei-dati.zip\"");
	reply_file(reply, 200, "application/zip", file, 0, size);
}

static void get_mine(struct request *request, struct reply *reply)
{
	reply_copy(request, reply, request->who.person);
}

static bool find_person(struct request *request, struct reply *reply, struct person *ret)
{
	struct db *db = store_read(request->app->store);
	bool found = people_by_id(db, request->values[0].number, ret);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "user");
	}
	return found;
}

static void get_somebodys(struct request *request, struct reply *reply)
{
	struct person person;
	if (find_person(request, reply, &person)) {
		reply_copy(request, reply, person.id);
	}
}

/* --- Anonymity --- */

static bool load_rules(struct request *request, struct reply *reply, struct retention_rules *ret)
{
	struct problem problem;
	bool good = retention_rules_load(request->app->folder, ret, &problem);
	if (!good) {
		reply_problem(reply, 500, &problem);
	}
	return good;
}

static json_t *may_json(enum anonymise_answer answer, const char *from, const struct problem *problem)
{
	bool possible = answer == ANONYMISE_POSSIBLE;
	return json_pack("{s:b, s:o, s:o}", "possible", (int)possible, "from", *from ? json_string(from) : json_null(), "problem",
		possible ? json_null() : problem_json(problem));
}

static void get_may(struct request *request, struct reply *reply)
{
	struct retention_rules rules;
	struct problem problem;
	struct person person;
	char from[11], deadline[SETTING_BYTES];
	if (!find_person(request, reply, &person) || !load_rules(request, reply, &rules)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	settings_value(db, "programme_deadline", deadline);
	enum anonymise_answer answer = anonymise_may(db, &rules, deadline, person.id, from, &problem);
	store_read_done(request->app->store, db);
	retention_rules_finish(&rules);
	json_t *json = may_json(answer, from, &problem);
	json_object_set_new(json, "login", json_string(person.login));
	json_object_set_new(json, "name", json_sprintf("%s %s", person.given_name, person.family_name));
	reply_json(reply, 200, json);
}

struct going {
	const struct retention_rules *rules;
	int64_t person, by;
	const char *why;
	enum anonymise_answer answer;
};

static bool go_work(struct db *db, void *data)
{
	struct going *going = data;
	struct problem problem;
	char deadline[SETTING_BYTES];
	settings_value(db, "programme_deadline", deadline);
	going->answer = anonymise(db, going->rules, deadline, going->person, going->by, going->why, &problem);
	return going->answer == ANONYMISE_POSSIBLE || db_refuse(db, &problem);
}

static const struct problem_text not_sure = {"NOT_CONFIRMED",
	"Per rendere anonima una persona servono il suo nome utente e un motivo.",
	"To make a person anonymous their log-in name and a reason are needed.",
	"Scrivere il nome utente della persona, e un motivo di al massimo 500 caratteri.",
	"Write the person's log-in name, and a reason of at most 500 characters."};

static void post_anonymise(struct request *request, struct reply *reply)
{
	const char *login, *why;
	struct person person;
	struct retention_rules rules;
	if (!request_unpack(request, reply, "{s:s, s:s}", "login", &login, "why", &why) ||
		!find_person(request, reply, &person)) {
		return;
	}
	if (g_ascii_strcasecmp(login, person.login) != 0 || *why == '\0' || strlen(why) > ANONYMISE_WHY_BYTES) {
		reply_fault(reply, 422, &not_sure, *why == '\0' || strlen(why) > ANONYMISE_WHY_BYTES ? "why" : "login");
		return;
	}
	if (!load_rules(request, reply, &rules)) {
		return;
	}
	struct going going = {&rules, person.id, request->who.person, why, ANONYMISE_NOBODY};
	struct problem problem = {0};
	if (store_write(request->app->store, go_work, &going, &problem)) {
		reply_empty(reply, 204);
	} else if (going.answer != ANONYMISE_POSSIBLE) {
		reply_problem(reply, 409, &problem);
	} else {
		reply_store_fault(reply, &problem);
	}
	retention_rules_finish(&rules);
}

/* --- Retention --- */

static json_t *rule_json(struct app *app, const struct retention_rules *rules, enum retention_rule rule)
{
	json_t *json = json_copy((json_t *)retention_rule_json(rules, rule));
	json_object_set_new(json, "applies", json_boolean(retention_applies(rule)));
	json_object_set_new(json, "due", json_integer((json_int_t)retention_due(app, rules, rule)));
	return json;
}

static void get_retention(struct request *request, struct reply *reply)
{
	struct retention_rules rules;
	if (!load_rules(request, reply, &rules)) {
		return;
	}
	json_t *list = json_array();
	for (enum retention_rule rule = 0; rule < RETENTION_RULES; rule++) {
		json_array_append_new(list, rule_json(request->app, &rules, rule));
	}
	retention_rules_finish(&rules);
	reply_json(reply, 200, json_pack("{s:o}", "rules", list));
}

static const struct problem_text changed = {"RETENTION_CHANGED", "Nel frattempo il numero è cambiato.",
	"The number has changed meanwhile.", "Ricaricare la pagina e confermare il nuovo numero.",
	"Load the page again and confirm the new number."};

static void post_retention(struct request *request, struct reply *reply)
{
	json_int_t due;
	enum retention_rule rule = retention_rule_by_id(request->values[0].text);
	struct retention_rules rules;
	if (!request_unpack(request, reply, "{s:I}", "due", &due)) {
		return;
	}
	if (rule == RETENTION_RULES || !retention_applies(rule)) {
		reply_not_found(reply, request->values[0].text);
		return;
	}
	if (!load_rules(request, reply, &rules)) {
		return;
	}
	struct problem problem = {0};
	if (retention_due(request->app, &rules, rule) != due) {
		reply_fault(reply, 409, &changed, retention_rule_id(rule));
	} else {
		int64_t removed = retention_apply(request->app, &rules, rule, request->who.person, &problem);
		if (removed < 0) {
			reply_store_fault(reply, &problem);
		} else {
			reply_json(reply, 200, json_pack("{s:I}", "applied", (json_int_t)removed));
		}
	}
	retention_rules_finish(&rules);
}

const struct route privacy_routes[] = {
	{.id = "me.data",
		.method = HTTP_GET,
		.pattern = "/api/me/data.zip",
		.roles = ROLE_SIGNED_IN,
		.handler = get_mine,
		.summary = "Everything the system holds about oneself, for programs and to read"},
	{.id = "users.data",
		.method = HTTP_GET,
		.pattern = "/api/users/{user:id}/data.zip",
		.roles = ROLE_ADMINISTRATOR,
		.handler = get_somebodys,
		.summary = "The same of a person who asked for it"},
	{.id = "users.anonymise.may",
		.method = HTTP_GET,
		.pattern = "/api/users/{user:id}/anonymise",
		.roles = ROLE_ADMINISTRATOR,
		.handler = get_may,
		.summary = "May a person be made anonymous, and if not, why and from when"},
	{.id = "users.anonymise",
		.method = HTTP_POST,
		.pattern = "/api/users/{user:id}/anonymise",
		.roles = ROLE_ADMINISTRATOR,
		.body = BODY_JSON,
		.handler = post_anonymise,
		.summary = "Makes a person anonymous: {login, why}; statistics stay"},
	{.id = "retention",
		.method = HTTP_GET,
		.pattern = "/api/retention",
		.roles = ROLE_ADMINISTRATOR,
		.handler = get_retention,
		.summary = "How long what is kept, by which law, and what is due"},
	{.id = "retention.apply",
		.method = HTTP_POST,
		.pattern = "/api/retention/{rule:name}",
		.roles = ROLE_ADMINISTRATOR,
		.body = BODY_JSON,
		.handler = post_retention,
		.summary = "Removes what is due by a rule: {due}, the number that was shown"},
	ROUTE_END,
};
