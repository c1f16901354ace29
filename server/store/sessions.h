/*
 * Sessions: who is logged in (001_people.sql). Tokens are known here by their hash only.
 */
#ifndef SERVER_STORE_SESSIONS_H
#define SERVER_STORE_SESSIONS_H

#include "server/http/request.h"
#include "server/store/store.h"

/* Fills `ret` from a session that is still good, of a person who is active. `ret_seen_at` says how stale it is. */
bool sessions_find(
	struct db *db, const char *token_hash, int64_t now, struct identity *ret, int64_t *ret_seen_at);
/* Opens one; the oldest of the person give way beyond LIMIT_SESSIONS_EACH, and what has expired goes. */
void sessions_open(
	struct db *db, const char *token_hash, int64_t person, const char *address, const char *agent);
void sessions_seen(struct db *db, const char *token_hash, int64_t now);
void sessions_close(struct db *db, const char *token_hash);
/* All but one, which may be NULL. */
void sessions_close_all(struct db *db, int64_t person, const char *but_token_hash);

#endif
