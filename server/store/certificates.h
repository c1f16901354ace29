/*
 * Certificates as they were issued, batches of them, and the register data that they print (021_certificates.sql).
 */
#ifndef SERVER_STORE_CERTIFICATES_H
#define SERVER_STORE_CERTIFICATES_H

#include <glib.h>

#include "server/certificates/template.h"
#include "server/store/store.h"

#define CERTIFICATE_CODE 24 /* "7K2QF-9XW3M-…": 4 groups of 5, and a NUL */

struct person_register {
	char birth_place[401];
	char birth_day[11]; /* YYYY-MM-DD; empty: not known */
	char order_name[801];
	char order_number[161];
};

/* All empty when nothing is known. */
void person_register_get(struct db *db, int64_t person, struct person_register *ret);
/* In a work function. */
void person_register_put(struct db *db, int64_t person, const struct person_register *data);

struct certificate {
	int64_t id; /* 0: not stored yet */
	char code[CERTIFICATE_CODE];
	int64_t person, event;
	enum certificate_kind kind;
	char *facts; /* JSON; owned: certificate_finish() */
	char template_sha256[65];
	int64_t issued_at, issued_by; /* by 0: by the command line */
	int64_t revoked_at;           /* 0: valid */
	char revoked_why[501];
};

void certificate_finish(struct certificate *certificate);

bool certificate_by_id(struct db *db, int64_t id, struct certificate *ret);
bool certificate_by_code(struct db *db, const char *code, struct certificate *ret);
/* The valid one; false when there is none. */
bool certificate_valid(
	struct db *db, int64_t person, int64_t event, enum certificate_kind kind, struct certificate *ret);
/* struct certificate each, newest first; they finish with the array. */
GArray *certificates_of_person(struct db *db, int64_t person);
/* How many valid ones an event has. */
int64_t certificates_count(struct db *db, int64_t event);

/* In a work function. Sets id. */
void certificate_insert(struct db *db, struct certificate *certificate);
void certificate_revoke(struct db *db, int64_t id, const char *why);
/* In a work function: kept once, whatever the number of certificates. */
void certificate_template_keep(struct db *db, const char *sha256, const char *version, const char *body);
/* Yours (g_free); NULL when there is none. */
char *certificate_template_body(struct db *db, const char *sha256);

enum batch_state {
	BATCH_RUNNING,
	BATCH_DONE,
	BATCH_CANCELLED,
	BATCH_FAILED,
};

struct certificate_batch {
	int64_t id, event;
	enum batch_state state;
	int64_t total, done, refused;
	char *problem; /* JSON or empty; owned: certificate_batch_finish() */
	int64_t started_at, started_by, ended_at;
};

void certificate_batch_finish(struct certificate_batch *batch);
const char *batch_state_name(enum batch_state state);

bool certificate_batch_by_id(struct db *db, int64_t id, struct certificate_batch *ret);
/* The newest of an event; the oldest that runs. False when there is none. */
bool certificate_batch_newest(struct db *db, int64_t event, struct certificate_batch *ret);
bool certificate_batch_running(struct db *db, struct certificate_batch *ret);
/* In a work function. False, and nothing changed, when one of this event runs already. */
bool certificate_batch_start(struct db *db, struct certificate_batch *batch);
/* In a work function: state, numbers, problem. A batch that has ended stays as it is. */
void certificate_batch_update(struct db *db, const struct certificate_batch *batch);

#endif
