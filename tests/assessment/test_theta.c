/*
 * The measurement engine against published values and, where the reference material is at hand, against
 * known answers of catR, catIrt and cacIRT.
 */
#include "assessment/measurement/classify.h"
#include "assessment/measurement/theta.h"

#include <jansson.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#define TOLERANCE 1e-6
#define BANK_MAX 128

static json_t *shared_json(const char *name)
{
	const char *folder = getenv("FAD_SHARED");
	char path[4096];
	snprintf(path, sizeof(path), "%s/placement/%s", folder ? folder : "../shared", name);
	json_t *json = json_load_file(path, 0, NULL);
	if (!json) {
		skip();
	}
	return json;
}

static double number(const json_t *json, const char *key)
{
	const json_t *value = json_object_get(json, key);
	assert_true(json_is_number(value));
	return json_number_value(value);
}

static double element(const json_t *array, size_t i)
{
	return json_number_value(json_array_get(array, i));
}

/* A bank of [a, b, c, …] rows. */
static uint32_t read_bank(const json_t *rows, struct irt_item *ret)
{
	const size_t count = json_array_size(rows);
	assert_in_range(count, 1, BANK_MAX);
	for (size_t i = 0; i < count; i++) {
		const json_t *row = json_array_get(rows, i);
		ret[i] = irt_item_3pl(element(row, 0), element(row, 1), element(row, 2));
		assert_true(irt_item_is_valid(&ret[i]));
	}
	return (uint32_t)count;
}

static uint32_t read_responses(const json_t *test, uint32_t most, const struct irt_item *bank, struct irt_response *ret)
{
	const json_t *items = json_object_get(test, "items"), *x = json_object_get(test, "x");
	const uint32_t count = (uint32_t)json_array_size(items) < most ? (uint32_t)json_array_size(items) : most;
	for (uint32_t i = 0; i < count; i++) {
		ret[i].item = &bank[json_integer_value(json_array_get(items, i)) - 1];
		ret[i].category = (uint32_t)json_integer_value(json_array_get(x, i));
	}
	return count;
}

static void near(double got, double expected, double tolerance, const char *what)
{
	if (!(fabs(got - expected) <= tolerance)) {
		fail_msg("%s: got %.10f, expected %.10f", what, got, expected);
	}
}

/* Published: items (a,b) = (1,-1), (1.2,0), (.8,1), answers 1,0,1. */
static void published_example(void **state)
{
	const struct irt_item items[] = {irt_item_3pl(1, -1, 0), irt_item_3pl(1.2, 0, 0), irt_item_3pl(.8, 1, 0)};
	const struct irt_response answers[] = {{&items[0], 1}, {&items[1], 0}, {&items[2], 1}};
	struct theta_settings settings = THETA_SETTINGS_DEFAULT(THETA_MAP);
	near(theta_estimate(&settings, answers, 3).theta, .1307695, 1e-5, "BM");
	settings.estimator = THETA_EAP;
	near(theta_estimate(&settings, answers, 3).theta, .1446946, TOLERANCE, "EAP");
}

static void no_answers_give_the_prior_or_no_information(void **state)
{
	struct theta_settings settings = THETA_SETTINGS_DEFAULT(THETA_EAP);
	settings.prior_mean = .5;
	assert_true(theta_estimate(&settings, NULL, 0).theta == .5);
	assert_true(theta_estimate(&settings, NULL, 0).se == 1);
	settings.estimator = THETA_ML;
	assert_true(theta_estimate(&settings, NULL, 0).theta == 0);
	assert_true(isinf(theta_estimate(&settings, NULL, 0).se));
}

static void all_right_ends_at_the_range_for_ml_and_inside_it_for_the_others(void **state)
{
	const struct irt_item item = irt_item_3pl(1, 0, 0);
	const struct irt_response answers[] = {{&item, 1}, {&item, 1}, {&item, 1}};
	struct theta_settings settings = THETA_SETTINGS_DEFAULT(THETA_ML);
	assert_true(theta_estimate(&settings, answers, 3).theta == 4);
	settings.estimator = THETA_WL;
	assert_true(theta_estimate(&settings, answers, 3).theta < 3);
	settings.estimator = THETA_MAP;
	assert_true(theta_estimate(&settings, answers, 3).theta < 2);
}

/* A GPCM item with two categories is a 2PL item; derivatives agree with finite differences. */
static void gpcm_is_the_2pl_for_two_categories(void **state)
{
	const struct irt_item partial = {.model = IRT_GPCM, .a = 1.3, .categories = 2, .steps = {.4}};
	const struct irt_item plain = irt_item_3pl(1.3, .4, 0);
	for (double theta = -4; theta <= 4; theta += .5) {
		near(irt_probability(&partial, theta, 1), irt_probability(&plain, theta, 1), 1e-14, "P");
		near(irt_information(&partial, theta), irt_information(&plain, theta), 1e-14, "information");
	}
}

static void derivatives_agree_with_differences(void **state)
{
	const struct irt_item items[] = {irt_item_3pl(1.7, -.3, .2),
		{.model = IRT_GPCM, .a = .9, .categories = 4, .steps = {-1, .2, 1.4}}};
	const double h = 1e-5;
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		for (double theta = -3; theta <= 3; theta += .25) {
			struct irt_curve at, before, after;
			irt_curve_at(&items[i], theta, &at);
			irt_curve_at(&items[i], theta - h, &before);
			irt_curve_at(&items[i], theta + h, &after);
			double sum = 0;
			for (uint32_t k = 0; k < at.categories; k++) {
				near(at.p1[k], (after.p[k] - before.p[k]) / (2 * h), 1e-8, "first derivative");
				near(at.p2[k], (after.p1[k] - before.p1[k]) / (2 * h), 1e-8, "second derivative");
				sum += at.p[k];
			}
			near(sum, 1, 1e-14, "sum of probabilities");
		}
	}
}

static void catr_theta_and_se(void **state)
{
	static const struct {
		const char *name;
		enum theta_estimator estimator;
	} estimators[] = {{"ML", THETA_ML}, {"BM", THETA_MAP}, {"EAP", THETA_EAP}, {"WL", THETA_WL}};
	json_t *json = shared_json("catR_tcals_theta_se.json");
	struct irt_item bank[BANK_MAX];
	read_bank(json_object_get(json, "bank"), bank);
	size_t i;
	json_t *test;
	json_array_foreach(json_object_get(json, "cases"), i, test)
	{
		struct irt_response answers[BANK_MAX];
		const uint32_t count = read_responses(test, BANK_MAX, bank, answers);
		for (size_t k = 0; k < 4; k++) {
			/* The reference stops its search at this tolerance, over the whole range. */
			struct theta_settings settings = THETA_SETTINGS_DEFAULT(estimators[k].estimator);
			settings.tolerance = pow(2.220446049250313e-16, .25);
			settings.scan_points = 2;
			const struct theta_estimate got = theta_estimate(&settings, answers, count);
			const json_t *expected = json_object_get(test, estimators[k].name);
			near(got.theta, number(expected, "theta"), TOLERANCE, estimators[k].name);
			near(got.se, number(expected, "se"), TOLERANCE, estimators[k].name);
			/* The exact root is no farther from the reference than the reference's own tolerance. */
			settings = THETA_SETTINGS_DEFAULT(estimators[k].estimator);
			near(theta_estimate(&settings, answers, count).theta, number(expected, "theta"), 1.3e-4, "exact");
		}
	}
	json_decref(json);
}

static void catr_probability_and_information(void **state)
{
	json_t *cases = shared_json("catR_tcals_theta_se.json"), *json = shared_json("catR_tcals_P_info.json");
	struct irt_item bank[BANK_MAX];
	const uint32_t items = read_bank(json_object_get(cases, "bank"), bank);
	size_t i;
	json_t *point;
	json_array_foreach(json_object_get(json, "grid"), i, point)
	{
		const double theta = number(point, "theta");
		for (uint32_t k = 0; k < items; k++) {
			near(irt_probability(&bank[k], theta, 1), element(json_object_get(point, "P"), k), 1e-9, "P");
			near(irt_information(&bank[k], theta), element(json_object_get(point, "Info"), k), 1e-9, "Info");
		}
	}
	json_decref(json);
	json_decref(cases);
}

static void catirt_ratios(void **state)
{
	json_t *cases = shared_json("catR_tcals_theta_se.json"), *json = shared_json("catIrt_sprt_glr_vectors.json");
	struct irt_item bank[BANK_MAX];
	read_bank(json_object_get(cases, "bank"), bank);
	const struct cuts cuts = {.count = 2, .at = {-.5, .7}};
	size_t i, k;
	json_t *test, *step;
	json_array_foreach(json_object_get(json, "cases"), i, test)
	{
		json_array_foreach(json_object_get(test, "steps"), k, step)
		{
			struct irt_response answers[BANK_MAX];
			const uint32_t count = read_responses(test, (uint32_t)number(step, "n"), bank, answers);
			const json_t *sprt = json_object_get(step, "loglik_ratio_SPRT_delta0.2");
			const json_t *glr = json_object_get(step, "glr_delta0.2");
			double ratios[2];
			for (uint32_t c = 0; c < 2; c++) {
				near(sprt_log_ratio(answers, count, cuts.at[c], .2), element(sprt, c), TOLERANCE, "SPRT");
				ratios[c] = glr_log_ratio(answers, count, cuts.at[c], .2, -6, 6, .01);
				near(ratios[c], element(glr, c), TOLERANCE, "GLR");
			}
			const json_t *decision = json_object_get(step, "glr_decision_alpha.1");
			const uint32_t level = level_by_ratios(&cuts, ratios, .1, .1);
			if (json_is_null(decision)) {
				assert_int_equal(level, CLASSIFY_UNDECIDED);
			} else {
				assert_int_equal(level + 1, json_integer_value(decision));
			}
		}
	}
	json_decref(json);
	json_decref(cases);
}

static void rudner_worked_example(void **state)
{
	const struct cuts cuts = {.count = 2, .at = {-.5, .7}};
	const struct theta_estimate one = {.theta = .55, .se = .31};
	double p[3];
	level_probabilities(&cuts, one, p);
	near(p[0], .000353, 1e-6, "base");
	near(p[1], .685408, 1e-6, "intermedio");
	near(p[2], .314239, 1e-6, "avanzato");
	const struct decision_quality quality = rudner_for_people(&cuts, &one, 1);
	near(quality.accuracy, .685408, 1e-6, "accuracy");
	near(quality.consistency, .568530, 1e-6, "consistency");
}

static void cacirt_accuracy_and_consistency(void **state)
{
	json_t *json = shared_json("cacIRT_rudner_lee.json");
	const json_t *example = json_object_get(json_object_get(json, "cases"), "doc_example");
	struct irt_item items[BANK_MAX];
	const uint32_t count = read_bank(json_object_get(example, "params"), items);
	const json_t *quad = json_object_get(example, "quad");
	double x[BANK_MAX], w[BANK_MAX];
	for (uint32_t i = 0; i < count; i++) {
		items[i].a *= 1.7; /* the reference computes its example with D = 1.7 */
	}
	const uint32_t points = (uint32_t)json_array_size(json_object_get(quad, "x"));
	assert_in_range(points, 1, BANK_MAX);
	for (uint32_t i = 0; i < points; i++) {
		x[i] = element(json_object_get(quad, "x"), i);
		w[i] = element(json_object_get(quad, "w"), i);
	}
	const struct cuts cuts = {.count = 2, .at = {-.5, 1.5}};
	const struct decision_quality got = rudner_for_test(&cuts, items, count, x, w, points);
	near(got.accuracy, .700713, 1e-6, "simultaneous accuracy");
	near(got.consistency, .595120, 1e-6, "simultaneous consistency");
	json_decref(json);
}

static void summed_scores_are_a_distribution(void **state)
{
	const struct irt_item items[] = {irt_item_3pl(1, -1, .2),
		{.model = IRT_GPCM, .a = 1, .categories = 3, .steps = {-.5, .5}}, irt_item_3pl(.8, 1, 0)};
	double p[5], sum = 0, mean = 0, expected = 0;
	summed_score_distribution(items, 3, .3, p);
	for (uint32_t score = 0; score < 5; score++) {
		sum += p[score];
		mean += score * p[score];
	}
	for (uint32_t i = 0; i < 3; i++) {
		for (uint32_t k = 1; k < items[i].categories; k++) {
			expected += k * irt_probability(&items[i], .3, k);
		}
	}
	near(sum, 1, 1e-14, "sum");
	near(mean, expected, 1e-14, "mean");
}

static void cuts_that_do_not_rise_are_refused(void **state)
{
	assert_true(cuts_are_valid(&(struct cuts){.count = 2, .at = {-.5, .7}}));
	assert_false(cuts_are_valid(&(struct cuts){.count = 2, .at = {.7, -.5}}));
	assert_false(cuts_are_valid(&(struct cuts){.count = 2, .at = {.7, .7}}));
	assert_false(cuts_are_valid(&(struct cuts){.count = 1, .at = {NAN}}));
	assert_false(cuts_are_valid(&(struct cuts){.count = 0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_example),
		cmocka_unit_test(no_answers_give_the_prior_or_no_information),
		cmocka_unit_test(all_right_ends_at_the_range_for_ml_and_inside_it_for_the_others),
		cmocka_unit_test(gpcm_is_the_2pl_for_two_categories),
		cmocka_unit_test(derivatives_agree_with_differences),
		cmocka_unit_test(catr_theta_and_se),
		cmocka_unit_test(catr_probability_and_information),
		cmocka_unit_test(catirt_ratios),
		cmocka_unit_test(rudner_worked_example),
		cmocka_unit_test(cacirt_accuracy_and_consistency),
		cmocka_unit_test(summed_scores_are_a_distribution),
		cmocka_unit_test(cuts_that_do_not_rise_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
