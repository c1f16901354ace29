/*
 * Conditional maximum likelihood for the Rasch model: the sum score is sufficient for theta, so given the
 * sum scores only the difficulties remain. gamma[r] is the elementary symmetric function of order r of
 * e^-b; everything is computed with difficulties that sum to zero.
 */
#include "assessment/measurement/calibrate.h"

#include <glib.h>
#include <math.h>

#define ITERATIONS_MAX 100
#define TOLERANCE 1e-10

struct cml {
	uint32_t items;
	double *eps;     /* e^-b */
	double *score;   /* people with sum score r, r = 0..items */
	double *solved;  /* right answers of each item */
	double *gamma;   /* items + 1 */
	double *without;  /* items × (items + 1): gamma without each item */
	double *without2; /* items + 1: gamma without two */
	double *gradient;
	double *hessian; /* items × items */
};

/* gamma of the items but `skip` and `skip2` (items for none); returns the highest order. */
static uint32_t symmetric(const struct cml *cml, uint32_t skip, uint32_t skip2, double *ret)
{
	uint32_t order = 0;
	ret[0] = 1;
	for (uint32_t i = 0; i < cml->items; i++) {
		if (i == skip || i == skip2) {
			continue;
		}
		ret[++order] = 0;
		for (uint32_t r = order; r > 0; r--) {
			ret[r] += cml->eps[i] * ret[r - 1];
		}
	}
	return order;
}

/* The information of two items, the gammas without each of them at hand. */
static double information_of(struct cml *cml, uint32_t i, uint32_t j)
{
	const uint32_t n = cml->items;
	const double *without_i = cml->without + (size_t)i * (n + 1), *without_j = cml->without + (size_t)j * (n + 1);
	double information = 0;
	if (j != i) {
		symmetric(cml, i, j, cml->without2);
	}
	for (uint32_t r = 1; r < n; r++) {
		const double pi = cml->eps[i] * without_i[r - 1] / cml->gamma[r];
		const double pj = cml->eps[j] * without_j[r - 1] / cml->gamma[r];
		const double both = j == i ? pi
			: r >= 2 ? cml->eps[i] * cml->eps[j] * cml->without2[r - 2] / cml->gamma[r] : 0;
		information += cml->score[r] * (both - pi * pj);
	}
	return information;
}

/* Log-likelihood, its gradient and information at the present difficulties. */
static double evaluate(struct cml *cml)
{
	const uint32_t n = cml->items;
	symmetric(cml, n, n, cml->gamma);
	double log_likelihood = 0;
	for (uint32_t i = 0; i < n; i++) {
		double *without = cml->without + (size_t)i * (n + 1), expected = 0;
		log_likelihood += cml->solved[i] * log(cml->eps[i]);
		symmetric(cml, i, n, without);
		for (uint32_t r = 1; r < n; r++) {
			expected += cml->score[r] * cml->eps[i] * without[r - 1] / cml->gamma[r];
		}
		cml->gradient[i] = expected - cml->solved[i];
		for (uint32_t j = 0; j <= i; j++) {
			cml->hessian[(size_t)i * n + j] = cml->hessian[(size_t)j * n + i] = information_of(cml, i, j);
		}
	}
	for (uint32_t r = 1; r < n; r++) {
		log_likelihood -= cml->score[r] * log(cml->gamma[r]);
	}
	return log_likelihood;
}

/* Inverts the information in place. It is singular along "all difficulties shift alike": adding a constant
 * to each entry fills that direction, and taking it out again gives the covariance under sum zero. */
static void invert(double *matrix, uint32_t n)
{
	const double fill = 1;
	for (size_t i = 0; i < (size_t)n * n; i++) {
		matrix[i] += fill;
	}
	for (uint32_t k = 0; k < n; k++) { /* Gauss-Jordan; positive definite, so no pivoting is needed */
		const double pivot = matrix[(size_t)k * n + k];
		matrix[(size_t)k * n + k] = 1;
		for (uint32_t j = 0; j < n; j++) {
			matrix[(size_t)k * n + j] /= pivot;
		}
		for (uint32_t i = 0; i < n; i++) {
			if (i == k) {
				continue;
			}
			const double factor = matrix[(size_t)i * n + k];
			matrix[(size_t)i * n + k] = 0;
			for (uint32_t j = 0; j < n; j++) {
				matrix[(size_t)i * n + j] -= factor * matrix[(size_t)k * n + j];
			}
		}
	}
	for (size_t i = 0; i < (size_t)n * n; i++) {
		matrix[i] -= 1 / (fill * n * n);
	}
}

static double newton_step(struct cml *cml)
{
	const uint32_t n = cml->items;
	invert(cml->hessian, n);
	double moved = 0;
	for (uint32_t i = 0; i < n; i++) {
		double step = 0;
		for (uint32_t j = 0; j < n; j++) {
			step += cml->hessian[(size_t)i * n + j] * cml->gradient[j];
		}
		cml->eps[i] *= exp(-step);
		moved = fmax(moved, fabs(step));
	}
	return moved;
}

static enum calibration_result count(struct cml *cml, const struct answers *answers)
{
	for (uint32_t p = 0; p < answers->persons; p++) {
		const int8_t *row = answers->marks + (size_t)p * answers->items;
		const double weight = answers->weights ? answers->weights[p] : 1;
		uint32_t sum = 0;
		for (uint32_t i = 0; i < answers->items; i++) {
			if (row[i] == ANSWER_MISSING) {
				return CALIBRATION_MISSING;
			}
			sum += row[i] != 0;
		}
		cml->score[sum] += weight;
		/* Who has all right or all wrong says nothing about the items. */
		for (uint32_t i = 0; sum > 0 && sum < answers->items && i < answers->items; i++) {
			cml->solved[i] += row[i] != 0 ? weight : 0;
		}
	}
	return CALIBRATION_OK;
}

enum calibration_result calibrate_cml(const struct answers *answers, struct calibrated_item *ret_items,
	struct calibration *ret, uint32_t *ret_item)
{
	enum calibration_result result = answers_check(answers, ret_item);
	if (result != CALIBRATION_OK) {
		return result;
	}
	const size_t n = answers->items;
	g_autofree double *block = g_new0(double, 3 * n + 3 * (n + 1) + n * (n + 1) + n * n);
	struct cml cml = {.items = answers->items,
		.eps = block,
		.solved = block + n,
		.gradient = block + 2 * n,
		.score = block + 3 * n,
		.gamma = block + 3 * n + (n + 1),
		.without2 = block + 3 * n + 2 * (n + 1),
		.without = block + 3 * n + 3 * (n + 1),
		.hessian = block + 3 * n + 3 * (n + 1) + n * (n + 1)};
	if ((result = count(&cml, answers)) != CALIBRATION_OK) {
		return result;
	}
	for (size_t i = 0; i < n; i++) {
		cml.eps[i] = 1;
	}
	*ret = (struct calibration){.theta_sd = 1};
	for (; ret->iterations < ITERATIONS_MAX && !ret->converged; ret->iterations++) {
		evaluate(&cml);
		ret->converged = newton_step(&cml) < TOLERANCE;
	}
	ret->log_likelihood = evaluate(&cml);
	invert(cml.hessian, cml.items);
	for (size_t i = 0; i < n; i++) {
		ret_items[i] = (struct calibrated_item){
			.a = 1, .b = -log(cml.eps[i]), .se_b = sqrt(cml.hessian[i * n + i])};
	}
	return CALIBRATION_OK;
}
