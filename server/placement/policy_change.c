#include "server/placement/policy_change.h"

#include <string.h>

#include "assessment/form/draw.h"
#include "server/store/audit.h"

struct change {
	const struct policy *policy;
	int64_t by;
};

static bool save(struct db *db, void *data)
{
	const struct change *change = data;
	placement_policy_save(db, change->policy, change->by);
	json_t *json = policy_json(change->policy);
	char *detail = json_dumps(json, JSON_COMPACT);
	audit_add(db, change->by, "policy.change", "policy", detail);
	free(detail);
	json_decref(json);
	return true;
}

/* With an active bank, tests must still be possible. */
static bool drawable(struct store *store, const struct policy *policy, struct faults *faults)
{
	struct db *db = store_read(store);
	g_autofree char *body = bank_body(db, 0, NULL);
	store_read_done(store, db);
	if (!body) {
		return true;
	}
	struct bank *bank = bank_read(body, strlen(body), faults);
	bool good = bank && draw_check(bank, policy, faults);
	bank_destroy(bank);
	return good;
}

bool policy_change(
	struct store *store, json_t *json, int64_t by, struct faults *faults, struct problem *ret_problem)
{
	struct policy policy;
	if (!policy_init_json(&policy, json, faults)) {
		return false;
	}
	struct change change = {&policy, by};
	bool good = drawable(store, &policy, faults) && store_write(store, save, &change, ret_problem);
	policy_finish(&policy);
	return good;
}
