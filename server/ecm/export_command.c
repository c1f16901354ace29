/*
 * fad export ecm --event ID --out FILE [--format xml|zip|csv] [--reason TEXT] [--data DIR] [--dry-run]: the
 * participants' report from the command line, by the same code as the provider's button.
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

struct wanted {
	int64_t event;
	char *data, *out, *format, *reason;
	gboolean dry;
};

static const struct problem_text unwritable = {"EXPORT_UNWRITABLE", "Non riesco a scrivere il file, o esiste già.",
	"The file cannot be written, or is there already.", "Scegli un altro nome con --out.",
	"Choose another name with --out."};

/* Copies the frozen report to where it was asked for; never over a file that is there. */
static bool copy_out(struct app *app, const struct export_row *row, const struct wanted *wanted, struct problem *ret)
{
	bool zipped = g_strcmp0(wanted->format, "zip") == 0;
	int from = zipped ? export_open_zip(app, row, ret) : export_open(app->exports, row, ret);
	if (from < 0) {
		return false;
	}
	int to = open(wanted->out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
	bool good = to >= 0 && copy_bytes(from, to);
	close(from);
	if (to >= 0) {
		close(to);
	}
	if (!good) {
		problem_set(ret, &unwritable, wanted->out);
	}
	return good;
}

static int run_dry(struct app *app, const struct wanted *wanted, struct faults *faults)
{
	static const struct problem none = {0};
	struct export_check check = {0};
	enum export_result result = export_check(app, wanted->event, &check, faults);
	int status = tell_result(result, wanted->event, faults, &none);
	if (result != EXPORT_NO_EVENT) {
		printf("partecipanti %" G_GINT64_FORMAT ", docenti e tutor %" G_GINT64_FORMAT ", esclusi %" G_GINT64_FORMAT
		       ", in attesa %" G_GINT64_FORMAT ", senza professione ECM %" G_GINT64_FORMAT "\n",
			check.participants, check.staff, check.excluded, check.waiting, check.without_profession);
	}
	return status;
}

/* The CSV is a copy of the data: nothing is frozen. */
static int run_csv(struct app *app, const struct wanted *wanted, struct faults *faults)
{
	struct problem problem = {0};
	FILE *file = fopen(wanted->out, "wxe");
	if (!file) {
		problem_set(&problem, &unwritable, wanted->out);
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	int status = tell_result(export_csv(app, wanted->event, file, faults), wanted->event, faults, &problem);
	if (fclose(file) != 0 || status != COMMAND_OK) {
		unlink(wanted->out);
		return COMMAND_FAULT;
	}
	printf("%s\n", wanted->out);
	return COMMAND_OK;
}

static int run_report(struct app *app, const struct wanted *wanted, struct faults *faults)
{
	struct problem problem = {0};
	struct export_row row;
	enum export_result result = export_make(app, wanted->event, 0, wanted->reason, &row, faults, &problem);
	int status = tell_result(result, wanted->event, faults, &problem);
	if (status != COMMAND_OK) {
		return status;
	}
	if (!copy_out(app, &row, wanted, &problem)) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	printf("%s: %" G_GINT64_FORMAT " righe (rows), %s, sha256 %s\n", wanted->out, row.participants, row.file_name, row.sha256);
	return COMMAND_OK;
}

static int run(struct app *app, const struct wanted *wanted)
{
	struct faults faults;
	faults_init(&faults, EXPORT_FAULTS_MAX);
	int status = wanted->dry				 ? run_dry(app, wanted, &faults)
		     : g_strcmp0(wanted->format, "csv") == 0 ? run_csv(app, wanted, &faults)
							     : run_report(app, wanted, &faults);
	faults_finish(&faults);
	return status;
}

static void wanted_finish(struct wanted *wanted)
{
	g_free(wanted->data);
	g_free(wanted->out);
	g_free(wanted->format);
	g_free(wanted->reason);
}

static bool sound(const struct wanted *wanted, char **left)
{
	static const char *const formats[] = {"xml", "zip", "csv", NULL};
	return g_strv_length(left) == 1 && strcmp(left[0], "ecm") == 0 && wanted->event > 0 && (wanted->dry || wanted->out) &&
	       (!wanted->format || g_strv_contains(formats, wanted->format));
}

int command_export(int count, char **words)
{
	struct wanted wanted = {0};
	g_auto(GStrv) left = NULL;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &wanted.data, NULL, NULL},
		{"event", 0, 0, G_OPTION_ARG_INT64, &wanted.event, NULL, NULL},
		{"out", 0, 0, G_OPTION_ARG_FILENAME, &wanted.out, NULL, NULL},
		{"format", 0, 0, G_OPTION_ARG_STRING, &wanted.format, NULL, NULL},
		{"reason", 0, 0, G_OPTION_ARG_STRING, &wanted.reason, NULL, NULL},
		{"dry-run", 0, 0, G_OPTION_ARG_NONE, &wanted.dry, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	bool read = options_read(entries, count, words, &left);
	struct problem problem;
	struct app *app = NULL;
	int status = COMMAND_MISUSED;
	if (read && !sound(&wanted, left)) {
		fprintf(stderr, "fad export: export ecm --event ID --out FILE [--format xml|zip|csv] [--reason MOTIVO] "
				"[--data CARTELLA] [--dry-run]\n");
	} else if (read) {
		wanted.data = options_data_folder(wanted.data);
		app = app_open(wanted.data, &problem);
		status = app ? run(app, &wanted) : COMMAND_FAULT;
		if (!app) {
			problem_print(&problem);
		}
	}
	app_close(app);
	wanted_finish(&wanted);
	return status;
}
