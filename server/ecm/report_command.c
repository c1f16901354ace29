/*
 * fad report check FILE | compare --event ID FILE | diff OLD NEW | sent --export ID --protocol N: reports read back, by
 * the same code as the provider's pages.
 */
#include <stdio.h>
#include <string.h>

#include "server/app.h"
#include "server/commands.h"
#include "server/ecm/compare_json.h"
#include "server/ecm/export.h"
#include "server/ecm/report_source.h"
#include "server/options.h"
#include "server/problem.h"

struct asked {
	char *data, *protocol, *day, *schema;
	gint64 event, export;
	gboolean json;
};

static void tell_faults(const struct faults *faults)
{
	for (guint i = 0; i < faults->list->len; i++) {
		problem_print(&g_array_index(faults->list, struct problem, i));
	}
	if (faults->omitted) {
		fprintf(stderr, "fad report: altri %u problemi (more problems)\n", faults->omitted);
	}
}

static void tell_rows(json_t *list, const char *sign, const char *what)
{
	size_t i, k;
	json_t *row, *field;
	printf("%s %" JSON_INTEGER_FORMAT " %s\n", sign, json_integer_value(json_object_get(list, "count")), what);
	json_array_foreach(json_object_get(list, "rows"), i, row)
	{
		printf("  %s %s %s", json_string_value(json_object_get(row, "cod_fisc")),
			json_string_value(json_object_get(row, "cognome")), json_string_value(json_object_get(row, "nome")));
		json_array_foreach(json_object_get(row, "fields"), k, field)
		{
			printf(" %s: %s → %s;", json_string_value(json_object_get(field, "field")),
				json_string_value(json_object_get(field, "first")), json_string_value(json_object_get(field, "second")));
		}
		printf("\n");
	}
}

/* 0 when equal, 1 when something differs, as diff(1). */
static int tell_comparison(const struct report_file *first, const struct report_file *second, const struct asked *asked)
{
	json_auto_t *json = compare_json(first, second);
	size_t i;
	json_t *field, *event = json_object_get(json, "event");
	bool same = json_array_size(event) == 0;
	if (asked->json) {
		json_dumpf(json, stdout, JSON_INDENT(1));
		printf("\n");
	} else {
		json_array_foreach(event, i, field)
		{
			printf("evento %s: %s → %s\n", json_string_value(json_object_get(field, "field")),
				json_string_value(json_object_get(field, "first")), json_string_value(json_object_get(field, "second")));
		}
		printf("= %" JSON_INTEGER_FORMAT " uguali (equal)\n", json_integer_value(json_object_get(json, "same")));
		tell_rows(json_object_get(json, "only_first"), "-", "solo nel primo (only in the first)");
		tell_rows(json_object_get(json, "only_second"), "+", "solo nel secondo (only in the second)");
		tell_rows(json_object_get(json, "different"), "≠", "diversi (different)");
	}
	static const char *const lists[] = {"only_first", "only_second", "different"};
	for (guint k = 0; k < G_N_ELEMENTS(lists); k++) {
		same = same && json_integer_value(json_object_get(json_object_get(json, lists[k]), "count")) == 0;
	}
	return same ? COMMAND_OK : COMMAND_FAULT;
}

static bool read_file(const char *path, const struct report_schema *schema, struct report_file *ret, guint *ret_errors)
{
	struct faults faults;
	g_autofree char *name = g_path_get_basename(path);
	faults_init(&faults, EXPORT_FAULTS_MAX);
	bool good = report_source_read(path, name, schema, ret, &faults);
	if (good) {
		report_check_name(name, &faults);
	}
	tell_faults(&faults);
	*ret_errors = faults.errors;
	faults_finish(&faults);
	return good;
}

/* These need no data base. */
static int run_files(char **words, guint count, const struct asked *asked)
{
	struct problem problem;
	struct report_file file[2] = {{{0}, NULL, NULL}, {{0}, NULL, NULL}};
	guint errors = 0, more = 0;
	struct report_schema *schema = report_schema_load(NULL, asked->schema ? asked->schema : REPORT_SCHEMA_CURRENT, &problem);
	if (!schema) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	bool good = read_file(words[1], schema, &file[0], &errors) && (count < 3 || read_file(words[2], schema, &file[1], &more));
	int status = COMMAND_FAULT;
	if (good && count < 3) {
		printf("%s: %u righe (rows), %u errori (errors)\n", words[1], file[0].lines->len, errors);
		status = errors ? COMMAND_FAULT : COMMAND_OK;
	} else if (good) {
		status = tell_comparison(&file[0], &file[1], asked);
	}
	report_file_finish(&file[0]);
	report_file_finish(&file[1]);
	report_schema_destroy(schema);
	return status;
}

static int compare(struct app *app, const char *path, const struct asked *asked)
{
	struct problem problem;
	struct faults faults;
	struct ecm_event event;
	struct report_file file, here;
	guint errors;
	struct report_schema *schema = export_schema(app, &problem);
	if (!schema) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	if (!export_now(app, asked->event, &here, &event)) {
		fprintf(stderr, "fad report: l'evento %" G_GINT64_FORMAT " non esiste (no such event)\n", asked->event);
		report_schema_destroy(schema);
		return COMMAND_FAULT;
	}
	int status = COMMAND_FAULT;
	if (read_file(path, schema, &file, &errors)) {
		faults_init(&faults, EXPORT_FAULTS_MAX);
		report_check_event(&file, &event, &faults);
		tell_faults(&faults);
		status = tell_comparison(&file, &here, asked);
		status = errors || faults.errors ? COMMAND_FAULT : status;
		faults_finish(&faults);
		report_file_finish(&file);
	}
	report_file_finish(&here);
	report_schema_destroy(schema);
	return status;
}

static int mark(struct app *app, const struct asked *asked)
{
	struct problem problem = {0};
	switch (export_sent(app, asked->export, 0, asked->protocol, asked->day, "", &problem)) {
	case EXPORT_DONE:
		printf("inviato (sent): %s\n", asked->protocol);
		return COMMAND_OK;
	case EXPORT_NO_EVENT:
		fprintf(stderr, "fad report: l'esportazione %" G_GINT64_FORMAT " non esiste (no such export)\n", asked->export);
		return COMMAND_FAULT;
	case EXPORT_FAULTS:
	case EXPORT_FAILED:
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	return COMMAND_FAULT;
}

static int run_stored(char **words, struct asked *asked)
{
	struct problem problem;
	asked->data = options_data_folder(asked->data);
	struct app *app = app_open(asked->data, &problem);
	if (!app) {
		problem_print(&problem);
		return COMMAND_FAULT;
	}
	int status = strcmp(words[0], "sent") == 0 ? mark(app, asked) : compare(app, words[1], asked);
	app_close(app);
	return status;
}

int command_report(int count, char **words)
{
	struct asked asked = {0};
	g_auto(GStrv) left = NULL;
	const GOptionEntry entries[] = {
		{"data", 0, 0, G_OPTION_ARG_FILENAME, &asked.data, NULL, NULL},
		{"event", 0, 0, G_OPTION_ARG_INT64, &asked.event, NULL, NULL},
		{"export", 0, 0, G_OPTION_ARG_INT64, &asked.export, NULL, NULL},
		{"protocol", 0, 0, G_OPTION_ARG_STRING, &asked.protocol, NULL, NULL},
		{"day", 0, 0, G_OPTION_ARG_STRING, &asked.day, NULL, NULL},
		{"schema", 0, 0, G_OPTION_ARG_STRING, &asked.schema, NULL, NULL},
		{"json", 0, 0, G_OPTION_ARG_NONE, &asked.json, NULL, NULL},
		G_OPTION_ENTRY_NULL,
	};
	int status = COMMAND_MISUSED;
	bool read = options_read(entries, count, words, &left);
	guint given = read ? g_strv_length(left) : 0;
	const char *verb = given ? left[0] : "";
	if ((strcmp(verb, "check") == 0 && given == 2) || (strcmp(verb, "diff") == 0 && given == 3)) {
		status = run_files(left, given, &asked);
	} else if ((strcmp(verb, "compare") == 0 && given == 2 && asked.event > 0) ||
		   (strcmp(verb, "sent") == 0 && given == 1 && asked.export > 0 && asked.protocol)) {
		status = run_stored(left, &asked);
	} else if (read) {
		fprintf(stderr, "fad report: check FILE | compare --event ID FILE | diff VECCHIO NUOVO | "
				"sent --export ID --protocol NUMERO\n");
	}
	g_free(asked.data);
	g_free(asked.protocol);
	g_free(asked.day);
	g_free(asked.schema);
	return status;
}
