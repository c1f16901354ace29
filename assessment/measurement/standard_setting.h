/*
 * Standard setting: from what judges said to cut scores with their standard error (Angoff, bookmark), to the
 * theta scale through the test characteristic curve, and how well the cuts would classify (Rudner, Lee).
 *
 * Pure functions on plain values; nothing is allocated for the caller.
 */
#ifndef ASSESSMENT_STANDARD_SETTING_H
#define ASSESSMENT_STANDARD_SETTING_H

#include "assessment/measurement/classify.h"

/* A cut score: the mean over judges, their standard deviation (n - 1) and SE = SD / sqrt(judges). With one judge
 * SD and SE are NAN: nothing is known of the disagreement. */
struct standard_cut {
	double cut;
	double sd;
	double se;
	uint32_t judges;
};

struct standard_cut standard_mean(const double *values, uint32_t judges);

/*
 * Angoff: `ratings` is judges × items, each the probability that a person just at the level answers rightly.
 * `ret_judges` (judges values) has each judge's cut: the sum of the ratings. False: a rating is missing (NAN) or
 * not in 0..1; its place is in ret_judge and ret_item.
 */
bool standard_angoff(const double *ratings, uint32_t judges, uint32_t items, double *ret_judges,
	struct standard_cut *ret, uint32_t *ret_judge, uint32_t *ret_item);

/* Where the expected summed score reaches `score`: the root of the test characteristic curve in [-8, 8]. NAN when
 * no theta of that range has it. */
double standard_theta(const struct irt_item *items, uint32_t count, double score);

/* The slope of the curve there: SE on the theta scale is SE of the score / slope. */
double standard_slope(const struct irt_item *items, uint32_t count, double theta);

/* Bookmark: where the item is answered rightly with probability `rp` (D = 1). NAN when rp is not above c. */
double standard_bookmark(const struct irt_item *item, double rp);

/* Rudner over N(0,1), 81 points on [-4,4]; cuts on the theta scale. */
struct decision_quality standard_rudner(const struct cuts *cuts, const struct irt_item *items, uint32_t count);

/*
 * Lee 2010: expected accuracy and consistency of classifying by the summed score, over points of theta with
 * weights. `cuts` are summed scores: a score at or above one belongs to the upper level. `truth`: the items whose
 * expected score says the true level, usually NULL for the same ones (R's cacIRT takes D = 1.7 for the scores and
 * D = 1 for the truth).
 */
struct decision_quality standard_lee(const struct cuts *cuts, const struct irt_item *items,
	const struct irt_item *truth, uint32_t count, const double *thetas, const double *weights, uint32_t points);

#define STANDARD_ITEMS_MAX 1000u

#endif
