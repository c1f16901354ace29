/*
 * Item response theory: what an item's parameters say about an answer. Rasch, 2PL and 3PL for items
 * marked right or wrong, the generalised partial credit model (GPCM, Muraki 1992) for items with several
 * marks. The scaling constant D is 1: who has parameters on D = 1.702 multiplies a by it.
 *
 * Pure functions on plain values; nothing is allocated.
 */
#ifndef ASSESSMENT_IRT_H
#define ASSESSMENT_IRT_H

#include <stdbool.h>
#include <stdint.h>

#define IRT_CATEGORIES_MAX 11 /* marks 0..10 */

enum irt_model {
	IRT_RASCH, /* a = 1, c = 0 */
	IRT_2PL,   /* c = 0 */
	IRT_3PL,
	IRT_GPCM,
};

struct irt_item {
	enum irt_model model;
	double a; /* discrimination, > 0 */
	double b; /* difficulty, logits; not used by GPCM */
	double c; /* lower asymptote, 0 <= c < 1 */
	uint32_t categories;                 /* 2, or the number of marks of a GPCM item */
	double steps[IRT_CATEGORIES_MAX - 1]; /* GPCM: where category k and k + 1 are equally likely */
};

/* One answer: the item and the category reached (0 wrong, 1 right; a GPCM item's mark). */
struct irt_response {
	const struct irt_item *item; /* borrowed */
	uint32_t category;
};

/* The probability of each category at theta, with its first and second derivative by theta. */
struct irt_curve {
	uint32_t categories;
	double p[IRT_CATEGORIES_MAX];
	double p1[IRT_CATEGORIES_MAX];
	double p2[IRT_CATEGORIES_MAX];
};

struct irt_item irt_item_3pl(double a, double b, double c);

/* Are the parameters finite and in range? */
bool irt_item_is_valid(const struct irt_item *item);

void irt_curve_at(const struct irt_item *item, double theta, struct irt_curve *ret);

/* Probability of category `category`. */
double irt_probability(const struct irt_item *item, double theta, uint32_t category);

/* Fisher information of one item at theta. */
double irt_information(const struct irt_item *item, double theta);

/* Log-likelihood of the answers at theta. */
double irt_log_likelihood(const struct irt_response *responses, uint32_t count, double theta);

/* Test information of the items answered. */
double irt_test_information(const struct irt_response *responses, uint32_t count, double theta);

#endif
