/* Credits to staff by dated rules [ECM 3, "credits to staff (from 1/1/2023)"], and what is entered of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "server/ecm/staff.h"
#include "tests/ecm/samples.h"

static const struct {
	const char *row; /* of ECM 3 */
	int form;
	const char *duty;
	guint amount;
	const char *credits; /* NULL: no rule */
} rules[] = {
	{"docente 1 per 20'", 1, "docente", 20, "1.0"},
	{"docente, whole units only", 1, "docente", 59, "2.0"},
	{"docente", 3, "docente", 240, "12.0"},
	{"relatore 1 per 20'", 3, "relatore", 60, "3.0"},
	{"FAD content expert 1 per 20'", 1, "contenuti_fad", 120, "6.0"},
	{"tutor FAD asincrona 5 per month", 1, "tutor_fad", 3, "15.0"},
	{"tutor FAD, max 30 an event", 1, "tutor_fad", 7, "30.0"},
	{"FSC tutor 1.5/h", 2, "tutor_fsc", 5, "7.5"},
	{"FSC coordinator 1.5/h", 2, "coordinatore_fsc", 8, "12.0"},
	{"responsabile scientifico 20 % of the event", 1, "responsabile", 0, "0.8"},
	{"RES tutor: sources disagree, no rule", 3, "tutor_res", 8, NULL},
	{"never more than 50", 3, "docente", 2000, "50.0"},
};

static struct ecm_event event_of(int form)
{
	struct ecm_event event = sample_event();
	event.tipo_form = (enum ecm_form)form;
	return event;
}

static bool read_one(struct staff_member *ret, const struct ecm_event *event, struct faults *faults, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	json_auto_t *json = json_loads(text, 0, NULL);
	assert_non_null(json);
	return staff_read(ret, json, event, faults);
}

static void every_rule(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
		struct ecm_event event = event_of(rules[i].form);
		struct staff_member member = {0};
		struct faults faults;
		char text[8];
		guint tenths = 0;
		faults_init(&faults, 10);
		assert_true(read_one(&member, &event, &faults, "{\"duty\": \"%s\", \"amount\": %u, \"credits\": \"%s\"}",
			rules[i].duty, rules[i].amount, rules[i].credits ? rules[i].credits : "8.0"));
		assert_int_equal(staff_credits(&member, &event, &tenths), rules[i].credits != NULL);
		ecm_credits_text(tenths, text);
		if (rules[i].credits && strcmp(text, rules[i].credits) != 0) {
			fail_msg("%s: %s, not %s", rules[i].row, text, rules[i].credits);
		}
		staff_warn(&member, &event, &faults);
		assert_int_equal(faults.list->len, rules[i].credits ? 0 : 1);
		faults_finish(&faults);
	}
}

static const struct {
	const char *json;
	const char *code, *where;
} refused[] = {
	{"{\"duty\": \"mago\", \"amount\": 1}", "STAFF_DUTY", "duty"},
	{"{\"duty\": \"tutor_fsc\", \"amount\": 1}", "STAFF_DUTY", "duty"}, /* not of distance learning */
	{"{\"duty\": \"docente\", \"amount\": 0}", "STAFF_AMOUNT", "amount"},
	{"{\"duty\": \"docente\", \"amount\": -1}", "STAFF_AMOUNT", "amount"},
	{"{\"duty\": \"docente\", \"amount\": 100000}", "STAFF_AMOUNT", "amount"},
	{"{\"duty\": \"docente\", \"amount\": \"venti\"}", "STAFF_AMOUNT", "amount"},
	{"{\"duty\": \"docente\", \"amount\": 19}", "STAFF_CREDITS", "credits"}, /* computed: none */
	{"{\"duty\": \"docente\", \"amount\": 60, \"credits\": \"3.25\"}", "STAFF_CREDITS", "credits"},
	{"{\"duty\": \"docente\", \"amount\": 60, \"credits\": \"50.1\"}", "STAFF_CREDITS", "credits"},
	{"{\"duty\": \"docente\", \"amount\": 60, \"day\": \"2026-07-01\"}", "STAFF_DAY", "day"},
	{"{\"duty\": \"docente\", \"amount\": 60, \"day\": \"2026-02-30\"}", "STAFF_DAY", "day"},
	{"{\"duty\": \"docente\", \"amount\": 60, \"recruited\": true}", "STAFF_SPONSOR", "sponsor"},
	{"{\"duty\": \"docente\", \"amount\": 60, \"sponsor\": \"ACME\"}", "STAFF_SPONSOR", "sponsor"},
	{"{\"duty\": \"docente\", \"amount\": 60, \"recruited\": true, \"sponsor\": \"Società\"}", "STAFF_SPONSOR", "sponsor"},
};

static void every_fault(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(refused); i++) {
		struct ecm_event event = event_of(1);
		struct staff_member member = {0};
		struct faults faults;
		faults_init(&faults, 10);
		assert_false(read_one(&member, &event, &faults, "%s", refused[i].json));
		const struct problem *problem = &g_array_index(faults.list, struct problem, 0);
		assert_string_equal(problem->code, refused[i].code);
		assert_string_equal(problem->where, refused[i].where);
		assert_true(*problem->mend_it && *problem->mend_en);
		faults_finish(&faults);
	}
}

static void credits_that_differ_want_a_reason(void **state)
{
	struct ecm_event event = event_of(1);
	struct staff_member member = {0};
	struct faults faults;
	faults_init(&faults, 10);
	assert_true(read_one(&member, &event, &faults, "{\"duty\": \"docente\", \"amount\": 60, \"credits\": \"2.0\"}"));
	assert_string_equal(member.day, "2026-06-30"); /* the event's last, when none is said */
	staff_warn(&member, &event, &faults);
	assert_string_equal(g_array_index(faults.list, struct problem, 0).code, "STAFF_CREDITS_DIFFER");
	g_strlcpy(member.reason, "riconosciuti così", sizeof(member.reason));
	staff_warn(&member, &event, &faults);
	assert_int_equal(faults.list->len, 1);
	faults_finish(&faults);
}

static void before_2023_there_is_no_rule(void **state)
{
	struct ecm_event event = event_of(1);
	struct staff_member member = {0};
	struct faults faults;
	guint tenths;
	faults_init(&faults, 10);
	memcpy(event.data_ini, "2022-12-31", 11);
	assert_true(read_one(&member, &event, &faults, "{\"duty\": \"docente\", \"amount\": 60, \"credits\": \"2.0\"}"));
	assert_false(staff_credits(&member, &event, &tenths));
	faults_finish(&faults);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_rule),
		cmocka_unit_test(every_fault),
		cmocka_unit_test(credits_that_differ_want_a_reason),
		cmocka_unit_test(before_2023_there_is_no_rule),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
