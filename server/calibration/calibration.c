#include "server/calibration/calibration.h"

#include "assessment/placement/adaptive.h"
#include "server/calibration/work.h"
#include "server/store/adaptive.h"

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

const char *calibration_model_name(enum calibration_model model)
{
	return model_names[model];
}

static void refuse(struct faults *faults, enum calibration_fault which, guint one, guint two)
{
	g_autofree char *first = g_strdup_printf("%u", one);
	g_autofree char *second = g_strdup_printf("%u", two);
	faults_add(faults, &texts[which], "calibration", first, second);
}

/* --- Which items can be calibrated --- */

static void drop(struct calibration_work *work, guint column, const char *why)
{
	json_array_append_new(work->dropped, json_pack("{s:s, s:s}", "item",
						     (char *)g_ptr_array_index(work->table->items, column), "why", why));
}

static int8_t mark_at(const struct response_table *table, guint person, guint column)
{
	return ((const int8_t *)table->marks->data)[(size_t)person * table->items->len + column];
}

static void copy_kept(struct calibration_work *work)
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

static void drop_thin(struct calibration_work *work)
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
static void drop_apart(struct calibration_work *work)
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

static bool estimate(struct calibration_work *work, struct faults *faults)
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
	struct calibration_work work = {.wish = wish, .table = table, .dropped = json_array(), .kept = g_array_new(FALSE, FALSE, sizeof(guint))};
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
			report = calibration_report_json(&work, bank, levels);
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
