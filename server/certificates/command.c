/* fad certificates --event ID --out FOLDER|FILE.zip [--data DIR]: every certificate of an event. */
#include <stdio.h>
#include <unistd.h>

#include "server/certificates/batch.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/problem.h"

static bool tell_progress(const struct batch_progress *progress, void *data)
{
	if (isatty(STDERR_FILENO)) {
		fprintf(stderr, "\r%" G_GINT64_FORMAT " / %" G_GINT64_FORMAT " attestati (certificates)",
			progress->done, progress->total);
	}
	*(struct batch_progress *)data = *progress;
	return true;
}

static int tell_end(enum batch_outcome outcome, const struct batch_progress *progress,
	const struct faults *faults, const struct problem *problem)
{
	for (guint i = 0; i < faults->list->len; i++) {
		problem_print(&g_array_index(faults->list, struct problem, i));
	}
	if (outcome != BATCH_MADE) {
		problem_print(problem);
		return COMMAND_FAULT;
	}
	printf("%s%" G_GINT64_FORMAT " attestati, %" G_GINT64_FORMAT
	       " persone con dati da correggere (certificates; "
	       "people whose data are to be mended)\n",
		isatty(STDERR_FILENO) ? "\n" : "", progress->done, progress->refused);
	return progress->refused > 0 ? COMMAND_FAULT : COMMAND_OK;
}

static int run(struct app *app, int64_t event, const char *out)
{
	bool zipped = g_str_has_suffix(out, ".zip");
	g_autofree char *folder = zipped ? g_strconcat(out, ".d", NULL) : g_strdup(out);
	struct batch_progress progress = {0};
	struct problem problem = {0};
	struct faults faults;
	faults_init(&faults, 500);
	enum batch_outcome outcome =
		batch_run(app, event, 0, folder, tell_progress, &progress, &faults, &problem);
	if (outcome == BATCH_MADE && zipped && !batch_zip(folder, out, &problem)) {
		outcome = BATCH_BROKEN;
	}
	int status = tell_end(outcome, &progress, &faults, &problem);
	faults_finish(&faults);
	return status;
}

int command_certificates(int count, char **words)
{
	g_autofree char *data = NULL, *out = NULL;
	gint64 event = 0;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		{"event", 0, 0, G_OPTION_ARG_INT64, &event, NULL, NULL},
		{"out", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, NULL)) {
		return COMMAND_MISUSED;
	}
	if (event <= 0 || !out) {
		fprintf(stderr,
			"fad certificates: servono --event ID e --out CARTELLA o FILE.zip (are needed)\n");
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	struct problem problem;
	struct app *app = app_open(data, &problem);
	if (!app) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	int status = run(app, event, out);
	app_close(app);
	return status;
}
