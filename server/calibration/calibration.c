#include "server/calibration/calibration.h"

#include <math.h>
#include <string.h>

#include "assessment/placement/adaptive.h"
#include "assessment/measurement/item_fit.h"
#include "assessment/placement/pool.h"
#include "assessment/measurement/standard_setting.h"
#include "server/store/adaptive.h"
#include "server/store/levels.h"

enum calibration_fault {
	FAULT_3PL,
	FAULT_PERSONS,
	FAULT_ITEMS,
	FAULT_MISSING,
	FAULT_CML_2PL,
};

static const struct fault_text texts[] = {
	[FAULT_3PL] = {"CALIBRATION_3PL", SEVERITY_ERROR, NULL,
		"Il modello a tre parametri non si stima con $1 persone: l’indovino si vede solo con almeno $2.",
		"The three-parameter model cannot be estimated from $1 people: guessing shows with at least $2 only.",
		"Usa il modello 2PL, o Rasch con pochi dati.", "Use the 2PL, or Rasch with few data."},
	[FAULT_PERSONS] = {"CALIBRATION_FEW_PERSONS", SEVERITY_ERROR, NULL, "Ci sono le risposte di $1 persone: ne servono almeno $2.",
		"There are the answers of $1 people: at least $2 are needed.", "Raccogli altre prove.", "Collect more tests."},
	[FAULT_ITEMS] = {"CALIBRATION_FEW_ITEMS", SEVERITY_ERROR, NULL,
		"Restano $1 quesiti calibrabili: ne servono almeno $2.", "$1 items can be calibrated: at least $2 are needed.",
		NULL, NULL},
	[FAULT_MISSING] = {"CALIBRATION_MISSING", SEVERITY_ERROR, NULL,
		"La massima verosimiglianza condizionata vuole risposte complete: qui ne mancano.",
		"Conditional maximum likelihood needs complete answers: some are missing here.",
		"Usa il metodo marginale (mml).", "Use the marginal method (mml)."},
	[FAULT_CML_2PL] = {"CALIBRATION_CML_RASCH", SEVERITY_ERROR, NULL,
		"Il metodo condizionato vale solo per il modello di Rasch.", "The conditional method is for the Rasch model only.",
		"Usa il metodo marginale (mml).", "Use the marginal method (mml)."},
};

static const char *const model_names[] = {
	[CALIBRATION_RASCH] = "rasch", [CALIBRATION_2PL] = "2pl", [CALIBRATION_3PL] = "3pl"};

enum calibration_model calibration_model_parse(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(model_names); i++) {
		if (g_strcmp0(name, model_names[i]) == 0) {
			return (enum calibration_model)i;
		}
	}
	return CALIBRATION_RASCH;
}

static void refuse(struct faults *faults, enum calibration_fault which, guint one, guint two)
{
	g_autofree char *first = g_strdup_printf("%u", one);
	g_autofree char *second = g_strdup_printf("%u", two);
	faults_add(faults, &texts[which], "calibration", first, second);
}

/* --- Which items can be calibrated --- */

struct work {
	const struct calibration_wish *wish;
	struct response_table *table;
	json_t *dropped;
	GArray *kept; /* guint: columns of the table */
	int8_t *marks;
	struct answers answers; /* of the kept items, rows alike put together */
	struct answers_collapsed collapsed;
	struct calibrated_item *items;
	struct item_fit *fit;
	struct calibration result;
};

static void drop(struct work *work, guint column, const char *why)
{
	json_array_append_new(work->dropped, json_pack("{s:s, s:s}", "item",
						     (char *)g_ptr_array_index(work->table->items, column), "why", why));
}

static int8_t mark_at(const struct response_table *table, guint person, guint column)
{
	return ((const int8_t *)table->marks->data)[(size_t)person * table->items->len + column];
}

static void copy_kept(struct work *work)
{
	const guint n = work->kept->len;
	g_free(work->marks);
	work->marks = g_malloc((size_t)work->table->persons * n + 1);
	for (guint p = 0; p < work->table->persons; p++) {
		for (guint i = 0; i < n; i++) {
			work->marks[(size_t)p * n + i] = mark_at(work->table, p, g_array_index(work->kept, guint, i));
		}
	}
	work->answers = (struct answers){.marks = work->marks, .persons = work->table->persons, .items = n};
}

static void drop_thin(struct work *work)
{
	for (guint column = 0; column < work->table->items->len; column++) {
		guint seen[2] = {0, 0};
		for (guint p = 0; p < work->table->persons; p++) {
			int8_t mark = mark_at(work->table, p, column);
			if (mark != ANSWER_MISSING) {
				seen[mark != 0]++;
			}
		}
		if (seen[0] + seen[1] < CALIBRATION_ANSWERS_MIN) {
			drop(work, column, "few_answers");
		} else if (seen[0] == 0 || seen[1] == 0) {
			drop(work, column, seen[0] == 0 ? "all_right" : "all_wrong");
		} else {
			g_array_append_val(work->kept, column);
		}
	}
}

/* Only the largest group that hangs together has one scale. */
static void drop_apart(struct work *work)
{
	if (work->kept->len == 0) {
		return;
	}
	copy_kept(work);
	g_autofree uint32_t *group = g_new(uint32_t, work->kept->len);
	g_autofree guint *sizes = g_new0(guint, work->kept->len);
	uint32_t groups = items_connected(&work->answers, group), largest = 0;
	for (guint i = 0; i < work->kept->len; i++) {
		sizes[group[i]]++;
		largest = sizes[group[i]] > sizes[largest] ? group[i] : largest;
	}
	if (groups > 1) {
		GArray *joined = g_array_new(FALSE, FALSE, sizeof(guint));
		for (guint i = 0; i < work->kept->len; i++) {
			guint column = g_array_index(work->kept, guint, i);
			if (group[i] == largest) {
				g_array_append_val(joined, column);
			} else {
				drop(work, column, "not_joined");
			}
		}
		g_array_unref(work->kept);
		work->kept = joined;
	}
	copy_kept(work);
}

static bool estimate(struct work *work, struct faults *faults)
{
	uint32_t bad;
	enum calibration_result outcome;
	if (work->wish->cml) {
		outcome = calibrate_cml(&work->collapsed.answers, work->items, &work->result, &bad);
	} else {
		struct calibration_settings settings = CALIBRATION_SETTINGS_DEFAULT(work->wish->model);
		settings.threads = work->wish->threads;
		settings.tolerance = 1e-4;
		outcome = calibrate_mml(&settings, &work->collapsed.answers, work->items, &work->result, &bad);
	}
	if (outcome == CALIBRATION_MISSING) {
		refuse(faults, FAULT_MISSING, 0, 0);
	} else if (outcome != CALIBRATION_OK) {
		refuse(faults, FAULT_ITEMS, work->kept->len, 2);
	}
	return outcome == CALIBRATION_OK;
}

/* --- The old scale --- */

struct link {
	guint items;
	double slope, shift; /* theta_old = slope × theta_new + shift */
};

static const struct irt_item *old_of(const struct pool *pool, const char *id)
{
	guint place = pool ? pool_find(pool, id) : G_MAXUINT;
	return place != G_MAXUINT && pool->items[place].has_parameters ? &pool->items[place].irt : NULL;
}

static const char *item_name(const struct work *work, guint i)
{
	return g_ptr_array_index(work->table->items, g_array_index(work->kept, guint, i));
}

/* Mean and sigma of the difficulties that both have; items that moved far are left out of a second round. */
static struct link find_link(const struct work *work, const struct pool *pool)
{
	struct link link = {0, 1, 0};
	for (int round = 0; round < 2; round++) {
		double n = 0, sum_new = 0, sum_old = 0, square_new = 0, square_old = 0;
		for (guint i = 0; i < work->kept->len; i++) {
			const struct irt_item *old = old_of(pool, item_name(work, i));
			double b = work->items[i].b;
			if (!old || (round == 1 && fabs(link.slope * b + link.shift - old->b) > CALIBRATION_DRIFT)) {
				continue;
			}
			n++;
			sum_new += b;
			sum_old += old->b;
			square_new += b * b;
			square_old += old->b * old->b;
		}
		if (n < 2) {
			break;
		}
		double sd_new = sqrt(fmax(square_new / n - sum_new / n * sum_new / n, 0));
		double sd_old = sqrt(fmax(square_old / n - sum_old / n * sum_old / n, 0));
		bool rasch = work->wish->model == CALIBRATION_RASCH;
		link.items = (guint)n;
		link.slope = rasch || sd_new < 1e-9 || sd_old < 1e-9 ? 1 : sd_old / sd_new;
		link.shift = sum_old / n - link.slope * sum_new / n;
	}
	return link;
}

static struct irt_item linked_item(const struct work *work, guint i, const struct link *link)
{
	return irt_item_3pl(work->items[i].a / link->slope, link->slope * work->items[i].b + link->shift, work->items[i].c);
}

/* --- The report --- */

static json_t *number_json(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *item_json(const struct work *work, guint i, const struct pool *pool, const struct link *link)
{
	const struct item_fit *fit = &work->fit[i];
	const struct irt_item *old = old_of(pool, item_name(work, i));
	struct irt_item moved = linked_item(work, i, link);
	double displacement = old ? moved.b - old->b : NAN, se = fit->se_b * link->slope;
	bool misfit = fit->infit < CALIBRATION_MISFIT_LOW || fit->infit > CALIBRATION_MISFIT_HIGH ||
		      fit->outfit > CALIBRATION_MISFIT_HIGH;
	bool drifted = old && fabs(displacement) > CALIBRATION_DRIFT && fabs(displacement) > 2.58 * se;
	json_t *json = json_pack("{s:s, s:f, s:f, s:f, s:o, s:o, s:f, s:f, s:f, s:f, s:b, s:o, s:b}", "item",
		item_name(work, i), "a", work->items[i].a, "b", work->items[i].b, "c", work->items[i].c, "se_a", number_json(fit->se_a),
		"se_b", number_json(fit->se_b), "answers", fit->answers, "share", fit->share, "infit", fit->infit,
		"outfit", fit->outfit, "misfit", (int)misfit, "displacement", number_json(displacement), "drifted",
		(int)drifted);
	json_object_set_new(json, "linked", json_pack("{s:f, s:f, s:o}", "a", moved.a, "b", moved.b, "se_b", number_json(se)));
	json_object_set_new(json, "old", old ? json_pack("{s:f, s:f, s:f}", "a", old->a, "b", old->b, "c", old->c) : json_null());
	return json;
}

/* The policy's shares as cuts on the theta scale of these items. False: not to be had. */
static bool theta_cuts(const GArray *levels, const struct irt_item *items, guint count, struct cuts *ret)
{
	ret->count = levels && levels->len > 1 ? MIN(levels->len - 1, CLASSIFY_CUTS_MAX) : 0;
	for (uint32_t k = 0; k < ret->count; k++) {
		double share = g_array_index(levels, struct level_row, k + 1).cut;
		ret->at[k] = standard_theta(items, count, share * count);
	}
	return ret->count > 0 && cuts_are_valid(ret);
}

static double theta_of(const struct irt_item *items, const int8_t *row, guint count)
{
	struct irt_response responses[CALIBRATION_ITEMS_MAX];
	uint32_t given = 0;
	for (guint i = 0; i < count; i++) {
		if (row[i] != ANSWER_MISSING && irt_item_is_valid(&items[i])) {
			responses[given++] = (struct irt_response){&items[i], (uint32_t)row[i]};
		}
	}
	struct theta_settings settings = THETA_SETTINGS_DEFAULT(THETA_EAP);
	return theta_estimate(&settings, responses, given).theta;
}

/* Where the person was placed before: by the old parameters, or, at a cold start, by the share of right answers. */
static uint32_t level_before(const GArray *levels, const struct cuts *cuts, const struct irt_item *old, const int8_t *row, guint count)
{
	if (old) {
		return level_at(cuts, theta_of(old, row, count));
	}
	guint given = 0, right = 0;
	uint32_t level = 0;
	for (guint i = 0; i < count; i++) {
		given += row[i] != ANSWER_MISSING;
		right += row[i] == 1;
	}
	for (guint k = 1; given && k < levels->len && k <= CLASSIFY_CUTS_MAX; k++) {
		level += (double)right / given >= g_array_index(levels, struct level_row, k).cut;
	}
	return level;
}

static void add_people(json_t *report, const struct work *work, const GArray *levels, const struct irt_item *old,
	const struct irt_item *fresh)
{
	const guint n = work->kept->len;
	const struct answers *rows = &work->collapsed.answers;
	struct cuts after, before;
	bool decided = work->wish->cuts.count > 0 && levels && work->wish->cuts.count + 1 == levels->len;
	if (decided) {
		after = work->wish->cuts;
	} else if (!theta_cuts(levels, fresh, n, &after)) {
		return;
	}
	/* The cuts are the policy's decision: on the old scale they stay where they are. */
	if (!decided && old && theta_cuts(levels, old, n, &before)) {
		after = before;
	}
	double table[CLASSIFY_CUTS_MAX + 1][CLASSIFY_CUTS_MAX + 1] = {{0}};
	double changed = 0;
	for (uint32_t p = 0; p < rows->persons; p++) {
		const int8_t *row = rows->marks + (size_t)p * n;
		uint32_t was = level_before(levels, &after, old, row, n), is = level_at(&after, theta_of(fresh, row, n));
		table[was][is] += rows->weights[p];
		changed += was != is ? rows->weights[p] : 0;
	}
	json_t *lines = json_array();
	for (uint32_t was = 0; was <= after.count; was++) {
		json_t *line = json_array();
		for (uint32_t is = 0; is <= after.count; is++) {
			json_array_append_new(line, json_integer((json_int_t)table[was][is]));
		}
		json_array_append_new(lines, line);
	}
	json_t *cuts = json_array(), *names = json_array();
	for (uint32_t k = 0; k <= after.count; k++) {
		json_array_append_new(names, json_string(g_array_index(levels, struct level_row, k).name_it));
		if (k < after.count) {
			json_array_append_new(cuts, json_real(after.at[k]));
		}
	}
	json_object_set_new(report, "people", json_pack("{s:I, s:I, s:o, s:o, s:o}", "compared",
						      (json_int_t)work->table->persons, "changed", (json_int_t)changed, "table",
						      lines, "cuts", cuts, "levels", names));
	json_object_set_new(report, "accuracy",
		json_pack("{s:o, s:f}", "old", old ? json_real(standard_rudner(&after, old, n).accuracy) : json_null(), "new",
			standard_rudner(&after, fresh, n).accuracy));
}

static json_t *report_json(struct work *work, const char *bank, const GArray *levels)
{
	struct faults faults;
	faults_init(&faults, 1);
	struct pool *pool = bank ? pool_read(bank, strlen(bank), &faults) : NULL;
	faults_finish(&faults);
	const guint n = work->kept->len;
	struct link link = find_link(work, pool);
	g_autofree struct irt_item *fresh = g_new0(struct irt_item, n), *old = g_new0(struct irt_item, n);
	bool all_old = true;
	double answers = 0;
	json_t *items = json_array();
	for (guint i = 0; i < n; i++) {
		const struct irt_item *known = old_of(pool, item_name(work, i));
		fresh[i] = linked_item(work, i, &link);
		old[i] = known ? *known : fresh[i];
		all_old = all_old && known;
		answers += work->fit[i].answers;
		json_array_append_new(items, item_json(work, i, pool, &link));
	}
	json_t *report = json_pack("{s:s, s:s, s:i, s:f, s:f, s:i, s:b, s:f, s:O, s:o, s:o, s:n, s:n}", "model",
		model_names[work->wish->model], "method", work->wish->cml ? "cml" : "mml",
		"persons", (int)work->table->persons, "answers", answers, "log_likelihood", work->result.log_likelihood,
		"iterations", (int)work->result.iterations, "converged", (int)work->result.converged, "theta_sd",
		work->result.theta_sd, "dropped", work->dropped, "items", items, "link",
		link.items ? json_pack("{s:i, s:f, s:f}", "items", (int)link.items, "slope", link.slope, "shift", link.shift) : json_null(),
		"people", "accuracy");
	add_people(report, work, levels, all_old ? old : NULL, fresh);
	pool_destroy(pool);
	return report;
}

static bool wish_is_sound(const struct calibration_wish *wish, guint persons, struct faults *faults)
{
	guint least = wish->model == CALIBRATION_2PL ? CALIBRATION_2PL_MIN : CALIBRATION_PERSONS_MIN;
	if (wish->model == CALIBRATION_3PL && persons < CALIBRATION_3PL_MIN) {
		refuse(faults, FAULT_3PL, persons, CALIBRATION_3PL_MIN);
	} else if (wish->cml && wish->model != CALIBRATION_RASCH) {
		refuse(faults, FAULT_CML_2PL, 0, 0);
	} else if (persons < least) {
		refuse(faults, FAULT_PERSONS, persons, least);
	} else {
		return true;
	}
	return false;
}

json_t *calibration_run(const struct calibration_wish *wish, struct response_table *table, const char *bank,
	const GArray *levels, struct faults *faults)
{
	if (!wish_is_sound(wish, table->persons, faults)) {
		return NULL;
	}
	struct work work = {.wish = wish, .table = table, .dropped = json_array(), .kept = g_array_new(FALSE, FALSE, sizeof(guint))};
	json_t *report = NULL;
	gint64 begun = g_get_monotonic_time();
	drop_thin(&work);
	drop_apart(&work);
	if (work.kept->len < 2 || work.kept->len > CALIBRATION_ITEMS_MAX) {
		refuse(faults, FAULT_ITEMS, work.kept->len, 2);
	} else {
		answers_collapse(&work.answers, &work.collapsed);
		work.items = g_new0(struct calibrated_item, work.kept->len);
		work.fit = g_new0(struct item_fit, work.kept->len);
		if (estimate(&work, faults)) {
			item_fit(&work.collapsed.answers, work.items, work.result.theta_sd, wish->threads, work.fit, NULL);
			report = report_json(&work, bank, levels);
			json_object_set_new(report, "seconds", json_real((double)(g_get_monotonic_time() - begun) / 1e6));
		}
		answers_collapsed_finish(&work.collapsed);
	}
	g_free(work.items);
	g_free(work.fit);
	g_free(work.marks);
	g_array_unref(work.kept);
	json_decref(work.dropped);
	return report;
}

void calibration_cuts_load(struct calibration_wish *wish, struct db *db)
{
	struct adaptive_policy_row row;
	if (adaptive_policy_active(db, &row)) {
		struct adaptive policy;
		struct faults faults;
		faults_init(&faults, 1);
		json_auto_t *json = json_loads(row.body, 0, NULL);
		if (adaptive_read(&policy, json, &faults)) {
			wish->cuts = policy.cuts;
		}
		faults_finish(&faults);
		adaptive_policy_row_finish(&row);
	}
}

/* --- Adoption --- */

char *calibrated_bank(const char *bank, json_t *report, const char *day, int64_t number)
{
	json_auto_t *json = json_loads(bank, 0, NULL);
	json_t *item, *found;
	size_t i, k;
	if (!json) {
		return NULL;
	}
	const char *model = json_string_value(json_object_get(report, "model"));
	g_autofree char *from = g_strdup_printf("calibrazione %d, %s, %s %s, %d persone", (int)number, day, model,
		json_string_value(json_object_get(report, "method")), (int)json_integer_value(json_object_get(report, "persons")));
	json_array_foreach(json_object_get(json, "items"), i, item)
	{
		json_array_foreach(json_object_get(report, "items"), k, found)
		{
			if (!json_equal(json_object_get(item, "id"), json_object_get(found, "item"))) {
				continue;
			}
			json_t *linked = json_object_get(found, "linked");
			json_t *parameters = json_pack("{s:s, s:O, s:s}", "model", model, "b", json_object_get(linked, "b"), "provenance", from);
			if (strcmp(model, "rasch") != 0) {
				json_object_set(parameters, "a", json_object_get(linked, "a"));
			}
			if (strcmp(model, "3pl") == 0) {
				json_object_set(parameters, "c", json_object_get(found, "c"));
			}
			json_object_set_new(item, "parameters", parameters);
			json_object_set_new(item, "state", json_string("calibrated"));
		}
	}
	g_autofree char *version = g_strdup_printf("%s+cal%d", json_string_value(json_object_get(json, "version")), (int)number);
	json_object_set_new(json, "version", json_string(version));
	char *dumped = json_dumps(json, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
	char *text = g_strdup(dumped);
	free(dumped);
	return text;
}
