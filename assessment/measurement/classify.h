/*
 * Which level a person belongs to: evidence about cut scores on the theta scale, and how far a
 * classification can be trusted. Cuts are strictly increasing; k cuts make k + 1 levels, 0 the lowest.
 */
#ifndef ASSESSMENT_CLASSIFY_H
#define ASSESSMENT_CLASSIFY_H

#include "assessment/measurement/theta.h"

#define CLASSIFY_CUTS_MAX 7
#define CLASSIFY_UNDECIDED UINT32_MAX

struct cuts {
	uint32_t count; /* 1..CLASSIFY_CUTS_MAX */
	double at[CLASSIFY_CUTS_MAX];
};

/* Strictly increasing, finite, and within the limits? A table that is not monotone must be refused. */
bool cuts_are_valid(const struct cuts *cuts);

/* The level that theta lies in; a theta on a cut belongs to the upper level. */
uint32_t level_at(const struct cuts *cuts, double theta);

/* Wald's sequential probability ratio about one cut: log L(cut + delta) - log L(cut - delta). */
double sprt_log_ratio(const struct irt_response *responses, uint32_t count, double cut, double delta);

/* The generalised ratio (Thompson 2009): the highest likelihood at or above cut + delta against the highest at
 * or below cut - delta, among the points minimum, minimum + step, … up to maximum, which must lie on both
 * sides. */
double glr_log_ratio(const struct irt_response *responses, uint32_t count, double cut, double delta,
	double minimum, double maximum, double step);

/* The level that the ratios about each cut agree on, or CLASSIFY_UNDECIDED. `alpha`: the chance allowed of
 * placing too high, `beta`: too low. `ratios` has cuts->count values. */
uint32_t level_by_ratios(const struct cuts *cuts, const double *ratios, double alpha, double beta);

/* Probability of each level given an estimate with a normal error; `ret` has cuts->count + 1 values. */
void level_probabilities(const struct cuts *cuts, struct theta_estimate estimate, double *ret);

/* Expected accuracy and consistency of a classification. */
struct decision_quality {
	double accuracy;
	double consistency;
};

/* Rudner 2001, 2005: for estimates of real people, each weighing the same. */
struct decision_quality rudner_for_people(const struct cuts *cuts, const struct theta_estimate *people, uint32_t count);

/* Rudner for a test over a distribution of theta: points with their weights, SE from the test information. */
struct decision_quality rudner_for_test(const struct cuts *cuts, const struct irt_item *items, uint32_t item_count,
	const double *thetas, const double *weights, uint32_t count);

/* Lord and Wingersky 1984: the distribution of the summed score at theta. `ret` holds as many values as the
 * items' marks sum up to, plus one. */
void summed_score_distribution(const struct irt_item *items, uint32_t item_count, double theta, double *ret);

#endif
