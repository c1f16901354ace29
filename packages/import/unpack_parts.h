/* What the workers share while they unpack, and one of them at a file. Included by unpack.c and unpack_file.c only. */
#ifndef PACKAGES_UNPACK_PARTS_H
#define PACKAGES_UNPACK_PARTS_H

#include <glib.h>

#include "packages/import/digest.h"
#include "packages/import/unpack.h"

struct work {
	const struct unpack_order *order;
	const struct archive_entry *entries;
	uint32_t count;
	size_t root; /* length of the manifest's folder */
	int folder;  /* files/ */
	int pack;
	struct package_file *files; /* one an entry; those outside the manifest's folder stay empty */
	uint64_t pack_next;         /* atomic, like what follows */
	uint64_t bytes_done;
	uint32_t files_done;
	gint next;  /* entry to take */
	gint ended; /* stop, or a failure */
	GMutex mutex;
	GCond changed;
	uint32_t running; /* workers, under `mutex` */
	enum unpack_result result;
	char file[1024]; /* what failed */
	int error;       /* errno of a failed write */
};

/* unpack.c: the first to say so ends the work of all. */
void unpack_end_with(struct work *work, enum unpack_result result, const char *file, int error);

/* One worker and the file it is at. */
struct output {
	struct work *work;
	struct archive_reader *reader;
	struct hasher *hasher;
	const struct archive_entry *entry;
	int fd; /* -1: only looked at */
	uint64_t written;
	bool packing;
	uint64_t pack_from, pack_at;
	int error;
};

/* unpack_file.c: unpacks output->entry, which lies below the manifest's folder, and tells of it in `file`. */
void unpack_entry(struct output *output, struct package_file *file);

#endif
