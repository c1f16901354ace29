/*
 * The final test of who asks, as its routes need it: loaded once, shown as JSON. Included by take_routes.c, taking.c
 * and view.c only.
 */
#ifndef SERVER_FINAL_TAKING_H
#define SERVER_FINAL_TAKING_H

#include "assessment/form/exam.h"
#include "server/final/standing.h"
#include "server/http/request.h"

/* Who asks: where they stand, and the newest attempt with its questions and answers. */
struct final_taking {
	struct final_standing standing;
	struct exam *exam;
	GArray *answers; /* struct final_answer */
	GArray *history; /* struct final_attempt */
	GArray *results; /* struct class_result: taken in class; NULL: the event is not */
};

/* ?event=: one in class; 0, without: that of the path. */
int64_t final_taking_event(struct request *request);

/* Answers 500 itself and gives false when the attempt cannot be read. */
bool final_taking_load(struct request *request, struct reply *reply, struct final_taking *ret);
void final_taking_finish(struct final_taking *taking);

bool final_taking_is_open(const struct final_taking *taking);

/* What the API shows; new references. */
json_t *final_view_json(const struct final_taking *taking);
json_t *final_item_json(const struct final_taking *taking, guint position);
/* [true, false, ...]: which positions have an answer. */
json_t *final_answered_json(const GArray *answers);
/* The questions of the newest attempt with what was right in each, and why. */
json_t *final_right_json(const struct final_taking *taking);

#endif
