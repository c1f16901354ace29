/*
 * What a calibration is worth, item by item: standard errors, fit, and how far parameters have moved.
 *
 * Fit is of observed answers against what the model expects of each person over where they probably are (their
 * posterior, so that nothing is lost by shrinking): infit weighs by information, outfit treats all alike [Wright and
 * Masters 1982]. 1 is as expected; above about 1.3 an
 * item is noisier than the model allows, below 0.7 it says the same as others.
 */
#ifndef ASSESSMENT_ITEM_FIT_H
#define ASSESSMENT_ITEM_FIT_H

#include "assessment/measurement/calibrate.h"

struct item_fit {
	double answers; /* given to the item */
	double share;   /* of right ones */
	double infit, outfit;
	double se_a, se_b; /* by the observed information at the estimates, theta and guessing known */
};

/* `ret` has answers->items places, `ret_theta` (may be NULL) one for each row. N(0, sd) prior, 61 points. */
void item_fit(const struct answers *answers, const struct calibrated_item *items, double theta_sd, uint32_t threads,
	struct item_fit *ret, double *ret_theta);

/*
 * Do all items hang together? Items are joined by a person who answered both. Gives how many separate groups there
 * are; `ret_group` (items places) says which each belongs to, from 0.
 */
uint32_t items_connected(const struct answers *answers, uint32_t *ret_group);

/*
 * Rows that are alike become one with their weights added: 60,000 answers to five items are 32 rows. The result owns
 * its memory: answers_collapsed_finish().
 */
struct answers_collapsed {
	struct answers answers;
	uint32_t *row_of; /* persons places: which row each became */
	void *block;
};
void answers_collapse(const struct answers *answers, struct answers_collapsed *ret);
void answers_collapsed_finish(struct answers_collapsed *collapsed);

#endif
