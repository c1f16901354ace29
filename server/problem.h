/*
 * Telling a fault: fills struct problem (player/engine/base.h) and turns it into JSON.
 */
#ifndef SERVER_PROBLEM_H
#define SERVER_PROBLEM_H

#include <glib.h>
#include <jansson.h>

#include "player/engine/base.h"

/* What the fault is and how to mend it, in both languages; NULL means empty. */
struct problem_text {
	const char *code;
	const char *it, *en;
	const char *mend_it, *mend_en;
};

/* Fills `ret` with severity ERROR, no line, no clause. `where` may be NULL. */
void problem_set(struct problem *ret, const struct problem_text *text, const char *where);

/* Copies UTF-8 into one member of struct problem, cut at a character's edge. */
void problem_copy(char *field, size_t size, const char *text);
#define PROBLEM_COPY(field, text) problem_copy((field), sizeof(field), (text))

/* {code, severity, where, line, column, clause, it, en, mend_it, mend_en}; a new reference. */
json_t *problem_json(const struct problem *problem);
/* That of each of a list (struct problem each, as of struct faults); a new reference. */
json_t *problems_json(const GArray *list);

/* "COURSE.zip:12: text [CODE] mend" on standard error, in Italian. */
void problem_print(const struct problem *problem);

#endif
