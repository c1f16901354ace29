/* /api/placement/adaptive: the policy's versions, and simulations of it before anybody is tested by it. */
#include <stdlib.h>
#include <string.h>

#include "assessment/placement/simulate.h"
#include "server/app.h"
#include "server/http/request.h"
#include "server/placement/prepared.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/adaptive.h"
#include "server/store/audit.h"
#include "server/store/placement.h"

/* A simulation answers while a page waits. */
#define WEB_PERSONS_LEAST 100
#define WEB_ROUNDS 25u
#define WEB_ROUND_PERSONS 1000u

static const struct problem_text no_pool = {
	.code = "ADAPTIVE_NO_BANK",
	.it = "La banca attiva non ha quesiti con parametri.",
	.en = "The active bank has no items with parameters.",
	.mend_it = "Attiva una banca calibrata, o importa i parametri.",
	.mend_en = "Activate a calibrated bank, or import parameters.",
};

static const struct problem_text wrong_cuts = {
	.code = "ADAPTIVE_LEVELS",
	.it = "Le soglie devono essere una di meno dei livelli della collocazione.",
	.en = "There must be one cut fewer than the placement's levels.",
	.mend_it = "Aggiungi o togli soglie, oppure cambia i livelli.",
	.mend_en = "Add or remove cuts, or change the levels.",
};

static const struct problem_text busy = {
	.code = "SIMULATION_BUSY",
	.it = "Un'altra simulazione è in corso.",
	.en = "Another simulation is under way.",
	.mend_it = "Riprova tra qualche secondo.",
	.mend_en = "Try again in some seconds.",
};

/* What a new installation is offered: the values whose simulation the documentation shows. */
static const char offered[] =
	"{\"format\": \"fad-adaptive-1\", \"name\": \"Collocazione adattiva\", \"cuts\": [-0.5, 0.7],"
	" \"exposure\": {\"maximum\": 0.25}, \"stop\": {\"minimum\": 4, \"maximum\": 20, \"mean\": 13,"
	" \"rules\": [{\"rule\": \"gain\"}]}, \"pilots\": 0}";

static json_t *version_json(const struct adaptive_policy_row *row)
{
	char at[32];
	store_time_text(row->made_at, at);
	json_t *policy = *row->body ? json_loads(row->body, 0, NULL) : json_null();
	return json_pack("{s:I, s:s, s:o}", "id", (json_int_t)row->id, "made_at", at, "policy", policy);
}

static json_t *bank_state(struct app *app, struct db *db)
{
	g_autofree char *body = bank_body(db, 0, NULL);
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct pool *pool = body ? pool_read(body, strlen(body), &faults) : NULL;
	json_t *areas = json_array(), *json = json_null();
	(void)app;
	for (guint a = 0; pool && a < pool->area_count; a++) {
		json_array_append_new(areas, json_string(pool->areas[a]));
	}
	if (pool) {
		json = json_pack("{s:i, s:i, s:i, s:O}", "items", (int)pool->count, "calibrated", (int)pool->calibrated,
			"pilots", (int)pool->pilots, "areas", areas);
	}
	json_decref(areas);
	pool_destroy(pool);
	faults_finish(&faults);
	return json;
}

static void get_adaptive(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = adaptive_policies(db);
	json_t *versions = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(versions, version_json(&g_array_index(rows, struct adaptive_policy_row, i)));
	}
	json_t *bank = bank_state(request->app, db);
	struct prepared *prepared = prepared_get(request->app->prepared, db, 0, 0);
	store_read_done(request->app->store, db);
	const char *method = !prepared ? "fixed"
			     : walk_method_for(prepared->pool, &prepared->policy) == WALK_ADAPTIVE ? "adaptive" : "gated";
	const bool priced = prepared && prepared->plan_id != 0;
	prepared_release(prepared);
	reply_json(reply, 200,
		json_pack("{s:s, s:b, s:o, s:o, s:o}", "method", method, "priced", (int)priced, "bank", bank, "versions",
			versions, "offered", json_loads(offered, 0, NULL)));
}

struct adopting {
	char *body;
	int64_t by;
};

static bool adopt(struct db *db, void *data)
{
	const struct adopting *adopting = data;
	const int64_t id = adaptive_policy_add(db, adopting->body, adopting->by);
	audit_about(db, adopting->by, "adaptive.adopt", "adaptive-policy", id, *adopting->body ? "adaptive" : "off");
	return true;
}

/* Reads {"policy": …}; answers itself when it is not sound. */
static bool read_policy(struct request *request, struct reply *reply, json_t *json, struct adaptive *ret)
{
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	const bool good = adaptive_read(ret, json, &faults);
	if (!good) {
		reply_faults(reply, 422, &faults);
	}
	faults_finish(&faults);
	(void)request;
	return good;
}

static void put_adaptive(struct request *request, struct reply *reply)
{
	json_t *json = json_object_get(request->json, "policy");
	struct adopting adopting = {.by = request->who.person};
	struct problem problem = {0};
	if (json_is_null(json)) {
		adopting.body = g_strdup("");
	} else {
		struct adaptive policy;
		if (!read_policy(request, reply, json, &policy)) {
			return;
		}
		struct policy levels;
		struct db *db = store_read(request->app->store);
		placement_policy_load(db, &levels);
		store_read_done(request->app->store, db);
		const bool fits = levels.level_count == policy.cuts.count + 1;
		policy_finish(&levels);
		if (!fits) {
			reply_fault(reply, 422, &wrong_cuts, "cuts");
			return;
		}
		json_t *whole = adaptive_json(&policy);
		char *text = json_dumps(whole, JSON_COMPACT | JSON_REAL_PRECISION(17));
		adopting.body = g_strdup(text);
		free(text);
		json_decref(whole);
	}
	const bool good = store_write(request->app->store, adopt, &adopting, &problem) &&
			  prepared_make_plan(request->app->store, request->app->prepared, PLAN_CAREFUL, &problem);
	g_free(adopting.body);
	if (good) {
		get_adaptive(request, reply);
	} else {
		reply_store_fault(reply, &problem);
	}
}

static json_t *run_simulation(const struct pool *pool, const struct adaptive *policy, guint persons, guint64 seed)
{
	struct plan_settings settings = {
		.rounds = WEB_ROUNDS, .persons = WEB_ROUND_PERSONS, .threads = 1, .seed = seed};
	struct plan *plan = plan_is_needed(policy) ? plan_make(pool, policy, settings) : plan_free_of_charge(pool, policy);
	struct simulation simulation;
	simulate(pool, policy, plan,
		(struct simulation_settings){.persons = persons, .threads = 1, .seed = seed + 1000000,
			.mean = policy->prior_mean, .sd = policy->prior_sd, .guard = true},
		&simulation);
	json_t *json = simulation_json(&simulation, pool);
	simulation_finish(&simulation);
	plan_destroy(plan);
	return json;
}

static void post_simulate(struct request *request, struct reply *reply)
{
	json_t *persons_json = json_object_get(request->json, "persons");
	const json_int_t persons = persons_json ? json_integer_value(persons_json) : 2000;
	struct adaptive policy;
	if (!read_policy(request, reply, json_object_get(request->json, "policy"), &policy)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	g_autofree char *body = bank_body(db, 0, NULL);
	store_read_done(request->app->store, db);
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct pool *pool = body ? pool_read(body, strlen(body), &faults) : NULL;
	if (faults.errors) {
		reply_faults(reply, 422, &faults);
	} else if (!pool || pool->calibrated == 0) {
		reply_fault(reply, 422, &no_pool, "bank");
	} else if (!prepared_simulation_begin(request->app->prepared)) {
		reply_fault(reply, 409, &busy, "simulation");
	} else {
		const guint number = (guint)CLAMP(persons, WEB_PERSONS_LEAST, (json_int_t)SIMULATION_PERSONS_WEB_MAX);
		reply_json(reply, 200, run_simulation(pool, &policy, number, 1));
		prepared_simulation_end(request->app->prepared);
	}
	pool_destroy(pool);
	faults_finish(&faults);
}

const struct route placement_adaptive_routes[] = {
	{.id = "adaptive.get",
		.method = HTTP_GET,
		.pattern = "/api/placement/adaptive",
		.roles = ROLE_DESIGNER | ROLE_PROVIDER,
		.handler = get_adaptive,
		.summary = "How placements choose their items: versions of the policy, newest first"},
	{.id = "adaptive.put",
		.method = HTTP_PUT,
		.pattern = "/api/placement/adaptive",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = put_adaptive,
		.summary = "Adopts a policy (assessment/placement/adaptive.h) for tests begun from now on; null switches it off"},
	{.id = "adaptive.simulate",
		.method = HTTP_POST,
		.pattern = "/api/placement/adaptive/simulate",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = post_simulate,
		.summary = "Simulated people take a policy on the active bank"},
	ROUTE_END,
};
