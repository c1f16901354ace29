#include "assessment/measurement/theta.h"

#include <float.h>
#include <math.h>

#define ITERATIONS_MAX 1000

struct target {
	const struct theta_settings *settings;
	const struct irt_response *responses;
	uint32_t count;
};

static double log_prior(const struct theta_settings *settings, double theta)
{
	const double z = (theta - settings->prior_mean) / settings->prior_sd;
	return -z * z / 2;
}

/* The function whose root is the estimate: the score, with the prior's slope or Warm's weight. */
static double slope(const struct target *target, double theta)
{
	double score = 0, information = 0, j = 0;
	for (uint32_t i = 0; i < target->count; i++) {
		struct irt_curve curve;
		irt_curve_at(target->responses[i].item, theta, &curve);
		const uint32_t x = target->responses[i].category;
		score += curve.p1[x] / curve.p[x];
		for (uint32_t k = 0; k < curve.categories; k++) {
			if (curve.p[k] > 0) {
				information += curve.p1[k] * curve.p1[k] / curve.p[k];
				j += curve.p1[k] * curve.p2[k] / curve.p[k];
			}
		}
	}
	const struct theta_settings *settings = target->settings;
	if (settings->estimator == THETA_MAP) {
		score -= (theta - settings->prior_mean) / (settings->prior_sd * settings->prior_sd);
	} else if (settings->estimator == THETA_WL && information > 0) {
		score += j / (2 * information);
	}
	return score;
}

/* What is compared between several roots. */
static double height(const struct target *target, double theta)
{
	double value = irt_log_likelihood(target->responses, target->count, theta);
	if (target->settings->estimator == THETA_MAP) {
		value += log_prior(target->settings, theta);
	} else if (target->settings->estimator == THETA_WL) {
		value += log(irt_test_information(target->responses, target->count, theta)) / 2;
	}
	return value;
}

/* Secant or inverse quadratic step, or half the interval where that would leave it or gain too little. */
static double interpolated_step(double a, double b, double c, double fa, double fb, double fc,
	double previous_step, double tolerance)
{
	const double width = c - b;
	double p, q;
	if (a == c) {
		const double t = fb / fa;
		p = width * t;
		q = 1 - t;
	} else {
		const double r = fa / fc, s = fb / fc, t = fb / fa;
		p = t * (width * r * (r - s) - (b - a) * (s - 1));
		q = (r - 1) * (s - 1) * (t - 1);
	}
	if (p > 0) {
		q = -q;
	} else {
		p = -p;
	}
	const bool good = p < 0.75 * width * q - fabs(tolerance * q) / 2 && p < fabs(previous_step * q / 2);
	return good ? p / q : width / 2;
}

/* Brent's zero search (1973) between two points where the slope has opposite signs. */
static double find_root(const struct target *target, double a, double b)
{
	double fa = slope(target, a), fb = slope(target, b);
	double c = a, fc = fa;
	for (int i = 0; i < ITERATIONS_MAX; i++) {
		const double previous_step = b - a;
		if (fabs(fc) < fabs(fb)) {
			a = b, b = c, c = a;
			fa = fb, fb = fc, fc = fa;
		}
		const double tolerance = 2 * DBL_EPSILON * fabs(b) + target->settings->tolerance / 2;
		const double half = (c - b) / 2;
		if (fabs(half) <= tolerance || fb == 0) {
			return b;
		}
		double step = half;
		if (fabs(previous_step) >= tolerance && fabs(fa) > fabs(fb)) {
			step = interpolated_step(a, b, c, fa, fb, fc, previous_step, tolerance);
		}
		if (fabs(step) < tolerance) {
			step = step > 0 ? tolerance : -tolerance;
		}
		a = b, fa = fb;
		b += step, fb = slope(target, b);
		if ((fb > 0) == (fc > 0)) {
			c = a, fc = fa;
		}
	}
	return b;
}

/* The highest point among the ends of the range and the roots where the slope turns from up to down. */
static double highest(const struct target *target)
{
	const double from = target->settings->minimum;
	const double step = (target->settings->maximum - from) / (target->settings->scan_points - 1);
	double best = from, best_height = height(target, from);
	double before = slope(target, from);
	for (uint32_t i = 1; i < target->settings->scan_points; i++) {
		const double at = from + step * i;
		const double here = slope(target, at);
		double candidate = at;
		if (before > 0 && here <= 0) {
			candidate = find_root(target, at - step, at);
		} else if (i + 1 != target->settings->scan_points) {
			before = here;
			continue;
		}
		const double candidate_height = height(target, candidate);
		if (candidate_height > best_height) {
			best = candidate;
			best_height = candidate_height;
		}
		before = here;
	}
	return best;
}

static struct theta_estimate expected_a_posteriori(const struct target *target)
{
	const struct theta_settings *settings = target->settings;
	const double step = (settings->maximum - settings->minimum) / (settings->points - 1);
	/* Two passes: the likelihood of a long test underflows unless its peak is taken out first. */
	double peak = -INFINITY;
	for (uint32_t i = 0; i < settings->points; i++) {
		const double at = settings->minimum + step * i;
		peak = fmax(peak, irt_log_likelihood(target->responses, target->count, at) + log_prior(settings, at));
	}
	double sum = 0, first = 0, second = 0;
	for (uint32_t i = 0; i < settings->points; i++) {
		const double at = settings->minimum + step * i;
		double weight = exp(
			irt_log_likelihood(target->responses, target->count, at) + log_prior(settings, at) - peak);
		if (settings->rule == QUADRATURE_TRAPEZOID && (i == 0 || i + 1 == settings->points)) {
			weight /= 2;
		}
		sum += weight;
		first += weight * at;
		second += weight * at * at;
	}
	const double mean = first / sum;
	return (struct theta_estimate){.theta = mean, .se = sqrt(fmax(0, second / sum - mean * mean))};
}

struct theta_estimate theta_estimate(const struct theta_settings *settings,
	const struct irt_response *responses, uint32_t count)
{
	const struct target target = {.settings = settings, .responses = responses, .count = count};
	const bool has_prior = settings->estimator == THETA_MAP || settings->estimator == THETA_EAP;
	if (count == 0) {
		return has_prior
			? (struct theta_estimate){.theta = settings->prior_mean, .se = settings->prior_sd}
			: (struct theta_estimate){.theta = (settings->minimum + settings->maximum) / 2, .se = INFINITY};
	}
	if (settings->estimator == THETA_EAP) {
		return expected_a_posteriori(&target);
	}
	const double theta = highest(&target);
	double information = irt_test_information(responses, count, theta);
	if (settings->estimator == THETA_MAP) {
		information += 1 / (settings->prior_sd * settings->prior_sd);
	}
	return (struct theta_estimate){.theta = theta, .se = 1 / sqrt(information)};
}
