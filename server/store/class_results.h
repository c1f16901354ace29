/*
 * Tests of learning taken in class (060_class_results.sql): each result with who entered it. Corrections void one and add
 * another; nothing is deleted. What they mean for credits: final_outcome() (final_test.h), beside the test on the platform.
 */
#ifndef SERVER_STORE_CLASS_RESULTS_H
#define SERVER_STORE_CLASS_RESULTS_H

#include <glib.h>

#include "server/store/class_people.h"

struct class_result {
	int64_t id; /* 0: a new one */
	int64_t event, person;
	enum class_test test; /* not CLASS_TEST_ONLINE */
	char day[CLASS_DAY_BYTES];
	guint score, maximum; /* maximum 0: judged as passed or not, without points */
	guint needed;         /* points to pass, as it was then */
	bool passed;
	char how[8]; /* manual, list */
	char note[CLASS_WHY_BYTES];
	int64_t recorded_at, recorded_by;
	char by[2 * CLASS_NAME_BYTES];
	int64_t void_at; /* 0: valid */
	char void_by[2 * CLASS_NAME_BYTES], void_why[CLASS_WHY_BYTES];
};

/* struct class_result each, voided ones too, the newest first. */
GArray *class_results(struct db *db, int64_t event, int64_t person);
bool class_result_by_id(struct db *db, int64_t id, struct class_result *ret);
/* Is the same result (test, day, points, outcome) there? */
bool class_result_known(struct db *db, const struct class_result *result);
/* In a work function. Sets id and recorded_at. */
void class_result_add(struct db *db, struct class_result *result);
/* In a work function. False: voided already. */
bool class_result_void(struct db *db, int64_t id, const char *why, int64_t by);

/* The people enrolled in a group, by where they stand with the test, on the platform or in class. */
struct class_tested {
	guint passed, failed, waiting;
};
void class_tested(struct db *db, int64_t group, struct class_tested *ret);

#endif
