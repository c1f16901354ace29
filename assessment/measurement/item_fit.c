#include "assessment/measurement/item_fit.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#define POINTS 61
#define EDGE 6.0

/* --- Groups of items --- */

static uint32_t root_of(uint32_t *parent, uint32_t item)
{
	while (parent[item] != item) {
		item = parent[item] = parent[parent[item]];
	}
	return item;
}

uint32_t items_connected(const struct answers *answers, uint32_t *ret_group)
{
	g_autofree uint32_t *parent = g_new(uint32_t, answers->items);
	for (uint32_t i = 0; i < answers->items; i++) {
		parent[i] = i;
	}
	for (uint32_t p = 0; p < answers->persons; p++) {
		const int8_t *row = answers->marks + (size_t)p * answers->items;
		uint32_t first = UINT32_MAX;
		for (uint32_t i = 0; i < answers->items; i++) {
			if (row[i] == ANSWER_MISSING) {
				continue;
			}
			if (first == UINT32_MAX) {
				first = i;
			} else {
				parent[root_of(parent, i)] = root_of(parent, first);
			}
		}
	}
	uint32_t groups = 0;
	g_autofree uint32_t *number = g_new(uint32_t, answers->items);
	memset(number, 0xff, sizeof(uint32_t) * answers->items);
	for (uint32_t i = 0; i < answers->items; i++) {
		uint32_t root = root_of(parent, i);
		if (number[root] == UINT32_MAX) {
			number[root] = groups++;
		}
		ret_group[i] = number[root];
	}
	return groups;
}

/* --- Rows that are alike --- */

struct row_key {
	const int8_t *marks;
	uint32_t items;
};

static guint row_hash(const void *data)
{
	const struct row_key *key = data;
	guint32 hash = 2166136261u;
	for (uint32_t i = 0; i < key->items; i++) {
		hash = (hash ^ (guint8)key->marks[i]) * 16777619u;
	}
	return hash;
}

static gboolean row_equal(const void *one, const void *other)
{
	const struct row_key *a = one, *b = other;
	return memcmp(a->marks, b->marks, a->items) == 0;
}

void answers_collapse(const struct answers *answers, struct answers_collapsed *ret)
{
	const uint32_t items = answers->items;
	double *weights = g_new0(double, answers->persons + 1);
	int8_t *marks = g_malloc((size_t)answers->persons * items + 1);
	struct row_key *keys = g_new(struct row_key, answers->persons + 1);
	g_autoptr(GHashTable) rows = g_hash_table_new(row_hash, row_equal);
	ret->row_of = g_new(uint32_t, answers->persons + 1);
	uint32_t count = 0;
	for (uint32_t p = 0; p < answers->persons; p++) {
		keys[p] = (struct row_key){answers->marks + (size_t)p * items, items};
		guint known = GPOINTER_TO_UINT(g_hash_table_lookup(rows, &keys[p]));
		if (known == 0) {
			memcpy(marks + (size_t)count * items, keys[p].marks, items);
			known = ++count;
			g_hash_table_insert(rows, &keys[p], GUINT_TO_POINTER(known));
		}
		weights[known - 1] += answers->weights ? answers->weights[p] : 1;
		ret->row_of[p] = known - 1;
	}
	g_free(keys);
	ret->answers = (struct answers){.marks = marks, .weights = weights, .persons = count, .items = items};
	ret->block = marks;
}

void answers_collapsed_finish(struct answers_collapsed *collapsed)
{
	g_free(collapsed->block);
	g_free((void *)collapsed->answers.weights);
	g_free(collapsed->row_of);
}

/* --- Fit --- */

struct fitting {
	const struct answers *answers;
	const double *log_right, *log_wrong; /* items × POINTS */
	const double *theta, *prior;         /* POINTS; the prior as logarithm */
	uint32_t from, to;                   /* rows of this thread */
	double *counts;                      /* items × 2 × POINTS: wrong and right answers, by where people probably are */
	double *thetas;                      /* rows, may be NULL */
};

/* Where a person probably is: fills `ret` (POINTS, sums to 1), gives the mean. */
static double posterior(const struct fitting *work, const int8_t *row, double *ret)
{
	double peak = -INFINITY, sum = 0, mean = 0;
	memcpy(ret, work->prior, sizeof(double) * POINTS);
	for (uint32_t i = 0; i < work->answers->items; i++) {
		if (row[i] != ANSWER_MISSING) {
			const double *log_p = (row[i] ? work->log_right : work->log_wrong) + (size_t)i * POINTS;
			for (int q = 0; q < POINTS; q++) {
				ret[q] += log_p[q];
			}
		}
	}
	for (int q = 0; q < POINTS; q++) {
		peak = fmax(peak, ret[q]);
	}
	for (int q = 0; q < POINTS; q++) {
		sum += ret[q] = exp(ret[q] - peak);
	}
	for (int q = 0; q < POINTS; q++) {
		ret[q] /= sum;
		mean += ret[q] * work->theta[q];
	}
	return mean;
}

static void *fit_some(void *data)
{
	struct fitting *work = data;
	const uint32_t items = work->answers->items;
	double density[POINTS];
	for (uint32_t p = work->from; p < work->to; p++) {
		const int8_t *row = work->answers->marks + (size_t)p * items;
		const double weight = work->answers->weights ? work->answers->weights[p] : 1;
		const double theta = posterior(work, row, density);
		if (work->thetas) {
			work->thetas[p] = theta;
		}
		for (uint32_t i = 0; i < items; i++) {
			if (row[i] != ANSWER_MISSING) {
				double *counts = work->counts + ((size_t)i * 2 + (row[i] != 0)) * POINTS;
				for (int q = 0; q < POINTS; q++) {
					counts[q] += weight * density[q];
				}
			}
		}
	}
	return NULL;
}

/* One item, from its counts: under the model infit and outfit are 1 on average. */
static struct item_fit judge(const struct calibrated_item *item, const double *theta, const double *wrong, const double *right)
{
	struct item_fit fit = {0};
	double variance = 0, expected = 0, vt = 0, vtt = 0, solved = 0;
	for (int q = 0; q < POINTS; q++) {
		const double knows = 1 / (1 + exp(-item->a * (theta[q] - item->b))), p = item->c + (1 - item->c) * knows;
		const double n = wrong[q] + right[q], distance = theta[q] - item->b;
		/* (dp/dz)² / p(1-p) in two steps: without guessing it is p(1-p) to the last bit */
		const double v = item->c > 0 ? n * (1 - item->c) * (1 - knows) * knows * knows / p : n * p * (1 - p);
		fit.answers += n;
		solved += right[q];
		fit.infit += right[q] * (1 - p) * (1 - p) + wrong[q] * p * p;
		fit.outfit += right[q] * (1 - p) / fmax(p, 1e-9) + wrong[q] * p / fmax(1 - p, 1e-9);
		expected += n * p * (1 - p);
		variance += v;
		vt += v * distance;
		vtt += v * distance * distance;
	}
	fit.share = solved / fit.answers;
	fit.infit /= expected;
	fit.outfit /= fit.answers;
	/* Information of (a, b): d logit = (theta - b) da - a db. */
	const double a = item->a, determinant = vtt * a * a * variance - a * a * vt * vt;
	fit.se_a = determinant > 0 ? sqrt(a * a * variance / determinant) : INFINITY;
	fit.se_b = determinant > 0 ? sqrt(vtt / determinant) : INFINITY;
	if (item->se_b > 0) {
		fit.se_b = item->se_b;
	}
	if (a == 1) { /* Rasch: only b was estimated */
		fit.se_a = 0;
		fit.se_b = item->se_b > 0 ? item->se_b : 1 / sqrt(variance);
	}
	return fit;
}

void item_fit(const struct answers *answers, const struct calibrated_item *items, double theta_sd, uint32_t threads,
	struct item_fit *ret, double *ret_theta)
{
	const size_t n = answers->items;
	double theta[POINTS], prior[POINTS];
	g_autofree double *logs = g_new(double, 2 * n * POINTS);
	for (int q = 0; q < POINTS; q++) {
		theta[q] = -EDGE + 2 * EDGE * q / (POINTS - 1);
		prior[q] = -theta[q] * theta[q] / (2 * theta_sd * theta_sd);
		for (size_t i = 0; i < n; i++) {
			const double z = items[i].a * (theta[q] - items[i].b);
			const double wrong = z > 0 ? -z - log1p(exp(-z)) : -log1p(exp(z));
			const double c = items[i].c, right = wrong + z;
			logs[i * POINTS + (size_t)q] = c > 0 ? log(c + (1 - c) * exp(right)) : right;
			logs[(n + i) * POINTS + (size_t)q] = c > 0 ? wrong + log1p(-c) : wrong;
		}
	}
	threads = threads < 1 ? 1 : threads > 64 ? 64 : threads;
	struct fitting works[64];
	GThread *running[64];
	for (uint32_t t = 0; t < threads; t++) {
		works[t] = (struct fitting){.answers = answers, .log_right = logs,
			.log_wrong = logs + n * POINTS, .theta = theta, .prior = prior,
			.from = (uint32_t)((uint64_t)answers->persons * t / threads),
			.to = (uint32_t)((uint64_t)answers->persons * (t + 1) / threads),
			.counts = g_new0(double, 2 * n * POINTS),
			.thetas = ret_theta};
		running[t] = g_thread_new("fit", fit_some, &works[t]);
	}
	for (uint32_t t = 0; t < threads; t++) {
		g_thread_join(running[t]);
		for (size_t i = 0; t > 0 && i < 2 * n * POINTS; i++) {
			works[0].counts[i] += works[t].counts[i];
		}
	}
	for (size_t i = 0; i < n; i++) {
		const double *wrong = works[0].counts + i * 2 * POINTS;
		ret[i] = judge(&items[i], theta, wrong, wrong + POINTS);
	}
	for (uint32_t t = 0; t < threads; t++) {
		g_free(works[t].counts);
	}
}
