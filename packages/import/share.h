/*
 * Large files that two courses, or two versions of one, have in common lie on disk once: content/.shared/ holds a
 * hard link to each published file from SHARE_FROM_BYTES on, below a folder named by what a zip's directory says
 * of it (checksum and size), under its SHA-256. Published files are never written to, so a link is as good as a
 * copy. Losing .shared costs room, never a file. Included by unpack_file.c, publish.c and remove.c only.
 */
#ifndef PACKAGES_SHARE_H
#define PACKAGES_SHARE_H

#include <stdbool.h>
#include <stdint.h>

#define SHARE_FOLDER ".shared"
#define SHARE_FROM_BYTES (UINT64_C(64) << 10)

/* Is there a file that may be the same one? Only its SHA-256 tells for sure. */
bool share_likely(const char *content_folder, uint32_t crc, uint64_t size);
/* Makes `name` below the open folder the shared file of that digest; false when there is none. */
bool share_take(const char *content_folder, uint32_t crc, uint64_t size, const char *sha256, int folder,
	const char *name);
/* Offers a published file to later imports. It may fail silently. */
void share_give(const char *content_folder, uint32_t crc, uint64_t size, const char *sha256, const char *path);
/* Removes what no course uses any more. */
void share_sweep(const char *content_folder);

#endif
