/*
 * From the application into the player: launch a module, renew a running one, preview a course.
 */
#include "server/app.h"
#include "server/learning/launch.h"
#include "server/learning/path_json.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/store/attempts.h"
#include "server/store/audit.h"
#include "server/store/courses.h"
#include "server/store/levels.h"
#include "server/store/versions.h"

static const struct problem_text not_placed = {"NOT_PLACED",
	"Prima occorre completare il questionario di ingresso.", "The placement test comes first.",
	"Iniziare il questionario dalla propria pagina.", "Begin the test from your page."};
static const struct problem_text no_package = {"NO_PACKAGE",
	"Questo modulo non ha ancora un corso per il suo livello.",
	"This module has no course for your level yet.", "Avvisare chi gestisce i corsi.",
	"Tell those who run the courses."};
static const struct problem_text locked = {"MODULE_LOCKED", "I moduli vanno seguiti in ordine.",
	"The modules are to be taken in order.", "Completare prima i moduli precedenti.",
	"Complete the modules before it first."};
static const struct problem_text retired = {"COURSE_RETIRED",
	"Il corso di questo modulo è stato ritirato: chi non l'ha ancora iniziato deve attendere quello "
	"nuovo.",
	"This module's course was taken out of use: those who have not begun it wait for the new one.",
	"Avvisare chi gestisce i corsi.", "Tell those who run the courses."};

struct start {
	int64_t person, module;
	struct attempt attempt;
	char seed[24];
};

static bool refuse(struct db *db, const struct problem_text *text)
{
	struct problem problem;
	problem_set(&problem, text, NULL);
	return db_refuse(db, &problem);
}

/* The first attempt in the module, or the one that follows when a new version was published for it. */
static bool begin_attempt(
	struct db *db, struct start *start, const struct module_state *state, const char *level)
{
	struct version_row version;
	if (!version_find(db, state->package.version, &version)) {
		return refuse(db, &no_package);
	}
	struct attempt next = {
		.person = start->person,
		.module = start->module,
		.course = version.course,
		.version = version.id,
		.organization = version.default_organization,
	};
	PROBLEM_COPY(next.level, level);
	PROBLEM_COPY(next.seed, start->seed);
	if (state->has_attempt) {
		attempt_replace(db, &state->attempt, &next);
		g_autofree char *detail = g_strdup_printf(
			"module %" G_GINT64_FORMAT ", attempt %" G_GINT64_FORMAT " (version %" G_GINT64_FORMAT
			") -> %" G_GINT64_FORMAT " (version %" G_GINT64_FORMAT ")",
			start->module, state->attempt.id, state->attempt.version, next.id, next.version);
		audit_about(db, start->person, "attempt.replace", "person", start->person, detail);
	} else {
		attempt_add(db, &next);
	}
	start->attempt = next;
	return true;
}

/* The person's attempt on what the module has at their level; begun now when there is none. */
static bool start_attempt(struct db *db, void *data)
{
	struct start *start = data;
	struct level_row level;
	if (!level_of_person(db, start->person, &level)) {
		return refuse(db, &not_placed);
	}
	struct package_row package;
	if (!path_package(db, start->module, level.id, &package)) {
		return refuse(db, &no_package);
	}
	g_autoptr(GArray) path = path_of_person_at(db, start->person, level.id);
	if (path_is_locked(path, settings_is(db, "order", "forced"), start->module)) {
		return refuse(db, &locked);
	}
	struct module_state state;
	if (!path_module_in(path, start->module, &state)) {
		return refuse(db, &no_package);
	}
	if (state.package.version == 0) {
		return refuse(db, &retired);
	}
	if (state.has_attempt && state.news != VERSION_WILL_CHANGE && state.news != VERSION_WILL_RETURN) {
		start->attempt = state.attempt;
		return true;
	}
	return begin_attempt(db, start, &state, level.id);
}

static void answer_launch(
	struct request *request, struct reply *reply, const struct attempt *attempt, bool renewed)
{
	struct launch launch = {
		.attempt = attempt->id,
		.version = attempt->version,
		.organization = attempt->organization,
	};
	char token[SECRETS_TOKEN];
	if (!launch_open(request, reply, &launch, token)) {
		return;
	}
	g_autofree char *address = launch_address(request, token);
	json_t *json = json_pack("{s:s, s:I}", "url", address, "attempt", (json_int_t)attempt->id);
	if (renewed) {
		json_object_set_new(json, "token", json_string(token));
	}
	reply_json(reply, 200, json);
}

static void me_launch(struct request *request, struct reply *reply)
{
	json_int_t module;
	if (!request_unpack(request, reply, "{s:I}", "module", &module)) {
		return;
	}
	struct start start = {.person = request->who.person, .module = module};
	g_snprintf(start.seed, sizeof(start.seed), "%llu", secrets_number());
	struct problem problem = {0};
	if (!store_write(request->app->store, start_attempt, &start, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	answer_launch(request, reply, &start.attempt, false);
}

static void me_renew(struct request *request, struct reply *reply)
{
	json_int_t id;
	if (!request_unpack(request, reply, "{s:I}", "attempt", &id)) {
		return;
	}
	struct attempt attempt;
	struct db *db = store_read(request->app->store);
	bool found = attempt_find(db, id, &attempt) && attempt.person == request->who.person;
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "attempt");
		return;
	}
	answer_launch(request, reply, &attempt, true);
}

static bool find_preview(struct db *db, struct request *request, struct launch *ret, json_int_t version_id,
	json_int_t organization)
{
	g_autoptr(GArray) versions = course_versions(db, request->values[0].number);
	for (guint i = 0; i < versions->len; i++) {
		const struct version_row *version = &g_array_index(versions, struct version_row, i);
		struct organization_row row;
		if (version->freed_at != 0 || (version_id != 0 && version->id != version_id)) {
			continue;
		}
		ret->version = version->id;
		ret->organization = organization < 0 ? version->default_organization : organization;
		return organization_find(db, ret->version, ret->organization, &row);
	}
	return false;
}

static void courses_preview(struct request *request, struct reply *reply)
{
	json_int_t version = 0, organization = -1;
	if (!request_unpack(
		    request, reply, "{s?I, s?I}", "version", &version, "organization", &organization)) {
		return;
	}
	struct launch launch = {0};
	struct db *db = store_read(request->app->store);
	bool found = find_preview(db, request, &launch, version, organization);
	store_read_done(request->app->store, db);
	char token[SECRETS_TOKEN];
	if (!found) {
		reply_not_found(reply, "course");
	} else if (launch_open(request, reply, &launch, token)) {
		g_autofree char *address = launch_address(request, token);
		reply_json(reply, 200, json_pack("{s:s}", "url", address));
	}
}

struct looking {
	int64_t by;
	const struct attempt *attempt;
};

static bool looked(struct db *db, void *data)
{
	const struct looking *looking = data;
	g_autofree char *detail = g_strdup_printf("attempt %" G_GINT64_FORMAT ", module %" G_GINT64_FORMAT,
		looking->attempt->id, looking->attempt->module);
	audit_about(db, looking->by, "attempt.inspect", "person", looking->attempt->person, detail);
	return true;
}

/* Who looks into somebody's journal is written down before the door opens. */
static void attempt_inspect(struct request *request, struct reply *reply)
{
	struct attempt attempt;
	struct problem problem = {0};
	struct db *db = store_read(request->app->store);
	bool found = attempt_find(db, request->values[1].number, &attempt) &&
		     attempt.person == request->values[0].number;
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "attempt");
		return;
	}
	struct looking looking = {request->who.person, &attempt};
	struct launch launch = {.attempt = attempt.id,
		.inspects = true,
		.version = attempt.version,
		.organization = attempt.organization};
	char token[SECRETS_TOKEN];
	if (!store_write(request->app->store, looked, &looking, &problem)) {
		reply_store_fault(reply, &problem);
	} else if (launch_open(request, reply, &launch, token)) {
		g_autofree char *address = launch_address(request, token);
		reply_json(reply, 200, json_pack("{s:s}", "url", address));
	}
}

const struct route launch_routes[] = {
	{.id = "people.attempt.inspect",
		.method = HTTP_POST,
		.pattern = "/api/people/{person:id}/attempts/{attempt:id}/inspect",
		.roles = ROLE_PROVIDER | ROLE_ADMINISTRATOR,
		.handler = attempt_inspect,
		.summary = "Look into the journal of somebody's attempt; leaves an act"},
	{.id = "me.launch",
		.method = HTTP_POST,
		.pattern = "/api/me/launch",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = me_launch,
		.summary = "Open a module of one's path in the player"},
	{.id = "me.renew",
		.method = HTTP_POST,
		.pattern = "/api/me/launch/renew",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = me_renew,
		.summary = "A new token for a player that is running"},
	{.id = "courses.preview",
		.method = HTTP_POST,
		.pattern = "/api/courses/{course:id}/preview",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = courses_preview,
		.summary = "Open a course in the player; nothing is stored"},
	ROUTE_END,
};
