/*
 * The check of a course package: what the archive, the manifest and the files themselves show, as findings.
 * Used by the import, by `fad check` and by the designer's upload.
 */
#ifndef PACKAGES_CHECK_H
#define PACKAGES_CHECK_H

#include "packages/archive/archive.h"
#include "packages/manifest/manifest.h"

struct checked {
	struct archive *archive;
	struct manifest *manifest;
	char *root;                 /* folder of the manifest inside the zip: "" or ends with "/" */
	uint32_t file_count;        /* below root */
	uint64_t bytes;             /* of those */
	uint32_t estimated_seconds; /* estimate.h */
};

/* False when the package cannot be played: then `findings` got an error. `ret` is to be finished in
 * any case. `name` as in archive_open(). */
bool check_package(
	const char *zip_path, const char *name, struct findings *findings, struct checked *ret);
void checked_finish(struct checked *checked);

#endif
