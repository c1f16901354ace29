/* Marginal maximum likelihood by EM: see calibrate.h. */
#include "assessment/calibrate.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define NEWTON_STEPS 25

/* What the E step expects at each point of the quadrature. */
struct em {
	const struct calibration_settings *settings;
	const struct answers *answers;
	double *theta;    /* points */
	double *prior;    /* points, sums to 1 */
	double *log_p;    /* items × 2 × points: log probability of wrong and right */
	double *expected; /* items × 2 × points: expected number of wrong and right answers */
	double *slope;    /* items */
	double *intercept;
	double sd;
};

enum calibration_result answers_check(const struct answers *answers, uint32_t *ret_item)
{
	if (answers->items < 2 || answers->persons < 2) {
		return CALIBRATION_TOO_FEW;
	}
	for (uint32_t i = 0; i < answers->items; i++) {
		double seen[2] = {0};
		for (uint32_t p = 0; p < answers->persons; p++) {
			const int8_t mark = answers->marks[(size_t)p * answers->items + i];
			if (mark != ANSWER_MISSING) {
				seen[mark != 0] += answers->weights ? answers->weights[p] : 1;
			}
		}
		if (seen[0] <= 0 || seen[1] <= 0) {
			*ret_item = i;
			return CALIBRATION_NO_VARIATION;
		}
	}
	return CALIBRATION_OK;
}

static void set_prior(struct em *em)
{
	const uint32_t points = em->settings->points;
	double sum = 0;
	for (uint32_t q = 0; q < points; q++) {
		const double z = em->theta[q] / em->sd;
		sum += em->prior[q] = exp(-z * z / 2);
	}
	for (uint32_t q = 0; q < points; q++) {
		em->prior[q] /= sum;
	}
}

static void set_log_probabilities(struct em *em)
{
	const uint32_t points = em->settings->points;
	for (uint32_t i = 0; i < em->answers->items; i++) {
		double *wrong = em->log_p + (size_t)i * 2 * points, *right = wrong + points;
		for (uint32_t q = 0; q < points; q++) {
			const double z = em->slope[i] * em->theta[q] + em->intercept[i];
			/* log(1 / (1 + e^z)) without overflow on either side */
			wrong[q] = z > 0 ? -z - log1p(exp(-z)) : -log1p(exp(z));
			right[q] = wrong[q] + z;
		}
	}
}

/* The posterior of one row over the points; returns the log of its marginal likelihood. */
static double posterior(const struct em *em, const int8_t *row, double *ret)
{
	const uint32_t points = em->settings->points;
	for (uint32_t q = 0; q < points; q++) {
		ret[q] = 0;
	}
	for (uint32_t i = 0; i < em->answers->items; i++) {
		if (row[i] == ANSWER_MISSING) {
			continue;
		}
		const double *log_p = em->log_p + ((size_t)i * 2 + (row[i] != 0)) * points;
		for (uint32_t q = 0; q < points; q++) {
			ret[q] += log_p[q];
		}
	}
	double peak = -INFINITY, sum = 0;
	for (uint32_t q = 0; q < points; q++) {
		peak = fmax(peak, ret[q]);
	}
	for (uint32_t q = 0; q < points; q++) {
		sum += ret[q] = exp(ret[q] - peak) * em->prior[q];
	}
	for (uint32_t q = 0; q < points; q++) {
		ret[q] /= sum;
	}
	return peak + log(sum);
}

/* Fills `expected`; returns the log-likelihood and, in `ret_variance`, the mean of theta squared. */
static double expect(struct em *em, double *ret_variance)
{
	const uint32_t points = em->settings->points, items = em->answers->items;
	g_autofree double *density = g_new(double, points);
	memset(em->expected, 0, sizeof(double) * items * 2 * points);
	double log_likelihood = 0, square = 0, total = 0;
	for (uint32_t p = 0; p < em->answers->persons; p++) {
		const int8_t *row = em->answers->marks + (size_t)p * items;
		const double weight = em->answers->weights ? em->answers->weights[p] : 1;
		if (weight <= 0) {
			continue;
		}
		log_likelihood += weight * posterior(em, row, density);
		total += weight;
		for (uint32_t q = 0; q < points; q++) {
			density[q] *= weight;
			square += density[q] * em->theta[q] * em->theta[q];
		}
		for (uint32_t i = 0; i < items; i++) {
			if (row[i] == ANSWER_MISSING) {
				continue;
			}
			double *expected = em->expected + ((size_t)i * 2 + (row[i] != 0)) * points;
			for (uint32_t q = 0; q < points; q++) {
				expected[q] += density[q];
			}
		}
	}
	*ret_variance = square / total;
	return log_likelihood;
}

/* Newton's steps of the weighted logistic regression of one item; returns how far it moved. */
static double maximise(struct em *em, uint32_t item)
{
	const uint32_t points = em->settings->points;
	const double *wrong = em->expected + (size_t)item * 2 * points, *right = wrong + points;
	const bool free_slope = em->settings->model == CALIBRATION_2PL;
	const double old_slope = em->slope[item], old_intercept = em->intercept[item];
	for (int step = 0; step < NEWTON_STEPS; step++) {
		double ga = 0, gd = 0, haa = 0, had = 0, hdd = 0;
		for (uint32_t q = 0; q < points; q++) {
			const double p = 1 / (1 + exp(-(em->slope[item] * em->theta[q] + em->intercept[item])));
			const double n = wrong[q] + right[q], residual = right[q] - n * p, w = n * p * (1 - p);
			ga += residual * em->theta[q];
			gd += residual;
			haa += w * em->theta[q] * em->theta[q];
			had += w * em->theta[q];
			hdd += w;
		}
		double da = 0, dd = gd / hdd;
		if (free_slope) {
			const double determinant = haa * hdd - had * had;
			da = (hdd * ga - had * gd) / determinant;
			dd = (haa * gd - had * ga) / determinant;
		}
		em->slope[item] += da;
		em->intercept[item] += dd;
		if (fabs(da) + fabs(dd) < em->settings->tolerance / 10) {
			break;
		}
	}
	return fmax(fabs(em->slope[item] - old_slope), fabs(em->intercept[item] - old_intercept));
}

static void iterate(struct em *em, struct calibration *ret)
{
	const bool rasch = em->settings->model == CALIBRATION_RASCH;
	double variance;
	for (ret->iterations = 0; ret->iterations < em->settings->iterations_max && !ret->converged; ret->iterations++) {
		set_prior(em);
		set_log_probabilities(em);
		expect(em, &variance);
		double moved = 0;
		for (uint32_t i = 0; i < em->answers->items; i++) {
			moved = fmax(moved, maximise(em, i));
		}
		if (rasch) {
			moved = fmax(moved, fabs(sqrt(variance) - em->sd));
			em->sd = sqrt(variance);
		}
		ret->converged = moved < em->settings->tolerance;
	}
	set_prior(em);
	set_log_probabilities(em);
	ret->log_likelihood = expect(em, &variance);
	ret->theta_sd = em->sd;
}

enum calibration_result calibrate_mml(const struct calibration_settings *settings, const struct answers *answers,
	struct calibrated_item *ret_items, struct calibration *ret, uint32_t *ret_item)
{
	const enum calibration_result checked = answers_check(answers, ret_item);
	if (checked != CALIBRATION_OK) {
		return checked;
	}
	const size_t points = settings->points, items = answers->items;
	g_autofree double *block = g_new0(double, 2 * points + 4 * items * points + 2 * items);
	struct em em = {.settings = settings,
		.answers = answers,
		.theta = block,
		.prior = block + points,
		.log_p = block + 2 * points,
		.expected = block + 2 * points + 2 * items * points,
		.slope = block + 2 * points + 4 * items * points,
		.intercept = block + 2 * points + 4 * items * points + items,
		.sd = 1};
	for (size_t q = 0; q < points; q++) {
		em.theta[q] = settings->minimum + (settings->maximum - settings->minimum) * (double)q / (double)(points - 1);
	}
	for (size_t i = 0; i < items; i++) {
		em.slope[i] = 1;
	}
	*ret = (struct calibration){0};
	iterate(&em, ret);
	for (size_t i = 0; i < items; i++) {
		ret_items[i] = (struct calibrated_item){.a = em.slope[i], .b = -em.intercept[i] / em.slope[i]};
	}
	return CALIBRATION_OK;
}
