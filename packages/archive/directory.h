/*
 * The zip's central directory, read here and by no library, because the safety checks need what none shows: where
 * each entry's bytes lie, its raw name, and who made it. (APPNOTE.TXT 4.3 and 4.4)
 * Included by archive*.c only.
 */
#ifndef PACKAGES_ARCHIVE_DIRECTORY_H
#define PACKAGES_ARCHIVE_DIRECTORY_H

#include <glib.h>

#include "packages/check/findings.h"

struct raw_entry {
	const unsigned char *name; /* as it stands in the directory; not terminated */
	uint16_t name_len;
	const unsigned char *unicode_name; /* Info-ZIP extra field 0x7075, when it belongs to that name */
	uint16_t unicode_len;
	uint16_t made_by, flags, method;
	uint32_t crc;
	uint32_t external; /* attributes; the high half is the Unix mode when made on Unix */
	uint64_t size, packed;
	uint64_t offset; /* of the local header */
};

struct directory {
	unsigned char *bytes; /* the names point into it */
	GArray *entries;      /* of struct raw_entry, in the zip's order */
	uint64_t start;       /* where it begins in the file: entries lie before it */
};

/* False with an error finding when the file is no zip, damaged, or beyond a limit. */
bool directory_read(
	int fd, uint64_t file_size, const char *where, struct findings *findings, struct directory *ret);
/* False with an error finding when entries' bytes overlap, or lie elsewhere than the directory says. */
bool directory_check_overlap(
	int fd, const struct directory *directory, const char *where, struct findings *findings);
void directory_finish(struct directory *directory);

/* names.c: the entry's name as archive.h has it; NULL with an error finding when it must be refused. A
 * folder's name keeps its "/" at the end. Yours. */
char *archive_name(const struct raw_entry *entry, const char *where, struct findings *findings);
/* What systems put beside content. */
bool archive_name_is_litter(const char *name);

#endif
