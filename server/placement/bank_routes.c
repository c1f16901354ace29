/* /api/banks and /api/placement/policy: what designers set up. */
#include "assessment/form/draw.h"
#include "server/app.h"
#include "server/limits.h"
#include "server/placement/prepared.h"
#include "server/placement/bank_reply.h"
#include "server/placement/policy_change.h"
#include "server/routes.h"
#include "server/store/audit.h"

static void list_banks(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = banks_all(db);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(list, bank_json(db, &g_array_index(rows, struct bank_row, i)));
	}
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:o}", "banks", list));
}

static void get_bank(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autofree char *body = bank_body(db, request->values[0].number, NULL);
	store_read_done(request->app->store, db);
	json_t *json = body ? json_loads(body, 0, NULL) : NULL;
	if (json) {
		reply_json(reply, 200, json);
	} else {
		reply_not_found(reply, "bank");
	}
}

static void import_bank(struct request *request, struct reply *reply)
{
	gsize len;
	const char *body = g_bytes_get_data(request->body, &len);
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct bank_row row;
	struct problem problem = {0};
	const enum bank_import result =
		bank_import(request->app->store, body ? body : "", len, request->who.person, &row, &faults, &problem);
	bank_import_reply(request, reply, result, &row, &faults, &problem);
	faults_finish(&faults);
}

static void activate(struct request *request, struct reply *reply)
{
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct problem problem = {0};
	switch (bank_make_active(
		request->app->store, request->values[0].number, request->who.person, &faults, &problem)) {
	case BANK_ACTIVATE_DONE:
		if (prepared_make_plan(request->app->store, request->app->prepared, PLAN_CAREFUL, &problem)) {
			list_banks(request, reply);
		} else {
			reply_store_fault(reply, &problem);
		}
		break;
	case BANK_ACTIVATE_UNKNOWN:
		reply_not_found(reply, "bank");
		break;
	case BANK_ACTIVATE_FAULTS:
		reply_faults(reply, 422, &faults);
		break;
	case BANK_ACTIVATE_FAILED:
		reply_store_fault(reply, &problem);
		break;
	}
	faults_finish(&faults);
}

static void get_policy(struct request *request, struct reply *reply)
{
	struct policy policy;
	struct db *db = store_read(request->app->store);
	placement_policy_load(db, &policy);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, policy_json(&policy));
	policy_finish(&policy);
}

static void put_policy(struct request *request, struct reply *reply)
{
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct problem problem = {0};
	if (policy_change(request->app->store, request->json, request->who.person, &faults, &problem)) {
		get_policy(request, reply);
	} else if (faults.list->len) {
		reply_faults(reply, 422, &faults);
	} else {
		reply_store_fault(reply, &problem);
	}
	faults_finish(&faults);
}

const struct route placement_bank_routes[] = {
	{.id = "banks.list",
		.method = HTTP_GET,
		.pattern = "/api/banks",
		.roles = ROLE_DESIGNER,
		.handler = list_banks,
		.summary = "Item banks, newest first"},
	{.id = "banks.import",
		.method = HTTP_POST,
		.pattern = "/api/banks",
		.roles = ROLE_DESIGNER,
		.body = BODY_BYTES,
		.body_limit = LIMIT_BANK_BYTES,
		.handler = import_bank,
		.summary = "Imports a bank (assessment/bank/bank.h); nothing when it has an error"},
	{.id = "banks.one",
		.method = HTTP_GET,
		.pattern = "/api/banks/{bank:id}",
		.roles = ROLE_DESIGNER,
		.handler = get_bank,
		.summary = "A whole bank, with its keys"},
	{.id = "banks.activate",
		.method = HTTP_POST,
		.pattern = "/api/banks/{bank:id}/activate",
		.roles = ROLE_DESIGNER,
		.handler = activate,
		.summary = "New tests are drawn from this bank"},
	{.id = "policy.get",
		.method = HTTP_GET,
		.pattern = "/api/placement/policy",
		.roles = ROLE_DESIGNER | ROLE_PROVIDER,
		.handler = get_policy,
		.summary = "Length, retakes, levels and cut scores of the placement"},
	{.id = "policy.put",
		.method = HTTP_PUT,
		.pattern = "/api/placement/policy",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = put_policy,
		.summary = "Changes the policy, for tests begun from now on"},
	ROUTE_END,
};
