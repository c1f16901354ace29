#include "server/placement/record.h"

#include <math.h>
#include <string.h>

#include "assessment/form/response.h"
#include "server/placement/sequential.h"
#include "server/placement/view.h"
#include "server/store/people.h"

/* Theta stored and run again may differ by rounding of the text only. */
#define SAME 1e-5

static json_t *time_json(int64_t at)
{
	char text[32];
	store_time_text(at, text);
	return at ? json_string(text) : json_null();
}

static json_t *head_json(const struct placement *placement)
{
	return json_pack("{s:I, s:I, s:I, s:s, s:o, s:o, s:s, s:f, s:f}", "id", (json_int_t)placement->id, "number",
		(json_int_t)placement->number, "bank_id", (json_int_t)placement->bank, "state",
		placement->state == PLACEMENT_OPEN ? "open" : "done", "started_at", time_json(placement->started_at),
		"done_at", time_json(placement->done_at), "level", placement->level, "score", placement->score, "maximum",
		placement->maximum);
}

json_t *record_list_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) list = placement_history(db, person);
	json_t *json = json_array();
	for (guint i = 0; i < list->len; i++) {
		const struct placement *placement = &g_array_index(list, struct placement, i);
		struct adaptive_test test;
		json_t *one = head_json(placement);
		const bool found = adaptive_test_find(db, placement->id, &test);
		json_object_set_new(one, "method", json_string(!found ? "fixed" : test.gated ? "gated" : "adaptive"));
		if (found) {
			adaptive_test_finish(&test);
		}
		json_array_append_new(json, one);
	}
	return json;
}

/* The item as it was shown, with the places chosen and the right ones. */
static json_t *item_json(const struct form *form, guint position, const struct placement_answer *answer)
{
	json_t *item = form_item_view(form, position, answer->response, answer->revision);
	g_autofree char *right = response_right(&form->items[position]);
	json_t *key = json_loads(right, 0, NULL);
	json_object_set_new(item, "id", json_string(form->items[position].id));
	json_object_set_new(item, "key", key);
	return item;
}

static json_t *steps_json(const struct form *form, const GArray *answers, const GArray *steps)
{
	json_t *list = json_array();
	for (guint i = 0; i < MIN(form->item_count, answers->len); i++) {
		json_t *item = item_json(form, i, &g_array_index(answers, struct placement_answer, i));
		if (i < steps->len) {
			const struct adaptive_step *step = &g_array_index(steps, struct adaptive_step, i);
			json_t *levels = json_loads(step->levels, 0, NULL);
			json_object_set_new(item, "pilot", json_boolean(step->pilot));
			json_object_set_new(item, "category", step->category < 0 ? json_null() : json_integer(step->category));
			json_object_set_new(item, "theta", step->se > 0 ? json_real(step->theta) : json_null());
			json_object_set_new(item, "se", step->se > 0 ? json_real(step->se) : json_null());
			json_object_set_new(item, "levels", levels ? levels : json_array());
			json_object_set_new(item, "confirmed_at", time_json(step->confirmed_at));
		}
		json_array_append_new(list, item);
	}
	return list;
}

/* Runs the record again: does each item follow, is theta the same, is the level the same? */
static json_t *again_json(const struct placement *placement, const struct adaptive_test *test, struct prepared *prepared,
	const struct form *form, const GArray *steps)
{
	struct record record;
	if (!prepared || prepared->plan_id != test->plan || !record_begin(&record, prepared, test)) {
		return json_pack("{s:b, s:s}", "same", 0, "why", "means_missing");
	}
	const char *why = "";
	bool same = true;
	for (guint i = 0; i < steps->len && same; i++) {
		const struct adaptive_step *step = &g_array_index(steps, struct adaptive_step, i);
		bool pilot;
		enum stop_rule stop;
		const guint item = walk_next(&record.walk, &pilot, &stop);
		same = item == (guint)step->item && pilot == step->pilot;
		why = same ? "" : "item";
		if (same && step->category >= 0) {
			walk_answer(&record.walk, item, pilot, (guint)step->category);
			if (!test->gated) {
				const struct theta_estimate estimate = session_theta(&record.walk.session);
				same = fabs(estimate.theta - step->theta) < SAME && fabs(estimate.se - step->se) < SAME;
				why = same ? "" : "theta";
			}
		} else if (step->category < 0) {
			break;
		}
	}
	if (same && placement->state == PLACEMENT_DONE) {
		bool pilot;
		enum stop_rule stop;
		const guint item = walk_next(&record.walk, &pilot, &stop);
		const guint level = MIN(walk_level(&record.walk, NULL), form->level_count - 1);
		same = item == SESSION_NO_ITEM && strcmp(stop_rule_name(stop), test->stopped_by) == 0 &&
		       strcmp(form->levels[level].id, placement->level) == 0;
		why = same ? "" : "level";
	}
	record_finish(&record);
	return json_pack("{s:b, s:s}", "same", (int)same, "why", why);
}

static json_t *test_json(struct db *db, const struct adaptive_test *test)
{
	struct adaptive_policy_row row;
	json_t *policy = json_null();
	if (adaptive_policy_find(db, test->policy, &row)) {
		policy = json_loads(row.body, 0, NULL);
		adaptive_policy_row_finish(&row);
	}
	char seed[24];
	g_snprintf(seed, sizeof(seed), "%" G_GUINT64_FORMAT, test->seed);
	json_t *excluded = json_loads(test->excluded, 0, NULL);
	return json_pack("{s:s, s:I, s:I, s:s, s:o, s:s, s:o, s:o}", "method", test->gated ? "gated" : "adaptive", "policy_id",
		(json_int_t)test->policy, "plan_id", (json_int_t)test->plan, "seed", seed, "policy", policy, "stopped_by",
		test->stopped_by, "probability", test->probability < 0 ? json_null() : json_real(test->probability),
		"excluded", excluded ? excluded : json_array());
}

static json_t *decisions_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) levels = level_history(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < levels->len; i++) {
		const struct level_decision *one = &g_array_index(levels, struct level_decision, i);
		json_array_append_new(list, json_pack("{s:s, s:o, s:b, s:s}", "level", one->level, "at", time_json(one->at),
						    "override", (int)one->is_override, "why", one->why));
	}
	return list;
}

static json_t *grants_json(struct db *db, int64_t person)
{
	g_autoptr(GArray) grants = placement_grant_history(db, person);
	json_t *list = json_array();
	for (guint i = 0; i < grants->len; i++) {
		const struct placement_grant_row *one = &g_array_index(grants, struct placement_grant_row, i);
		json_array_append_new(list, json_pack("{s:o, s:o, s:s}", "at", time_json(one->granted_at), "placement",
						    one->placement ? json_integer(one->placement) : json_null(), "why", one->why));
	}
	return list;
}

static json_t *whole(struct prepared_cache *cache, struct db *db, const struct placement *placement, const struct form *form)
{
	g_autoptr(GArray) answers = placement_answers(db, placement->id);
	g_autoptr(GArray) steps = adaptive_steps(db, placement->id);
	json_t *json = head_json(placement);
	struct adaptive_test test;
	if (adaptive_test_find(db, placement->id, &test)) {
		struct prepared *prepared = prepared_get(cache, db, placement->bank, test.policy);
		json_object_set_new(json, "test", test_json(db, &test));
		json_object_set_new(json, "again", again_json(placement, &test, prepared, form, steps));
		if (placement->state == PLACEMENT_DONE) {
			json_object_set_new(json, "result", sequential_result(placement, form, &test, steps, prepared));
		}
		prepared_release(prepared);
		adaptive_test_finish(&test);
	} else if (placement->state == PLACEMENT_DONE && form->item_count == answers->len) {
		json_object_set_new(json, "result", placement_result(form, answers));
	}
	struct person who;
	if (people_by_id(db, placement->person, &who)) {
		g_autofree char *name = g_strdup_printf("%s %s", who.given_name, who.family_name);
		json_object_set_new(json, "person", json_pack("{s:I, s:s}", "id", (json_int_t)placement->person, "name", name));
	}
	json_object_set_new(json, "bank", json_pack("{s:s, s:s}", "name", form->bank_name, "version", form->bank_version));
	json_object_set_new(json, "steps", steps_json(form, answers, steps));
	json_object_set_new(json, "tests", record_list_json(db, placement->person));
	json_object_set_new(json, "decisions", decisions_json(db, placement->person));
	json_object_set_new(json, "grants", grants_json(db, placement->person));
	return json;
}

json_t *record_json(struct prepared_cache *cache, struct db *db, int64_t id)
{
	struct placement placement = {0};
	if (!adaptive_placement(db, id, &placement)) {
		return NULL;
	}
	struct form *form = form_read(placement.form);
	json_t *json = form ? whole(cache, db, &placement, form) : NULL;
	form_destroy(form);
	placement_finish(&placement);
	return json;
}
