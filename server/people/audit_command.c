/*
 * fad audit verify [--end N:HASH]: is the chain of acts whole? Who changed, removed or put in a row, even with the data
 * base in hand, would have to compute all later hashes anew, and seal the end with a key that is not in the data base.
 * The end that this prints can be kept elsewhere too and given back with --end: then the key is not needed either.
 */
#include <stdio.h>
#include <string.h>

#include "server/app.h"
#include "server/commands.h"
#include "server/options.h"
#include "server/problem.h"
#include "server/store/audit.h"

static const struct {
	const char *it, *en; /* what stands after "the log was altered" */
} faults[] = {
	[AUDIT_ALTERED] = {"non corrisponde all'atto che lo precede: cambiato, tolto o inserito",
		"does not fit the act before it: changed, removed or put in"},
	[AUDIT_UNEXPLAINED] = {"ha perso il dettaglio, e nessun atto dice perché",
		"has lost its detail, and no act says why"},
	[AUDIT_BROKEN] = {"dice che la fine del registro non era quella sigillata", "tells that the log's end was not the sealed one"},
	[AUDIT_CUT] = {"la fine non è quella sigillata: mancano atti in coda, o ne sono stati aggiunti",
		"the end is not the sealed one: acts are missing at the end, or were added"},
	[AUDIT_UNSEALED] = {"la fine non è sigillata con la chiave di questa installazione (fad.key)",
		"the end is not sealed with this installation's key (fad.key)"},
};

static void tell_fault(const struct audit_check *check)
{
	g_autofree char *where = check->act ? g_strdup_printf(" (atto, act %" G_GINT64_FORMAT ")", check->act) : g_strdup("");
	printf("fad audit: il registro è stato alterato%s: %s (the log was altered: %s)\n", where,
		faults[check->fault].it, faults[check->fault].en);
	if (check->act == 0) {
		printf("    %" G_GINT64_FORMAT " atti, sigillati (acts, sealed) %" G_GINT64_FORMAT "\n", check->count,
			check->sealed_count);
	}
}

/* An end kept elsewhere: "1234:hash". */
static bool had_end(struct db *db, const char *text)
{
	char *hash = NULL;
	int64_t count = g_ascii_strtoll(text, &hash, 10);
	return count > 0 && *hash == ':' && audit_had_end(db, count, hash + 1);
}

static int verify(struct app *app, const char *end)
{
	struct audit_check check;
	struct db *db = store_read(app->store);
	audit_verify(db, app->vault, &check);
	bool kept = end == NULL || had_end(db, end);
	store_read_done(app->store, db);
	if (check.fault != AUDIT_WHOLE) {
		tell_fault(&check);
	}
	if (!kept) {
		printf("fad audit: il registro non contiene la fine indicata (the log does not hold the end named): %s\n", end);
	}
	if (check.fault != AUDIT_WHOLE || !kept) {
		return COMMAND_FAULT;
	}
	printf("fad audit: %" G_GINT64_FORMAT " atti, catena intatta (acts, chain whole)\n    %" G_GINT64_FORMAT ":%s\n",
		check.count, check.count, check.hash);
	return COMMAND_OK;
}

int command_audit(int count, char **words)
{
	g_autofree char *data = NULL, *end = NULL;
	g_auto(GStrv) rest = NULL;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &data, NULL, NULL},
		{"end", 0, 0, G_OPTION_ARG_STRING, &end, NULL, NULL}, G_OPTION_ENTRY_NULL};
	if (!options_read(entries, count, words, &rest)) {
		return COMMAND_MISUSED;
	}
	if (g_strv_length(rest) != 1 || strcmp(rest[0], "verify") != 0) {
		fprintf(stderr, "fad audit: si usa così: fad audit verify [--end N:HASH] (usage)\n");
		return COMMAND_MISUSED;
	}
	data = options_data_folder(data);
	struct problem problem;
	struct app *app = app_open(data, &problem);
	if (!app) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	int status = verify(app, end);
	app_close(app);
	return status;
}
