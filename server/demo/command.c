/*
 * fad demo: seeds the demonstration data into a data folder, and prints the log-ins.
 */
#include <glib.h>
#include <stdio.h>

#include "server/commands.h"
#include "server/demo/seed.h"
#include "server/options.h"
#include "server/problem.h"

/* The build leaves the samples in build/sample, the program in build/server; an installation has them beside it. */
static char *find_sample(const char *program)
{
	static const char *const places[] = {"sample", "../sample"};
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		g_autofree char *folder = g_build_filename(program, places[i], NULL);
		g_autofree char *file = g_build_filename(folder, "path.json", NULL);
		if (g_file_test(file, G_FILE_TEST_EXISTS)) {
			return g_steal_pointer(&folder);
		}
	}
	return g_build_filename(program, "sample", NULL);
}

static void print_log_ins(void)
{
	static const char *const roles[][2] = {
		{"operatore", "comincia dal questionario (begins with the placement test)"},
		{"operatrice", "è a metà del percorso (is half-way)"},
		{"progettista", "importa corsi e quesiti (imports courses and items)"},
		{"provider", "attesta i crediti ECM (certifies ECM credits)"},
		{"coordinatore", "vede l'avanzamento (sees the progress)"},
		{"admin", "gestisce utenti e impostazioni (administers)"},
	};
	printf("fad: dati dimostrativi; la password di tutti è «%s» (demonstration data; everybody's "
	       "password)\n",
		DEMO_PASSWORD);
	for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
		printf("fad:   %-13s %s\n", roles[i][0], roles[i][1]);
	}
}

int command_demo(int count, char **words)
{
	g_autofree char *data = NULL, *sample = NULL;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		{"sample", 0, 0, G_OPTION_ARG_FILENAME, &sample, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, NULL)) {
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	if (sample == NULL) {
		g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
		g_autofree char *folder = g_path_get_dirname(program == NULL ? "." : program);
		sample = find_sample(folder);
	}
	g_autofree char *bank = g_build_filename(sample, "fse-bank.json", NULL);
	struct problem problem;
	struct app *app = app_open(data, &problem);
	if (app == NULL) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	enum demo_result result =
		demo_seed(app, &(struct demo_sources){.sample = sample, .bank = bank}, &problem);
	app_close(app);
	if (result == DEMO_FAILED) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	print_log_ins();
	return COMMAND_OK;
}
