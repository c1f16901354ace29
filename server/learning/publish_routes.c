/*
 * /api/publications: first what a change would mean, policy by policy and in people; then the change, which
 * is made only if it still means that.
 */
#include <string.h>

#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/learning/publish.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/courses.h"

static const struct problem_text bad_change = {"BAD_CHANGE",
	"Ogni modifica vuole un modulo, un livello e una versione (null per togliere il corso; part false se il modulo non fa parte del livello).",
	"Each change needs a module, a level and a version (null takes the course away; part false: the module is no part of the level).",
	"Correggere la richiesta.", "Correct the request."};
static const struct problem_text bad_policy = {"BAD_POLICY",
	"Chi cambia versione: never, not_started, incomplete o always.",
	"Who changes version: never, not_started, incomplete or always.", "Correggere la richiesta.",
	"Correct the request."};
static const struct problem_text moved_on = {"NUMBERS_CHANGED",
	"Nel frattempo i numeri sono cambiati: non è stato pubblicato nulla.",
	"The numbers changed meanwhile: nothing was published.",
	"Guardare i nuovi numeri e confermare di nuovo.", "Look at the new numbers and confirm again."};

struct publishing {
	struct publish_change *changes;
	struct publish_people *people; /* of each change: count_people() */
	size_t count;
	enum publish_policy policy;
	const char *token; /* of what was shown */
	int64_t by;
	int64_t asked; /* out: to change version */
	bool stale;    /* out */
};

static bool read_change(json_t *json, struct publish_change *ret)
{
	json_t *version = json_object_get(json, "version");
	const char *level = json_string_value(json_object_get(json, "level"));
	ret->module = json_integer_value(json_object_get(json, "module"));
	ret->version = json_integer_value(version);
	ret->absent = json_is_false(json_object_get(json, "part"));
	if ((ret->absent && ret->version != 0) || level == NULL || strlen(level) >= sizeof(ret->level) || ret->module < 1 || ret->version < 0 ||
		(!json_is_integer(version) && !json_is_null(version))) {
		return false;
	}
	g_strlcpy(ret->level, level, sizeof(ret->level));
	return true;
}

static bool same_place(const struct publishing *publishing, size_t end, const struct publish_change *change)
{
	for (size_t i = 0; i < end; i++) {
		if (publishing->changes[i].module == change->module &&
			strcmp(publishing->changes[i].level, change->level) == 0) {
			return true;
		}
	}
	return false;
}

/* False: answered. */
static bool read_changes(struct request *request, struct reply *reply, struct publishing *ret)
{
	json_t *list = json_object_get(request->json, "changes"), *each;
	size_t index, count = json_array_size(list);
	bool good = count > 0 && count <= LIMIT_PUBLISH_CHANGES;
	ret->changes = g_new0(struct publish_change, MAX(count, 1));
	ret->people = g_new0(struct publish_people, MAX(count, 1));
	json_array_foreach(good ? list : NULL, index, each)
	{
		good = good && read_change(each, &ret->changes[index]) &&
		       !same_place(ret, index, &ret->changes[index]);
		ret->count++;
	}
	if (!good) {
		reply_fault(reply, 422, &bad_change, "changes");
	}
	return good;
}

static void count_people(struct db *db, struct publishing *publishing, bool with_fresh)
{
	for (size_t i = 0; i < publishing->count; i++) {
		publish_count(db, &publishing->changes[i], with_fresh, &publishing->people[i]);
	}
}

static void publishing_finish(struct publishing *publishing)
{
	g_free(publishing->changes);
	g_free(publishing->people);
}

/* What was shown: from which version to which, and whom the policy touches. */
static void token_of(
	struct db *db, const struct publishing *publishing, enum publish_policy policy, char ret[33])
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	for (size_t i = 0; i < publishing->count; i++) {
		const struct publish_change *change = &publishing->changes[i];
		struct package_row before = {0};
		path_package(db, change->module, change->level, &before);
		/* Who takes the course away touches everybody, whatever the policy. */
		int64_t touched = publish_touched(
			&publishing->people[i], change->version == 0 ? PUBLISH_ALWAYS : policy);
		g_autofree char *line = g_strdup_printf("%d %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT
							" %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d;",
			policy, change->module, change->level, before.version, change->version, touched, change->absent);
		g_checksum_update(sum, (const guchar *)line, -1);
	}
	g_strlcpy(ret, g_checksum_get_string(sum), 33);
}

static json_t *version_brief(struct db *db, int64_t id)
{
	struct version_row version;
	if (id == 0 || !version_find(db, id, &version)) {
		return json_null();
	}
	char at[32];
	store_time_text(version.imported_at, at);
	return json_pack("{s:I, s:I, s:I, s:s, s:s}", "id", (json_int_t)id, "course",
		(json_int_t)version.course, "number", (json_int_t)version.number, "title", version.title,
		"imported_at", at);
}

static json_t *change_json(
	struct db *db, const struct publish_change *change, const struct publish_people *people)
{
	struct package_row before = {0};
	path_package(db, change->module, change->level, &before);
	return json_pack("{s:I, s:s, s:o, s:o, s:{s:I, s:I, s:I, s:I, s:I, s:I, s:I}}", "module",
		(json_int_t)change->module, "level", change->level, "from", version_brief(db, before.version),
		"to", version_brief(db, change->version), "people", "fresh", (json_int_t)people->fresh,
		"opened", (json_int_t)people->opened, "in_progress", (json_int_t)people->in_progress,
		"completed", (json_int_t)people->completed, "already", (json_int_t)people->already, "working",
		(json_int_t)people->working, "asked", (json_int_t)people->asked);
}

static json_t *preview_json(struct db *db, struct publishing *publishing)
{
	int64_t touched[PUBLISH_POLICIES] = {0};
	json_t *changes = json_array(), *policies = json_array();
	count_people(db, publishing, true);
	for (size_t i = 0; i < publishing->count; i++) {
		const struct publish_people *people = &publishing->people[i];
		json_array_append_new(changes, change_json(db, &publishing->changes[i], people));
		for (int policy = 0; policy < PUBLISH_POLICIES; policy++) {
			touched[policy] += publish_touched(people, (enum publish_policy)policy);
		}
	}
	for (int policy = 0; policy < PUBLISH_POLICIES; policy++) {
		char token[33];
		token_of(db, publishing, (enum publish_policy)policy, token);
		json_array_append_new(
			policies, json_pack("{s:s, s:I, s:s}", "policy",
					  publish_policy_name((enum publish_policy)policy), "people",
					  (json_int_t)touched[policy], "token", token));
	}
	return json_pack("{s:o, s:o}", "changes", changes, "policies", policies);
}

static bool all_possible(struct db *db, const struct publishing *publishing, struct problem *ret)
{
	for (size_t i = 0; i < publishing->count; i++) {
		if (!publish_check(db, &publishing->changes[i], ret)) {
			return false;
		}
	}
	return true;
}

static void answer_refused(struct reply *reply, const struct problem *problem)
{
	reply_problem(reply, strcmp(problem->code, "NOT_FOUND") == 0 ? 404 : 422, problem);
}

static void preview(struct request *request, struct reply *reply)
{
	struct publishing publishing = {0};
	struct problem problem;
	if (read_changes(request, reply, &publishing)) {
		struct db *db = store_read(request->app->store);
		if (all_possible(db, &publishing, &problem)) {
			reply_json(reply, 200, preview_json(db, &publishing));
		} else {
			answer_refused(reply, &problem);
		}
		store_read_done(request->app->store, db);
	}
	publishing_finish(&publishing);
}

/* Was it this that was shown, by the numbers that were counted last and the versions that modules have now? */
static bool is_stale(struct db *db, struct publishing *publishing)
{
	char token[33];
	token_of(db, publishing, publishing->policy, token);
	publishing->stale = strcmp(token, publishing->token) != 0;
	return publishing->stale;
}

static bool publish_all(struct db *db, void *data)
{
	struct publishing *publishing = data;
	publishing->asked = 0;
	if (is_stale(db, publishing)) {
		return false;
	}
	for (size_t i = 0; i < publishing->count; i++) {
		int64_t people = publish_touched(&publishing->people[i], publishing->policy);
		const struct publish_change *change = &publishing->changes[i];
		if (!publish_checked(db, change, publishing->policy, people, publishing->by)) {
			return false;
		}
		publishing->asked += change->version == 0 ? 0 : people;
	}
	return true;
}

/* Counting takes long where many people are, so it is done before: the writer, which the learners' work waits for,
 * only notes what is published. */
static bool count_again(struct app *app, struct publishing *publishing)
{
	struct db *db = store_read(app->store);
	count_people(db, publishing, false);
	bool same = !is_stale(db, publishing);
	store_read_done(app->store, db);
	return same;
}

static bool prepare(struct app *app, struct publishing *publishing, struct problem *ret)
{
	for (size_t i = 0; i < publishing->count; i++) {
		if (!publish_prepare(app->store, &publishing->changes[i], ret)) {
			return false;
		}
	}
	return true;
}

static void answer_stale(struct request *request, struct reply *reply, struct publishing *publishing)
{
	struct problem problem;
	problem_set(&problem, &moved_on, "token");
	struct db *db = store_read(request->app->store);
	reply_json(reply, 409,
		json_pack("{s:o, s:o}", "problem", problem_json(&problem), "preview",
			preview_json(db, publishing)));
	store_read_done(request->app->store, db);
}

/* Who lacked no more than a module that the level has no longer has completed the path. */
static void sweep_shortened(struct app *app, const struct publishing *publishing)
{
	for (size_t i = 0; i < publishing->count; i++) {
		if (publishing->changes[i].absent) {
			completion_sweep_level(app->store, publishing->changes[i].level);
		}
	}
}

static void answer_publish(struct request *request, struct reply *reply, struct publishing *publishing)
{
	struct problem problem = {0};
	publishing->by = request->who.person;
	if (count_again(request->app, publishing) && prepare(request->app, publishing, &problem) &&
		store_write(request->app->store, publish_all, publishing, &problem)) {
		sweep_shortened(request->app, publishing);
		reply_json(reply, 201, json_pack("{s:I}", "people", (json_int_t)publishing->asked));
	} else if (publishing->stale) {
		answer_stale(request, reply, publishing);
	} else {
		answer_refused(reply, &problem);
	}
}

static void confirm(struct request *request, struct reply *reply)
{
	struct publishing publishing = {0};
	const char *policy;
	if (!request_unpack(request, reply, "{s:s, s:s}", "policy", &policy, "token", &publishing.token)) {
		return;
	}
	if (!publish_policy_read(policy, &publishing.policy)) {
		reply_fault(reply, 422, &bad_policy, "policy");
		return;
	}
	if (read_changes(request, reply, &publishing)) {
		answer_publish(request, reply, &publishing);
	}
	publishing_finish(&publishing);
}

const struct route publish_routes[] = {
	{.id = "publications.preview",
		.method = HTTP_POST,
		.pattern = "/api/publications/preview",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = preview,
		.summary = "What putting versions into modules would mean, in people; nothing is changed"},
	{.id = "publications.confirm",
		.method = HTTP_POST,
		.pattern = "/api/publications",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = confirm,
		.summary =
			"Put versions into modules, as previewed (token), with a policy for those under way"},
	ROUTE_END,
};
