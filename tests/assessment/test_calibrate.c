/*
 * Calibration: recovery of the parameters that answers were simulated with, and, where the reference
 * material is at hand, mirt's and psychotools' results on public data.
 */
#include "assessment/measurement/calibrate.h"

#include <glib.h>
#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

#define PERSONS 4000
#define ITEMS 12

static char *shared_path(const char *name)
{
	const char *folder = g_getenv("FAD_SHARED");
	return g_build_filename(folder ? folder : "../shared", "placement", name, NULL);
}

static json_t *shared_json(const char *name)
{
	char *path = shared_path(name);
	json_t *json = json_load_file(path, 0, NULL);
	g_free(path); /* skip() never comes back */
	if (!json) {
		skip();
	}
	return json;
}

struct table {
	struct answers answers;
	GArray *marks;
	GArray *weights;
};

/* A CSV of 0/1 with a header; with `counted`, the last column is the number of people. */
static void read_table(const char *name, bool counted, struct table *ret)
{
	char *path = shared_path(name);
	g_autofree char *text = NULL;
	g_file_get_contents(path, &text, NULL, NULL);
	g_free(path);
	if (!text) {
		skip();
	}
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	*ret = (struct table){
		.marks = g_array_new(FALSE, FALSE, 1), .weights = g_array_new(FALSE, FALSE, sizeof(double))};
	for (uint32_t i = 1; lines[i] && *g_strchomp(lines[i]); i++) {
		g_auto(GStrv) fields = g_strsplit(lines[i], ",", -1);
		const uint32_t items = g_strv_length(fields) - (counted ? 1 : 0);
		for (uint32_t k = 0; k < items; k++) {
			const int8_t mark = (int8_t)(fields[k][0] == '1');
			g_array_append_val(ret->marks, mark);
		}
		const double weight = counted ? g_ascii_strtod(fields[items], NULL) : 1;
		g_array_append_val(ret->weights, weight);
		ret->answers.items = items;
		ret->answers.persons++;
	}
	ret->answers.marks = (const int8_t *)(const void *)ret->marks->data;
	ret->answers.weights = (const double *)(const void *)ret->weights->data;
}

static void table_finish(struct table *table)
{
	g_array_free(table->marks, TRUE);
	g_array_free(table->weights, TRUE);
}

static void near(double got, double expected, double tolerance, const char *what)
{
	if (!(fabs(got - expected) <= tolerance)) {
		fail_msg("%s: got %.6f, expected %.6f", what, got, expected);
	}
}

static double normal(GRand *source)
{
	return sqrt(-2 * log(1 - g_rand_double(source))) * cos(2 * G_PI * g_rand_double(source));
}

/* Answers of N(0,1) people to items with a from .8 to 1.9 (or 1) and b from -1.5 to 1.25. */
static void simulate(int8_t *marks, bool rasch, double *a, double *b)
{
	g_autoptr(GRand) source = g_rand_new_with_seed(20261);
	for (uint32_t i = 0; i < ITEMS; i++) {
		a[i] = rasch ? 1 : .8 + .1 * i;
		b[i] = -1.5 + .25 * i;
	}
	for (uint32_t p = 0; p < PERSONS; p++) {
		const double theta = normal(source);
		for (uint32_t i = 0; i < ITEMS; i++) {
			marks[p * ITEMS + i] = g_rand_double(source) < 1 / (1 + exp(-a[i] * (theta - b[i])));
		}
	}
}

static void the_2pl_recovers_what_was_simulated(void **state)
{
	g_autofree int8_t *marks = g_new(int8_t, PERSONS * ITEMS);
	double a[ITEMS], b[ITEMS];
	simulate(marks, false, a, b);
	/* A tenth of the answers was never given. */
	for (uint32_t i = 0; i < PERSONS * ITEMS; i += 10) {
		marks[i] = ANSWER_MISSING;
	}
	const struct answers answers = {.marks = marks, .persons = PERSONS, .items = ITEMS};
	struct calibration_settings settings = CALIBRATION_SETTINGS_DEFAULT(CALIBRATION_2PL);
	settings.tolerance = 1e-4;
	struct calibrated_item items[ITEMS];
	struct calibration calibration;
	uint32_t at_fault;
	assert_int_equal(calibrate_mml(&settings, &answers, items, &calibration, &at_fault), CALIBRATION_OK);
	assert_true(calibration.converged);
	for (uint32_t i = 0; i < ITEMS; i++) {
		near(items[i].a, a[i], .22, "a"); /* about three standard errors of so many people */
		near(items[i].b, b[i], .15, "b");
	}
}

/* With enough people guessing shows; where it does not, the prior keeps it in its place. */
static void the_3pl_finds_guessing(void **state)
{
	enum { PEOPLE = 10000, QUESTIONS = 20 };
	g_autofree int8_t *marks = g_new(int8_t, PEOPLE * QUESTIONS);
	g_autoptr(GRand) source = g_rand_new_with_seed(20263);
	double a[QUESTIONS], b[QUESTIONS], c[QUESTIONS];
	for (uint32_t i = 0; i < QUESTIONS; i++) {
		a[i] = 1 + .3 * (i % 4);
		b[i] = -1.5 + 3. * i / (QUESTIONS - 1);
		c[i] = i % 2 ? .3 : .1;
	}
	for (uint32_t p = 0; p < PEOPLE; p++) {
		const double theta = normal(source);
		for (uint32_t i = 0; i < QUESTIONS; i++) {
			const double knows = 1 / (1 + exp(-a[i] * (theta - b[i])));
			marks[p * QUESTIONS + i] = g_rand_double(source) < c[i] + (1 - c[i]) * knows;
		}
	}
	struct answers answers = {.marks = marks, .persons = PEOPLE, .items = QUESTIONS};
	struct calibration_settings settings = CALIBRATION_SETTINGS_DEFAULT(CALIBRATION_3PL);
	settings.tolerance = 1e-3;
	struct calibrated_item items[QUESTIONS];
	struct calibration calibration, two;
	uint32_t at_fault;
	assert_int_equal(calibrate_mml(&settings, &answers, items, &calibration, &at_fault), CALIBRATION_OK);
	assert_true(calibration.converged);
	for (uint32_t i = 0; i < QUESTIONS; i++) {
		near(items[i].a, a[i], .35, "a");
		near(items[i].b, b[i], .3, "b");
		near(items[i].c, c[i], b[i] > 0 ? .06 : .2, "c"); /* an easy item hardly shows it */
	}
	settings.model = CALIBRATION_2PL;
	struct calibrated_item other[QUESTIONS];
	assert_int_equal(calibrate_mml(&settings, &answers, other, &two, &at_fault), CALIBRATION_OK);
	assert_true(calibration.log_likelihood > two.log_likelihood + 50);
	/* Fifty people say nothing about it. */
	settings.model = CALIBRATION_3PL;
	answers.persons = 50;
	assert_int_equal(calibrate_mml(&settings, &answers, items, &calibration, &at_fault), CALIBRATION_OK);
	for (uint32_t i = 0; i < QUESTIONS; i++) {
		assert_true(items[i].c > .1 && items[i].c < .4 && items[i].a > .3 && items[i].a < 3);
	}
}

static void cml_recovers_difficulties_within_its_standard_errors(void **state)
{
	g_autofree int8_t *marks = g_new(int8_t, PERSONS * ITEMS);
	double a[ITEMS], b[ITEMS], mean = 0;
	simulate(marks, true, a, b);
	const struct answers answers = {.marks = marks, .persons = PERSONS, .items = ITEMS};
	struct calibrated_item items[ITEMS];
	struct calibration calibration;
	uint32_t at_fault;
	assert_int_equal(calibrate_cml(&answers, items, &calibration, &at_fault), CALIBRATION_OK);
	for (uint32_t i = 0; i < ITEMS; i++) {
		mean += b[i] / ITEMS;
	}
	double sum = 0;
	for (uint32_t i = 0; i < ITEMS; i++) {
		assert_true(items[i].se_b > .01 && items[i].se_b < .1);
		near(items[i].b, b[i] - mean, 4 * items[i].se_b, "b");
		sum += items[i].b;
	}
	near(sum, 0, 1e-8, "sum of difficulties");
}

static void an_item_without_variation_is_named(void **state)
{
	const int8_t marks[] = {1, 0, 1, 1, 1, 1, 0, 0, 1};
	const struct answers answers = {.marks = marks, .persons = 3, .items = 3};
	const struct calibration_settings settings = CALIBRATION_SETTINGS_DEFAULT(CALIBRATION_RASCH);
	struct calibrated_item items[3];
	struct calibration calibration;
	uint32_t at_fault = 99;
	assert_int_equal(
		calibrate_mml(&settings, &answers, items, &calibration, &at_fault), CALIBRATION_NO_VARIATION);
	assert_int_equal(at_fault, 2);
	const int8_t missing[] = {1, 0, ANSWER_MISSING, 1};
	const struct answers with_gap = {.marks = missing, .persons = 2, .items = 2};
	assert_int_not_equal(calibrate_cml(&with_gap, items, &calibration, &at_fault), CALIBRATION_OK);
	const struct answers one = {.marks = marks, .persons = 1, .items = 3};
	assert_int_equal(calibrate_cml(&one, items, &calibration, &at_fault), CALIBRATION_TOO_FEW);
}

static void mirt_on_lsat(void **state)
{
	static const struct {
		const char *name, *file;
		enum calibration_model model;
	} runs[] = {
		{"LSAT6 Rasch", "data_LSAT6_patterns.csv", CALIBRATION_RASCH},
		{"LSAT6 2PL", "data_LSAT6_patterns.csv", CALIBRATION_2PL},
		{"LSAT7 Rasch", "data_LSAT7_patterns.csv", CALIBRATION_RASCH},
		{"LSAT7 2PL", "data_LSAT7_patterns.csv", CALIBRATION_2PL},
	};
	json_t *json = shared_json("mirt_calibrations.json");
	for (size_t i = 0; i < G_N_ELEMENTS(runs); i++) {
		const json_t *expected = json_object_get(json_object_get(json, "calibrations"), runs[i].name);
		struct table table;
		read_table(runs[i].file, true, &table);
		const struct calibration_settings settings = CALIBRATION_SETTINGS_DEFAULT(runs[i].model);
		struct calibrated_item items[5];
		struct calibration calibration;
		uint32_t at_fault;
		assert_int_equal(
			calibrate_mml(&settings, &table.answers, items, &calibration, &at_fault), CALIBRATION_OK);
		near(calibration.log_likelihood, json_number_value(json_object_get(expected, "logLik")), 1e-3, runs[i].name);
		for (size_t k = 0; k < 5; k++) {
			const json_t *item = json_array_get(json_object_get(expected, "items"), k);
			near(items[k].a, json_number_value(json_object_get(item, "a")), 2e-3, "a");
			near(items[k].b, json_number_value(json_object_get(item, "b")), 2e-3, "b");
		}
		const double variance = json_number_value(json_object_get(expected, "GroupVar"));
		near(calibration.theta_sd * calibration.theta_sd, variance, 2e-3, "variance");
		table_finish(&table);
	}
	json_decref(json);
}

static void psychotools_on_verbal_aggression(void **state)
{
	json_t *json = shared_json("psychotools_VerbalAggression.json");
	const json_t *expected = json_object_get(json, "rasch");
	struct table table;
	read_table("data_VerbalAggression_dich.csv", false, &table);
	struct calibrated_item items[24];
	struct calibration calibration;
	uint32_t at_fault;
	assert_int_equal(table.answers.items, 24);
	assert_int_equal(calibrate_cml(&table.answers, items, &calibration, &at_fault), CALIBRATION_OK);
	near(calibration.log_likelihood, json_number_value(json_object_get(expected, "loglik")), 1e-3, "log-likelihood");
	for (size_t i = 0; i < 24; i++) {
		near(items[i].b, json_number_value(json_array_get(json_object_get(expected, "itempar"), i)), 2e-3, "b");
		near(items[i].se_b, json_number_value(json_array_get(json_object_get(expected, "se"), i)), 2e-3, "SE");
	}
	table_finish(&table);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_2pl_recovers_what_was_simulated),
		cmocka_unit_test(the_3pl_finds_guessing),
		cmocka_unit_test(cml_recovers_difficulties_within_its_standard_errors),
		cmocka_unit_test(an_item_without_variation_is_named),
		cmocka_unit_test(mirt_on_lsat),
		cmocka_unit_test(psychotools_on_verbal_aggression),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
