/*
 * Calibration of 60,000 people × 100 items, invented from a 2PL with a fixed seed: writes the answers as a CSV for the
 * peer (calibrate.R) when a file is named, and prints our seconds.
 *
 * usage: bench-calibrate [ANSWERS.csv]
 */
#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <time.h>

#include "assessment/measurement/item_fit.h"

#define PERSONS 60000u
#define ITEMS 100u

static double normal(GRand *random)
{
	return sqrt(-2 * log(g_rand_double(random) + 1e-300)) * cos(2 * G_PI * g_rand_double(random));
}

static void invent(int8_t *marks, double *b)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(20260104);
	double a[ITEMS];
	for (guint i = 0; i < ITEMS; i++) {
		a[i] = exp(0.2 * normal(random));
		b[i] = -2 + 4.0 * i / (ITEMS - 1);
	}
	for (guint p = 0; p < PERSONS; p++) {
		double theta = normal(random);
		for (guint i = 0; i < ITEMS; i++) {
			marks[p * ITEMS + i] = g_rand_double(random) < 1 / (1 + exp(-a[i] * (theta - b[i])));
		}
	}
}

static void write_csv(const char *path, const int8_t *marks)
{
	FILE *file = fopen(path, "w");
	for (guint i = 0; file && i < ITEMS; i++) {
		fprintf(file, "%sQ%u", i ? "," : "", i + 1);
	}
	for (guint p = 0; file && p < PERSONS; p++) {
		for (guint i = 0; i < ITEMS; i++) {
			fprintf(file, "%c%d", i ? ',' : '\n', marks[p * ITEMS + i]);
		}
	}
	if (file) {
		fclose(file);
	}
}

/* By the wall clock, and by the processor's, which a busy machine does not stretch. */
struct clocks {
	gint64 wall;
	clock_t processor;
};

static struct clocks begin(void)
{
	return (struct clocks){g_get_monotonic_time(), clock()};
}

static void tell(const char *what, struct clocks begun)
{
	printf("%s: %.2f s, %.2f s of processor", what, (double)(g_get_monotonic_time() - begun.wall) / 1e6,
		(double)(clock() - begun.processor) / CLOCKS_PER_SEC);
}

int main(int count, char **words)
{
	g_autofree int8_t *marks = g_malloc(PERSONS * ITEMS);
	double b[ITEMS], worst = 0;
	invent(marks, b);
	if (count > 1) {
		write_csv(words[1], marks);
	}
	struct answers answers = {.marks = marks, .persons = PERSONS, .items = ITEMS};
	struct calibrated_item items[ITEMS];
	struct item_fit fit[ITEMS];
	struct calibration result;
	uint32_t bad;
	struct clocks begun = begin();
	calibrate_cml(&answers, items, &result, &bad);
	tell("Rasch by CML", begun);
	printf(", %u iterations\n", result.iterations);
	struct calibration_settings settings = CALIBRATION_SETTINGS_DEFAULT(CALIBRATION_2PL);
	settings.threads = 2;
	settings.tolerance = 1e-4;
	begun = begin();
	calibrate_mml(&settings, &answers, items, &result, &bad);
	tell("2PL by MML-EM, 2 threads", begun);
	for (guint i = 0; i < ITEMS; i++) {
		worst = fmax(worst, fabs(items[i].b - b[i]));
	}
	printf(", %u iterations, largest error of b %.3f\n", result.iterations, worst);
	begun = begin();
	item_fit(&answers, items, 1, 2, fit, NULL);
	tell("fit and standard errors", begun);
	printf("\n");
	return 0;
}
