/* The last step of an import: synced, renamed, noted. Included by import.c only. */
#ifndef PACKAGES_PUBLISH_H
#define PACKAGES_PUBLISH_H

#include "packages/import/unpack.h"

struct publication {
	const char *content;
	const struct import_watch *watch;
	struct findings *findings;
};

/* Is there room for so many bytes more? False with a finding. */
bool publish_has_room(const char *content, uint64_t bytes, struct findings *findings);

/* Makes the folder *tmp, complete but perhaps not on disk, the course folder of `package`, and sets *tmp NULL then
 * (freed). IMPORT_OK, also when another import of the same zip was first; IMPORT_CANCELLED; IMPORT_FAILED, with a
 * finding unless it was the watcher's `published` that refused. */
enum import_result package_publish(const struct publication *publication, char **tmp, const struct checked *checked,
	struct package *package);
/* The folder was there before: only the watcher is asked. */
enum import_result publish_known(
	const char *content, const struct import_watch *watch, struct package *package);

#endif
