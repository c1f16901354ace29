/*
 * What the provider may do about somebody's placement: set the level, allow another try. Both say why, for
 * ever.
 */
#include <string.h>

#include "server/app.h"
#include "server/ecm/level_move.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/people.h"
#include "server/store/placement.h"

#define WHY_BYTES 500

static const struct problem_text no_reason = {
	.code = "REASON_MISSING",
	.it = "Manca il motivo, oppure supera 500 caratteri.",
	.en = "The reason is missing, or has more than 500 characters.",
	.mend_it = "Scrivi perché: resta nel registro.",
	.mend_en = "Say why: it is kept in the register.",
};

static const struct problem_text no_level = {
	.code = "LEVEL_UNKNOWN",
	.it = "Il livello non esiste.",
	.en = "There is no such level.",
	.mend_it = "Scegli un livello dalla lista.",
	.mend_en = "Choose a level from the list.",
};

struct order {
	int64_t person;
	int64_t by;
	const char *level; /* NULL: allow a retake */
	char *why;
};

/* Reads the reason and checks that the person exists; answers itself when something is wrong. */
static bool act_read(struct request *request, struct reply *reply, struct order *ret)
{
	const char *why = json_string_value(json_object_get(request->json, "why"));
	*ret = (struct order){.person = request->values[0].number, .by = request->who.person};
	ret->why = g_strstrip(g_strdup(why ? why : ""));
	struct person person;
	struct db *db = store_read(request->app->store);
	bool known = people_by_id(db, ret->person, &person);
	store_read_done(request->app->store, db);
	if (!known) {
		reply_not_found(reply, "person");
	} else if (!*ret->why || strlen(ret->why) > WHY_BYTES) {
		reply_fault(reply, 422, &no_reason, "why");
	} else {
		return true;
	}
	g_free(ret->why);
	return false;
}

static bool perform(struct db *db, void *data)
{
	const struct order *act = data;
	if (act->level) {
		level_give(db, act->person, act->level, true, act->why, act->by);
	} else {
		placement_grant(db, act->person, act->by, act->why);
		audit_about(db, act->by, "placement.allow-retake", "person", act->person, act->why);
	}
	return true;
}

static void act_perform(struct request *request, struct reply *reply, struct order *act)
{
	struct problem problem = {0};
	if (store_write(request->app->store, perform, act, &problem)) {
		reply_empty(reply, 204);
	} else {
		reply_store_fault(reply, &problem);
	}
	g_free(act->why);
}

/* False: answered. */
static bool read_level(struct request *request, struct reply *reply, const char *level, struct level_row *ret)
{
	struct db *db = store_read(request->app->store);
	bool known = level && level_find(db, level, ret);
	store_read_done(request->app->store, db);
	if (!known) {
		reply_fault(reply, 422, &no_level, "level");
	}
	return known;
}

static void look_at_override(struct request *request, struct reply *reply)
{
	struct level_row row;
	struct person person;
	if (!read_level(request, reply, request_query(request, "level"), &row)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	bool known = people_by_id(db, request->values[0].number, &person);
	json_t *json = known ? level_move_json(db, person.id, row.id) : NULL;
	store_read_done(request->app->store, db);
	if (json) {
		reply_json(reply, 200, json);
	} else {
		reply_not_found(reply, "person");
	}
}

static void override_level(struct request *request, struct reply *reply)
{
	const char *level = json_string_value(json_object_get(request->json, "level"));
	struct level_row row;
	struct order act;
	if (read_level(request, reply, level, &row) && act_read(request, reply, &act)) {
		act.level = row.id;
		act_perform(request, reply, &act);
	}
}

static void allow_retake(struct request *request, struct reply *reply)
{
	struct order act;
	if (act_read(request, reply, &act)) {
		act_perform(request, reply, &act);
	}
}

const struct route placement_act_routes[] = {
	{.id = "people.override.look",
		.method = HTTP_GET,
		.pattern = "/api/people/{person:id}/placement/override",
		.roles = ROLE_PROVIDER,
		.handler = look_at_override,
		.summary = "What another level would do to the ECM event that a person counts in: ?level="},
	{.id = "people.override",
		.method = HTTP_POST,
		.pattern = "/api/people/{person:id}/placement/override",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = override_level,
		.summary = "Sets a person's level, with the reason"},
	{.id = "people.retake",
		.method = HTTP_POST,
		.pattern = "/api/people/{person:id}/placement/allow-retake",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = allow_retake,
		.summary = "Allows a person one more placement test, with the reason"},
	ROUTE_END,
};
