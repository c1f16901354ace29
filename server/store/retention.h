/* What has been kept for long enough, by the kinds of server/data/retention.json; people are in personal.h. */
#ifndef SERVER_STORE_RETENTION_H
#define SERVER_STORE_RETENTION_H

#include "server/store/store.h"

enum kept {
	KEPT_JOURNALS, /* of attempts idle since before, without evidence of an event that ended after `day` */
	KEPT_SESSIONS,
	KEPT_ACCESS_ACTS, /* details of log-ins in the log of acts */
	KEPT_MESSAGES,
	KEPT_KINDS,
};

/* How many were last needed before `before` (ms) or, for journals, whose event ended before `day` too. */
int64_t retention_count(struct db *db, enum kept kind, int64_t before, const char *day);

/*
 * Inside a work function: removes at most `most` of them. The number; 0: there are no more. Of KEPT_ACCESS_ACTS see
 * audit_forget_access(). Of a journal what the newest snapshot holds goes: the attempt can still be gone on with.
 */
int64_t retention_remove(struct db *db, enum kept kind, int64_t before, const char *day, int64_t most);

#endif
