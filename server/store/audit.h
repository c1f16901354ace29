/*
 * The acts of people, append-only and chained by hashes (006_audit.sql).
 */
#ifndef SERVER_STORE_AUDIT_H
#define SERVER_STORE_AUDIT_H

#include <glib.h>

#include "server/store/store.h"

/* Inside a work function, beside the change it tells of. `by` 0: the program. Texts may be NULL. */
void audit_add(struct db *db, int64_t by, const char *act, const char *subject, const char *detail);
/* The same with a subject "kind:id". */
void audit_about(
	struct db *db, int64_t by, const char *act, const char *kind, int64_t id, const char *detail);

struct act {
	int64_t id, at;
	char by[220]; /* name, or "" for the program */
	char act[64], subject[64];
	char *detail;
};

/* Newest first; `subject` "" for all. struct act each; g_array_unref() frees them. */
GArray *audit_list(struct db *db, const char *subject, int64_t page, int64_t *ret_total);

/* Walks the chain; 0 when whole, else the id of the first act that does not fit. */
int64_t audit_verify(struct db *db);

/* The newest act's hash stands for the whole chain. */
struct audit_end {
	int64_t count;
	char hash[65]; /* empty: no act yet */
};
void audit_end_of(struct db *db, struct audit_end *ret);

#endif
