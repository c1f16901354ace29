/*
 * fad import: packages from the command line, also while the server runs.
 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "server/commands.h"
#include "server/learning/course_import.h"
#include "server/learning/publish.h"
#include "server/options.h"
#include "server/problem.h"

struct placing {
	int64_t module;
	const char *level;
	int64_t version;
};

static bool place_now(struct db *db, void *data)
{
	return publish_checked(db, data, PUBLISH_NEVER, 0, 0);
}

static bool place(struct app *app, const struct placing *placing, struct problem *ret)
{
	struct publish_change change = {.module = placing->module, .version = placing->version};
	PROBLEM_COPY(change.level, placing->level);
	return publish_prepare(app->store, &change, ret) && store_write(app->store, place_now, &change, ret);
}

static void tell_findings(const struct package *package)
{
	for (uint32_t i = 0; package != NULL && i < package->finding_count; i++) {
		if (package->findings[i].severity == SEVERITY_ERROR) {
			problem_print(&package->findings[i]);
		}
	}
}

static volatile sig_atomic_t interrupted;

static void interrupt(int number)
{
	interrupted = 1;
}

/* One line that is written over, for a person who waits; nothing for a pipe. */
static bool show_progress(void *data, const struct import_progress *progress)
{
	static const char *const phases[] = {
		[IMPORT_CHECKING] = "controllo",
		[IMPORT_UNPACKING] = "apertura",
		[IMPORT_PUBLISHING] = "scrittura sul disco",
	};
	if (isatty(STDERR_FILENO)) {
		unsigned share = progress->bytes_total == 0
					 ? 0
					 : (unsigned)(progress->bytes_done * 100 / progress->bytes_total);
		fprintf(stderr, "\r%s: %s, %u%%, %u di %u file\033[K", (const char *)data,
			phases[progress->phase], share, progress->files_done, progress->files_total);
	}
	return !interrupted;
}

static void end_progress(void)
{
	if (isatty(STDERR_FILENO)) {
		fprintf(stderr, "\r\033[K");
	}
}

/* `course`: a new version of it; 0: as identifier and title say. */
static bool import_one(struct app *app, const char *zip, int64_t course, struct placing *placing)
{
	g_autofree char *name = g_path_get_basename(zip);
	struct course_import import = {
		.zip = zip, .file_name = name, .course = course, .progress = show_progress, .data = name};
	struct problem problem = {0};
	enum import_result result = course_import(app, &import, &problem);
	end_progress();
	if (result == IMPORT_CANCELLED) {
		fprintf(stderr, "fad: %s: importazione annullata, niente è stato aggiunto (cancelled, nothing was "
				"added)\n",
			zip);
		package_destroy(import.package);
		return false;
	}
	if (result != IMPORT_OK) {
		fprintf(stderr, "fad: %s non è stato importato (not imported)\n", zip);
		tell_findings(import.package);
		if (problem.code[0] != '\0') {
			problem_print(&problem);
		}
		package_destroy(import.package);
		return false;
	}
	printf("%s: «%s», SCORM %s, corso %" G_GINT64_FORMAT ", versione %" G_GINT64_FORMAT "%s, %u %s\n",
		name, import.version.title, import.version.edition, import.version.course, import.version.id,
		import.package->already_known ? " (già presente)" : "", import.package->warning_count,
		import.package->warning_count == 1 ? "avviso" : "avvisi");
	package_destroy(import.package);
	placing->version = import.version.id;
	if (placing->level != NULL && !place(app, placing, &problem)) {
		problem_print(&problem);
		return false;
	}
	return true;
}

int command_import(int count, char **words)
{
	g_autofree char *data = NULL, *level = NULL;
	g_auto(GStrv) zips = NULL;
	int module = 0, course = 0;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		{"course", 0, 0, G_OPTION_ARG_INT, &course, NULL, NULL},
		{"module", 0, 0, G_OPTION_ARG_INT, &module, NULL, NULL},
		{"level", 0, 0, G_OPTION_ARG_STRING, &level, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, &zips)) {
		return COMMAND_MISUSED;
	}
	if (zips[0] == NULL || (module != 0) != (level != NULL)) {
		fprintf(stderr, "fad import: serve un file zip, e --module insieme a --level (see "
				"fad help import)\n");
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	struct problem problem;
	signal(SIGXFSZ, SIG_IGN);
	struct sigaction on_interrupt = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
	sigaction(SIGINT, &on_interrupt, NULL); /* a second one ends it at once */
	sigaction(SIGTERM, &on_interrupt, NULL);
	struct app *app = app_open(data, &problem);
	if (app == NULL) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	bool all = true;
	struct placing placing = {.module = module, .level = level};
	for (char **zip = zips; *zip != NULL && !interrupted; zip++) {
		all = import_one(app, *zip, course, &placing) && all;
	}
	app_close(app);
	return all && !interrupted ? COMMAND_OK : COMMAND_FAULT;
}
