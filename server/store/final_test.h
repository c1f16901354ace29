/*
 * The final test of an ECM event (015_final_test.sql): rules, attempts, answers. What a person's standing
 * means for credits is final_outcome(); everything else serves taking and judging the test.
 */
#ifndef SERVER_STORE_FINAL_TEST_H
#define SERVER_STORE_FINAL_TEST_H

#include <glib.h>

#include "server/ecm/event.h"
#include "server/store/classes.h"

/* For who judges credits: where a person stands with the final test of an event. */
struct final_outcome {
	bool required; /* false: credits do not depend on it */
	bool ready;    /* questions were chosen: it can be taken */
	bool open;     /* an attempt is under way */
	bool passed;
	int64_t passed_at; /* ms; 0 when not passed. The first pass; only a correction of one in class takes it back */
	guint attempts;    /* handed in, and taken in class, so far */
	guint attempts_max; /* 0: no limit */
	/* Of the attempt that passed, else of the best; 0 when there is none, or when it was judged without points. */
	enum class_test test;
	guint score;
	guint questions;
	guint needed;
};

void final_outcome(struct db *db, int64_t person, const struct ecm_event *event, struct final_outcome *ret);

enum final_again {
	FINAL_AGAIN_NONE, /* nothing need be gone through again */
	FINAL_AGAIN_ANY,  /* one module */
	FINAL_AGAIN_ALL,  /* each module */
};

enum final_disclose {
	FINAL_DISCLOSE_EVENT_END, /* right answers may be seen after the event's last day */
	FINAL_DISCLOSE_PASSED,    /* once the person has passed or has no attempt left */
};

/* The rules of one event; the numbers of questions follow from its credits. */
struct final_rules {
	bool required;
	int64_t bank; /* 0: not chosen yet */
	guint questions_per_credit;
	guint share_percent;
	guint attempts_max; /* 0: no limit, only with new_set */
	bool new_set;
	guint new_percent;
	enum final_again contents_again;
	guint again_seconds;
	enum final_disclose disclose;
	guint days_after; /* in class: how long after the last session it may be taken; else 0 */
	char source[128]; /* of the defaults */
};

/* What was set for the event, or the defaults that hold on its first day. */
void final_rules_load(struct db *db, const struct ecm_event *event, struct final_rules *ret);
/* In a work function. */
void final_rules_save(struct db *db, int64_t event, const struct final_rules *rules, int64_t by);

/* ceil(questions_per_credit × credits), at least 1; and ceil(share × questions). */
guint final_questions(const struct final_rules *rules, guint credits_tenths);
guint final_needed(const struct final_rules *rules, guint questions);

const char *final_again_name(enum final_again again);
bool final_again_parse(const char *name, enum final_again *ret);
const char *final_disclose_name(enum final_disclose disclose);
bool final_disclose_parse(const char *name, enum final_disclose *ret);

struct final_attempt {
	int64_t id;
	int64_t person;
	int64_t event;
	int64_t number;
	int64_t bank;
	bool done;
	int64_t started_at;
	int64_t done_at; /* 0 while open */
	guint questions;
	guint needed;
	guint score;
	bool passed;
	char *exam; /* JSON (assessment/form/exam.h); owned: final_attempt_finish() */
};

void final_attempt_finish(struct final_attempt *attempt);

/* The person's newest attempt at the test of this event; with `event` 0: of whichever is not held in class. */
bool final_newest(struct db *db, int64_t person, int64_t event, struct final_attempt *ret);
/* struct final_attempt each, newest first, with their exams; they finish with the array. */
GArray *final_history(struct db *db, int64_t person, int64_t event);

/* Each attempt at the test of the event, by person and number, one at a time. */
typedef void (*final_visitor)(struct db *db, const struct final_attempt *attempt, void *data);
void final_each(struct db *db, int64_t event, final_visitor visit, void *data);

/* In a work function. Sets attempt->id and makes an empty answer for each question. */
void final_insert(struct db *db, struct final_attempt *attempt);

struct final_answer {
	guint chosen; /* place as shown, from 1; 0: none */
	int64_t revision;
};

/* struct final_answer each, in the order of positions. */
GArray *final_answers(struct db *db, int64_t attempt);

/* In a work function: sets an answer if nobody changed it since `revision` and the attempt is open. */
bool final_answer_set(struct db *db, int64_t attempt, guint position, guint chosen, int64_t revision);

/* In a work function: closes an open attempt with its score. False when it was not open. */
bool final_close(struct db *db, const struct final_attempt *attempt);

/* In a work function: notes how much of a module had been seen when an attempt failed. */
void final_mark_put(struct db *db, int64_t attempt, int64_t module, int64_t seen_ms);
/* 0 when nothing was noted. */
int64_t final_mark_of(struct db *db, int64_t attempt, int64_t module);

#endif
