/* Adopting a panel's cuts: in the policy of shares, and on the theta scale where placements are adaptive. */
#include <math.h>

#include "server/app.h"
#include "server/calibration/standard.h"
#include "server/placement/policy_change.h"
#include "server/placement/prepared.h"
#include "server/store/adaptive.h"
#include "server/store/audit.h"
#include "server/store/placement.h"

/* Shares are told to a tenth of a percent. */
static double round_to_mille(double share)
{
	return round(share * 1000) / 1000;
}

/* The policy as it is, with the round's cuts. */
static json_t *policy_with(struct store *store, json_t *round)
{
	struct policy policy;
	struct db *db = store_read(store);
	placement_policy_load(db, &policy);
	store_read_done(store, db);
	json_t *cuts = json_object_get(round, "cuts"), *cut;
	size_t i;
	json_array_foreach(cuts, i, cut)
	{
		for (guint k = 0; k < policy.level_count; k++) {
			if (g_strcmp0(policy.levels[k].id, json_string_value(json_object_get(cut, "level"))) == 0) {
				policy.levels[k].cut = round_to_mille(json_number_value(json_object_get(cut, "share")));
			}
		}
	}
	json_t *json = policy_json(&policy);
	policy_finish(&policy);
	return json;
}

struct adopting {
	int64_t session, by;
	json_t *round;
};

/* When placements are adaptive, a new version of that policy has the cuts on the theta scale. */
static void adopt_thetas(struct db *db, const struct adopting *adopting)
{
	struct adaptive_policy_row row;
	if (!adaptive_policy_active(db, &row)) {
		return;
	}
	json_auto_t *policy = json_loads(row.body, 0, NULL);
	json_t *thetas = json_array(), *cut;
	size_t i;
	bool whole = policy != NULL;
	json_array_foreach(json_object_get(adopting->round, "cuts"), i, cut)
	{
		json_t *theta = json_object_get(cut, "theta");
		whole = whole && json_is_number(theta);
		json_array_append(thetas, theta);
	}
	if (whole && json_array_size(thetas) == json_array_size(json_object_get(policy, "cuts"))) {
		json_object_set(policy, "cuts", thetas);
		char *body = json_dumps(policy, JSON_COMPACT | JSON_REAL_PRECISION(17));
		const int64_t id = adaptive_policy_add(db, body, adopting->by);
		audit_about(db, adopting->by, "adaptive.adopt", "adaptive-policy", id, "standard setting");
		free(body);
	}
	json_decref(thetas);
	adaptive_policy_row_finish(&row);
}

static bool note_adoption(struct db *db, void *data)
{
	const struct adopting *adopting = data;
	adopt_thetas(db, adopting);
	standard_session_adopt(db, adopting->session, adopting->by);
	char *detail = json_dumps(adopting->round, JSON_COMPACT);
	audit_about(db, adopting->by, "standard.adopt", "standard", adopting->session, detail);
	free(detail);
	return true;
}

bool standard_adopt(struct app *app, int64_t session, json_t *round, int64_t by, struct faults *faults, struct problem *ret)
{
	json_auto_t *policy = policy_with(app->store, round);
	struct adopting adopting = {session, by, round};
	return policy_change(app->store, policy, by, faults, ret) &&
	       store_write(app->store, note_adoption, &adopting, ret) &&
	       prepared_make_plan(app->store, app->prepared, PLAN_CAREFUL, ret);
}
