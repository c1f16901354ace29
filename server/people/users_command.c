/*
 * fad users: import a CSV; give somebody a one-time password.
 */
#include <stdio.h>
#include <string.h>

#include "server/app.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/people/users_import.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/people.h"
#include "server/store/sessions.h"

static int tell_import(const struct users_import *import, bool done, const char *path)
{
	if (!done) {
		struct problem problem = import->fault;
		PROBLEM_COPY(problem.where, path);
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	for (guint i = 0; i < import->problems->len; i++) {
		struct problem problem = g_array_index(import->problems, struct problem, i);
		g_autofree char *where = g_strdup_printf("riga %u, %s", problem.line, problem.where);
		PROBLEM_COPY(problem.where, where);
		problem.line = 0;
		problem_print(&problem);
	}
	printf("fad: persone create %" G_GINT64_FORMAT ", aggiornate %" G_GINT64_FORMAT
	       ", righe respinte %" G_GINT64_FORMAT "\n",
		import->created, import->updated, import->rejected);
	return import->rejected == 0 ? COMMAND_OK : COMMAND_FAULT;
}

static int import_file(struct app *app, const char *path)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *bytes = NULL;
	gsize size;
	if (!g_file_get_contents(path, &bytes, &size, &error)) {
		fprintf(stderr, "fad: il file non si legge: %s (cannot be read)\n", error->message);
		return COMMAND_FAULT;
	}
	struct users_import import;
	bool done = users_import(app->store, bytes, size, 0, &import);
	int status = tell_import(&import, done, path);
	users_import_finish(&import);
	return status;
}

struct giving {
	const char *login;
	char hash[SECRETS_PASSWORD];
	bool found;
};

static bool give(struct db *db, void *data)
{
	struct giving *giving = data;
	struct person person;
	giving->found = people_by_login(db, giving->login, &person);
	if (giving->found) {
		people_set_password(db, person.id, giving->hash, true);
		sessions_close_all(db, person.id, NULL);
		audit_about(db, 0, "password.reset", "person", person.id, "fad users password");
	}
	return giving->found;
}

static int give_password(struct app *app, const char *login)
{
	struct giving giving = {.login = login};
	struct problem problem = {0};
	char password[SECRETS_ONE_TIME];
	secrets_one_time_password(password);
	if (secrets_password_hash(password, giving.hash) &&
		store_write(app->store, give, &giving, &problem)) {
		printf("fad: password monouso di «%s»: %s (one-time password)\n", login, password);
		return COMMAND_OK;
	}
	if (giving.found) {
		problem_print(&problem);
	} else {
		fprintf(stderr, "fad: nessuno ha il nome utente «%s» (no such log-in name)\n", login);
	}
	return COMMAND_FAULT;
}

int command_users(int count, char **words)
{
	g_autofree char *data = NULL;
	g_auto(GStrv) left = NULL;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	if (!options_read(entries, count, words, &left)) {
		return COMMAND_MISUSED;
	}
	bool import = left[0] != NULL && strcmp(left[0], "import") == 0;
	bool password = left[0] != NULL && strcmp(left[0], "password") == 0;
	if (g_strv_length(left) != 2 || (!import && !password)) {
		fprintf(stderr, "fad users: users import FILE.csv | users password LOGIN [--data CARTELLA]\n");
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	struct problem problem;
	struct app *app = app_open(data, &problem);
	if (app == NULL) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	int status = import ? import_file(app, left[1]) : give_password(app, left[1]);
	app_close(app);
	return status;
}
