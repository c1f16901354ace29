/*
 * fad bank: checks a file of items without importing it, imports it, exports a bank.
 */
#include <stdio.h>
#include <string.h>

#include "assessment/import/import.h"
#include "server/app.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/placement/bank_package.h"
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

/* As a bank, whatever the format; tells what is wrong. */
static struct bank *read_file(const char *path, struct import_count *ret_count)
{
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	gsize len;
	*ret_count = (struct import_count){0};
	if (!g_file_get_contents(path, &bytes, &len, &error)) {
		fprintf(stderr, "fad: %s\n", error->message);
		return NULL;
	}
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	enum import_format format = import_recognise(bytes, len);
	bool own = (format == IMPORT_BANK || format == IMPORT_UNKNOWN) && !bank_package_is_zip(bytes, len);
	g_autofree char *json = own ? NULL : bank_package_read(bytes, len, &faults, ret_count);
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

static bool import_one(struct app *app, const char *path)
{
	g_autofree char *bytes = NULL;
	g_autoptr(GError) error = NULL;
	gsize len;
	if (!g_file_get_contents(path, &bytes, &len, &error)) {
		fprintf(stderr, "fad: %s\n", error->message);
		return false;
	}
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct bank_row row;
	struct problem problem = {0};
	enum bank_import result = bank_import(app->store, bytes, len, 0, &row, &faults, &problem);
	bool good = result == BANK_IMPORT_NEW || result == BANK_IMPORT_KNOWN;
	tell(&faults, path);
	if (good) {
		printf("%s: banca %" G_GINT64_FORMAT " «%s», %" G_GINT64_FORMAT " quesiti%s\n", path, row.id,
			row.name, row.items,
			result == BANK_IMPORT_KNOWN ? ", già presente (known already)" : "");
	} else if (result == BANK_IMPORT_FAILED) {
		problem_print(&problem);
	}
	faults_finish(&faults);
	return good;
}

static bool export_one(struct app *app, gint64 id, const char *path)
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
		const bool packed = zip && bank && bank_package_write(bank, path);
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

static int with_data(const struct wanted *wanted, bool import, char **paths)
{
	struct problem problem;
	struct app *app = app_open(wanted->data, &problem);
	if (!app) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	bool good = true;
	for (guint i = 0; paths[i]; i++) {
		good &= import ? import_one(app, paths[i]) : export_one(app, wanted->bank, paths[i]);
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
	} else if (strcmp(deed, "import") == 0 || strcmp(deed, "export") == 0) {
		status = with_data(&wanted, *deed == 'i', left + 1);
	} else {
		fprintf(stderr, "fad bank check|import|export FILE…\n");
	}
	g_free(wanted.data);
	return status;
}
