#include "server/learning/content_cache.h"

#include <glib.h>

#include "server/limits.h"
#include "server/people/secrets.h"
#include "server/store/launches.h"

/* A process beside the server (fad users …) may revoke too: nothing is believed for longer. */
#define BELIEVED_MS 1000

struct token {
	char sha256[65];
	int64_t until;        /* ms */
	uint64_t revocations; /* as they stood when it was asked for */
};

struct content_cache {
	struct store *store;
	char *folder;
	GMutex lock;
	GHashTable *tokens;  /* token -> struct token */
	GHashTable *courses; /* sha256 -> struct package_files */
};

static void free_files(void *files)
{
	files_destroy(files);
}

struct content_cache *content_cache_create(struct store *store, const char *folder)
{
	struct content_cache *cache = g_new0(struct content_cache, 1);
	cache->store = store;
	cache->folder = g_strdup(folder);
	g_mutex_init(&cache->lock);
	cache->tokens = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	cache->courses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_files);
	return cache;
}

void content_cache_destroy(struct content_cache *cache)
{
	if (cache) {
		g_hash_table_destroy(cache->tokens);
		g_hash_table_destroy(cache->courses);
		g_mutex_clear(&cache->lock);
		g_free(cache->folder);
		g_free(cache);
	}
}

/* Full is emptied: what is in use comes back with its next request. */
static void make_room(GHashTable *table, guint most)
{
	if (g_hash_table_size(table) >= most) {
		g_hash_table_remove_all(table);
	}
}

static bool ask_token(struct content_cache *cache, const char *text, struct token *ret)
{
	char hash[SECRETS_HASH];
	struct launch launch;
	int64_t now = store_now();
	/* Before the question: what is revoked while it is asked counts as later. */
	ret->revocations = store_revocations(cache->store);
	ret->until = now + BELIEVED_MS;
	secrets_token_hash(text, hash);
	struct db *db = store_read(cache->store);
	bool found = launch_find(db, hash, now, &launch);
	/* The course's page may still stand under the token that it had before the log-in was renewed. */
	if (!found && launch_of_former(db, hash, hash)) {
		found = launch_find(db, hash, now, &launch);
	}
	found = found && !launch.inspects;
	store_read_done(cache->store, db);
	if (found) {
		g_strlcpy(ret->sha256, launch.sha256, sizeof(ret->sha256));
	}
	return found;
}

bool content_cache_token(struct content_cache *cache, const char *text, char ret_sha256[65])
{
	uint64_t revocations = store_revocations(cache->store);
	g_mutex_lock(&cache->lock);
	const struct token *known = g_hash_table_lookup(cache->tokens, text);
	bool good = known && known->revocations == revocations && known->until > store_now();
	if (good) {
		g_strlcpy(ret_sha256, known->sha256, 65);
	}
	g_mutex_unlock(&cache->lock);
	if (good) {
		return true;
	}
	struct token token;
	if (!ask_token(cache, text, &token)) {
		return false;
	}
	g_strlcpy(ret_sha256, token.sha256, 65);
	g_mutex_lock(&cache->lock);
	make_room(cache->tokens, LIMIT_CACHED_TOKENS);
	g_hash_table_replace(cache->tokens, g_strdup(text), g_memdup2(&token, sizeof(token)));
	g_mutex_unlock(&cache->lock);
	return true;
}

/* Holding the lock. NULL: there is no such course. */
static struct package_files *files_of(struct content_cache *cache, const char *course)
{
	struct package_files *files = g_hash_table_lookup(cache->courses, course);
	if (!files) {
		files = files_load(cache->folder, course);
		if (files) {
			make_room(cache->courses, LIMIT_CACHED_COURSES);
			g_hash_table_insert(cache->courses, g_strdup(course), files);
		}
	}
	return files;
}

bool content_cache_file(
	struct content_cache *cache, const char *course, const char *path, struct content_record *ret)
{
	g_mutex_lock(&cache->lock);
	struct package_files *files = files_of(cache, course);
	const struct package_file *file = files ? files_find(files, path) : NULL;
	if (files && !file) {
		file = files_find_nocase(files, path);
	}
	if (file) {
		*ret = (struct content_record){.path = g_strdup(file->path),
			.size = file->size,
			.gzip_from = file->gzip_from,
			.gzip_length = file->gzip_length};
		g_strlcpy(ret->sha256, file->sha256, sizeof(ret->sha256));
	}
	g_mutex_unlock(&cache->lock);
	return file != NULL;
}
