/*
 * The server's threads that make courses of uploaded packages: a few at once, from the data base
 * (server/store/imports.h), so that a restart goes on with them. A job begins again from its zip in incoming/;
 * what had been published already is found there and only noted.
 */
#ifndef SERVER_LEARNING_IMPORT_POOL_H
#define SERVER_LEARNING_IMPORT_POOL_H

#include "packages/import/import.h"
#include "server/app.h"
#include "server/store/imports.h"

/* Jobs that a dead server left wait again; then the threads start. */
void import_pool_start(struct app *app);
/* What is being worked on is put back. Accepts an app without threads. */
void import_pool_stop(struct app *app);

/*
 * Makes the zip at `path` (a file in incoming/, which is taken away from there) a job; sets its id. It is on disk
 * when this says true. In: file_name, for_course, created_by.
 */
bool import_pool_add(struct app *app, const char *path, struct import_job *job, struct problem *ret);

enum import_cancelling {
	IMPORT_CANCEL_DONE,
	IMPORT_CANCEL_UNKNOWN,
	IMPORT_CANCEL_ENDED, /* before */
	IMPORT_CANCEL_FAULT, /* told in `ret` */
};
enum import_cancelling import_pool_cancel(struct app *app, int64_t id, struct problem *ret);

/* How far a job is. False: it is not being worked on. */
bool import_pool_progress(struct app *app, int64_t id, struct import_progress *ret);

/* Removes what a killed server had been receiving, but not the zips of jobs. */
void import_sweep_incoming(struct app *app);

#endif
