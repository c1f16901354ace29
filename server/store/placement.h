/*
 * Item banks and placement tests (004_placement.sql). Levels are a subject of their own (levels.h).
 */
#ifndef SERVER_STORE_PLACEMENT_H
#define SERVER_STORE_PLACEMENT_H

#include <glib.h>
#include "assessment/placement/policy.h"
#include "server/store/levels.h"
#include "server/store/store.h"

/* The history of somebody's level: who decided and why. */
struct level_decision {
	char level[LEVEL_ID_BYTES];
	int64_t at;
	bool is_override;
	int64_t by; /* 0: the test itself */
	char why[501];
};
/* struct level_decision each, newest first. */
GArray *level_history(struct db *db, int64_t person);

/* The policy with its levels; policy_finish() it. */
void placement_policy_load(struct db *db, struct policy *ret);
/* In a work function. Levels that are no longer there are retired: who has one keeps it. */
void placement_policy_save(struct db *db, const struct policy *policy, int64_t by);

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
/* The id of the active bank; 0 when there is none. */
int64_t bank_active(struct db *db);
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
	char level[LEVEL_ID_BYTES];
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
	char *response; /* assessment/form/response.h; the list owns it */
	int64_t revision;
};

/* struct placement_answer each, in the order of positions. */
GArray *placement_answers(struct db *db, int64_t placement);

/*
 * In a work function: sets an answer if nobody changed it since `revision` and the test is open. False, and
 * nothing changed, when somebody did (a stale tab) or the test is over.
 */
bool placement_answer_set(struct db *db, int64_t placement, guint position, const char *response, int64_t revision);

/* In a work function: closes an open test with its result. False when it was not open. */
bool placement_close(struct db *db, const struct placement *placement);

/* Retakes allowed by hand: not used yet, and used. */
int64_t placement_grants(struct db *db, int64_t person);
int64_t placement_grants_used(struct db *db, int64_t person);
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
