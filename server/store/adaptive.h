/* Adaptive placements (013_adaptive.sql): policies, plans, and the record of each test. */
#ifndef SERVER_STORE_ADAPTIVE_H
#define SERVER_STORE_ADAPTIVE_H

#include <glib.h>
#include "server/store/placement.h"

struct adaptive_policy_row {
	int64_t id;
	int64_t made_at;
	int64_t made_by; /* 0: the program */
	char *body;      /* owned */
};
void adaptive_policy_row_finish(struct adaptive_policy_row *row);

/* The policy in force; false when placements are not adaptive. `ret` is yours. */
bool adaptive_policy_active(struct db *db, struct adaptive_policy_row *ret);
bool adaptive_policy_find(struct db *db, int64_t id, struct adaptive_policy_row *ret);
/* struct adaptive_policy_row each, newest first; their bodies are freed with the array. */
GArray *adaptive_policies(struct db *db);
/* In a work function. Gives the new version's id. */
int64_t adaptive_policy_add(struct db *db, const char *body, int64_t by);

/* A plan's body, yours; NULL when there is none. */
char *adaptive_plan_for(struct db *db, int64_t bank, int64_t policy, int64_t *ret_id);
/* In a work function. Takes the place of one of the same bank and policy: made by an engine of another format. */
void adaptive_plan_add(struct db *db, int64_t bank, int64_t policy, const char *body);

struct adaptive_test {
	int64_t placement;
	bool gated;
	int64_t policy;
	int64_t plan; /* 0: none */
	guint64 seed;
	char *excluded; /* JSON; owned */
	char stopped_by[24];
	double probability; /* negative: none */
};
void adaptive_test_finish(struct adaptive_test *test);
bool adaptive_test_find(struct db *db, int64_t placement, struct adaptive_test *ret);
void adaptive_test_add(struct db *db, const struct adaptive_test *test);
/* Ends it: stopped_by and probability. */
void adaptive_test_end(struct db *db, const struct adaptive_test *test);

struct adaptive_step {
	int64_t item;
	bool pilot;
	int64_t category; /* -1: not confirmed yet */
	double theta, se;
	char levels[256];
	int64_t confirmed_at;
};
/* struct adaptive_step each, by position. */
GArray *adaptive_steps(struct db *db, int64_t placement);
/* In a work function: an item is asked; makes its empty answer, and stores the form that holds it. */
void adaptive_step_ask(struct db *db, int64_t placement, guint position, int64_t item, bool pilot, const char *form);
/* In a work function: an answer is final. */
void adaptive_step_confirm(struct db *db, int64_t placement, guint position, const struct adaptive_step *step);

/* Counts an item asked (item -1: a test begun). */
void adaptive_exposure_count(struct db *db, int64_t bank, int64_t policy, int64_t item);
/* How often each place was asked, as guint; `ret_tests`: tests begun. `items` places. */
GArray *adaptive_exposures(struct db *db, int64_t bank, int64_t policy, guint items, guint *ret_tests);

/* Any placement by its id, with its form (placement_finish() it). */
bool adaptive_placement(struct db *db, int64_t id, struct placement *ret);

#endif
