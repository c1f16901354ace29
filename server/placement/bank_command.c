/*
 * fad bank: checks a file of items without importing it, imports it, exports a bank; item parameters as CSV.
 */
#include <stdio.h>
#include <string.h>

#include "assessment/import/import.h"
#include "assessment/placement/parameters.h"
#include "server/app.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/placement/bank_package.h"
#include "server/placement/bank_parameters.h"
#include "server/placement/banks.h"
#include "server/problem.h"

struct wanted {
	char *data;
	gint64 bank; /* 0: the active one */
};

static void tell(const struct faults *faults, const char *path)
{
	for (guint i = 0; i < faults->list->len; i++) {
		struct problem problem = g_array_index(faults->list, struct problem, i);
		g_autofree char *where = g_strdup_printf("%s, %s", path, problem.where);
		PROBLEM_COPY(problem.where, *problem.where ? where : path);
		problem_print(&problem);
	}
	if (faults->omitted) {
		fprintf(stderr, "%s: altre %u segnalazioni (more)\n", path, faults->omitted);
	}
}

static bool load(const char *path, char **ret_bytes, gsize *ret_len)
{
	g_autoptr(GError) error = NULL;
	if (!g_file_get_contents(path, ret_bytes, ret_len, &error)) {
		fprintf(stderr, "fad: %s\n", error->message);
		return false;
	}
	return true;
}

/* As a bank, whatever the format; tells what is wrong. */
static struct bank *read_file(const char *path, struct import_count *ret_count)
{
	g_autofree char *bytes = NULL;
	gsize len;
	*ret_count = (struct import_count){0};
	if (!load(path, &bytes, &len)) {
		return NULL;
	}
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	enum import_format format = import_recognise(bytes, len);
	bool own = (format == IMPORT_BANK || format == IMPORT_UNKNOWN) && !bank_package_is_zip(bytes, len);
	g_autoptr(GHashTable) media = import_media_new();
	g_autofree char *json = own ? NULL : bank_package_read(bytes, len, media, &faults, ret_count);
	const char *text = own ? bytes : json;
	struct bank *bank = text ? bank_read(text, own ? len : strlen(text), &faults) : NULL;
	if (bank && own) {
		ret_count->imported = bank->item_count;
	}
	tell(&faults, path);
	faults_finish(&faults);
	return bank;
}

static int check(char **paths)
{
	int status = COMMAND_OK;
	for (guint i = 0; paths[i]; i++) {
		struct import_count count;
		struct bank *bank = read_file(paths[i], &count);
		printf("%s: %u quesiti validi, %u respinti (good items, refused)\n", paths[i], count.imported,
			count.refused);
		status = bank && count.refused == 0 ? status : COMMAND_FAULT;
		bank_destroy(bank);
	}
	return status;
}

/* Tells what was found in a file, and whether a bank came of it. */
static bool tell_import(enum bank_import result, const char *path, const struct faults *faults, const struct problem *problem)
{
	tell(faults, path);
	if (result == BANK_IMPORT_FAILED) {
		problem_print(problem);
	}
	return result == BANK_IMPORT_NEW || result == BANK_IMPORT_KNOWN;
}

static bool import_one(struct app *app, int64_t unused, const char *path)
{
	g_autofree char *bytes = NULL;
	gsize len;
	if (!load(path, &bytes, &len)) {
		return false;
	}
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct bank_row row;
	struct problem problem = {0};
	const enum bank_import result = bank_import(app->store, bytes, len, 0, &row, &faults, &problem);
	const bool good = tell_import(result, path, &faults, &problem);
	if (good) {
		printf("%s: banca %" G_GINT64_FORMAT " «%s», %" G_GINT64_FORMAT " quesiti%s\n", path, row.id,
			row.name, row.items,
			result == BANK_IMPORT_KNOWN ? ", già presente (known already)" : "");
	}
	faults_finish(&faults);
	return good;
}

static bool export_one(struct app *app, int64_t id, const char *path)
{
	struct db *db = store_read(app->store);
	g_autofree char *body = bank_body(db, id, NULL);
	store_read_done(app->store, db);
	if (!body) {
		fprintf(stderr, "fad: la banca non esiste (no such bank)\n");
		return false;
	}
	g_autofree char *csv = NULL;
	const bool zip = g_str_has_suffix(path, ".zip");
	if (zip || g_str_has_suffix(path, ".csv")) {
		struct faults faults;
		faults_init(&faults, 1);
		struct bank *bank = bank_read(body, strlen(body), &faults);
		csv = bank ? bank_csv(bank) : NULL;
		db = store_read(app->store);
		const bool packed = zip && bank && bank_package_write(bank, db, path);
		store_read_done(app->store, db);
		bank_destroy(bank);
		faults_finish(&faults);
		if (packed || (zip && csv)) {
			return packed;
		}
		if (!csv) {
			fprintf(stderr,
				"fad: la banca salvata non è leggibile (the stored bank cannot be read)\n");
			return false;
		}
	}
	g_autoptr(GError) error = NULL;
	if (!g_file_set_contents(path, csv ? csv : body, -1, &error)) {
		fprintf(stderr, "fad: %s\n", error->message);
		return false;
	}
	return true;
}

/* Puts a CSV of parameters on the items: a new version of the bank. */
static bool take_parameters(struct app *app, int64_t id, const char *path)
{
	g_autofree char *bytes = NULL;
	gsize len;
	if (!load(path, &bytes, &len)) {
		return false;
	}
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct bank_row row;
	struct problem problem = {0};
	guint count = 0;
	const enum bank_import result =
		bank_parameters_import(app->store, id, bytes, len, path, 0, &row, &count, &faults, &problem);
	const bool good = tell_import(result, path, &faults, &problem);
	if (good) {
		printf("%s: banca %" G_GINT64_FORMAT ", versione %s, %u quesiti con parametri; per usarla va attivata "
		       "(items with parameters; activate it to use it)\n",
			path, row.id, row.version, count);
	} else if (!faults.errors) {
		fprintf(stderr, "fad: la banca non esiste (no such bank)\n");
	}
	faults_finish(&faults);
	return good;
}

static bool give_parameters(struct app *app, int64_t id, const char *path)
{
	struct db *db = store_read(app->store);
	g_autofree char *body = bank_body(db, id, NULL);
	store_read_done(app->store, db);
	g_autofree char *csv = body ? parameters_csv(body) : NULL;
	g_autoptr(GError) error = NULL;
	if (!csv || !g_file_set_contents(path, csv, -1, &error)) {
		fprintf(stderr, "fad: %s\n", csv ? error->message : "la banca non esiste (no such bank)");
		return false;
	}
	return true;
}

/* What needs the data folder. */
static const struct {
	const char *name;
	bool (*act)(struct app *app, int64_t bank, const char *path);
} deeds[] = {
	{"import", import_one},
	{"export", export_one},
	{"parameters", take_parameters},
	{"export-parameters", give_parameters},
};

static int with_data(const struct wanted *wanted, guint deed, char **paths)
{
	struct problem problem;
	struct app *app = app_open(wanted->data, &problem);
	if (!app) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	bool good = true;
	for (guint i = 0; paths[i]; i++) {
		good &= deeds[deed].act(app, wanted->bank, paths[i]);
	}
	app_close(app);
	return good ? COMMAND_OK : COMMAND_FAULT;
}

int command_bank(int count, char **words)
{
	struct wanted wanted = {0};
	const GOptionEntry entries[] = {
		{.long_name = "data", .arg = G_OPTION_ARG_FILENAME, .arg_data = &wanted.data},
		{.long_name = "bank", .arg = G_OPTION_ARG_INT64, .arg_data = &wanted.bank},
		{0},
	};
	g_auto(GStrv) left = NULL;
	if (!options_read(entries, count, words, &left)) {
		return COMMAND_MISUSED;
	}
	const char *deed = left && left[0] && left[1] ? left[0] : "";
	int status = COMMAND_MISUSED;
	wanted.data = options_data_folder(wanted.data);
	if (strcmp(deed, "check") == 0) {
		status = check(left + 1);
	}
	for (guint i = 0; i < G_N_ELEMENTS(deeds); i++) {
		if (strcmp(deed, deeds[i].name) == 0) {
			status = with_data(&wanted, i, left + 1);
		}
	}
	if (status == COMMAND_MISUSED) {
		fprintf(stderr, "fad bank check|import|export|parameters|export-parameters FILE…\n");
	}
	g_free(wanted.data);
	return status;
}
