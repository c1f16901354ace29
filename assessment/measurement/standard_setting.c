#include "assessment/measurement/standard_setting.h"

#include <math.h>
#include <stddef.h>

#define THETA_MAX 8.0
#define POINTS 81

struct standard_cut standard_mean(const double *values, uint32_t judges)
{
	double sum = 0, squares = 0;
	for (uint32_t j = 0; j < judges; j++) {
		sum += values[j];
	}
	const double mean = sum / judges;
	for (uint32_t j = 0; j < judges; j++) {
		squares += (values[j] - mean) * (values[j] - mean);
	}
	const double sd = judges > 1 ? sqrt(squares / (judges - 1)) : NAN;
	return (struct standard_cut){.cut = mean, .sd = sd, .se = sd / sqrt(judges), .judges = judges};
}

bool standard_angoff(const double *ratings, uint32_t judges, uint32_t items, double *ret_judges,
	struct standard_cut *ret, uint32_t *ret_judge, uint32_t *ret_item)
{
	for (uint32_t j = 0; j < judges; j++) {
		ret_judges[j] = 0;
		for (uint32_t i = 0; i < items; i++) {
			const double rating = ratings[(size_t)j * items + i];
			if (!(rating >= 0 && rating <= 1)) {
				*ret_judge = j;
				*ret_item = i;
				return false;
			}
			ret_judges[j] += rating;
		}
	}
	*ret = standard_mean(ret_judges, judges);
	return true;
}

static double expected_score(const struct irt_item *items, uint32_t count, double theta)
{
	double sum = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct irt_curve curve;
		irt_curve_at(&items[i], theta, &curve);
		for (uint32_t k = 1; k < curve.categories; k++) {
			sum += k * curve.p[k];
		}
	}
	return sum;
}

double standard_slope(const struct irt_item *items, uint32_t count, double theta)
{
	double sum = 0;
	for (uint32_t i = 0; i < count; i++) {
		struct irt_curve curve;
		irt_curve_at(&items[i], theta, &curve);
		for (uint32_t k = 1; k < curve.categories; k++) {
			sum += k * curve.p1[k];
		}
	}
	return sum;
}

double standard_theta(const struct irt_item *items, uint32_t count, double score)
{
	double low = -THETA_MAX, high = THETA_MAX;
	/* The curve rises strictly: slopes are positive. */
	if (!(expected_score(items, count, low) <= score && score <= expected_score(items, count, high))) {
		return NAN;
	}
	for (int step = 0; step < 200 && high - low > 1e-13; step++) {
		const double middle = (low + high) / 2;
		if (expected_score(items, count, middle) < score) {
			low = middle;
		} else {
			high = middle;
		}
	}
	return (low + high) / 2;
}

double standard_bookmark(const struct irt_item *item, double rp)
{
	if (!(rp > item->c && rp < 1) || item->categories > 2) {
		return NAN;
	}
	return item->b + log((rp - item->c) / (1 - rp)) / item->a;
}

struct decision_quality standard_rudner(const struct cuts *cuts, const struct irt_item *items, uint32_t count)
{
	double thetas[POINTS], weights[POINTS];
	for (int q = 0; q < POINTS; q++) {
		thetas[q] = -4 + 8.0 * q / (POINTS - 1);
		weights[q] = exp(-thetas[q] * thetas[q] / 2);
	}
	return rudner_for_test(cuts, items, count, thetas, weights, POINTS);
}

static uint32_t level_of_score(const struct cuts *cuts, double score)
{
	uint32_t level = 0;
	for (uint32_t i = 0; i < cuts->count; i++) {
		level += score >= cuts->at[i];
	}
	return level;
}

struct decision_quality standard_lee(const struct cuts *cuts, const struct irt_item *items,
	const struct irt_item *truth, uint32_t count, const double *thetas, const double *weights, uint32_t points)
{
	static _Thread_local double scores[STANDARD_ITEMS_MAX * (IRT_CATEGORIES_MAX - 1) + 1];
	uint32_t highest = 0;
	for (uint32_t i = 0; i < count; i++) {
		highest += (items[i].categories > 2 ? items[i].categories : 2) - 1;
	}
	struct decision_quality sum = {0};
	double total = 0;
	for (uint32_t q = 0; q < points; q++) {
		double levels[CLASSIFY_CUTS_MAX + 1] = {0};
		summed_score_distribution(items, count, thetas[q], scores);
		for (uint32_t score = 0; score <= highest; score++) {
			levels[level_of_score(cuts, score)] += scores[score];
		}
		const uint32_t true_level = level_of_score(cuts, expected_score(truth ? truth : items, count, thetas[q]));
		double consistency = 0;
		for (uint32_t level = 0; level <= cuts->count; level++) {
			consistency += levels[level] * levels[level];
		}
		sum.accuracy += weights[q] * levels[true_level];
		sum.consistency += weights[q] * consistency;
		total += weights[q];
	}
	return (struct decision_quality){.accuracy = sum.accuracy / total, .consistency = sum.consistency / total};
}
