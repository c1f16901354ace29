/* What the parts of the archive reader share. Included by archive*.c only. */
#ifndef PACKAGES_ARCHIVE_PARTS_H
#define PACKAGES_ARCHIVE_PARTS_H

#include "packages/archive/archive.h"
#include "packages/archive/directory.h"

struct archive {
	int fd;
	GArray *entries; /* of struct archive_entry, sorted by name */
	GHashTable *by_folded_name;
	GStringChunk *names;
	uint64_t total;
};

int archive_by_name(const void *a, const void *b); /* struct archive_entry */

/* check.c: reads the directory and checks all of it; false, with an error finding, refuses the archive. */
bool archive_check(struct archive *archive, uint64_t file_size, const char *where, struct findings *findings);

#endif
