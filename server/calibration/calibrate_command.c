/*
 * fad calibrate: item parameters from recorded answers (placements, or a CSV of persons × items), with fit, errors,
 * drift, and what adopting them would change.
 */
#include <math.h>
#include <stdio.h>

#include "server/app.h"
#include "server/calibration/adopt.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/problem.h"
#include "server/store/levels.h"

struct wanted {
	char *data, *csv, *model, *method, *out;
	gint64 bank;
	gint threads;
	gboolean adopt;
};

static void tell_faults(const struct faults *faults)
{
	for (guint i = 0; i < faults->list->len; i++) {
		problem_print(&g_array_index(faults->list, struct problem, i));
	}
}

static double real_of(json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name);
	return json_is_number(value) ? json_number_value(value) : NAN;
}

static void print_report(json_t *report)
{
	json_t *item;
	size_t i;
	printf("%s, %s: %d persone, %.0f risposte, log-verosimiglianza %.3f, %d iterazioni%s, %.2f s\n",
		json_string_value(json_object_get(report, "model")), json_string_value(json_object_get(report, "method")),
		(int)json_integer_value(json_object_get(report, "persons")), real_of(report, "answers"),
		real_of(report, "log_likelihood"), (int)json_integer_value(json_object_get(report, "iterations")),
		json_is_true(json_object_get(report, "converged")) ? "" : " (NON CONVERGE)", real_of(report, "seconds"));
	printf("%-16s %8s %8s %8s %7s %7s %7s %8s\n", "item", "a", "b", "se(b)", "share", "infit", "outfit", "moved");
	json_array_foreach(json_object_get(report, "items"), i, item)
	{
		json_t *linked = json_object_get(item, "linked");
		printf("%-16s %8.3f %8.3f %8.3f %7.3f %7.2f %7.2f %8.3f%s%s\n", json_string_value(json_object_get(item, "item")),
			real_of(linked, "a"), real_of(linked, "b"), real_of(item, "se_b"), real_of(item, "share"),
			real_of(item, "infit"), real_of(item, "outfit"), real_of(item, "displacement"),
			json_is_true(json_object_get(item, "misfit")) ? " MISFIT" : "",
			json_is_true(json_object_get(item, "drifted")) ? " DRIFT" : "");
	}
	json_array_foreach(json_object_get(report, "dropped"), i, item)
	{
		printf("%-16s escluso: %s\n", json_string_value(json_object_get(item, "item")), json_string_value(json_object_get(item, "why")));
	}
	json_t *people = json_object_get(report, "people");
	if (json_is_object(people)) {
		printf("livello diverso per %d persone su %d (another level)\n", (int)json_integer_value(json_object_get(people, "changed")),
			(int)json_integer_value(json_object_get(people, "compared")));
		json_t *accuracy = json_object_get(report, "accuracy");
		printf("accuratezza attesa: prima %.3f, dopo %.3f (expected accuracy before, after)\n", real_of(accuracy, "old"), real_of(accuracy, "new"));
	}
}

/* The answers, and the bank and levels to compare with when there is a data folder. */
static bool gather(struct app *app, const struct wanted *wanted, struct response_table *table, char **ret_bank,
	int64_t *ret_id, GArray **ret_levels, struct faults *faults)
{
	bool good = true;
	if (app) {
		struct db *db = store_read(app->store);
		*ret_bank = bank_body(db, wanted->bank, ret_id);
		*ret_levels = levels_list(db);
		if (!wanted->csv && *ret_bank) {
			responses_from_placements(table, db, *ret_id);
		}
		store_read_done(app->store, db);
		good = *ret_bank != NULL;
		if (!good) {
			fprintf(stderr, "fad calibrate: la banca non esiste (no such bank)\n");
		}
	}
	if (good && wanted->csv) {
		g_autofree char *text = NULL;
		g_autoptr(GError) error = NULL;
		gsize len;
		good = g_file_get_contents(wanted->csv, &text, &len, &error);
		if (!good) {
			fprintf(stderr, "fad calibrate: %s\n", error->message);
		} else {
			good = responses_from_csv(table, text, len, faults);
		}
	}
	return good;
}

static int finish(struct app *app, const struct wanted *wanted, int64_t bank, json_t *report, struct faults *faults)
{
	struct problem problem = {0};
	print_report(report);
	if (wanted->out && json_dump_file(report, wanted->out, JSON_INDENT(1)) != 0) {
		fprintf(stderr, "fad calibrate: %s non si scrive (cannot be written)\n", wanted->out);
		return COMMAND_FAULT;
	}
	if (!wanted->adopt) {
		return COMMAND_OK;
	}
	struct calibration_row row = {.bank = bank};
	g_strlcpy(row.source, wanted->csv ? wanted->csv : "placements", sizeof(row.source));
	int64_t made;
	if (!app || !calibration_keep(app->store, &row, report, &problem) ||
		!calibration_make_bank(app->store, row.id, 0, &made, faults, &problem)) {
		tell_faults(faults);
		if (problem.code[0]) {
			problem_print(&problem);
		}
		return COMMAND_FAULT;
	}
	printf("adottata come banca %d; per usarla va attivata (adopted as a new version of the bank; activate it to use it)\n", (int)made);
	return COMMAND_OK;
}

int command_calibrate(int count, char **words)
{
	struct wanted wanted = {.threads = 2};
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &wanted.data, NULL, NULL},
		{"csv", 0, 0, G_OPTION_ARG_FILENAME, &wanted.csv, NULL, NULL},
		{"bank", 0, 0, G_OPTION_ARG_INT64, &wanted.bank, NULL, NULL},
		{"model", 0, 0, G_OPTION_ARG_STRING, &wanted.model, NULL, NULL},
		{"method", 0, 0, G_OPTION_ARG_STRING, &wanted.method, NULL, NULL},
		{"out", 0, 0, G_OPTION_ARG_FILENAME, &wanted.out, NULL, NULL},
		{"threads", 0, 0, G_OPTION_ARG_INT, &wanted.threads, NULL, NULL},
		{"adopt", 0, 0, G_OPTION_ARG_NONE, &wanted.adopt, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, NULL)) {
		return COMMAND_MISUSED;
	}
	struct problem problem = {0};
	struct faults faults;
	struct response_table table;
	/* A CSV alone needs no data folder. */
	bool alone = wanted.csv && !wanted.data && !wanted.adopt && wanted.bank == 0;
	g_autofree char *folder = alone ? NULL : options_data_folder(wanted.data);
	struct app *app = alone ? NULL : app_open(folder, &problem);
	int status = COMMAND_FAULT;
	faults_init(&faults, 50);
	response_table_init(&table);
	g_autofree char *bank = NULL;
	GArray *levels = NULL;
	int64_t id = 0;
	if (!alone && !app) {
		problem_print(&problem);
	} else if (gather(app, &wanted, &table, &bank, &id, &levels, &faults)) {
		struct calibration_wish wish = {
			.model = calibration_model_parse(wanted.model),
			.cml = g_strcmp0(wanted.method, "cml") == 0,
			.threads = (guint)MAX(wanted.threads, 1)};
		if (app) {
			struct db *db = store_read(app->store);
			calibration_cuts_load(&wish, db);
			store_read_done(app->store, db);
		}
		json_t *report = calibration_run(&wish, &table, bank, levels, &faults);
		status = report ? finish(app, &wanted, id, report, &faults) : COMMAND_FAULT;
		if (!report) {
			tell_faults(&faults);
		}
		json_decref(report);
	} else {
		tell_faults(&faults);
	}
	if (levels) {
		g_array_unref(levels);
	}
	response_table_finish(&table);
	faults_finish(&faults);
	app_close(app);
	g_free(wanted.csv);
	g_free(wanted.model);
	g_free(wanted.method);
	g_free(wanted.out);
	return status;
}
