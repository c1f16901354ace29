/*
 * An exam: the final test that one person sits, frozen when it is drawn: single-choice questions with four
 * options, one right, in random order both of the questions and of the options of each. Both orders, the key
 * and the texts are kept, so that a sitting can be shown again years later whatever became of the bank.
 *
 * An exam holds the keys: it never leaves the server. What a browser may see is exam_question_view().
 */
#ifndef ASSESSMENT_EXAM_H
#define ASSESSMENT_EXAM_H

#include <jansson.h>
#include "assessment/bank/bank.h"

#define EXAM_OPTIONS 4u
#define EXAM_QUESTIONS_MAX 200u

struct exam_question {
	const char *id;
	const char *area_it;
	const char *area_en;
	const char *stem;
	const char *explanation;             /* may be empty */
	struct bank_option options[EXAM_OPTIONS]; /* in the order shown, with the ids of the bank */
	guint right;                         /* place of the right option as shown, from 1 */
};

struct exam {
	const char *bank_name;
	const char *bank_version;
	guint64 seed; /* what both orders were drawn from */
	guint question_count;
	struct exam_question *questions; /* in the order shown */
	/* private */
	GStringChunk *texts;
};

void exam_destroy(struct exam *exam);

/*
 * Can exams of `questions` be drawn from the bank? Every item must be single choice with four options, and
 * there must be enough of them; `fresh` more, so that another set can be drawn in which at least so many are new
 * (0: the same set each time). Tells every fault by the item's name.
 */
bool exam_bank_check(const struct bank *bank, guint questions, guint fresh, struct faults *faults);

/*
 * Draws a set, spread over the bank's areas, and both orders. `before` (struct exam *, newest first; may be
 * NULL): questions of these come last, those of the newest last of all. The bank has passed exam_bank_check().
 * The same arguments give the same exam. It is yours.
 */
struct exam *exam_draw(const struct bank *bank, guint questions, guint64 seed, const GPtrArray *before);

/* The same questions as they were, both orders drawn again. */
struct exam *exam_again(const struct exam *exam, guint64 seed);

/* Of the questions, how many are not in `before`? */
guint exam_fresh(const struct exam *exam, const struct exam *before);

/* As JSON and back; NULL when the text is no exam (a damaged data base). */
char *exam_write(const struct exam *exam);
struct exam *exam_read(const char *json);

/*
 * What a browser may see of the question at `position` (from 0): no key, no id, options named "1" to "4" by
 * the place shown. `chosen` 0: nothing yet. A new reference.
 */
json_t *exam_question_view(const struct exam *exam, guint position, guint chosen, gint64 revision);

/* The place in an answer {"answer": ["3"]}, [] is 0; false with a fault for anything else. */
bool exam_answer(json_t *list, guint *ret, struct problem *ret_problem);

/* `chosen`: one place a question. */
guint exam_score(const struct exam *exam, const guint *chosen);

#endif
