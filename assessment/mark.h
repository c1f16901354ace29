/* Marking a form: one point for an item whose chosen options are exactly the right ones, otherwise none. */
#ifndef ASSESSMENT_MARK_H
#define ASSESSMENT_MARK_H

#include "assessment/form.h"

struct area_mark {
	double score;
	double maximum;
};

struct mark {
	double score;
	double maximum;
	guint level; /* index into the form's levels */
	struct area_mark areas[BANK_AREAS_MAX];
};

/* `answers` has one set of bits for each item of the form, in the order shown; 0 is no answer. */
void form_mark(const struct form *form, const guint32 *answers, struct mark *ret);

#endif
