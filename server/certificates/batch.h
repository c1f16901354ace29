/*
 * All certificates of an event: issued, printed into a folder and, when wanted, packed into one zip. What is there
 * already is not made again, so a batch that was cut short goes on where it stopped.
 */
#ifndef SERVER_CERTIFICATES_BATCH_H
#define SERVER_CERTIFICATES_BATCH_H

#include "server/certificates/issue.h"

struct batch_progress {
	int64_t total;   /* people who completed the event */
	int64_t done;    /* certificates in the folder */
	int64_t refused; /* people whose data do not allow one: see the faults */
};

/* Called now and then, in the thread of batch_run(). False: stop. */
typedef bool (*batch_watch)(const struct batch_progress *progress, void *data);

enum batch_outcome {
	BATCH_MADE,
	BATCH_STOPPED, /* the watcher said so */
	BATCH_BROKEN,  /* see the problem: disk, data base, template */
};

/* Makes `folder` when it is missing. */
enum batch_outcome batch_run(struct app *app, int64_t event, int64_t by, const char *folder,
	batch_watch watch, void *data, struct faults *faults, struct problem *problem);

/*
 * Is there room on a disk with `free` bytes for the certificates of so many people and their zip, when so many are printed
 * already? False with a problem that tells how much it takes: a full disk would stop the learners' work too.
 */
bool batch_fits(int64_t people, int64_t printed, int64_t free, struct problem *problem);

/* Packs the PDFs of a folder, stored as they are; the zip appears whole or not at all. False with a problem. */
bool batch_zip(const char *folder, const char *zip_path, struct problem *problem);

/* The server's own: one thread works through the batches in the data base, also those of before a restart. */
void batch_worker_start(struct app *app);
/* Stops at the next certificate; the batch goes on at the next start. Accepts an app that has none. */
void batch_worker_stop(struct app *app);
/* There is a new batch. */
void batch_worker_wake(struct app *app);

/* exports/certificates-BATCH and .zip; yours (g_free). */
char *batch_folder(const struct app *app, int64_t batch);
char *batch_zip_path(const struct app *app, int64_t batch);

#endif
