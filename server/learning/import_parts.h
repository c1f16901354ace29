/* Shared by import_pool.c, import_queue.c and import_work.c only. */
#ifndef SERVER_LEARNING_IMPORT_PARTS_H
#define SERVER_LEARNING_IMPORT_PARTS_H

#include "server/learning/import_pool.h"
#include "server/limits.h"

/* What a thread is at. The job is its own; the rest is read by others, under the lock. */
struct slot {
	struct app *app;
	GThread *thread;
	struct import_job job;
	int64_t id; /* 0: idle */
	bool cancelled;
	struct import_progress progress;
};

struct import_pool {
	GMutex lock;
	GCond woken;
	bool stop;
	int64_t prune_at; /* monotonic */
	struct slot slots[LIMIT_IMPORT_WORKERS];
};

/* Works through the slot's job, to its end unless the pool stops. import_work.c */
void import_work(struct slot *slot);
/* Of a job that came to nothing, nothing remains. */
void import_leave_nothing(struct slot *slot);
bool import_slot_cancelled(struct slot *slot); /* as the data base says */
bool import_pool_stopping(struct import_pool *pool);
void import_remove_spool(struct app *app, const char *spool);
/* store_write() where nobody is told of a fault: the job stays as it is, and a restart goes on with it. */
bool import_write(struct app *app, store_work work, void *data);

#endif
