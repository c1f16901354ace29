/*
 * Answers to the items of a form. An answer is a JSON list of strings, by the places shown, from "1":
 *
 *   choices, hot text              the places chosen: ["2"], ["1","4"]
 *   order                          all places, in the order given: ["3","1","2"]
 *   match, inline choice, gaps     "slot option": ["1 3","2 1"]
 *   text entry                     one text for each gap: ["PIN"], ["5", ""]
 *
 * [] is no answer. Stored and compared as the text that response_check() writes.
 */
#ifndef ASSESSMENT_RESPONSE_H
#define ASSESSMENT_RESPONSE_H

#include "assessment/form/form.h"

#define RESPONSE_NONE "[]"

/* The list checked and written in one way, yours (g_free); NULL with a fault. */
char *response_check(const struct form_item *item, json_t *list, const char *where, struct problem *ret_problem);

/* What the answer is worth, 0 to 1; what cannot be read is worth nothing. */
double response_score(const struct form_item *item, const char *response);

static inline bool response_is_given(const char *response)
{
	return response[0] == '[' && response[1] != ']';
}

/* The right answer, as a response; yours (g_free). What has none: RESPONSE_NONE. */
char *response_right(const struct form_item *item);

#endif
