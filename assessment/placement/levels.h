/*
 * Cut scores: which level a share of right answers leads to. Names and cuts are data.
 *
 * A table that is not monotone gives some shares two levels and others none: it is refused.
 */
#ifndef ASSESSMENT_LEVELS_H
#define ASSESSMENT_LEVELS_H

#include "assessment/faults.h"
#include "assessment/limits.h"

/* From the lowest to the highest. Strings are borrowed from the table's owner. */
struct level {
	const char *id;
	const char *name_it;
	const char *name_en;
	double cut; /* smallest share of the maximum score, 0..1, that leads here */
};

/* The first cut is 0, each next one is higher, none is above 1; ids are unique. Tells every fault. */
bool levels_check(const struct level *levels, guint count, struct faults *faults);

/* The highest level whose cut is reached, as an index. `levels` has passed levels_check(). */
guint levels_decide(const struct level *levels, guint count, double score, double maximum);

#endif
