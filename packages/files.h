/*
 * files.json of a course folder: every file with what is known of its content.
 *
 *   {"files": [{"path": "a/b.html", "size": 812, "sha256": "…", "gzip": [4096, 300]}, …]}
 *
 * Sorted by path (bytewise). "gzip" is there when the file also lies in gzip.pack, from that byte on and that
 * long: a gzip file made of the zip's own deflate stream, ready to be sent.
 */
#ifndef PACKAGES_FILES_H
#define PACKAGES_FILES_H

#include <stdbool.h>
#include <stdint.h>

#define FILES_NAME "files.json"
#define FILES_PACK_NAME "gzip.pack"

struct package_file {
	const char *path; /* relative to the course folder's files/ */
	uint64_t size;
	char sha256[65];       /* of its bytes; "" for a folder that was published before there was a files.json */
	uint64_t gzip_from;    /* in gzip.pack */
	uint64_t gzip_length;  /* 0: none */
};

struct package_files {
	struct package_file *list;
	uint32_t count;
	struct files_memory *memory; /* the paths lie here */
};

/* NULL when there is no such course, or its list is damaged. An older folder without a list is walked. */
struct package_files *files_load(const char *content_folder, const char *sha256);
void files_destroy(struct package_files *files);

const struct package_file *files_find(const struct package_files *files, const char *path);
/* The first one whose path differs in letter case only, in any of its parts. */
const struct package_file *files_find_nocase(const struct package_files *files, const char *path);

/* For the import: `count` records, sorted. Yours, as text. */
char *files_text(const struct package_file *list, uint32_t count);

#endif
