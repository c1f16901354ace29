#include "assessment/measurement/irt.h"

#include <math.h>

struct irt_item irt_item_3pl(double a, double b, double c)
{
	return (struct irt_item){.model = IRT_3PL, .a = a, .b = b, .c = c, .categories = 2};
}

bool irt_item_is_valid(const struct irt_item *item)
{
	if (!(isfinite(item->a) && item->a > 0 && isfinite(item->b) && item->c >= 0 && item->c < 1)) {
		return false;
	}
	if (item->model != IRT_GPCM) {
		return item->categories == 2;
	}
	if (item->categories < 2 || item->categories > IRT_CATEGORIES_MAX) {
		return false;
	}
	for (uint32_t k = 0; k + 1 < item->categories; k++) {
		if (!isfinite(item->steps[k])) {
			return false;
		}
	}
	return true;
}

static void logistic_curve(const struct irt_item *item, double theta, struct irt_curve *ret)
{
	const double l = 1 / (1 + exp(-item->a * (theta - item->b)));
	const double scale = 1 - item->c;
	const double first = scale * item->a * l * (1 - l);
	const double second = first * item->a * (1 - 2 * l);
	/* 1 - p is lost to rounding where an item is very easy, so the wrong answer has its own formula. */
	const double wrong = scale / (1 + exp(item->a * (theta - item->b)));
	*ret = (struct irt_curve){.categories = 2,
		.p = {wrong, item->c + scale * l},
		.p1 = {-first, first},
		.p2 = {-second, second}};
}

static void gpcm_curve(const struct irt_item *item, double theta, struct irt_curve *ret)
{
	double exponent[IRT_CATEGORIES_MAX] = {0};
	double largest = 0;
	for (uint32_t k = 1; k < item->categories; k++) {
		exponent[k] = exponent[k - 1] + item->a * (theta - item->steps[k - 1]);
		largest = fmax(largest, exponent[k]);
	}
	double sum = 0, mean = 0, square = 0;
	for (uint32_t k = 0; k < item->categories; k++) {
		ret->p[k] = exp(exponent[k] - largest);
		sum += ret->p[k];
	}
	for (uint32_t k = 0; k < item->categories; k++) {
		ret->p[k] /= sum;
		mean += k * ret->p[k];
		square += (double)k * k * ret->p[k];
	}
	const double variance = square - mean * mean;
	ret->categories = item->categories;
	for (uint32_t k = 0; k < item->categories; k++) {
		const double away = k - mean;
		ret->p1[k] = item->a * ret->p[k] * away;
		ret->p2[k] = item->a * item->a * ret->p[k] * (away * away - variance);
	}
}

void irt_curve_at(const struct irt_item *item, double theta, struct irt_curve *ret)
{
	if (item->model == IRT_GPCM) {
		gpcm_curve(item, theta, ret);
	} else {
		logistic_curve(item, theta, ret);
	}
}

double irt_probability(const struct irt_item *item, double theta, uint32_t category)
{
	struct irt_curve curve;
	irt_curve_at(item, theta, &curve);
	return category < curve.categories ? curve.p[category] : 0;
}

double irt_information(const struct irt_item *item, double theta)
{
	struct irt_curve curve;
	irt_curve_at(item, theta, &curve);
	double information = 0;
	for (uint32_t k = 0; k < curve.categories; k++) {
		if (curve.p[k] > 0) {
			information += curve.p1[k] * curve.p1[k] / curve.p[k];
		}
	}
	return information;
}

double irt_log_likelihood(const struct irt_response *responses, uint32_t count, double theta)
{
	double sum = 0;
	for (uint32_t i = 0; i < count; i++) {
		sum += log(irt_probability(responses[i].item, theta, responses[i].category));
	}
	return sum;
}

double irt_test_information(const struct irt_response *responses, uint32_t count, double theta)
{
	double sum = 0;
	for (uint32_t i = 0; i < count; i++) {
		sum += irt_information(responses[i].item, theta);
	}
	return sum;
}
