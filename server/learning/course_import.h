/*
 * Importing a course package: the same code for the browser's upload, the command line and the
 * demonstration data.
 */
#ifndef SERVER_LEARNING_COURSE_IMPORT_H
#define SERVER_LEARNING_COURSE_IMPORT_H

#include "packages/import/import.h"
#include "server/app.h"
#include "server/store/courses.h"

struct course_import {
	/* in */
	const char *zip;       /* path */
	const char *file_name; /* as the person knows it */
	int64_t course;        /* a new version of this one; 0: by identifier and title */
	int64_t by;            /* person; 0: the program */
	/* What import_watch says, the progress; NULL: nobody asks. */
	bool (*progress)(void *data, const struct import_progress *progress);
	/* In the transaction that stores the version: false takes everything back. May be NULL. */
	bool (*also)(struct db *db, struct course_import *import, void *data);
	void *data;
	const char *content;   /* set by course_import() */
	/* out */
	struct package *package; /* always, with its findings; package_destroy() it */
	struct version_row version;
};

/*
 * IMPORT_OK: the version is stored (or was already: package->already_known). IMPORT_FAILED with an empty list
 * of findings: `ret` says what the data base had against it.
 */
enum import_result course_import(struct app *app, struct course_import *import, struct problem *ret);

#endif
