#include "server/store/store.h"

#include <glib.h>
#include <string.h>

#include "server/problem.h"
#include "server/store/migrate.h"
#include "server/store/statement.h"

#define READERS 12
#define WORKS_IN_ONE_COMMIT 512

/* Something waiting for the writer; it lies in the frame of store_write(), or on the heap when nobody waits. */
struct job {
	struct job *next;
	store_work work;
	void *data;
	struct problem *ret;
	bool kept; /* what its work said, and then what became of the commit */
	bool done;
	bool nobody_waits;
	void (*free_data)(void *);
};

struct store {
	struct db *writer;
	GAsyncQueue *readers;
	GThread *thread;
	GMutex lock; /* of what follows */
	GCond wanted, finished;
	struct job *first, **last;
	bool stopping;
	uint64_t commits, works;
	bool revokes;        /* of the writer thread: the transaction at hand does */
	guint64 revocations; /* atomic */
};

/* Called by SQLite for each row that the writer changes. */
static void note_row(void *data, int operation, const char *schema, const char *table, sqlite3_int64 row)
{
	static const char *const rights[] = {"session", "launch", "person", "person_role"};
	struct store *store = data;
	for (size_t i = 0; i < G_N_ELEMENTS(rights) && operation != SQLITE_INSERT; i++) {
		store->revokes |= strcmp(table, rights[i]) == 0;
	}
}

static bool run_one(struct db *db, struct job *job)
{
	db->failed = db->refused = false;
	db_execute(db, "SAVEPOINT work");
	bool kept = job->work(db, job->data) && !db->failed;
	if (!kept && (db->failed || db->refused) && job->ret != NULL) {
		*job->ret = db->problem;
	}
	db->failed = false;
	if (sqlite3_get_autocommit(db->handle)) {
		/* SQLite itself gave the whole transaction up (disk full, input/output error). */
		return false;
	}
	if (!kept) {
		db_execute(db, "ROLLBACK TO work");
	}
	db_execute(db, "RELEASE work");
	return kept;
}

static void fail_all(struct db *db, struct job *jobs)
{
	db_fail(db, "commit");
	for (struct job *job = jobs; job != NULL; job = job->next) {
		if (job->kept && job->ret != NULL) {
			*job->ret = db->problem;
		}
		job->kept = false;
	}
}

static void run_together(struct db *db, struct job *jobs)
{
	db->failed = db->refused = false;
	if (!db_execute(db, "BEGIN IMMEDIATE")) {
		for (struct job *job = jobs; job != NULL; job = job->next) {
			job->kept = true;
		}
		fail_all(db, jobs);
		return;
	}
	bool gone = false;
	for (struct job *job = jobs; job != NULL && !gone; job = job->next) {
		job->kept = run_one(db, job);
		gone = sqlite3_get_autocommit(db->handle);
	}
	db->failed = false;
	if (gone) {
		for (struct job *job = jobs; job != NULL; job = job->next) {
			job->kept = true;
		}
	}
	if (gone || !db_execute(db, "COMMIT")) {
		fail_all(db, jobs);
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	}
}

/* Takes what waits, at most WORKS_IN_ONE_COMMIT; called with the lock held. */
static struct job *take_jobs(struct store *store, unsigned *ret_count)
{
	struct job *jobs = store->first;
	struct job **end = &store->first;
	unsigned count = 0;
	while (*end != NULL && count < WORKS_IN_ONE_COMMIT) {
		end = &(*end)->next;
		count++;
	}
	store->first = *end;
	*end = NULL;
	if (store->first == NULL) {
		store->last = &store->first;
	}
	*ret_count = count;
	return jobs;
}

static void *write_always(void *data)
{
	struct store *store = data;
	g_mutex_lock(&store->lock);
	for (;;) {
		while (store->first == NULL && !store->stopping) {
			g_cond_wait(&store->wanted, &store->lock);
		}
		if (store->first == NULL) {
			break;
		}
		unsigned count;
		struct job *jobs = take_jobs(store, &count);
		g_mutex_unlock(&store->lock);
		store->revokes = false;
		run_together(store->writer, jobs);
		if (store->revokes) {
			__atomic_add_fetch(&store->revocations, 1, __ATOMIC_SEQ_CST);
		}
		g_mutex_lock(&store->lock);
		store->commits++;
		store->works += count;
		for (struct job *job = jobs, *next; job != NULL; job = next) {
			next = job->next;
			if (job->nobody_waits) {
				job->free_data(job->data);
				g_free(job);
			} else {
				job->done = true; /* its frame may be gone as soon as the lock is */
			}
		}
		g_cond_broadcast(&store->finished);
	}
	g_mutex_unlock(&store->lock);
	return NULL;
}

static void append(struct store *store, struct job *job)
{
	*store->last = job;
	store->last = &job->next;
	g_cond_signal(&store->wanted);
}

void store_write_soon(struct store *store, store_work work, void *data, void (*free_data)(void *))
{
	struct job *job = g_new(struct job, 1);
	*job = (struct job){.work = work, .data = data, .nobody_waits = true, .free_data = free_data};
	g_mutex_lock(&store->lock);
	append(store, job);
	g_mutex_unlock(&store->lock);
}

bool store_write(struct store *store, store_work work, void *data, struct problem *ret)
{
	struct job job = {.work = work, .data = data, .ret = ret};
	g_mutex_lock(&store->lock);
	append(store, &job);
	while (!job.done) {
		g_cond_wait(&store->finished, &store->lock);
	}
	g_mutex_unlock(&store->lock);
	return job.kept;
}

uint64_t store_revocations(struct store *store)
{
	return __atomic_load_n(&store->revocations, __ATOMIC_SEQ_CST);
}

void store_use_key(struct store *store, const unsigned char key[32])
{
	memcpy(store->writer->key, key, sizeof(store->writer->key));
	store->writer->has_key = true;
}

struct db *store_read(struct store *store)
{
	struct db *db = g_async_queue_pop(store->readers);
	db->failed = db->refused = false;
	db_execute(db, "BEGIN");
	return db;
}

void store_read_done(struct store *store, struct db *db)
{
	db->failed = false;
	db_execute(db, "COMMIT");
	g_async_queue_push(store->readers, db);
}

struct store *store_open(const char *path, struct problem *ret)
{
	struct store *store = g_new0(struct store, 1);
	g_mutex_init(&store->lock);
	g_cond_init(&store->wanted);
	g_cond_init(&store->finished);
	store->last = &store->first;
	store->readers = g_async_queue_new();
	store->writer = db_open(path, true, ret);
	if (store->writer == NULL || !migrate(store->writer, store_migrations, ret) ||
		!db_prepare(store->writer, ret)) {
		store_close(store);
		return NULL;
	}
	for (int i = 0; i < READERS; i++) {
		struct db *reader = db_open(path, false, ret);
		if (reader == NULL) {
			store_close(store);
			return NULL;
		}
		g_async_queue_push(store->readers, reader);
		if (!db_prepare(reader, ret)) {
			store_close(store);
			return NULL;
		}
	}
	sqlite3_update_hook(store->writer->handle, note_row, store);
	store->thread = g_thread_new("store", write_always, store);
	return store;
}

void store_close(struct store *store)
{
	if (store == NULL) {
		return;
	}
	if (store->thread != NULL) {
		g_mutex_lock(&store->lock);
		store->stopping = true;
		g_cond_signal(&store->wanted);
		g_mutex_unlock(&store->lock);
		g_thread_join(store->thread);
	}
	struct db *reader;
	while ((reader = g_async_queue_try_pop(store->readers)) != NULL) {
		db_close(reader);
	}
	g_async_queue_unref(store->readers);
	db_close(store->writer);
	g_cond_clear(&store->wanted);
	g_cond_clear(&store->finished);
	g_mutex_clear(&store->lock);
	g_free(store);
}

static _Atomic int64_t pretended_now;

int64_t store_now(void)
{
	int64_t now = pretended_now;
	return now != 0 ? now : g_get_real_time() / 1000;
}

void store_pretend_now(int64_t now)
{
	pretended_now = now;
}

void store_time_text(int64_t ms, char ret[32])
{
	ret[0] = '\0';
	if (ms == 0) {
		return;
	}
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(ms / 1000);
	g_autofree char *text = time == NULL ? g_strdup("") : g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
	g_strlcpy(ret, text, 32);
}

void store_counts(struct store *store, uint64_t *ret_commits, uint64_t *ret_works)
{
	g_mutex_lock(&store->lock);
	*ret_commits = store->commits;
	*ret_works = store->works;
	g_mutex_unlock(&store->lock);
}
