/*
 * Faults of an input as they are found: a capped list of `struct problem`, and texts kept in tables.
 *
 * Texts are templates in both languages: $1 and $2 stand for the two arguments, so a table of faults reads
 * like the page that a person will see.
 */
#ifndef ASSESSMENT_FAULTS_H
#define ASSESSMENT_FAULTS_H

#include <glib.h>
#include "player/engine/base.h"

struct fault_text {
	const char *code;
	enum severity severity;
	const char *clause; /* NULL: no rule to cite */
	const char *it;
	const char *en;
	const char *mend_it; /* NULL: nothing to add */
	const char *mend_en;
};

struct faults {
	GArray *list;  /* struct problem, at most `room` of them, in the order found */
	guint room;    /* how many are kept; the rest is only counted */
	guint errors;  /* all errors found, kept or not */
	guint omitted; /* found and not kept */
};

void faults_init(struct faults *faults, guint room);
void faults_finish(struct faults *faults);

/* Adds one fault; `one` and `two` may be NULL when the text does not use them. */
void faults_add(struct faults *faults, const struct fault_text *text, const char *where, const char *one,
	const char *two);

/* The same at a line of the input. */
void faults_add_line(struct faults *faults, const struct fault_text *text, guint line, const char *where, const char *one,
	const char *two);

/* Adds a problem found elsewhere, at `where`. */
void faults_add_problem(struct faults *faults, const struct problem *problem, const char *where);

/* The same for a single problem in the caller's frame. */
void fault_set(struct problem *ret, const struct fault_text *text, const char *where, const char *one,
	const char *two);

#endif
