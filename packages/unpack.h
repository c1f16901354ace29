/* Writing a checked archive to disk: several files at once, synced, cancellable. Included by import.c only. */
#ifndef PACKAGES_UNPACK_H
#define PACKAGES_UNPACK_H

#include "packages/check.h"
#include "packages/import.h"

enum unpack_result {
	UNPACK_OK,
	UNPACK_STOPPED, /* the watcher, or `stop`, said so */
	UNPACK_DAMAGED, /* a finding was added */
	UNPACK_FAILED,  /* disk; a finding was added */
};

/* Writes the files below the manifest's folder into `folder`, which exists and is empty. `stop` (may be NULL) is
 * asked now and then in the calling thread; true ends the work. */
enum unpack_result unpack(const struct checked *checked, const char *folder, const struct import_watch *watch,
	bool (*stop)(void *), void *stop_data, struct findings *findings);

/* Deletes a folder with all below it. */
void remove_tree(const char *path);

/* Waits until everything below `folder` is on disk, names included. False with errno. */
bool sync_tree(const char *folder, uint32_t file_count);

#endif
