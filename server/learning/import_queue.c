/* What the routes ask of the pool: one job more, how far is it, cancel it. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/learning/import_parts.h"
#include "server/people/secrets.h"
#include "server/problem.h"
#include "server/store/courses.h"

static struct slot *slot_of(struct import_pool *pool, int64_t id)
{
	for (size_t i = 0; i < LIMIT_IMPORT_WORKERS; i++) {
		if (pool->slots[i].id == id) {
			return &pool->slots[i];
		}
	}
	return NULL;
}

bool import_pool_progress(struct app *app, int64_t id, struct import_progress *ret)
{
	g_mutex_lock(&app->imports->lock);
	const struct slot *slot = slot_of(app->imports, id);
	if (slot) {
		*ret = slot->progress;
	}
	g_mutex_unlock(&app->imports->lock);
	return slot != NULL;
}

static bool add_work(struct db *db, void *data)
{
	struct import_job *job = data;
	struct course_row course;
	struct problem problem;
	if (import_jobs_open(db) >= LIMIT_IMPORTS_WAITING) {
		problem_set(&problem,
			&(struct problem_text){"IMPORTS_TOO_MANY", "Ci sono già troppi pacchetti in attesa.",
				"Too many packages are waiting already.",
				"Attendere che le importazioni in corso finiscano, o annullarne qualcuna.",
				"Wait for imports under way to end, or cancel some."},
			job->file_name);
		return db_refuse(db, &problem);
	}
	if (job->for_course != 0 && !course_row_find(db, job->for_course, &course)) {
		problem_set(&problem,
			&(struct problem_text){"UNKNOWN_COURSE", "Il corso indicato non esiste.",
				"The course named does not exist.", NULL, NULL},
			NULL);
		return db_refuse(db, &problem);
	}
	import_job_add(db, job);
	return true;
}

static bool sync_path(const char *path, int64_t *ret_size)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct stat stat;
	bool good = file >= 0 && fsync(file) == 0 && fstat(file, &stat) == 0;
	if (good && ret_size) {
		*ret_size = stat.st_size;
	}
	if (file >= 0) {
		close(file);
	}
	return good;
}

bool import_pool_add(struct app *app, const char *path, struct import_job *job, struct problem *ret)
{
	char name[65];
	secrets_random_hex(name);
	g_snprintf(job->spool, sizeof(job->spool), "job-%.32s.zip", name);
	g_autofree char *spool = g_build_filename(app->incoming, job->spool, NULL);
	/* The row is last: whatever it names is on disk. A file without a row is swept at the next start. */
	if (!sync_path(path, &job->archive_bytes) || rename(path, spool) != 0 ||
		!sync_path(app->incoming, NULL)) {
		g_unlink(spool);
		problem_set(ret,
			&(struct problem_text){"DATA_UNWRITABLE",
				"Il server non riesce a scrivere nella cartella dati.",
				"The server cannot write to its data folder.", "Avvisare l'amministratore.",
				"Tell the administrator."},
			"incoming");
		return false;
	}
	if (!store_write(app->store, add_work, job, ret)) {
		g_unlink(spool);
		return false;
	}
	g_mutex_lock(&app->imports->lock);
	g_cond_signal(&app->imports->woken);
	g_mutex_unlock(&app->imports->lock);
	return true;
}

struct cancelling {
	struct import_job job;
	enum import_cancelling outcome;
};

static bool cancel_work(struct db *db, void *data)
{
	struct cancelling *cancelling = data;
	struct import_job *job = &cancelling->job;
	int64_t id = job->id;
	if (!import_job_by_id(db, id, job)) {
		cancelling->outcome = IMPORT_CANCEL_UNKNOWN;
		return true;
	}
	if (job->ended_at != 0) {
		cancelling->outcome = IMPORT_CANCEL_ENDED;
		return true;
	}
	cancelling->outcome = IMPORT_CANCEL_DONE;
	job->state = IMPORT_JOB_CANCELLED;
	return import_job_end(db, job);
}

enum import_cancelling import_pool_cancel(struct app *app, int64_t id, struct problem *ret)
{
	struct cancelling cancelling = {.job.id = id};
	bool good = store_write(app->store, cancel_work, &cancelling, ret);
	if (good && cancelling.outcome == IMPORT_CANCEL_DONE) {
		g_mutex_lock(&app->imports->lock);
		struct slot *slot = slot_of(app->imports, id);
		if (slot) {
			slot->cancelled = true; /* its thread cleans up */
		}
		g_mutex_unlock(&app->imports->lock);
		if (!slot) {
			struct slot none = {.app = app, .job = cancelling.job};
			import_leave_nothing(&none);
		}
	}
	import_job_finish(&cancelling.job);
	return good ? cancelling.outcome : IMPORT_CANCEL_FAULT;
}

void import_sweep_incoming(struct app *app)
{
	g_autoptr(GDir) folder = g_dir_open(app->incoming, 0, NULL);
	struct db *db = store_read(app->store);
	for (const char *name; folder && (name = g_dir_read_name(folder)) != NULL;) {
		if (!import_spool_needed(db, name)) {
			import_remove_spool(app, name);
		}
	}
	store_read_done(app->store, db);
}
