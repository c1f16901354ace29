/*
 * Results of tests taken in class [ECM 3]: whether one may be entered, what the event's threshold makes of it, corrections.
 * The one way in for the pages and for lists.
 */
#ifndef SERVER_CLASSES_RESULT_H
#define SERVER_CLASSES_RESULT_H

#include "server/store/class_results.h"
#include "server/store/final_test.h"

/* Whether somebody passed, as who enters it says. */
enum result_said {
	RESULT_NOT_SAID, /* the points say it */
	RESULT_SAID_PASSED,
	RESULT_SAID_FAILED,
};

/* A result as it is entered. */
struct result_entry {
	int64_t group, person, by;
	bool provider; /* else: teaches in the group, and enters only while its register is open */
	enum class_test test;
	char day[CLASS_DAY_BYTES]; /* as written; checked here */
	int64_t score, maximum;    /* -1: not given */
	enum result_said said;
	const char *how;  /* manual, list */
	const char *note; /* borrowed */
};

/*
 * In a work function. The same result again adds nothing. False: `ret` says why not, with the person; nothing was changed.
 */
bool result_enter(struct db *db, const struct result_entry *entry, struct problem *ret);

/*
 * In a work function: voids a result, and enters another in its place unless `instead` is NULL. A certificate of credits
 * that the test no longer bears out is revoked. False as above: refuse, so that nothing is changed.
 */
bool result_correct(struct db *db, const struct result_entry *who, int64_t id, const char *why,
	const struct result_entry *instead, struct problem *ret);

/* "questionario", "esame orale" …; English: "questionnaire", "oral exam" … */
const char *class_test_it(enum class_test test);
const char *class_test_en(enum class_test test);

#endif
