/* The server's thread for batches: one at a time, from the data base, so that a restart goes on with them. */
#include "server/certificates/batch.h"

#include <glib/gstdio.h>

#include "server/background.h"
#include "server/problem.h"
#include "server/store/audit.h"

struct batch_worker {
	struct app *app;
	struct background background;
};

struct watched {
	struct batch_worker *worker;
	struct certificate_batch batch;
	bool cancelled;
};

static bool update_work(struct db *db, void *data)
{
	certificate_batch_update(db, data);
	return true;
}

static bool update(struct app *app, const struct certificate_batch *batch)
{
	struct problem problem;
	return store_write(app->store, update_work, (void *)batch, &problem);
}

static bool watch(const struct batch_progress *progress, void *data)
{
	struct watched *watched = data;
	struct app *app = watched->worker->app;
	struct certificate_batch stored;
	watched->batch.total = progress->total;
	watched->batch.done = progress->done;
	watched->batch.refused = progress->refused;
	struct db *db = store_read(app->store);
	bool found = certificate_batch_by_id(db, watched->batch.id, &stored);
	store_read_done(app->store, db);
	watched->cancelled = !found || stored.state != BATCH_RUNNING;
	if (found) {
		certificate_batch_finish(&stored);
	}
	return !watched->cancelled && update(app, &watched->batch) && !background_stopping(&watched->worker->background);
}

/* The folder was only the way to the zip. */
static void remove_folder(const char *folder)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		g_unlink(path);
	}
	if (dir) {
		g_dir_close(dir);
	}
	g_rmdir(folder);
}

static void end(struct app *app, struct certificate_batch *batch, enum batch_state state,
	const struct problem *problem)
{
	batch->state = state;
	batch->ended_at = store_now();
	if (problem) {
		json_t *json = problem_json(problem);
		char *text = json_dumps(json, JSON_COMPACT);
		g_free(batch->problem);
		batch->problem = g_strdup(text);
		free(text);
		json_decref(json);
	}
	update(app, batch);
}

static void work_through(struct batch_worker *worker, struct certificate_batch *batch)
{
	struct app *app = worker->app;
	struct watched watched = {worker, *batch, false};
	struct problem problem = {0};
	struct faults faults;
	g_autofree char *folder = batch_folder(app, batch->id), *zip = batch_zip_path(app, batch->id);
	faults_init(&faults, 100);
	enum batch_outcome outcome =
		batch_run(app, batch->event, batch->started_by, folder, watch, &watched, &faults, &problem);
	*batch = watched.batch;
	if (outcome == BATCH_MADE && batch_zip(folder, zip, &problem)) {
		remove_folder(folder);
		end(app, batch, BATCH_DONE, NULL);
	} else if (outcome != BATCH_STOPPED) {
		end(app, batch, BATCH_FAILED, &problem);
	} else if (watched.cancelled) {
		remove_folder(folder);
	}
	faults_finish(&faults);
}

/* False: there is nothing to do. */
static bool work_once(struct batch_worker *worker)
{
	struct certificate_batch batch;
	struct db *db = store_read(worker->app->store);
	bool found = certificate_batch_running(db, &batch);
	store_read_done(worker->app->store, db);
	if (found) {
		work_through(worker, &batch);
		certificate_batch_finish(&batch);
	}
	return found;
}

static void *work(void *data)
{
	struct batch_worker *worker = data;
	do {
		background_was_woken(&worker->background);
		while (!background_stopping(&worker->background) && work_once(worker)) {
		}
	} while (background_sleep(&worker->background, 5 * G_TIME_SPAN_SECOND, PAUSE_UNTIL_WOKEN));
	return NULL;
}

void batch_worker_start(struct app *app)
{
	struct batch_worker *worker = g_new0(struct batch_worker, 1);
	worker->app = app;
	app->certificates = worker;
	background_start(&worker->background, "batches", work, worker);
}

void batch_worker_stop(struct app *app)
{
	struct batch_worker *worker = app->certificates;
	if (!worker) {
		return;
	}
	background_stop(&worker->background);
	g_free(worker);
	app->certificates = NULL;
}

void batch_worker_wake(struct app *app)
{
	if (app->certificates) {
		background_wake(&app->certificates->background);
	}
}
