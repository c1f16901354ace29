/* What the files of the comparison share. Included by diff*.c and command_diff.c only. */
#ifndef PACKAGES_DIFF_PARTS_H
#define PACKAGES_DIFF_PARTS_H

#include <glib.h>

#include "packages/diff/diff.h"

struct diff_file {
	const char *path; /* below the package's root; owned by the side */
	uint64_t bytes;
	const struct archive_entry *entry; /* of a zip */
};

struct diff_side {
	/* Of a zip */
	struct checked checked;
	struct archive_reader *reader;
	struct findings *list;
	/* Of a folder */
	char *folder;      /* …/files */
	GPtrArray *images; /* GBytes: what the courses point into */
	GPtrArray *arenas;
	GArray *opened; /* struct course */
	/* Of both */
	struct package *package;
	GArray *files; /* struct diff_file, by name */
	GPtrArray *names;
	const struct course *courses;
	uint32_t course_count;
};

/* The SHA-256 of a file of the side; NULL when it cannot be read. g_free() it. */
char *diff_digest(struct diff_side *side, const struct diff_file *file);
/* Whether two files of the same size hold the same. */
bool diff_same_bytes(struct diff_side *from, const struct diff_file *one, struct diff_side *to,
	const struct diff_file *two);

json_t *diff_manifest(const struct diff_side *from, const struct diff_side *to);

/* Parts of an activity in words of the specification; "" when all is as by default. g_free() them. */
struct activity_part {
	const char *what, *group;
	char *(*describe)(const struct course *course, const struct activity *activity);
};
extern const struct activity_part activity_parts[];
extern const unsigned activity_part_count;

#endif
