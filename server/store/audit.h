/*
 * The acts of people, append-only and chained by hashes (006_audit.sql, 045_seals.sql).
 */
#ifndef SERVER_STORE_AUDIT_H
#define SERVER_STORE_AUDIT_H

#include <glib.h>

#include "server/store/store.h"

/*
 * Inside a work function, beside the change it tells of. `by` 0: the program. Texts may be NULL.
 * When the end of the chain is not the one that was sealed, an act "audit.break" that says so comes first.
 */
void audit_add(struct db *db, int64_t by, const char *act, const char *subject, const char *detail);
/* The same with a subject "kind:id". */
void audit_about(
	struct db *db, int64_t by, const char *act, const char *kind, int64_t id, const char *detail);

/*
 * Removes the details of acts about a person (subject "person:ID" or "access:ID"), and of all log-ins before a time:
 * the chain stays whole. Each begins with an act of its own that says so; `act` is its name. Details of acts from before
 * 045_seals.sql stay. The number of details removed.
 */
int64_t audit_forget_person(struct db *db, int64_t by, int64_t person, const char *act, const char *detail);
int64_t audit_forget_access(struct db *db, int64_t by, int64_t before, const char *act, const char *detail);

struct act {
	int64_t id, at;
	char by[220]; /* name, or "" for the program */
	char act[64], subject[64];
	char *detail;
};

/* Newest first; `subject` "" for all. struct act each; g_array_unref() frees them. */
GArray *audit_list(struct db *db, const char *subject, int64_t page, int64_t *ret_total);

enum audit_fault {
	AUDIT_WHOLE,
	AUDIT_ALTERED,    /* an act does not fit the one before it: changed, removed or put in between */
	AUDIT_UNEXPLAINED, /* an act's detail is gone and no later act says that it was removed */
	AUDIT_BROKEN,     /* an act tells that the chain was once shorter than sealed */
	AUDIT_CUT,        /* its end is not the sealed one: acts were taken from the end, or added past the program */
	AUDIT_UNSEALED,   /* its end cannot be vouched for: another key, or a forged seal */
};

struct audit_check {
	enum audit_fault fault; /* the first found */
	int64_t act;            /* where; 0: at the end */
	int64_t count;          /* acts there are */
	int64_t sealed_count;   /* acts there should be; -1: never sealed */
	char hash[65];          /* of the last; empty: no act yet */
};

/* Walks the whole chain; `key` is the installation's. */
void audit_verify(struct db *db, const unsigned char key[32], struct audit_check *ret);
/* Is `hash` the one of act number `count` (from 1)? For an end that somebody keeps elsewhere. */
bool audit_had_end(struct db *db, int64_t count, const char *hash);

#endif
