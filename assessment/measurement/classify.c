#include "assessment/measurement/classify.h"

#include <math.h>

bool cuts_are_valid(const struct cuts *cuts)
{
	if (cuts->count < 1 || cuts->count > CLASSIFY_CUTS_MAX) {
		return false;
	}
	for (uint32_t i = 0; i < cuts->count; i++) {
		if (!isfinite(cuts->at[i]) || (i > 0 && cuts->at[i] <= cuts->at[i - 1])) {
			return false;
		}
	}
	return true;
}

uint32_t level_at(const struct cuts *cuts, double theta)
{
	uint32_t level = 0;
	while (level < cuts->count && theta >= cuts->at[level]) {
		level++;
	}
	return level;
}

double sprt_log_ratio(const struct irt_response *responses, uint32_t count, double cut, double delta)
{
	return irt_log_likelihood(responses, count, cut + delta) - irt_log_likelihood(responses, count, cut - delta);
}

double glr_log_ratio(const struct irt_response *responses, uint32_t count, double cut, double delta,
	double minimum, double maximum, double step)
{
	double above = -INFINITY, below = -INFINITY;
	const uint32_t steps = (uint32_t)floor((maximum - minimum) / step + 1e-9);
	for (uint32_t i = 0; i <= steps; i++) {
		const double theta = minimum + step * i;
		if (theta > cut - delta && theta < cut + delta) {
			continue;
		}
		double *side = theta < cut ? &below : &above;
		*side = fmax(*side, irt_log_likelihood(responses, count, theta));
	}
	return above - below;
}

uint32_t level_by_ratios(const struct cuts *cuts, const double *ratios, double alpha, double beta)
{
	const double upper = log((1 - beta) / alpha), lower = log(beta / (1 - alpha));
	uint32_t level = 0;
	for (uint32_t i = 0; i < cuts->count; i++) {
		if (ratios[i] > lower && ratios[i] < upper) {
			return CLASSIFY_UNDECIDED;
		}
		if (ratios[i] >= upper) {
			if (level < i) {
				return CLASSIFY_UNDECIDED; /* above a cut, yet below a lower one */
			}
			level = i + 1;
		}
	}
	return level;
}

static double normal_below(double z)
{
	return erfc(-z / sqrt(2)) / 2;
}

void level_probabilities(const struct cuts *cuts, struct theta_estimate estimate, double *ret)
{
	double below = 0;
	for (uint32_t i = 0; i < cuts->count; i++) {
		const double up_to = normal_below((cuts->at[i] - estimate.theta) / estimate.se);
		ret[i] = up_to - below;
		below = up_to;
	}
	/* The upper tail is taken from its own side, where 1 - below would be lost to rounding. */
	ret[cuts->count] = normal_below((estimate.theta - cuts->at[cuts->count - 1]) / estimate.se);
}

static struct decision_quality quality_of_one(const struct cuts *cuts, struct theta_estimate estimate)
{
	double p[CLASSIFY_CUTS_MAX + 1];
	level_probabilities(cuts, estimate, p);
	struct decision_quality quality = {.accuracy = p[level_at(cuts, estimate.theta)]};
	for (uint32_t i = 0; i <= cuts->count; i++) {
		quality.consistency += p[i] * p[i];
	}
	return quality;
}

struct decision_quality rudner_for_people(const struct cuts *cuts, const struct theta_estimate *people, uint32_t count)
{
	struct decision_quality sum = {0};
	for (uint32_t i = 0; i < count; i++) {
		const struct decision_quality one = quality_of_one(cuts, people[i]);
		sum.accuracy += one.accuracy / count;
		sum.consistency += one.consistency / count;
	}
	return sum;
}

struct decision_quality rudner_for_test(const struct cuts *cuts, const struct irt_item *items, uint32_t item_count,
	const double *thetas, const double *weights, uint32_t count)
{
	struct decision_quality sum = {0};
	double total = 0;
	for (uint32_t i = 0; i < count; i++) {
		double information = 0;
		for (uint32_t k = 0; k < item_count; k++) {
			information += irt_information(&items[k], thetas[i]);
		}
		const struct theta_estimate at = {.theta = thetas[i], .se = 1 / sqrt(information)};
		const struct decision_quality one = quality_of_one(cuts, at);
		sum.accuracy += weights[i] * one.accuracy;
		sum.consistency += weights[i] * one.consistency;
		total += weights[i];
	}
	return (struct decision_quality){.accuracy = sum.accuracy / total, .consistency = sum.consistency / total};
}

void summed_score_distribution(const struct irt_item *items, uint32_t item_count, double theta, double *ret)
{
	uint32_t highest = 0;
	ret[0] = 1;
	for (uint32_t i = 0; i < item_count; i++) {
		struct irt_curve curve;
		irt_curve_at(&items[i], theta, &curve);
		const uint32_t grown = highest + curve.categories - 1;
		for (uint32_t score = highest + 1; score <= grown; score++) {
			ret[score] = 0;
		}
		/* From the top down, so that each old value is read before it is written. */
		for (uint32_t score = grown + 1; score-- > 0;) {
			double sum = 0;
			for (uint32_t k = 0; k < curve.categories && k <= score; k++) {
				sum += score - k <= highest ? curve.p[k] * ret[score - k] : 0;
			}
			ret[score] = sum;
		}
		highest = grown;
	}
}
