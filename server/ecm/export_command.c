/*
 * fad export ecm --event ID --out FILE [--data DIR] [--dry-run]: the participants' report from the command
 * line, by the same code as the provider's button.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/app.h"
#include "server/commands.h"
#include "server/ecm/export.h"
#include "server/options.h"
#include "server/problem.h"

static void tell_faults(const struct faults *faults)
{
	for (guint i = 0; i < faults->list->len; i++) {
		problem_print(&g_array_index(faults->list, struct problem, i));
	}
	if (faults->omitted) {
		fprintf(stderr, "fad export: altri %u problemi (more problems)\n", faults->omitted);
	}
}

static int tell_result(
	enum export_result result, int64_t event, const struct faults *faults, const struct problem *problem)
{
	tell_faults(faults);
	switch (result) {
	case EXPORT_DONE:
		return COMMAND_OK;
	case EXPORT_NO_EVENT:
		fprintf(stderr, "fad export: l'evento %" G_GINT64_FORMAT " non esiste (no such event)\n",
			event);
		return COMMAND_FAULT;
	case EXPORT_FAULTS:
		fprintf(stderr, "fad export: nessun rapporto scritto, %u errori (no report written)\n",
			faults->errors);
		return COMMAND_FAULT;
	case EXPORT_FAILED:
		problem_print(problem);
		return COMMAND_FAULT;
	}
	return COMMAND_FAULT;
}

static bool copy_bytes(int from, int to)
{
	char block[64 * 1024];
	ssize_t got;
	while ((got = read(from, block, sizeof(block))) > 0) {
		for (ssize_t put = 0, done = 0; done < got; done += put) {
			put = write(to, block + done, (size_t)(got - done));
			if (put < 0) {
				return false;
			}
		}
	}
	return got == 0 && fsync(to) == 0;
}

/* Copies the frozen report to where it was asked for; never over a file that is there. */
static bool copy_out(struct app *app, const struct export_row *row, const char *path, struct problem *ret)
{
	int from = export_open(app->exports, row, ret);
	if (from < 0) {
		return false;
	}
	int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	bool good = to >= 0 && copy_bytes(from, to);
	close(from);
	if (to >= 0) {
		close(to);
	}
	if (!good) {
		problem_set(ret,
			&(struct problem_text){"EXPORT_UNWRITABLE",
				"Non riesco a scrivere il file, o esiste già.",
				"The file cannot be written, or is there already.",
				"Scegli un altro nome con --out.", "Choose another name with --out."},
			path);
	}
	return good;
}

static int run(struct app *app, int64_t event, const char *out, bool dry)
{
	struct faults faults;
	struct problem problem = {0};
	struct export_check check = {0};
	struct export_row row;
	faults_init(&faults, EXPORT_FAULTS_MAX);
	enum export_result result =
		dry ? export_check(app->store, event, &check, &faults)
		    : export_make(app->store, app->exports, event, 0, &row, &faults, &problem);
	int status = tell_result(result, event, &faults, &problem);
	if (dry && result != EXPORT_NO_EVENT) {
		printf("partecipanti %" G_GINT64_FORMAT ", esclusi %" G_GINT64_FORMAT
		       ", senza professione ECM %" G_GINT64_FORMAT "\n",
			check.participants, check.excluded, check.without_profession);
	} else if (status == COMMAND_OK) {
		if (out && !copy_out(app, &row, out, &problem)) {
			problem_print(&problem);
			status = COMMAND_FAULT;
		} else {
			printf("%s: %" G_GINT64_FORMAT " partecipanti, sha256 %s\n",
				out ? out : row.file_name, row.participants, row.sha256);
		}
	}
	faults_finish(&faults);
	return status;
}

int command_export(int count, char **words)
{
	g_autofree char *data = NULL, *out = NULL;
	gint64 event = 0;
	gboolean dry = FALSE;
	g_auto(GStrv) left = NULL;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		{"event", 0, 0, G_OPTION_ARG_INT64, &event, NULL, NULL},
		{"out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL},
		{"dry-run", 0, 0, G_OPTION_ARG_NONE, &dry, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, &left)) {
		return COMMAND_MISUSED;
	}
	if (g_strv_length(left) != 1 || strcmp(left[0], "ecm") != 0 || event < 1 || (!dry && !out)) {
		fprintf(stderr,
			"fad export: export ecm --event ID --out FILE [--data CARTELLA] [--dry-run]\n");
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	struct problem problem;
	struct app *app = app_open(data, &problem);
	if (!app) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	int status = run(app, event, out, dry);
	app_close(app);
	return status;
}
