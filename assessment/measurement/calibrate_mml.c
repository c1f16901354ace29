/* Marginal maximum likelihood by EM: see calibrate.h. */
#include "assessment/measurement/calibrate.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "assessment/measurement/calibrate_3pl.h"

#define NEWTON_STEPS 25
#define NOTHING (-60.0)
#define THREADS_MAX 64u

/* What the E step expects at each point of the quadrature. */
struct em {
	const struct calibration_settings *settings;
	const struct answers *answers;
	double *theta;    /* points */
	double *prior;    /* points, sums to 1 */
	double *log_p;    /* items × 2 × points: log probability of wrong and right */
	double *expected; /* items × 2 × points: expected number of wrong and right answers */
	double *all_wrong; /* points: log probability of all items wrong */
	double *slope;    /* items */
	double *intercept;
	double *guess; /* items; all 0 but in the 3PL */
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
			if (em->guess[i] > 0) {
				right[q] = log(em->guess[i] + (1 - em->guess[i]) * exp(right[q]));
				wrong[q] += log1p(-em->guess[i]);
			}
		}
	}
}

/*
 * The posterior of one row over the points; returns the log of its marginal likelihood. The log odds of an item without
 * guessing are linear in theta, so a row's likelihood is that of all wrong, less what is missing, plus one straight line.
 */
static double posterior(const struct em *em, const int8_t *row, double *ret)
{
	const uint32_t points = em->settings->points;
	double slope = 0, intercept = 0;
	memcpy(ret, em->all_wrong, sizeof(double) * points);
	for (uint32_t i = 0; i < em->answers->items; i++) {
		if (row[i] == ANSWER_MISSING) {
			const double *wrong = em->log_p + (size_t)i * 2 * points;
			for (uint32_t q = 0; q < points; q++) {
				ret[q] -= wrong[q];
			}
		} else if (row[i] != 0 && em->guess[i] > 0) {
			const double *wrong = em->log_p + (size_t)i * 2 * points, *right = wrong + points;
			for (uint32_t q = 0; q < points; q++) {
				ret[q] += right[q] - wrong[q];
			}
		} else if (row[i] != 0) {
			slope += em->slope[i];
			intercept += em->intercept[i];
		}
	}
	double peak = -INFINITY, sum = 0;
	for (uint32_t q = 0; q < points; q++) {
		ret[q] += slope * em->theta[q] + intercept;
		peak = fmax(peak, ret[q]);
	}
	for (uint32_t q = 0; q < points; q++) { /* what is below e^-60 of the peak adds nothing */
		sum += ret[q] = ret[q] - peak < NOTHING ? 0 : exp(ret[q] - peak) * em->prior[q];
	}
	for (uint32_t q = 0; q < points; q++) {
		ret[q] /= sum;
	}
	return peak + log(sum);
}

/* One thread's share of the rows. */
struct expecting {
	const struct em *em;
	uint32_t from, to;
	double *total;  /* points: people */
	double *right;  /* items × points */
	double *absent; /* items × points: who did not answer */
	double log_likelihood, square, weight;
};

/* Rows that are worked on together, so that their densities are near while every item takes its share of them. */
#define BLOCK 64u

struct block {
	const int8_t *marks[BLOCK];
	double *density; /* rows × points, times the row's weight */
	uint32_t rows;
};

/* sum += the densities of these rows, four at a time: the sum is read and written less often. */
static void add_densities(double *sum, const double *const *rows, uint32_t count, uint32_t points)
{
	uint32_t k = 0;
	for (; k + 4 <= count; k += 4) {
		const double *a = rows[k], *b = rows[k + 1], *c = rows[k + 2], *d = rows[k + 3];
		for (uint32_t q = 0; q < points; q++) {
			sum[q] += (a[q] + b[q]) + (c[q] + d[q]);
		}
	}
	for (; k < count; k++) {
		for (uint32_t q = 0; q < points; q++) {
			sum[q] += rows[k][q];
		}
	}
}

static void add_block(struct expecting *work, const struct block *block)
{
	const uint32_t points = work->em->settings->points, items = work->em->answers->items;
	const double *all[BLOCK], *right[BLOCK], *absent[BLOCK];
	for (uint32_t r = 0; r < block->rows; r++) {
		all[r] = block->density + (size_t)r * points;
	}
	add_densities(work->total, all, block->rows, points);
	for (uint32_t i = 0; i < items; i++) {
		uint32_t rights = 0, absents = 0;
		for (uint32_t r = 0; r < block->rows; r++) {
			const int8_t mark = block->marks[r][i];
			if (mark == ANSWER_MISSING) {
				absent[absents++] = all[r];
			} else if (mark != 0) {
				right[rights++] = all[r];
			}
		}
		add_densities(work->right + (size_t)i * points, right, rights, points);
		add_densities(work->absent + (size_t)i * points, absent, absents, points);
	}
}

static void *expect_some(void *data)
{
	struct expecting *work = data;
	const struct em *em = work->em;
	const uint32_t points = em->settings->points;
	g_autofree double *density = g_new(double, (size_t)BLOCK * points);
	struct block block = {.density = density};
	for (uint32_t p = work->from; p < work->to; p++) {
		const double weight = em->answers->weights ? em->answers->weights[p] : 1;
		if (weight > 0) {
			double *own = density + (size_t)block.rows * points;
			block.marks[block.rows] = em->answers->marks + (size_t)p * em->answers->items;
			work->log_likelihood += weight * posterior(em, block.marks[block.rows++], own);
			work->weight += weight;
			for (uint32_t q = 0; q < points; q++) {
				own[q] *= weight;
			}
		}
		if (block.rows == BLOCK || p + 1 == work->to) {
			add_block(work, &block);
			block.rows = 0;
		}
	}
	for (uint32_t q = 0; q < points; q++) {
		work->square += work->total[q] * em->theta[q] * em->theta[q];
	}
	return NULL;
}

static void set_all_wrong(struct em *em)
{
	const uint32_t points = em->settings->points;
	memset(em->all_wrong, 0, sizeof(double) * points);
	for (uint32_t i = 0; i < em->answers->items; i++) {
		for (uint32_t q = 0; q < points; q++) {
			em->all_wrong[q] += em->log_p[(size_t)i * 2 * points + q];
		}
	}
}

/* Adds the threads' sums into `expected`. */
static void gather(struct em *em, const struct expecting *works, uint32_t threads)
{
	const size_t points = em->settings->points;
	memset(em->expected, 0, sizeof(double) * em->answers->items * 2 * points);
	for (uint32_t t = 0; t < threads; t++) {
		for (size_t i = 0; i < em->answers->items; i++) {
			double *wrong = em->expected + i * 2 * points, *right = wrong + points;
			for (size_t q = 0; q < points; q++) {
				const double sum = works[t].right[i * points + q];
				right[q] += sum;
				wrong[q] += works[t].total[q] - sum - works[t].absent[i * points + q];
			}
		}
	}
}

/* Fills `expected`; returns the log-likelihood and, in `ret_variance`, the mean of theta squared. */
static double expect(struct em *em, double *ret_variance)
{
	const size_t points = em->settings->points, items = em->answers->items;
	const uint32_t threads = CLAMP(em->settings->threads, 1, THREADS_MAX);
	struct expecting works[THREADS_MAX];
	GThread *running[THREADS_MAX];
	double log_likelihood = 0, square = 0, total = 0;
	set_all_wrong(em);
	for (uint32_t t = 0; t < threads; t++) {
		double *sums = g_new0(double, points + 2 * items * points);
		works[t] = (struct expecting){.em = em,
			.from = (uint32_t)((uint64_t)em->answers->persons * t / threads),
			.to = (uint32_t)((uint64_t)em->answers->persons * (t + 1) / threads),
			.total = sums, .right = sums + points, .absent = sums + points + items * points};
		running[t] = t > 0 ? g_thread_new("em", expect_some, &works[t]) : NULL;
	}
	expect_some(&works[0]);
	for (uint32_t t = 1; t < threads; t++) {
		g_thread_join(running[t]);
	}
	gather(em, works, threads);
	for (uint32_t t = 0; t < threads; t++) {
		log_likelihood += works[t].log_likelihood;
		square += works[t].square;
		total += works[t].weight;
		g_free(works[t].total);
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

/* The same for the 3PL. */
static double climb(struct em *em, uint32_t item)
{
	const uint32_t points = em->settings->points;
	const double *wrong = em->expected + (size_t)item * 2 * points;
	const struct calibrate_counts counts = {em->theta, wrong, wrong + points, points};
	return calibrate_guessed(&counts, em->settings->tolerance / 10, &em->slope[item], &em->intercept[item], &em->guess[item]);
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
			moved = fmax(moved, em->settings->model == CALIBRATION_3PL ? climb(em, i) : maximise(em, i));
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
	g_autofree double *block = g_new0(double, 3 * points + 4 * items * points + 3 * items);
	struct em em = {.settings = settings,
		.answers = answers,
		.theta = block,
		.prior = block + points,
		.log_p = block + 2 * points,
		.expected = block + 2 * points + 2 * items * points,
		.slope = block + 2 * points + 4 * items * points,
		.intercept = block + 2 * points + 4 * items * points + items,
		.guess = block + 2 * points + 4 * items * points + 2 * items,
		.all_wrong = block + 2 * points + 4 * items * points + 3 * items,
		.sd = 1};
	for (size_t q = 0; q < points; q++) {
		em.theta[q] = settings->minimum + (settings->maximum - settings->minimum) * (double)q / (double)(points - 1);
	}
	for (size_t i = 0; i < items; i++) {
		em.slope[i] = 1;
		em.guess[i] = settings->model == CALIBRATION_3PL ? 0.2 : 0;
	}
	*ret = (struct calibration){0};
	iterate(&em, ret);
	for (size_t i = 0; i < items; i++) {
		ret_items[i] = (struct calibrated_item){
			.a = em.slope[i], .b = -em.intercept[i] / em.slope[i], .c = em.guess[i]};
	}
	return CALIBRATION_OK;
}
