/*
 * fad serve: opens the data folder, listens, and stops in good order on SIGTERM or SIGINT.
 */
#include <fcntl.h>
#include <glib-unix.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include "server/app.h"
#include "server/campaigns/worker.h"
#include "server/certificates/batch.h"
#include "server/certificates/print.h"
#include "server/commands.h"
#include "server/learning/import_pool.h"
#include "server/limits.h"
#include "server/options.h"
#include "server/people/access.h"
#include "server/people/first.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/settings.h"

/* Beside the program, or one folder up as the build leaves it. */
static char *find_assets(void)
{
	g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
	g_autofree char *folder = g_path_get_dirname(program == NULL ? "." : program);
	static const char *const places[] = {"web", "../web"};
	for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
		g_autofree char *path = g_build_filename(folder, places[i], NULL);
		g_autofree char *app = g_build_filename(path, "app", "index.html", NULL);
		if (g_file_test(app, G_FILE_TEST_EXISTS)) {
			return g_steal_pointer(&path);
		}
	}
	return g_build_filename(folder, "web", NULL);
}

/* A connection, an open file and a socket each take a descriptor. */
static void raise_descriptors(void)
{
	struct rlimit limit;
	if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < LIMIT_CONNECTIONS + 1000) {
		limit.rlim_cur = MIN((rlim_t)LIMIT_CONNECTIONS + 1000, limit.rlim_max);
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

/* One server a data folder; the system lets go of the lock however the process ends. -1: told in `ret`. */
static int lock_folder(const struct app *app, struct problem *ret)
{
	g_autofree char *path = g_build_filename(app->folder, "serve.lock", NULL);
	int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0) {
		return file;
	}
	problem_set(ret,
		&(struct problem_text){"DATA_IN_USE", "Un altro server usa già questa cartella dati.",
			"Another server uses this data folder already.",
			"Fermarlo, o indicare un'altra cartella con --data.",
			"Stop it, or name another folder with --data."},
		app->folder);
	if (file >= 0) {
		close(file);
	}
	return -1;
}

static gboolean stop(void *loop)
{
	g_main_loop_quit(loop);
	return G_SOURCE_REMOVE;
}

static void wait_for_signal(void)
{
	g_autoptr(GMainLoop) loop = g_main_loop_new(NULL, FALSE);
	g_unix_signal_add(SIGTERM, stop, loop);
	g_unix_signal_add(SIGINT, stop, loop);
	g_main_loop_run(loop);
}

static int fault(struct app *app, const struct problem *problem)
{
	problem_print(problem);
	app_close(app);
	return COMMAND_FAULT;
}

static bool origin_work(struct db *db, void *data)
{
	settings_set(db, CERTIFICATE_ORIGIN_SETTING, data);
	return true;
}

/* Certificates printed by a command name the address that people reach the server at. */
static void remember_origin(struct app *app)
{
	struct problem problem;
	if (!store_write(app->store, origin_work, (void *)http_origin(app->http, ORIGIN_APPLICATION), &problem)) {
		problem_print(&problem);
	}
}

int command_serve(int count, char **words)
{
	g_autofree char *data = NULL, *address = NULL, *application = NULL, *content = NULL, *assets = NULL;
	int port = 8080;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		{"port", 0, 0, G_OPTION_ARG_INT, &port, NULL, NULL},
		{"listen", 0, 0, G_OPTION_ARG_STRING, &address, NULL, NULL},
		{"app-origin", 0, 0, G_OPTION_ARG_STRING, &application, NULL, NULL},
		{"content-origin", 0, 0, G_OPTION_ARG_STRING, &content, NULL, NULL},
		{"assets", 0, 0, G_OPTION_ARG_FILENAME, &assets, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, NULL)) {
		return COMMAND_MISUSED;
	}
	if (port < 0 || port > 65535) {
		fprintf(stderr, "fad serve: --port va da 0 a 65535 (takes 0 to 65535)\n");
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a fault of the disk like any other */
	raise_descriptors();
	struct problem problem;
	struct app *app = app_open(data, &problem);
	if (app == NULL) {
		return fault(NULL, &problem);
	}
	if (assets == NULL) {
		assets = find_assets();
	}
	int lock = lock_folder(app, &problem);
	if (lock < 0) {
		return fault(app, &problem);
	}
	import_sweep_incoming(app);
	app->assets = assets_create(assets, &problem);
	if (app->assets == NULL || !first_administrator(app, &problem)) {
		return fault(app, &problem);
	}
	import_pool_start(app); /* before anybody can hand in a package */
	struct http *http = http_start(
		&(struct http_options){
			.app = app,
			.place = &app->http,
			.listen = address == NULL ? "127.0.0.1" : address,
			.port = (uint16_t)port,
			.application_origin = application,
			.content_origin = content,
			.spool = app->incoming,
			.tables = all_routes,
			.admit = access_admit,
			.otherwise = routes_static,
		},
		&problem);
	if (http == NULL) {
		return fault(app, &problem);
	}
	remember_origin(app);
	batch_worker_start(app);
	mail_worker_start(app);
	printf("fad: pronto su %s/ (corsi su %s, porta %u)\n", http_origin(http, ORIGIN_APPLICATION),
		http_origin(http, ORIGIN_CONTENT), http_port(http));
	fflush(stdout);
	wait_for_signal();
	app_close(app);
	close(lock);
	printf("fad: fermo\n");
	return COMMAND_OK;
}
