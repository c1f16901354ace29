/*
 * The questionnaire's forms: the standard one, unaltered, as data of the program (server/data/quality_fad.json),
 * and the provider's extra questions, a form apart.
 */
#ifndef SERVER_QUALITY_FORM_H
#define SERVER_QUALITY_FORM_H

#include <jansson.h>

#include "assessment/faults.h"

/* The standard form as in the file; a new reference. */
json_t *quality_form_standard(void);

/*
 * Checks the provider's extra questions: [{kind: "choice" or "text", text_it, text_en, options: [{text_it,
 * text_en}], optional}]. Gives them with ids ("x1" …) in place of what they had; NULL with faults.
 */
json_t *quality_form_extra(json_t *list, struct faults *faults);

/*
 * Checks answers {question: option, or text} against the questions of a form. Every choice that is not optional
 * must be answered; a text that belongs to certain options of another question ("when") is dropped with any
 * other. On success `ret_choices` and `ret_texts` are new objects.
 */
bool quality_form_answers(
	json_t *questions, json_t *answers, json_t **ret_choices, json_t **ret_texts, struct faults *faults);

#endif
