#include "server/placement/prepared.h"

#include <string.h>

#include "server/store/adaptive.h"
#include "server/store/placement.h"

#define KEPT 4u
/* A designer waits for these. */
#define PLAN_ROUNDS 80u
#define PLAN_PERSONS 2000u
#define PLAN_QUICK_ROUNDS 25u
#define PLAN_QUICK_PERSONS 500u

struct prepared_cache {
	GMutex lock;
	struct prepared *kept[KEPT]; /* newest first */
	gint simulating;
};

struct prepared_cache *prepared_cache_create(void)
{
	struct prepared_cache *cache = g_new0(struct prepared_cache, 1);
	g_mutex_init(&cache->lock);
	return cache;
}

void prepared_cache_destroy(struct prepared_cache *cache)
{
	if (cache) {
		for (guint i = 0; i < KEPT; i++) {
			prepared_release(cache->kept[i]);
		}
		g_mutex_clear(&cache->lock);
		g_free(cache);
	}
}

void prepared_release(struct prepared *prepared)
{
	if (prepared && g_atomic_int_dec_and_test(&prepared->references)) {
		bank_destroy(prepared->bank);
		pool_destroy(prepared->pool);
		plan_destroy(prepared->plan);
		g_free(prepared);
	}
}

static bool same_items(const struct bank *bank, const struct pool *pool)
{
	for (guint i = 0; bank->item_count == pool->count && i < pool->count; i++) {
		if (strcmp(bank->items[i].id, pool->items[i].id) != 0) {
			return false;
		}
	}
	return bank->item_count == pool->count;
}

static bool load_policy(struct db *db, struct prepared *prepared, struct faults *faults)
{
	struct adaptive_policy_row row;
	if (!adaptive_policy_find(db, prepared->policy_id, &row)) {
		return false;
	}
	json_t *json = json_loads(row.body, 0, NULL);
	const bool good = adaptive_read(&prepared->policy, json, faults);
	json_decref(json);
	adaptive_policy_row_finish(&row);
	return good;
}

static void load_plan(struct db *db, struct prepared *prepared)
{
	g_autofree char *body = adaptive_plan_for(db, prepared->bank_id, prepared->policy_id, &prepared->plan_id);
	json_t *json = body ? json_loads(body, 0, NULL) : NULL;
	prepared->plan = json ? plan_read(json, prepared->pool, &prepared->policy) : NULL;
	json_decref(json);
	if (!prepared->plan) {
		prepared->plan_id = 0;
		prepared->plan = plan_free_of_charge(prepared->pool, &prepared->policy);
	}
}

static struct prepared *load(struct db *db, int64_t bank, int64_t policy)
{
	struct prepared *prepared = g_new0(struct prepared, 1);
	*prepared = (struct prepared){.bank_id = bank, .policy_id = policy, .references = 1};
	struct faults faults;
	faults_init(&faults, 1);
	g_autofree char *body = bank_body(db, bank, NULL);
	prepared->bank = body ? bank_read(body, strlen(body), &faults) : NULL;
	prepared->pool = prepared->bank ? pool_read(body, strlen(body), &faults) : NULL;
	const bool good = prepared->pool && same_items(prepared->bank, prepared->pool) && load_policy(db, prepared, &faults);
	faults_finish(&faults);
	if (!good) {
		prepared_release(prepared);
		return NULL;
	}
	load_plan(db, prepared);
	return prepared;
}

struct prepared *prepared_get(struct prepared_cache *cache, struct db *db, int64_t bank, int64_t policy)
{
	struct adaptive_policy_row row;
	if (policy == 0 && adaptive_policy_active(db, &row)) {
		policy = row.id;
		adaptive_policy_row_finish(&row);
	}
	bank = bank ? bank : bank_active(db);
	if (!bank || !policy) {
		return NULL;
	}
	/* Loading under the lock: a thousand who come at once wait for one reading, not for a thousand. */
	g_mutex_lock(&cache->lock);
	struct prepared *found = NULL;
	for (guint i = 0; i < KEPT && !found; i++) {
		struct prepared *kept = cache->kept[i];
		if (kept && kept->bank_id == bank && kept->policy_id == policy) {
			found = kept;
		}
	}
	if (!found && (found = load(db, bank, policy))) {
		prepared_release(cache->kept[KEPT - 1]);
		memmove(&cache->kept[1], &cache->kept[0], (KEPT - 1) * sizeof(cache->kept[0]));
		cache->kept[0] = found;
	}
	if (found) {
		g_atomic_int_inc(&found->references);
	}
	g_mutex_unlock(&cache->lock);
	return found;
}

bool prepared_simulation_begin(struct prepared_cache *cache)
{
	return g_atomic_int_compare_and_exchange(&cache->simulating, 0, 1);
}

void prepared_simulation_end(struct prepared_cache *cache)
{
	g_atomic_int_set(&cache->simulating, 0);
}

static void forget(struct prepared_cache *cache, const struct prepared *prepared)
{
	g_mutex_lock(&cache->lock);
	for (guint i = 0; i < KEPT; i++) {
		if (cache->kept[i] == prepared) {
			prepared_release(cache->kept[i]);
			cache->kept[i] = NULL;
		}
	}
	g_mutex_unlock(&cache->lock);
}

struct making {
	const struct prepared *prepared;
	const char *body;
};

static bool add_plan(struct db *db, void *data)
{
	const struct making *making = data;
	adaptive_plan_add(db, making->prepared->bank_id, making->prepared->policy_id, making->body);
	return true;
}

bool prepared_make_plan(
	struct store *store, struct prepared_cache *cache, enum plan_care care, struct problem *ret)
{
	struct db *db = store_read(store);
	struct prepared *prepared = prepared_get(cache, db, 0, 0);
	store_read_done(store, db);
	if (!prepared || prepared->plan_id || !plan_is_needed(&prepared->policy) ||
		walk_method_for(prepared->pool, &prepared->policy) != WALK_ADAPTIVE) {
		prepared_release(prepared);
		return true;
	}
	struct plan_settings settings = PLAN_SETTINGS_DEFAULT;
	settings.rounds = care == PLAN_QUICK ? PLAN_QUICK_ROUNDS : PLAN_ROUNDS;
	settings.persons = care == PLAN_QUICK ? PLAN_QUICK_PERSONS : PLAN_PERSONS;
	struct plan *plan = plan_make(prepared->pool, &prepared->policy, settings);
	json_t *json = plan_json(plan);
	char *body = json_dumps(json, JSON_COMPACT | JSON_REAL_PRECISION(17));
	struct making making = {prepared, body};
	const bool good = store_write(store, add_plan, &making, ret);
	free(body);
	json_decref(json);
	plan_destroy(plan);
	forget(cache, prepared);
	prepared_release(prepared);
	return good;
}
