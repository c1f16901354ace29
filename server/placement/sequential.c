#include "server/placement/sequential.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assessment/form/draw.h"
#include "assessment/form/response.h"
#include "assessment/placement/simulate.h"
#include "server/ecm/level_move.h"
#include "server/people/secrets.h"
#include "server/store/audit.h"

/* Items seen in earlier tests, and those that too many people saw already. */
static json_t *excluded_json(const struct prepared *prepared, struct db *db, GHashTable *seen)
{
	json_t *list = json_array();
	guint tests;
	g_autoptr(GArray) counts =
		adaptive_exposures(db, prepared->bank_id, prepared->policy_id, prepared->pool->count, &tests);
	for (guint i = 0; i < prepared->pool->count; i++) {
		if (g_hash_table_contains(seen, prepared->pool->items[i].id) ||
			exposure_is_reached(g_array_index(counts, guint, i), tests, prepared->policy.exposure)) {
			json_array_append_new(list, json_integer(i));
		}
	}
	return list;
}

bool record_begin(struct record *record, struct prepared *prepared, const struct adaptive_test *test)
{
	json_t *list = json_loads(test->excluded, 0, NULL);
	*record = (struct record){.prepared = prepared, .excluded = g_array_new(FALSE, FALSE, sizeof(guint))};
	bool good = json_is_array(list);
	for (size_t i = 0; good && i < json_array_size(list); i++) {
		const guint place = (guint)json_integer_value(json_array_get(list, i));
		good = place < prepared->pool->count;
		g_array_append_val(record->excluded, place);
	}
	json_decref(list);
	if (!good) {
		g_array_unref(record->excluded);
		return false;
	}
	const struct walk_means means = {.method = test->gated ? WALK_GATED : WALK_ADAPTIVE,
		.pool = prepared->pool,
		.policy = &prepared->policy,
		.plan = prepared->plan,
		.seed = test->seed,
		.excluded = (const guint *)(void *)record->excluded->data,
		.excluded_count = record->excluded->len};
	walk_init(&record->walk, &means);
	return true;
}

void record_finish(struct record *record)
{
	walk_finish(&record->walk);
	g_array_unref(record->excluded);
}

/* Each item's options are shuffled by a seed of its own. */
static void append(struct form *form, const struct prepared *prepared, guint item)
{
	form_append(form, prepared->bank, item, form->seed + form->item_count * 7919);
}

bool sequential_begin(struct prepared_cache *cache, struct db *db, struct placement *placement, GHashTable *seen,
	struct sequential *ret)
{
	struct prepared *prepared = cache ? prepared_get(cache, db, 0, 0) : NULL;
	if (!prepared) {
		return false;
	}
	*ret = (struct sequential){.prepared = prepared,
		.test = {.policy = prepared->policy_id,
			.plan = prepared->plan_id,
			.seed = secrets_number(),
			.gated = walk_method_for(prepared->pool, &prepared->policy) == WALK_GATED,
			.probability = -1}};
	json_t *excluded = excluded_json(prepared, db, seen);
	char *text = json_dumps(excluded, JSON_COMPACT);
	ret->test.excluded = g_strdup(text);
	free(text);
	json_decref(excluded);
	struct policy policy;
	placement_policy_load(db, &policy);
	struct record record;
	enum stop_rule why;
	bool good = policy.level_count == prepared->policy.cuts.count + 1 && record_begin(&record, prepared, &ret->test);
	if (good) {
		ret->item = walk_next(&record.walk, &ret->pilot, &why);
		good = ret->item != SESSION_NO_ITEM;
		record_finish(&record);
	}
	if (good) {
		struct form *form = form_begin(prepared->bank, &policy, ret->test.seed);
		append(form, prepared, ret->item);
		placement->form = form_write(form);
		placement->bank = prepared->bank_id;
		form_destroy(form);
	} else {
		sequential_finish(ret);
	}
	policy_finish(&policy);
	return good;
}

static void count_seen(struct db *db, const struct prepared *prepared, guint item, bool pilot)
{
	if (!pilot) {
		adaptive_exposure_count(db, prepared->bank_id, prepared->policy_id, (int64_t)item);
	}
}

void sequential_insert(struct db *db, struct sequential *sequential, const struct placement *placement)
{
	sequential->test.placement = placement->id;
	adaptive_test_add(db, &sequential->test);
	adaptive_step_ask(db, placement->id, 0, (int64_t)sequential->item, sequential->pilot, placement->form);
	adaptive_exposure_count(db, sequential->prepared->bank_id, sequential->prepared->policy_id, -1);
	count_seen(db, sequential->prepared, sequential->item, sequential->pilot);
}

void sequential_finish(struct sequential *sequential)
{
	prepared_release(sequential->prepared);
	adaptive_test_finish(&sequential->test);
	sequential->prepared = NULL;
}

guint sequential_category(const struct form *form, guint position, const struct placement_answer *answer)
{
	return response_score(&form->items[position], answer->response) >= 1 ? 1 : 0;
}

bool sequential_is_open_at(const GArray *steps, guint position)
{
	return position < steps->len && g_array_index(steps, struct adaptive_step, position).category < 0;
}

/* What is known after the newest answer, for the record. */
static void describe(const struct walk *walk, struct adaptive_step *step)
{
	g_strlcpy(step->levels, "[]", sizeof(step->levels));
	if (walk->means.method != WALK_ADAPTIVE) {
		return;
	}
	const struct theta_estimate estimate = session_theta(&walk->session);
	step->theta = estimate.theta;
	step->se = estimate.se;
	g_autoptr(GString) text = g_string_new("[");
	for (guint k = 0; k <= walk->means.policy->cuts.count; k++) {
		char number[G_ASCII_DTOSTR_BUF_SIZE];
		g_ascii_formatd(number, sizeof(number), "%.6f", walk->session.levels[k]);
		g_string_append_printf(text, "%s%s", k ? "," : "", number);
	}
	g_string_append_c(text, ']');
	g_strlcpy(step->levels, text->str, sizeof(step->levels));
}

static void end_test(struct db *db, struct placement *placement, struct adaptive_test *test, const struct walk *walk,
	const struct form *form, enum stop_rule why)
{
	const guint level = MIN(walk_level(walk, &test->probability), form->level_count - 1);
	g_strlcpy(test->stopped_by, stop_rule_name(why), sizeof(test->stopped_by));
	adaptive_test_end(db, test);
	g_strlcpy(placement->level, form->levels[level].id, sizeof(placement->level));
	placement->score = placement->maximum = 0;
	for (guint i = 0; i < walk->count; i++) {
		if (!walk->pilots[i]) {
			placement->score += walk->categories[i] > 0;
			placement->maximum += 1;
		}
	}
	placement->done_at = store_now();
	if (placement_close(db, placement)) {
		level_give(db, placement->person, placement->level, false, NULL, 0);
		audit_about(db, placement->person, "placement.submit", "placement", placement->id, placement->level);
	}
}

static void go_on(struct db *db, struct placement *placement, struct adaptive_test *test, struct record *record,
	struct form *form)
{
	bool pilot;
	enum stop_rule why;
	const guint item = walk_next(&record->walk, &pilot, &why);
	if (item == SESSION_NO_ITEM) {
		end_test(db, placement, test, &record->walk, form, why);
		return;
	}
	append(form, record->prepared, item);
	g_autofree char *text = form_write(form);
	adaptive_step_ask(db, placement->id, form->item_count - 1, (int64_t)item, pilot, text);
	count_seen(db, record->prepared, item, pilot);
}

/* The last answer becomes final. */
static enum advance confirm(struct db *db, struct advancing *advancing, struct placement *placement, struct form *form,
	const GArray *steps, struct adaptive_test *test)
{
	g_autoptr(GArray) answers = placement_answers(db, placement->id);
	const guint position = advancing->position;
	if (answers->len != steps->len || form->item_count != steps->len || position >= steps->len) {
		return ADVANCE_OTHER;
	}
	if (!sequential_is_open_at(steps, position)) {
		return ADVANCE_AGAIN;
	}
	const struct placement_answer *answer = &g_array_index(answers, struct placement_answer, position);
	if (answer->revision != advancing->revision) {
		return ADVANCE_STALE;
	}
	if (!response_is_given(answer->response) && !advancing->skip) {
		return ADVANCE_EMPTY;
	}
	struct record record;
	if (!record_begin(&record, advancing->prepared, test)) {
		return ADVANCE_OTHER;
	}
	for (guint i = 0; i < position; i++) {
		const struct adaptive_step *step = &g_array_index(steps, struct adaptive_step, i);
		walk_again(&record.walk, (guint)step->item, step->pilot, (guint)step->category);
	}
	struct adaptive_step step = g_array_index(steps, struct adaptive_step, position);
	step.category = sequential_category(form, position, answer);
	walk_again(&record.walk, (guint)step.item, step.pilot, (guint)step.category);
	describe(&record.walk, &step);
	adaptive_step_confirm(db, placement->id, position, &step);
	go_on(db, placement, test, &record, form);
	record_finish(&record);
	return ADVANCE_DONE;
}

bool sequential_advance(struct db *db, void *data)
{
	struct advancing *advancing = data;
	advancing->ret = ADVANCE_OTHER;
	struct placement placement = {0};
	struct adaptive_test test = {0};
	if (!placement_newest(db, advancing->person, &placement)) {
		return true;
	}
	if (placement.id != advancing->placement) {
		advancing->ret = ADVANCE_OTHER;
	} else if (placement.state == PLACEMENT_DONE) {
		advancing->ret = ADVANCE_AGAIN;
	} else if (adaptive_test_find(db, placement.id, &test)) {
		struct form *form = form_read(placement.form);
		g_autoptr(GArray) steps = adaptive_steps(db, placement.id);
		if (form && advancing->prepared->policy_id == test.policy && advancing->prepared->bank_id == placement.bank) {
			advancing->ret = confirm(db, advancing, &placement, form, steps, &test);
		}
		form_destroy(form);
		adaptive_test_finish(&test);
	}
	placement_finish(&placement);
	return true;
}

/* How an area went beside what theta lets expect: no level, a word. */
static const char *profile_of(double difference, double variance, guint count)
{
	if (count < 3 || variance <= 0) {
		return "unknown";
	}
	const double z = difference / sqrt(variance);
	return z > 1 ? "above" : z < -1 ? "below" : "as_expected";
}

static json_t *areas_json(const struct form *form, const struct adaptive_test *test, const GArray *steps,
	const struct prepared *prepared)
{
	json_t *areas = json_array();
	const double theta = steps->len ? g_array_index(steps, struct adaptive_step, steps->len - 1).theta : 0;
	for (guint a = 0; a < form->area_count; a++) {
		double score = 0, maximum = 0, difference = 0, variance = 0;
		for (guint i = 0; i < MIN(steps->len, form->item_count); i++) {
			const struct adaptive_step *step = &g_array_index(steps, struct adaptive_step, i);
			if (step->pilot || form->items[i].area != a || step->category < 0) {
				continue;
			}
			score += step->category > 0;
			maximum += 1;
			if (prepared && !test->gated && (guint)step->item < prepared->pool->count &&
				prepared->pool->items[step->item].has_parameters) {
				const double p = 1 - irt_probability(&prepared->pool->items[step->item].irt, theta, 0);
				difference += (step->category > 0) - p;
				variance += p * (1 - p);
			}
		}
		const struct bank_area *area = &form->areas[a];
		json_array_append_new(areas,
			json_pack("{s:s, s:s, s:s, s:f, s:f, s:s}", "id", area->id, "name_it", area->name_it, "name_en",
				area->name_en, "score", score, "maximum", maximum, "profile",
				profile_of(difference, variance, test->gated ? 0 : (guint)maximum)));
	}
	return areas;
}

json_t *sequential_result(const struct placement *placement, const struct form *form, const struct adaptive_test *test,
	const GArray *steps, const struct prepared *prepared)
{
	const struct level *level = &form->levels[0];
	for (guint i = 0; i < form->level_count; i++) {
		level = strcmp(form->levels[i].id, placement->level) == 0 ? &form->levels[i] : level;
	}
	json_t *levels = json_array();
	json_t *last = steps->len ? json_loads(g_array_index(steps, struct adaptive_step, steps->len - 1).levels, 0, NULL) : NULL;
	for (guint i = 0; i < form->level_count && json_array_size(last) == form->level_count; i++) {
		json_array_append_new(levels, json_pack("{s:s, s:s, s:s, s:O}", "id", form->levels[i].id, "name_it",
						      form->levels[i].name_it, "name_en", form->levels[i].name_en,
						      "probability", json_array_get(last, i)));
	}
	json_decref(last);
	return json_pack("{s:{s:s, s:s, s:s}, s:f, s:f, s:o, s:s, s:s, s:o, s:o}", "level", "id", level->id, "name_it",
		level->name_it, "name_en", level->name_en, "score", placement->score, "maximum", placement->maximum,
		"areas", areas_json(form, test, steps, prepared), "method", test->gated ? "gated" : "adaptive",
		"stopped_by", test->stopped_by, "probability",
		test->probability < 0 ? json_null() : json_real(test->probability), "levels", levels);
}
