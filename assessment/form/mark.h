/*
 * Marking a form: one point for an item answered rightly, otherwise none, or the share that is right where the item
 * allows it (response.h).
 */
#ifndef ASSESSMENT_MARK_H
#define ASSESSMENT_MARK_H

#include "assessment/form/form.h"

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

/* `answers` has one response (response.h) for each item of the form, in the order shown; NULL is no answer. */
void form_mark(const struct form *form, const char *const *answers, struct mark *ret);

#endif
