/* Standard setting against worked numbers, and where the reference material is at hand, cacIRT's. */
#include "assessment/measurement/standard_setting.h"

#include <glib.h>
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#define NEAR(one, other, within) assert_true(fabs((one) - (other)) <= (within))

static json_t *shared_json(const char *name)
{
	const char *folder = g_getenv("FAD_SHARED");
	char *path = g_build_filename(folder ? folder : "../shared", "placement", name, NULL);
	json_t *json = json_load_file(path, 0, NULL);
	g_free(path); /* skip() never comes back */
	if (!json) {
		skip();
	}
	return json;
}

/* Four judges, five items. */
static const double ratings[] = {.9, .7, .6, .8, .4, .85, .65, .5, .75, .35, .95, .8, .6, .7, .5, .8, .6, .55, .8, .45};

static void test_angoff(void **state)
{
	(void)state;
	double judges[4];
	struct standard_cut cut;
	uint32_t judge, item;
	assert_true(standard_angoff(ratings, 4, 5, judges, &cut, &judge, &item));
	NEAR(judges[0], 3.4, 1e-12);
	NEAR(judges[2], 3.55, 1e-12);
	NEAR(cut.cut, 3.3125, 1e-12);
	NEAR(cut.sd, 0.2015564437074636, 1e-12);
	NEAR(cut.se, 0.1007782218537318, 1e-12);
	double missing[20];
	for (int i = 0; i < 20; i++) {
		missing[i] = ratings[i];
	}
	missing[13] = NAN;
	assert_false(standard_angoff(missing, 4, 5, judges, &cut, &judge, &item));
	assert_int_equal(judge, 2);
	assert_int_equal(item, 3);
	missing[13] = 1.01;
	assert_false(standard_angoff(missing, 4, 5, judges, &cut, &judge, &item));
	assert_true(isnan(standard_mean(judges, 1).se));
}

static void test_theta_of_a_cut(void **state)
{
	(void)state;
	json_t *json = shared_json("mirt_calibrations.json");
	json_t *worked = shared_json("standard_setting_worked.json");
	double wanted = json_number_value(json_object_get(
		json_object_get(worked, "angoff_example_ours"), "theta_cut_via_TCC_LSAT7_2PL"));
	json_t *list = json_object_get(
		json_object_get(json_object_get(json, "calibrations"), "LSAT7 2PL"), "items");
	struct irt_item items[5];
	for (size_t i = 0; i < 5; i++) {
		json_t *item = json_array_get(list, i);
		items[i] = irt_item_3pl(json_number_value(json_object_get(item, "a")),
			json_number_value(json_object_get(item, "b")), 0);
	}
	NEAR(standard_theta(items, 5, 3.3125), wanted, 1e-6);
	double theta = standard_theta(items, 5, 2.5), step = 1e-4;
	double slope = 1 / ((standard_theta(items, 5, 2.5 + step) - theta) / step);
	NEAR(standard_slope(items, 5, theta), slope, 1e-2);
	assert_true(isnan(standard_theta(items, 5, 5.1)));
	assert_true(isnan(standard_theta(items, 5, -0.1)));
	json_decref(json);
	json_decref(worked);
}

static void test_bookmark(void **state)
{
	(void)state;
	struct irt_item rasch = irt_item_3pl(1, 0, 0), two = irt_item_3pl(1.2, .4, 0), three = irt_item_3pl(1.2, .4, .2);
	NEAR(standard_bookmark(&rasch, 2.0 / 3), 0.6931471805599452, 1e-12);
	NEAR(standard_bookmark(&rasch, .67), 0.7081850579244858, 1e-12);
	NEAR(standard_bookmark(&rasch, .5), 0, 1e-12);
	NEAR(standard_bookmark(&two, 2.0 / 3), 0.9776226504666211, 1e-12);
	NEAR(standard_bookmark(&three, 2.0 / 3), 0.6803935305176774, 1e-12);
	assert_true(isnan(standard_bookmark(&three, .2)));
	assert_true(isnan(standard_bookmark(&rasch, 1)));
}

/* cacIRT's documentation example: four items, 40 points of N(0,1). Its class.Lee() has D = 1.7 in the scores and D =
 * 1 in the true level. */
static void test_quality(void **state)
{
	(void)state;
	static const double b[] = {-2, 1, 0, 1};
	static const struct {
		struct cuts cuts;
		double accuracy, consistency;
	} known[] = {
		{{1, {2}}, .756165, .723369},
		{{1, {3}}, .785039, .780521},
		{{2, {2, 3}}, .577190, .565419},
	};
	struct irt_item items[4], steep[4];
	double thetas[40], weights[40];
	for (int i = 0; i < 4; i++) {
		items[i] = irt_item_3pl(1, b[i], 0);
		steep[i] = irt_item_3pl(1.7, b[i], 0);
	}
	for (int q = 0; q < 40; q++) {
		thetas[q] = -4 + 8.0 * q / 39;
		weights[q] = exp(-thetas[q] * thetas[q] / 2);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		struct decision_quality lee = standard_lee(&known[i].cuts, steep, items, 4, thetas, weights, 40);
		NEAR(lee.accuracy, known[i].accuracy, 2e-6);
		NEAR(lee.consistency, known[i].consistency, 2e-6);
		assert_true(standard_lee(&known[i].cuts, steep, NULL, 4, thetas, weights, 40).accuracy >=
			    lee.accuracy - 1e-9);
	}
	struct cuts theta = {2, {-.5, 1.5}};
	struct decision_quality rudner = rudner_for_test(&theta, items, 4, thetas, weights, 40);
	NEAR(standard_rudner(&theta, items, 4).accuracy, rudner.accuracy, 1e-2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_angoff),
		cmocka_unit_test(test_theta_of_a_cut),
		cmocka_unit_test(test_bookmark),
		cmocka_unit_test(test_quality),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
