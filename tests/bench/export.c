/*
 * export: a programme of 60,000 people who completed the path, and how long their report takes, checks
 * included. Prints seconds, bytes and peak memory. Takes a data folder that does not exist yet.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "server/app.h"
#include "server/ecm/codice_fiscale.h"
#include "server/ecm/export.h"
#include "server/ecm/report_source.h"
#include "server/store/ecm.h"
#include "server/store/eligibility.h"
#include "server/store/final_test.h"
#include "server/store/people.h"
#include "server/store/questionnaire.h"

#define PEOPLE 60000u
#define PROFESSION_NURSE 14
#define DISCIPLINE_NURSE 85

static const char event_json[] =
	"{\"title\":\"FSE 2.0\",\"levels\":[],\"cod_evento\":\"99999\",\"cod_edi\":1,\"cod_org\":\"999\","
	"\"cod_accr\":\"090\",\"data_ini\":\"2026-01-12\",\"data_fine\":\"2026-12-31\",\"crediti\":\"4.0\",\"ore\":4,"
	"\"tipo_form\":1,\"tipo_eve\":\"P\",\"cod_obi\":17,\"num_part\":60000,\"cod_tipologia_form\":10,"
	"\"seconds_needed\":14400}";

/* A right codice fiscale for each number: surname letters count, the rest stays. */
static bool number_to_codice(guint number, char ret[17])
{
	char first15[] = "AAAAAA80A01H501";
	for (int i = 5; i >= 0; i--, number /= 26) {
		first15[i] = (char)('A' + number % 26);
	}
	return codice_fiscale_complete(first15, ret);
}

/* Credits ask for the path and the declaration; test and questionnaire are measured elsewhere. */
static void settle(struct db *db, const struct ecm_event *event)
{
	struct final_rules rules;
	struct questionnaire_settings quality;
	final_rules_load(db, event, &rules);
	rules.required = false;
	final_rules_save(db, event->id, &rules, 0);
	questionnaire_settings_load(db, event->id, &quality);
	quality.required = false;
	questionnaire_settings_save(db, event->id, &quality, 0);
	questionnaire_settings_finish(&quality);
}

static bool fill(struct db *db, void *data)
{
	struct ecm_event *event = data;
	if (!ecm_event_save(db, event, 0)) {
		return false;
	}
	settle(db, event);
	for (guint i = 0; i < PEOPLE; i++) {
		struct person person = {.active = true, .profession = PROFESSION_NURSE, .contract = "D", .language = "it",
			.target_group = "operatori", .roles = ROLE_OPERATOR, .disciplines = {{PROFESSION_NURSE, DISCIPLINE_NURSE}},
			.discipline_count = 1};
		g_snprintf(person.login, sizeof(person.login), "p%u", i);
		g_strlcpy(person.given_name, i % 3 ? "Nicolò" : "Maria Grazia", sizeof(person.given_name));
		g_strlcpy(person.family_name, i % 5 ? "D'Esempio" : "Rossi", sizeof(person.family_name));
		if (!number_to_codice(i, person.codice_fiscale) || !people_save(db, &person)) {
			return false;
		}
		char evidence[] = "{}";
		struct completion_row row = {.person = person.id, .event = event->id, .completed_at = 1771000000000,
			.level = "base", .day = "2026-02-13", .seconds = 15000, .evidence = evidence};
		completion_insert(db, &row);
		struct declaration declaration = {.works_here = true, .text = "prova"};
		declaration_add(db, person.id, event->id, &declaration, "2026-02-13", "prova");
	}
	return true;
}

static double seconds_since(gint64 from)
{
	return (double)(g_get_monotonic_time() - from) / G_USEC_PER_SEC;
}

/* Of the processor: what a busy machine does not change. */
static double processor_seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static long peak_mib(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss / 1024;
}

/* The file, read, checked by schema and event, and compared with the data base. */
static bool read_back(struct app *app, const struct ecm_event *event, const struct export_row *row, struct faults *faults)
{
	struct problem problem;
	struct report_file file, here;
	struct ecm_event now;
	const gint64 from = g_get_monotonic_time();
	const double busy = processor_seconds();
	g_autofree char *path = g_build_filename(app->exports, row->file_name, NULL);
	struct report_schema *schema = report_schema_load(NULL, row->schema, &problem);
	if (!schema || !report_source_read(path, row->file_name, schema, &file, faults)) {
		return false;
	}
	report_check_event(&file, event, faults);
	const double read = seconds_since(from);
	export_now(app, event->id, &here, &now);
	guint same = report_compare(&file, &here, NULL, NULL);
	printf("%-62s %.2f s, %.2f s with the comparison (processor %.2f s), memoria / memory %ld MiB\n",
		"the same report read back and checked", read, seconds_since(from), processor_seconds() - busy, peak_mib());
	report_file_finish(&file);
	report_file_finish(&here);
	report_schema_destroy(schema);
	return same == PEOPLE && faults->errors == 0;
}

int main(int argc, char **argv)
{
	struct problem problem = {0};
	struct app *app = argc == 2 ? app_open(argv[1], &problem) : NULL;
	if (!app) {
		fprintf(stderr, "export: %s\n", argc == 2 ? problem.en : "usage: export DATA_FOLDER");
		return 1;
	}
	struct ecm_event event = {0};
	struct faults faults;
	faults_init(&faults, 500);
	json_t *json = json_loads(event_json, 0, NULL);
	bool good = ecm_event_read(&event, json, &faults) && store_write(app->store, fill, &event, &problem);
	json_decref(json);
	const long before = peak_mib();
	const gint64 from = g_get_monotonic_time();
	const double busy = processor_seconds();
	struct export_row row;
	good = good && export_make(app, event.id, 0, NULL, &row, &faults, &problem) == EXPORT_DONE;
	if (good) {
		printf("%-62s %.2f s (processor %.2f s), %.1f MB, memoria / memory %ld MiB (%ld MiB before)\n",
			"export of 60,000 participants, checks included", seconds_since(from), processor_seconds() - busy,
			(double)row.bytes / 1e6, peak_mib(), before);
		good = read_back(app, &event, &row, &faults);
	}
	if (!good) {
		const struct problem *first = faults.list->len ? &g_array_index(faults.list, struct problem, 0) : &problem;
		fprintf(stderr, "export: %s %s %s\n", first->code, first->where, first->en);
	}
	faults_finish(&faults);
	app_close(app);
	return good ? 0 : 1;
}
