/* One job of the pool: from the zip in incoming/ to a course, or to nothing. */
#include <glib/gstdio.h>

#include "server/learning/course_import.h"
#include "server/learning/import_parts.h"
#include "server/problem.h"

bool import_write(struct app *app, store_work work, void *data)
{
	struct problem problem;
	return store_write(app->store, work, data, &problem);
}

static bool update_work(struct db *db, void *data)
{
	return import_job_update(db, data);
}

static bool end_work(struct db *db, void *data)
{
	return import_job_end(db, data);
}

void import_remove_spool(struct app *app, const char *spool)
{
	g_autofree char *path = g_build_filename(app->incoming, spool, NULL);
	g_unlink(path);
}

/* Called some times a second. The data base hears of a new phase only. */
static bool watch(void *data, const struct import_progress *progress)
{
	static const enum import_state states[] = {
		[IMPORT_CHECKING] = IMPORT_JOB_CHECKING,
		[IMPORT_UNPACKING] = IMPORT_JOB_UNPACKING,
		[IMPORT_PUBLISHING] = IMPORT_JOB_PUBLISHING,
	};
	struct slot *slot = data;
	struct import_pool *pool = slot->app->imports;
	g_mutex_lock(&pool->lock);
	slot->progress = *progress;
	slot->progress.sha256 = NULL;
	bool go_on = !pool->stop && !slot->cancelled;
	g_mutex_unlock(&pool->lock);
	if (go_on && slot->job.state != states[progress->phase]) {
		slot->job.state = states[progress->phase];
		slot->job.bytes = (int64_t)progress->bytes_total;
		slot->job.files = (int64_t)progress->files_total;
		/* Known before the folder gets its name: what a crash leaves published is found by it. */
		if (progress->sha256) {
			PROBLEM_COPY(slot->job.sha256, progress->sha256);
		}
		go_on = import_write(slot->app, update_work, &slot->job);
	}
	return go_on;
}

/* The job is done in the transaction that makes the course, or neither. */
static bool note_done(struct db *db, struct course_import *import, void *data)
{
	struct import_job *job = &((struct slot *)data)->job;
	job->state = IMPORT_JOB_DONE;
	job->course = import->version.course;
	job->version = import->version.id;
	job->already_known = import->package->already_known;
	job->bytes = (int64_t)import->package->bytes;
	job->files = import->package->file_count;
	PROBLEM_COPY(job->sha256, import->package->sha256);
	return import_job_end(db, job);
}

static bool is_wanted(void *data)
{
	const struct slot *slot = data;
	struct version_row version;
	struct db *db = store_read(slot->app->store);
	bool wanted = version_by_sha256(db, slot->job.sha256, &version) && version.freed_at == 0;
	store_read_done(slot->app->store, db);
	return wanted;
}

/* Of a job that came to nothing, nothing remains. */
void import_leave_nothing(struct slot *slot)
{
	if (slot->job.sha256[0] != '\0') {
		package_withdraw(slot->app->content, slot->job.sha256, is_wanted, slot);
	}
	import_remove_spool(slot->app, slot->job.spool);
}

static void fail(struct slot *slot, const struct package *package, const struct problem *problem)
{
	json_t *list = json_array();
	for (uint32_t i = 0; package && i < package->finding_count && i < LIMIT_IMPORT_PROBLEMS; i++) {
		json_array_append_new(list, problem_json(&package->findings[i]));
	}
	if (problem->code[0] != '\0') {
		json_array_insert_new(list, 0, problem_json(problem));
	}
	char *text = json_dumps(list, JSON_COMPACT);
	json_decref(list);
	g_free(slot->job.problems);
	slot->job.problems = g_strdup(text);
	free(text);
	slot->job.state = IMPORT_JOB_FAILED;
	slot->job.course = slot->job.version = 0;
	/* Nothing remains once the state says so. */
	import_leave_nothing(slot);
	import_write(slot->app, end_work, &slot->job);
}

static bool given_up(struct slot *slot)
{
	if (slot->job.tries <= LIMIT_IMPORT_TRIES) {
		return false;
	}
	struct problem problem;
	problem_set(&problem,
		&(struct problem_text){"IMPORT_GIVEN_UP",
			"Il server si è fermato più volte mentre importava questo pacchetto.",
			"The server stopped several times while it imported this package.",
			"Controllare il pacchetto con fad check e avvisare l'amministratore.",
			"Check the package with fad check and tell the administrator."},
		slot->job.file_name);
	fail(slot, NULL, &problem);
	return true;
}

bool import_pool_stopping(struct import_pool *pool)
{
	g_mutex_lock(&pool->lock);
	bool stop = pool->stop;
	g_mutex_unlock(&pool->lock);
	return stop;
}

bool import_slot_cancelled(struct slot *slot)
{
	struct import_job stored;
	struct db *db = store_read(slot->app->store);
	bool found = import_job_by_id(db, slot->job.id, &stored);
	store_read_done(slot->app->store, db);
	if (found) {
		import_job_finish(&stored);
	}
	return !found || stored.state == IMPORT_JOB_CANCELLED;
}

void import_work(struct slot *slot)
{
	if (given_up(slot)) {
		return;
	}
	struct app *app = slot->app;
	g_autofree char *zip = g_build_filename(app->incoming, slot->job.spool, NULL);
	struct course_import import = {
		.zip = zip,
		.file_name = slot->job.file_name,
		.course = slot->job.for_course,
		.by = slot->job.created_by,
		.progress = watch,
		.also = note_done,
		.data = slot,
	};
	struct problem problem = {0};
	enum import_result result = course_import(app, &import, &problem);
	if (result == IMPORT_OK) {
		import_remove_spool(app, slot->job.spool);
	} else if (import_slot_cancelled(slot)) {
		import_leave_nothing(slot);
	} else if (result != IMPORT_CANCELLED || !import_pool_stopping(app->imports)) {
		fail(slot, import.package, &problem);
	}
	package_destroy(import.package);
}
