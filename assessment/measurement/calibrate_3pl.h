/* The M step of one item of the 3PL, with the priors that calibrate.h names. Included by calibrate_mml.c only. */
#ifndef ASSESSMENT_CALIBRATE_3PL_H
#define ASSESSMENT_CALIBRATE_3PL_H

#include <stdint.h>

/* How many answers of each kind are expected at each point. All borrowed. */
struct calibrate_counts {
	const double *theta, *wrong, *right;
	uint32_t points;
};

/* Moves the parameters to the maximum of their posterior; returns how far the farthest went. */
double calibrate_guessed(const struct calibrate_counts *counts, double tolerance, double *slope, double *intercept, double *guess);

#endif
