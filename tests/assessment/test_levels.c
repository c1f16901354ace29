/* Cut tables and policies: what is refused, and on which side of a cut a score falls. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/placement/policy.h"

struct row {
	guint count;
	struct level levels[4];
	const char *code; /* NULL: accepted */
};

static const struct row rows[] = {
	{1, {{"unico", "Unico", "Only", 0}}, NULL},
	{3, {{"b", "B", "B", 0}, {"i", "I", "I", .5}, {"a", "A", "A", 1}}, NULL},
	{0, {{0}}, "LEVELS_NONE"},
	{2, {{"b", "B", "B", .1}, {"i", "I", "I", .5}}, "LEVEL_FIRST_CUT"},
	{3, {{"b", "B", "B", 0}, {"i", "I", "I", .6}, {"a", "A", "A", .5}}, "LEVELS_NOT_MONOTONE"},
	{3, {{"b", "B", "B", 0}, {"i", "I", "I", .6}, {"a", "A", "A", .6}}, "LEVELS_NOT_MONOTONE"},
	{2, {{"b", "B", "B", 0}, {"i", "I", "I", 1.1}}, "LEVEL_CUT_RANGE"},
	{2, {{"b", "B", "B", 0}, {"i", "I", "I", -.1}}, "LEVEL_CUT_RANGE"},
	{2, {{"b", "B", "B", 0}, {"i", "I", "I", NAN}}, "LEVEL_CUT_RANGE"},
	{2, {{"b", "B", "B", 0}, {"b", "I", "I", .5}}, "LEVEL_DUPLICATE"},
	{1, {{"Base!", "B", "B", 0}}, "LEVEL_ID"},
	{1, {{"b", "", "B", 0}}, "LEVEL_NAME"},
};

static void every_row(void **state)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct faults faults;
		faults_init(&faults, 10);
		assert_int_equal(levels_check(rows[i].levels, rows[i].count, &faults), rows[i].code == NULL);
		if (rows[i].code) {
			assert_int_equal(faults.list->len, 1);
			assert_string_equal(g_array_index(faults.list, struct problem, 0).code, rows[i].code);
		}
		faults_finish(&faults);
	}
}

/* A share exactly on the cut reaches the level, for every cut in hundredths and every length of test. */
static void exactly_on_the_cut(void **state)
{
	for (guint maximum = 1; maximum <= 100; maximum++) {
		for (guint hundredths = 1; hundredths <= 100; hundredths++) {
			struct level levels[] = {{"b", "B", "B", 0}, {"a", "A", "A", hundredths / 100.0}};
			guint needed = (hundredths * maximum + 99) / 100;
			assert_int_equal(levels_decide(levels, 2, needed, maximum), 1);
			assert_int_equal(levels_decide(levels, 2, needed - 1, maximum), 0);
		}
	}
	struct level levels[] = {{"b", "B", "B", 0}, {"a", "A", "A", .5}};
	assert_int_equal(levels_decide(levels, 2, 0, 0), 0);
}

static void a_policy_survives_json(void **state)
{
	struct policy policy, again;
	struct faults faults;
	faults_init(&faults, 20);
	policy_init_default(&policy);
	json_auto_t *json = policy_json(&policy);
	assert_true(policy_init_json(&again, json, &faults));
	json_auto_t *json2 = policy_json(&again);
	assert_true(json_equal(json, json2));
	policy_finish(&again);
	policy_finish(&policy);
	json_object_set_new(json, "items_per_area", json_integer(0));
	json_object_set_new(json, "retakes", json_string("many"));
	json_object_set_new(json, "levels", json_integer(3));
	assert_false(policy_init_json(&again, json, &faults));
	assert_int_equal(faults.errors, 3);
	faults_finish(&faults);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(exactly_on_the_cut),
		cmocka_unit_test(a_policy_survives_json),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
