/* Writing a checked archive to disk: several files at once, synced, cancellable. Included by import.c, publish.c
 * and unpack*.c only. */
#ifndef PACKAGES_UNPACK_H
#define PACKAGES_UNPACK_H

#include "packages/check/check.h"
#include "packages/files.h"
#include "packages/import/import.h"

enum unpack_result {
	UNPACK_OK,
	UNPACK_STOPPED, /* the watcher, or `stop`, said so */
	UNPACK_DAMAGED, /* a finding was added */
	UNPACK_FAILED,  /* disk; a finding was added */
};

struct unpack_order {
	const struct checked *checked;
	const char *content; /* where files may be shared with (share.h) */
	const char *folder;  /* exists: files/ is empty below it */
	const struct import_watch *watch;
	bool (*stop)(void *); /* may be NULL: asked now and then in the calling thread; true ends the work */
	void *stop_data;
};

/* Writes the files below the manifest's folder into folder/files, and folder/gzip.pack. `ret_files` (when OK) has
 * one record each, in the archive's order; `g_free` it. Its paths are borrowed from the archive. */
enum unpack_result unpack(
	const struct unpack_order *order, struct findings *findings, struct package_file **ret_files);

/* import.c: asks the watcher, if there is one, whether to go on. */
bool import_tell(const struct import_watch *watch, const struct import_progress *progress);

#endif
