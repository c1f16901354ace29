#include "server/people/limiter.h"

#include <glib.h>

#include "server/limits.h"

struct count {
	int64_t since; /* ms; the first wrong try of this window */
	unsigned tries;
};

struct limiter {
	GMutex lock;
	GHashTable *counts; /* "a:login" or "i:address" → struct count */
};

struct limiter *limiter_create(void)
{
	struct limiter *limiter = g_new0(struct limiter, 1);
	g_mutex_init(&limiter->lock);
	limiter->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return limiter;
}

void limiter_destroy(struct limiter *limiter)
{
	if (limiter == NULL) {
		return;
	}
	g_hash_table_unref(limiter->counts);
	g_mutex_clear(&limiter->lock);
	g_free(limiter);
}

static gboolean is_over(void *key, void *value, void *data)
{
	const struct count *count = value;
	return *(int64_t *)data - count->since > LIMIT_LOGIN_WAIT_SECONDS * 1000LL;
}

static char *account_key(const char *login)
{
	g_autofree char *folded = g_utf8_casefold(login, -1);
	return g_strconcat("a:", folded, NULL);
}

static int64_t wait_for(struct limiter *limiter, const char *key, unsigned most, int64_t now)
{
	const struct count *count = g_hash_table_lookup(limiter->counts, key);
	if (count == NULL || count->tries < most) {
		return 0;
	}
	int64_t left = count->since + LIMIT_LOGIN_WAIT_SECONDS * 1000LL - now;
	return left <= 0 ? 0 : (left + 999) / 1000;
}

static void add(struct limiter *limiter, char *key_taken, int64_t now)
{
	struct count *count = g_hash_table_lookup(limiter->counts, key_taken);
	if (count != NULL && !is_over(NULL, count, &now)) {
		count->tries++;
		g_free(key_taken);
		return;
	}
	count = g_new(struct count, 1);
	*count = (struct count){.since = now, .tries = 1};
	g_hash_table_replace(limiter->counts, key_taken, count);
}

static void make_room(struct limiter *limiter, int64_t now)
{
	if (g_hash_table_size(limiter->counts) >= LIMIT_LOGIN_REMEMBERED) {
		g_hash_table_foreach_remove(limiter->counts, is_over, &now);
	}
	if (g_hash_table_size(limiter->counts) >= LIMIT_LOGIN_REMEMBERED) {
		g_hash_table_remove_all(limiter->counts);
	}
}

int64_t limiter_try(struct limiter *limiter, const char *login, const char *address, int64_t now)
{
	g_autofree char *account = account_key(login);
	g_autofree char *place = g_strconcat("i:", address, NULL);
	g_mutex_lock(&limiter->lock);
	int64_t one = wait_for(limiter, account, LIMIT_LOGIN_ATTEMPTS_ACCOUNT, now);
	int64_t other = wait_for(limiter, place, LIMIT_LOGIN_ATTEMPTS_ADDRESS, now);
	int64_t wait = MAX(one, other);
	if (wait == 0) {
		make_room(limiter, now);
		add(limiter, g_steal_pointer(&account), now);
		add(limiter, g_steal_pointer(&place), now);
	}
	g_mutex_unlock(&limiter->lock);
	return wait;
}

void limiter_succeeded(struct limiter *limiter, const char *login, const char *address)
{
	g_autofree char *account = account_key(login);
	g_autofree char *place = g_strconcat("i:", address, NULL);
	g_mutex_lock(&limiter->lock);
	g_hash_table_remove(limiter->counts, account);
	struct count *count = g_hash_table_lookup(limiter->counts, place);
	if (count != NULL && count->tries > 0) {
		count->tries--;
	}
	g_mutex_unlock(&limiter->lock);
}
