/* The pool's threads. */
#include "server/learning/import_parts.h"

#define PRUNE_EVERY_US (3600 * G_TIME_SPAN_SECOND)

static bool take_work(struct db *db, void *data)
{
	return import_job_take(db, data);
}

static bool put_back_work(struct db *db, void *data)
{
	import_jobs_put_back(db, *(const bool *)data);
	return true;
}

static bool prune_work(struct db *db, void *data)
{
	import_jobs_prune(db, store_now() - (int64_t)LIMIT_IMPORT_KEPT_SECONDS * 1000, LIMIT_IMPORTS_KEPT);
	return true;
}

static bool begin(struct slot *slot)
{
	struct import_pool *pool = slot->app->imports;
	if (!import_write(slot->app, take_work, &slot->job)) {
		return false;
	}
	g_mutex_lock(&pool->lock);
	slot->progress = (struct import_progress){.phase = IMPORT_CHECKING};
	slot->cancelled = false;
	slot->id = slot->job.id;
	g_mutex_unlock(&pool->lock);
	/* Cancelled before its id stood there for import_pool_cancel(). */
	if (import_slot_cancelled(slot)) {
		g_mutex_lock(&pool->lock);
		slot->cancelled = true;
		g_mutex_unlock(&pool->lock);
	}
	return true;
}

static void end(struct slot *slot)
{
	struct import_pool *pool = slot->app->imports;
	g_mutex_lock(&pool->lock);
	slot->id = 0;
	g_mutex_unlock(&pool->lock);
	import_job_finish(&slot->job);
}

static bool is_time_to_prune(struct import_pool *pool)
{
	g_mutex_lock(&pool->lock);
	bool due = g_get_monotonic_time() >= pool->prune_at;
	if (due) {
		pool->prune_at = g_get_monotonic_time() + PRUNE_EVERY_US;
	}
	g_mutex_unlock(&pool->lock);
	return due;
}

static bool any_waits(struct app *app)
{
	struct db *db = store_read(app->store);
	bool waits = import_jobs_queued(db);
	store_read_done(app->store, db);
	return waits;
}

static void *thread(void *data)
{
	struct slot *slot = data;
	struct import_pool *pool = slot->app->imports;
	while (!import_pool_stopping(pool)) {
		if (any_waits(slot->app) && begin(slot)) {
			import_work(slot);
			end(slot);
			continue;
		}
		if (is_time_to_prune(pool)) {
			import_write(slot->app, prune_work, NULL);
			package_sweep(slot->app->content);
		}
		g_mutex_lock(&pool->lock);
		if (!pool->stop) {
			g_cond_wait_until(
				&pool->woken, &pool->lock, g_get_monotonic_time() + 5 * G_TIME_SPAN_SECOND);
		}
		g_mutex_unlock(&pool->lock);
	}
	return NULL;
}

void import_pool_start(struct app *app)
{
	struct import_pool *pool = g_new0(struct import_pool, 1);
	g_mutex_init(&pool->lock);
	g_cond_init(&pool->woken);
	/* Late enough for package_sweep() to see that what a killed server left is abandoned. */
	pool->prune_at = g_get_monotonic_time() + 6 * G_TIME_SPAN_SECOND;
	app->imports = pool;
	bool in_order = false;
	import_write(app, put_back_work, &in_order);
	for (size_t i = 0; i < LIMIT_IMPORT_WORKERS; i++) {
		pool->slots[i].app = app;
		pool->slots[i].thread = g_thread_new("imports", thread, &pool->slots[i]);
	}
}

void import_pool_stop(struct app *app)
{
	struct import_pool *pool = app->imports;
	if (!pool) {
		return;
	}
	g_mutex_lock(&pool->lock);
	pool->stop = true;
	g_cond_broadcast(&pool->woken);
	g_mutex_unlock(&pool->lock);
	for (size_t i = 0; i < LIMIT_IMPORT_WORKERS; i++) {
		g_thread_join(pool->slots[i].thread);
	}
	bool in_order = true;
	import_write(app, put_back_work, &in_order);
	g_mutex_clear(&pool->lock);
	g_cond_clear(&pool->woken);
	g_free(pool);
	app->imports = NULL;
}
