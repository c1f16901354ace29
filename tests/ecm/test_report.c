/*
 * The report: golden folders (tests/ecm/golden/NAME: participants.json, report.xml, report.csv, or faults.txt
 * when rows are refused), and the schema. UPDATE_GOLDEN=1 writes what is missing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "server/ecm/csv.h"
#include "server/ecm/report.h"
#include "tests/ecm/samples.h"
#include "tests/ecm/schema.h"

static const char *text_of(json_t *json, const char *field)
{
	const char *text = json_string_value(json_object_get(json, field));
	return text ? text : "";
}

static struct participant read_participant(json_t *json)
{
	struct participant participant = {
		.codice_fiscale = text_of(json, "codice_fiscale"),
		.family_name = text_of(json, "family_name"),
		.given_name = text_of(json, "given_name"),
		.role = 'P',
		.contract = text_of(json, "contract")[0],
		.recruited = json_is_true(json_object_get(json, "recruited")),
		.sponsor = text_of(json, "sponsor"),
		.earned = text_of(json, "earned"),
		.credits_tenths = (guint)json_integer_value(json_object_get(json, "tenths")),
	};
	const char *code;
	json_t *list;
	json_object_foreach(json_object_get(json, "professions"), code, list)
	{
		struct participant_profession *profession =
			&participant.professions[participant.profession_count++];
		profession->code = (guint)g_ascii_strtoull(code, NULL, 10);
		for (size_t i = 0; i < json_array_size(list); i++) {
			profession->disciplines[profession->discipline_count++] =
				(guint)json_integer_value(json_array_get(list, i));
		}
	}
	return participant;
}

static void golden_equal(const char *folder, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *wanted = NULL;
	if (!g_file_get_contents(path, &wanted, NULL, NULL)) {
		assert_non_null(g_getenv("UPDATE_GOLDEN"));
		g_file_set_contents(path, text, -1, NULL);
		return;
	}
	assert_string_equal(text, wanted);
}

static void faults_text(GString *out, struct faults *faults)
{
	for (guint i = 0; i < faults->list->len; i++) {
		const struct problem *problem = &g_array_index(faults->list, struct problem, i);
		g_string_append_printf(out, "%s %s\n  %s %s\n", problem->code, problem->where, problem->it,
			problem->mend_it);
	}
}

/* The version in force, parsed once. */
static const struct report_schema *report_schema(void)
{
	static struct report_schema *schema;
	struct problem problem;
	if (!schema) {
		schema = report_schema_load(NULL, REPORT_SCHEMA_CURRENT, &problem);
		assert_non_null(schema);
	}
	return schema;
}

static char *write_report(const struct ecm_event *event, GArray *participants, GArray *rows, char sha256[65])
{
	char *xml = NULL;
	size_t len;
	FILE *file = open_memstream(&xml, &len);
	struct report report;
	report_init(&report, file, report_schema(), event, participants->len);
	for (guint i = 0; i < participants->len; i++) {
		report_add(&report, &g_array_index(participants, struct participant, i),
			&g_array_index(rows, struct report_row, i));
	}
	assert_true(report_finish(&report, sha256));
	fclose(file);
	return xml;
}

static void one_folder(const char *folder)
{
	g_autofree char *path = g_build_filename(folder, "participants.json", NULL);
	json_auto_t *list = json_load_file(path, 0, NULL);
	assert_true(json_is_array(list));
	struct ecm_event event = sample_event();
	struct faults faults;
	faults_init(&faults, 100);
	g_autoptr(GArray) participants = g_array_new(FALSE, FALSE, sizeof(struct participant));
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct report_row));
	g_autoptr(GString) csv = g_string_new(NULL);
	csv_report_header(csv);
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct participant participant = read_participant(json_array_get(list, i));
		struct report_row row;
		if (participant_check(&participant, &event, &row, &faults) == PARTICIPANT_GOOD) {
			g_array_append_val(participants, participant);
			g_array_append_val(rows, row);
			csv_report_row(csv, &participant, &row);
		}
	}
	g_autoptr(GString) told = g_string_new(NULL);
	faults_text(told, &faults);
	golden_equal(folder, "faults.txt", told->str);
	if (participants->len) {
		char sha256[65];
		char *xml = write_report(&event, participants, rows, sha256);
		golden_equal(folder, "report.xml", xml);
		golden_equal(folder, "report.csv", csv->str);
		assert_true(schema_valid(xml, strlen(xml)));
		g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, xml, -1);
		assert_string_equal(sum, sha256);
		free(xml);
	}
	faults_finish(&faults);
}

static void golden_folders(void **state)
{
	g_autofree char *root = g_build_filename(g_getenv("FAD_SOURCE"), "tests", "ecm", "golden", NULL);
	GDir *dir = g_dir_open(root, 0, NULL);
	assert_non_null(dir);
	guint count = 0;
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
		g_autofree char *folder = g_build_filename(root, name, NULL);
		one_folder(folder);
		count++;
	}
	g_dir_close(dir);
	assert_true(count >= 3);
}

/* The schema itself must refuse what ECM 1.6 says is refused, or the tests above prove nothing. */
static void the_schema_refuses(void **state)
{
	static const char *const changes[][2] = {
		{"nome=\"MARIO\"", "nome=\"NICCOL&#210;\""},
		{"cred_acq=\"4.0\"", "cred_acq=\"4\""},
		{"cred_acq=\"4.0\"", "cred_acq=\"4.25\""},
		{"cred_acq=\"4.0\"", "cred_acq=\"0.0\""},
		{"ore=\"4\"", "ore=\"4.0\""},
		{"cod_fisc=\"RSSMRA80A01H501U\"", "cod_fisc=\"12345678901\""},
		{"<disciplina>85</disciplina>", ""},
		{"cod_prof=\"14\"", "cod_prof=\"0\""},
		{"data_acq=\"2026-02-03\"", "data_acq=\"03/02/2026\""},
		{"part_reclutato=\"0\"", "part_reclutato=\"0\" sponsor=\"\""},
		{"cod_tipologia_form=\"10\"", "cod_tipologia_form=\"12\""},
		{"<disciplina>85</disciplina>", "<disciplina>85</disciplina><disciplina>85</disciplina>"},
	};
	struct ecm_event event = sample_event();
	struct participant participant = {.codice_fiscale = "RSSMRA80A01H501U",
		.family_name = "Rossi",
		.given_name = "Mario",
		.role = 'P',
		.contract = 'D',
		.sponsor = "",
		.earned = "2026-02-03",
		.credits_tenths = 40,
		.profession_count = 1,
		.professions = {{.code = 14}}};
	struct report_row row;
	struct faults faults;
	faults_init(&faults, 10);
	assert_int_equal(participant_check(&participant, &event, &row, &faults), PARTICIPANT_GOOD);
	g_autoptr(GArray) participants = g_array_new(FALSE, FALSE, sizeof(participant));
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(row));
	g_array_append_val(participants, participant);
	g_array_append_val(rows, row);
	char sha256[65];
	char *xml = write_report(&event, participants, rows, sha256);
	assert_true(schema_valid(xml, strlen(xml)));
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		g_auto(GStrv) parts = g_strsplit(xml, changes[i][0], 2);
		assert_non_null(parts[1]);
		g_autofree char *changed = g_strjoinv(changes[i][1], parts);
		assert_false(schema_valid(changed, strlen(changed)));
	}
	g_array_append_val(participants, participant); /* the same person twice */
	g_array_append_val(rows, row);
	char *twice = write_report(&event, participants, rows, sha256);
	assert_false(schema_valid(twice, strlen(twice)));
	free(twice);
	free(xml);
	faults_finish(&faults);
}

static void the_sample_of_the_format_is_valid(void **state)
{
	char *path = g_build_filename(g_getenv("FAD_SHARED"), "ecm", "sample_rapporto_evento.xml", NULL);
	g_autofree char *xml = NULL;
	gsize len;
	g_file_get_contents(path, &xml, &len, NULL);
	g_free(path); /* skip() never comes back */
	if (!xml) {
		skip();
	}
	assert_true(schema_valid(xml, len));
}

static void a_full_disk_is_told(void **state)
{
	FILE *full = fopen("/dev/full", "w");
	if (!full) {
		skip();
	}
	struct ecm_event event = sample_event();
	struct report report;
	char sha256[65] = "untouched";
	report_init(&report, full, report_schema(), &event, 0);
	assert_false(report_finish(&report, sha256));
	assert_string_equal(sha256, "untouched");
	fclose(full);
}

static void fields_of_csv(void **state)
{
	static const char *const rows[][2] = {
		{"", ""},
		{"Rossi", "Rossi"},
		{"a;b", "\"a;b\""},
		{"a \"b\"", "\"a \"\"b\"\"\""},
		{"a\nb", "\"a\nb\""},
		{"=1+1", "\"'=1+1\""},
		{"+39", "\"'+39\""},
		{"-1", "\"'-1\""},
		{"@SUM(A1)", "\"'@SUM(A1)\""},
		{"\t=1", "\"'\t=1\""},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		g_autoptr(GString) line = g_string_new(NULL);
		csv_guarded(line, rows[i][0]);
		csv_field(line, "x");
		csv_end(line);
		g_autofree char *wanted = g_strdup_printf("%s;x\r\n", rows[i][1]);
		assert_string_equal(line->str, wanted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(golden_folders),
		cmocka_unit_test(the_schema_refuses),
		cmocka_unit_test(the_sample_of_the_format_is_valid),
		cmocka_unit_test(a_full_disk_is_told),
		cmocka_unit_test(fields_of_csv),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
