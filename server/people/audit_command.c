/*
 * fad audit verify: is the chain of acts whole? Anybody who changed or removed a row of it, even with the data base in
 * hand, would have to compute all later hashes anew; print the last hash now and then and keep it elsewhere, and that
 * shows too.
 */
#include <stdio.h>
#include <string.h>

#include "server/app.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/problem.h"
#include "server/store/audit.h"

static int verify(struct app *app)
{
	struct audit_end end;
	struct db *db = store_read(app->store);
	int64_t broken = audit_verify(db);
	audit_end_of(db, &end);
	store_read_done(app->store, db);
	if (broken != 0) {
		printf("fad audit: il registro è stato alterato: l'atto %" G_GINT64_FORMAT
		       " non corrisponde alla catena (the log was altered: act %" G_GINT64_FORMAT
		       " breaks the chain)\n",
			broken, broken);
		return COMMAND_FAULT;
	}
	printf("fad audit: %" G_GINT64_FORMAT " atti, catena intatta (acts, chain whole)\n    %s\n",
		end.count, end.hash);
	return COMMAND_OK;
}

int command_audit(int count, char **words)
{
	g_autofree char *data = NULL;
	g_auto(GStrv) rest = NULL;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL}, G_OPTION_ENTRY_NULL};
	if (!options_read(entries, count, words, &rest)) {
		return COMMAND_MISUSED;
	}
	if (g_strv_length(rest) != 1 || strcmp(rest[0], "verify") != 0) {
		fprintf(stderr, "fad audit: si usa così: fad audit verify (usage)\n");
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	struct problem problem;
	struct app *app = app_open(data, &problem);
	if (!app) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	int status = verify(app);
	app_close(app);
	return status;
}
