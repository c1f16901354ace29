/* Events: every facet of their fields, one change at a time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "tests/ecm/samples.h"

struct row {
	const char *field;
	const char *value; /* JSON */
	const char *code;  /* NULL: accepted */
};

static const struct row rows[] = {
	{"cod_evento", "\"100-35230\"", NULL},
	{"cod_evento", "\"12345678901234567890\"", NULL},
	{"cod_evento", "\"123456789012345678901\"", "EVENT_CODE"},
	{"cod_evento", "\"\"", "EVENT_FIELD_MISSING"},
	{"cod_evento", "\"a b\"", "EVENT_CODE"},
	{"cod_evento", "\"è\"", "EVENT_CODE"},
	{"cod_edi", "0", "EVENT_NUMBER"},
	{"cod_edi", "999", NULL},
	{"cod_edi", "1000", "EVENT_NUMBER"},
	{"cod_edi", "1.5", "EVENT_NUMBER"},
	{"cod_edi", "-1", "EVENT_NUMBER"},
	{"cod_edi", "\"2\"", NULL},
	{"cod_org", "\"\"", NULL}, /* not known yet */
	{"cod_accr", "\"90\"", "EVENT_UNKNOWN_CODE"},
	{"cod_accr", "\"0900\"", "EVENT_UNKNOWN_CODE"},
	{"cod_accr", "90", "EVENT_UNKNOWN_CODE"},
	{"data_ini", "\"12/01/2026\"", "EVENT_DATE"},
	{"data_ini", "\"2026-02-30\"", "EVENT_DATE"},
	{"data_ini", "\"2026-1-2\"", "EVENT_DATE"},
	{"data_ini", "\"2026-13-01\"", "EVENT_DATE"},
	{"data_ini", "\"2026-07-01\"", "EVENT_DATES_ORDER"},
	{"data_fine", "\"2027-01-11\"", NULL}, /* 365 days */
	{"data_fine", "\"2027-01-12\"", "EVENT_TOO_LONG"},
	{"crediti", "\"4\"", "EVENT_CREDITS"},
	{"crediti", "\"4.25\"", "EVENT_CREDITS"},
	{"crediti", "4.25", "EVENT_CREDITS"},
	{"crediti", "\"0.0\"", "EVENT_CREDITS"},
	{"crediti", "\"50.1\"", "EVENT_CREDITS"},
	{"crediti", "50", NULL},
	{"crediti", "5.2", NULL},
	{"crediti", "\"04.0\"", NULL},
	{"ore", "0", "EVENT_NUMBER"},
	{"ore", "4.0", "EVENT_NUMBER"},
	{"tipo_form", "5", "EVENT_NUMBER"},
	{"tipo_form", "2", "EVENT_TYPOLOGY"},
	{"cod_tipologia_form", "12", "EVENT_NUMBER"},
	{"cod_tipologia_form", "1", "EVENT_TYPOLOGY"},
	{"cod_tipologia_form", "11", NULL},
	{"modulo_fad", "1", NULL},
	{"modulo_fad", "2", "EVENT_MODULES"},
	{"tipo_eve", "\"X\"", "EVENT_UNKNOWN_CODE"},
	{"cod_obi", "39", "EVENT_UNKNOWN_CODE"},
	{"num_part", "1000000", "EVENT_NUMBER"},
	{"num_part", "0", NULL},
	{"title", "\"  \"", "EVENT_TITLE"},
	{"accredited", "[\"14\",\"1.58\"]", NULL},
	{"accredited", "[\"31\"]", "EVENT_ACCREDITED"},
	{"accredited", "[\"14.58\"]", "EVENT_ACCREDITED"}, /* a discipline of another profession */
	{"accredited", "[\"14 15\"]", "EVENT_ACCREDITED"},
	{"accredited", "[7]", "EVENT_ACCREDITED"},
	{"seconds_needed", "-1", "EVENT_NUMBER"},
	{"seconds_needed", "7200", NULL},
};

static void every_row(void **state)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_auto_t *json = json_loads(SAMPLE_EVENT, 0, NULL);
		json_object_set_new(json, rows[i].field, json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
		struct ecm_event event = {.id = 7, .title = "untouched"};
		struct faults faults;
		faults_init(&faults, 10);
		bool good = ecm_event_read(&event, json, &faults);
		assert_int_equal(good, rows[i].code == NULL);
		if (rows[i].code) {
			assert_string_equal(event.title, "untouched");
			bool found = false;
			for (guint k = 0; k < faults.list->len; k++) {
				const struct problem *problem =
					&g_array_index(faults.list, struct problem, k);
				found = found || (strcmp(problem->code, rows[i].code) == 0 &&
							 strcmp(problem->where, rows[i].field) == 0);
			}
			assert_true(found || strcmp(rows[i].field, "data_ini") == 0 ||
				    strcmp(rows[i].field, "tipo_form") == 0);
		}
		faults_finish(&faults);
	}
}

static void every_required_field_is_required(void **state)
{
	static const char *const fields[] = {"cod_evento", "cod_accr", "data_ini", "data_fine", "crediti",
		"ore", "tipo_form", "tipo_eve", "cod_obi", "num_part", "cod_tipologia_form", "title"};
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		json_auto_t *json = json_loads(SAMPLE_EVENT, 0, NULL);
		json_object_del(json, fields[i]);
		struct ecm_event event = {0};
		struct faults faults;
		faults_init(&faults, 10);
		assert_false(ecm_event_read(&event, json, &faults));
		faults_finish(&faults);
	}
}

static void comes_back_as_it_was_given(void **state)
{
	struct ecm_event event = sample_event();
	assert_int_equal(event.seconds_needed, 4 * 3600); /* the hours, when nothing else is said */
	assert_int_equal(event.credits_tenths, 40);
	ecm_accredited_parse(&event, "1.58 14");
	event.modulo_fad = '1';
	json_auto_t *json = ecm_event_json(&event);
	struct ecm_event again = {.id = 7};
	struct faults faults;
	faults_init(&faults, 10);
	assert_true(ecm_event_read(&again, json, &faults));
	json_auto_t *json2 = ecm_event_json(&again);
	assert_true(json_equal(json, json2));
	faults_finish(&faults);
}

static void accreditation(void **state)
{
	struct ecm_event event = sample_event();
	assert_true(ecm_event_accredits(&event, 14, 85)); /* nothing listed: everybody */
	assert_true(ecm_accredited_parse(&event, "1.58 14"));
	assert_true(ecm_event_accredits(&event, 1, 58));
	assert_false(ecm_event_accredits(&event, 1, 59));
	assert_true(ecm_event_accredits(&event, 14, 85));
	assert_false(ecm_event_accredits(&event, 15, 86));
}

static void no_report_without_a_provider(void **state)
{
	struct ecm_event event = sample_event();
	struct faults faults;
	faults_init(&faults, 10);
	assert_true(ecm_event_exportable(&event, &faults));
	event.cod_org[0] = '\0';
	assert_false(ecm_event_exportable(&event, &faults));
	assert_string_equal(g_array_index(faults.list, struct problem, 0).code, "EVENT_NO_PROVIDER_CODE");
	assert_non_null(strstr(g_array_index(faults.list, struct problem, 0).it, "Il FSE 2.0"));
	faults_finish(&faults);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(every_required_field_is_required),
		cmocka_unit_test(comes_back_as_it_was_given),
		cmocka_unit_test(accreditation),
		cmocka_unit_test(no_report_without_a_provider),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
