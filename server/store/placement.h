/*
 * Levels, item banks and placement tests (004_placement.sql).
 *
 * For other subjects: level_of_person() says which path somebody follows, levels_all() which levels there are.
 */
#ifndef SERVER_STORE_PLACEMENT_H
#define SERVER_STORE_PLACEMENT_H

#include <glib.h>
#include "assessment/policy.h"
#include "server/store/store.h"

#define LEVEL_ID_MAX 32
#define LEVEL_NAME_MAX 200

struct level_row {
	char id[LEVEL_ID_MAX + 1];
	char name_it[LEVEL_NAME_MAX + 1];
	char name_en[LEVEL_NAME_MAX + 1];
	int64_t position; /* 1 is the lowest */
	double cut;
};

/* struct level_row each, from the lowest; g_array_unref() it. */
GArray *levels_all(struct db *db);
bool level_by_id(struct db *db, const char *id, struct level_row *ret);

/* False when the person has no level yet: placement is not done. */
bool level_of_person(struct db *db, int64_t person, struct level_row *ret);

/* A level decided, by a test (placement > 0) or by somebody (decided_by > 0, why). */
struct level_decision {
	int64_t person;
	char level[LEVEL_ID_MAX + 1];
	int64_t decided_at;
	int64_t placement;  /* 0: an override */
	int64_t decided_by; /* 0: the test */
	char why[501];
};

/* In a work function. Appends the decision and makes it the person's level. */
void level_decide(struct db *db, const struct level_decision *decision);
/* struct level_decision each, newest first. */
GArray *level_history(struct db *db, int64_t person);

/* The policy with its levels; policy_finish() it. */
void placement_policy_load(struct db *db, struct policy *ret);
/* In a work function. Refuses LEVEL_IN_USE when a level that somebody has, or that was given, would go. */
bool placement_policy_save(struct db *db, const struct policy *policy, int64_t by);

struct bank_row {
	int64_t id;
	char name[BANK_NAME_MAX * 4 + 1];
	char version[BANK_NAME_MAX * 4 + 1];
	int64_t items;
	char sha256[65];
	bool active;
	int64_t imported_at;
	int64_t imported_by; /* 0: by the command line */
};

/* struct bank_row each, newest first. */
GArray *banks_all(struct db *db);
bool bank_by_sha256(struct db *db, const char *sha256, struct bank_row *ret);
/* In a work function. Sets row->id; the first bank of all becomes the active one. */
void bank_insert(struct db *db, struct bank_row *row, const char *body);
/* In a work function. False when there is no such bank. */
bool bank_activate(struct db *db, int64_t id);
/* The JSON as imported, yours (g_free); NULL when there is none. id 0: the active one. ret_id may be NULL. */
char *bank_body(struct db *db, int64_t id, int64_t *ret_id);

enum placement_state {
	PLACEMENT_OPEN,
	PLACEMENT_DONE,
};

struct placement {
	int64_t id;
	int64_t person;
	int64_t number;
	int64_t bank;
	enum placement_state state;
	int64_t started_at;
	int64_t done_at; /* 0 while open */
	char level[LEVEL_ID_MAX + 1];
	double score;
	double maximum;
	char *form; /* JSON; owned: placement_finish() */
};

void placement_finish(struct placement *placement);

/* The person's newest test; false when there is none. */
bool placement_newest(struct db *db, int64_t person, struct placement *ret);
/* struct placement each, newest first, without forms. */
GArray *placement_history(struct db *db, int64_t person);
/* The forms of all the person's tests, as char *: what was drawn before. */
GPtrArray *placement_forms(struct db *db, int64_t person);

/* In a work function. Sets placement->id and makes an empty answer for each of `items` positions. */
void placement_insert(struct db *db, struct placement *placement, guint items);

struct placement_answer {
	guint32 answer;
	int64_t revision;
};

/* struct placement_answer each, in the order of positions. */
GArray *placement_answers(struct db *db, int64_t placement);

/*
 * In a work function: sets an answer if nobody changed it since `revision` and the test is open. False, and
 * nothing changed, when somebody did (a stale tab) or the test is over.
 */
bool placement_answer_set(struct db *db, int64_t placement, guint position, guint32 answer, int64_t revision);

/* In a work function: closes an open test with its result. False when it was not open. */
bool placement_close(struct db *db, const struct placement *placement);

/* Retakes allowed by hand and not used yet. */
int64_t placement_grants(struct db *db, int64_t person);
void placement_grant(struct db *db, int64_t person, int64_t by, const char *why);
void placement_grant_use(struct db *db, int64_t person, int64_t placement);

struct placement_grant_row {
	int64_t granted_at;
	int64_t granted_by;
	int64_t placement; /* 0: not used yet */
	char why[501];
};
/* struct placement_grant_row each, newest first. */
GArray *placement_grant_history(struct db *db, int64_t person);

#endif
