/*
 * What every file of a course needs to know, in memory: which launch a token opens, and which files a course has. A file
 * is answered without a question to the data base, and a token that was revoked is refused with the next request all the
 * same: what revokes one (log-out, a deactivated person, an expired session) changes store_revocations().
 */
#ifndef SERVER_LEARNING_CONTENT_CACHE_H
#define SERVER_LEARNING_CONTENT_CACHE_H

#include "packages/files.h"
#include "server/store/store.h"

struct content_cache;

/* `folder` is content/ of the data folder. */
struct content_cache *content_cache_create(struct store *store, const char *folder);
void content_cache_destroy(struct content_cache *cache); /* accepts NULL */

/* The course whose files this token opens; false: none, or no longer. */
bool content_cache_token(struct content_cache *cache, const char *token, char ret_sha256[65]);

/* The record of a file, letter case aside where nothing fits exactly; paths are the course's own. */
struct content_record {
	char *path; /* yours (g_free) */
	uint64_t size, gzip_from, gzip_length;
	char sha256[65]; /* "" when not known */
};

bool content_cache_file(
	struct content_cache *cache, const char *course, const char *path, struct content_record *ret);

#endif
