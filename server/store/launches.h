/*
 * Launches: what a token in a player's or a course's address opens (003_attempts.sql).
 */
#ifndef SERVER_STORE_LAUNCHES_H
#define SERVER_STORE_LAUNCHES_H

#include "server/store/store.h"

struct launch {
	char token_hash[65];
	char session[65]; /* the session that it hangs on */
	int64_t person;
	int64_t attempt; /* 0: a preview */
	bool inspects;   /* only looks at the attempt's journal */
	int64_t version, organization;
	int64_t created_at; /* of the oldest launch into this attempt that is still good: a renewal goes on */
	char sha256[65];    /* of the version: its folder */
};

/*
 * False: unknown, expired, its session ended, or the role it rests on was taken away: provider or administrator
 * to look into a journal, designer to preview.
 */
bool launch_find(struct db *db, const char *token_hash, int64_t now, struct launch *ret);
/* When the oldest launch into the attempt that is still good was made; 0: there is none. */
int64_t launch_oldest(struct db *db, int64_t attempt, int64_t now);
/* Writes token_hash, session, person, attempt, inspects, version, organization; expired ones of the person go. */
void launch_add(struct db *db, const struct launch *launch, int64_t now);

/* A token that a launch's page had before its log-in was renewed: the hash of the launch's own. False: none. */
bool launch_of_former(struct db *db, const char *token_hash, char ret_hash[65]);
/* False: the launch has LIMIT_FORMER_TOKENS already. */
bool launch_add_former(struct db *db, const struct launch *launch, const char *token_hash);

#endif
