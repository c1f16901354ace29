#include "assessment/measurement/calibrate_3pl.h"

#include <math.h>
#include <string.h>

#define ROUNDS 25
#define LOG_A_SD 0.5
#define LOGIT_C_MEAN (-1.3862943611198906) /* of 0.2 */
#define LOGIT_C_SD 0.55
#define HALVINGS 12

/* log a, intercept, logit c of one item: its posterior, and for Fisher's scoring the gradient and information. */
struct guessed {
	double x[3];
	double value, gradient[3], information[3][3];
};

static void look(const struct calibrate_counts *counts, struct guessed *at)
{
	const double a = exp(at->x[0]), c = 1 / (1 + exp(-at->x[2])), pull = (at->x[2] - LOGIT_C_MEAN) / LOGIT_C_SD;
	at->value = -(at->x[0] * at->x[0]) / (2 * LOG_A_SD * LOG_A_SD) - pull * pull / 2;
	memset(at->gradient, 0, sizeof(at->gradient));
	memset(at->information, 0, sizeof(at->information));
	for (uint32_t q = 0; q < counts->points; q++) {
		const double knows = 1 / (1 + exp(-(a * counts->theta[q] + at->x[1])));
		const double p = fmin(c + (1 - c) * knows, 1 - 1e-12), n = counts->wrong[q] + counts->right[q];
		const double slope = (1 - c) * knows * (1 - knows);
		const double by[3] = {slope * a * counts->theta[q], slope, (1 - knows) * c * (1 - c)};
		const double residual = (counts->right[q] - n * p) / (p * (1 - p)), weight = n / (p * (1 - p));
		at->value += counts->right[q] * log(p) + counts->wrong[q] * log1p(-p);
		for (int k = 0; k < 3; k++) {
			at->gradient[k] += residual * by[k];
			for (int l = 0; l < 3; l++) {
				at->information[k][l] += weight * by[k] * by[l];
			}
		}
	}
	at->gradient[0] -= at->x[0] / (LOG_A_SD * LOG_A_SD);
	at->gradient[2] -= pull / LOGIT_C_SD;
	at->information[0][0] += 1 / (LOG_A_SD * LOG_A_SD);
	at->information[2][2] += 1 / (LOGIT_C_SD * LOGIT_C_SD);
}

/* information × step = gradient; positive definite by the priors, so no pivoting. */
static void solve(const struct guessed *at, double step[3])
{
	double m[3][4];
	for (int k = 0; k < 3; k++) {
		memcpy(m[k], at->information[k], sizeof(at->information[k]));
		m[k][3] = at->gradient[k];
	}
	for (int k = 0; k < 3; k++) {
		for (int l = 0; l < 3; l++) {
			const double factor = l == k ? 0 : m[l][k] / m[k][k];
			for (int j = k; j < 4; j++) {
				m[l][j] -= factor * m[k][j];
			}
		}
	}
	for (int k = 0; k < 3; k++) {
		step[k] = m[k][3] / m[k][k];
	}
}

/* Scoring with steps that are halved until they climb. */
double calibrate_guessed(const struct calibrate_counts *counts, double tolerance, double *slope, double *intercept, double *guess)
{
	struct guessed at = {.x = {log(*slope), *intercept, log(*guess / (1 - *guess))}};
	look(counts, &at);
	for (int round = 0; round < ROUNDS; round++) {
		double step[3], size = 0;
		solve(&at, step);
		struct guessed next = at;
		for (int halving = 0; halving < HALVINGS; halving++) {
			for (int k = 0; k < 3; k++) {
				next.x[k] = at.x[k] + ldexp(step[k], -halving);
			}
			look(counts, &next);
			if (next.value >= at.value) {
				break;
			}
		}
		if (!(next.value >= at.value)) {
			break;
		}
		for (int k = 0; k < 3; k++) {
			size = fmax(size, fabs(next.x[k] - at.x[k]));
		}
		at = next;
		if (size < tolerance) {
			break;
		}
	}
	const double a = exp(at.x[0]), d = at.x[1], c = 1 / (1 + exp(-at.x[2]));
	const double moved = fmax(fmax(fabs(a - *slope), fabs(d - *intercept)), fabs(c - *guess));
	*slope = a;
	*intercept = d;
	*guess = c;
	return moved;
}
