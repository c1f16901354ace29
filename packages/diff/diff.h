/*
 * What differs between two packages, be they zips or published course folders: files, manifest, findings.
 *
 * diff_json() gives, in the order of names or of the manifest:
 *   files     added, removed: [{path, bytes}]; changed: [{path, from_bytes, to_bytes}]; moved: [{from, to,
 *             bytes}], the same bytes under another name; same: how many; counts: of each, those beyond
 *             DIFF_MAX_FILES included
 *   manifest  course: [{what, from, to}]; activities: [{change: added | removed | changed, organization,
 *             identifier, title, changes: [{what, group: title | place | launch | sequencing, from, to}]}]
 *   findings  new, gone: struct problem each as in course.json; same: how many
 *   equal     whether there is nothing to tell
 * `from` and `to` of a change are texts; null: it was not there.
 */
#ifndef PACKAGES_DIFF_H
#define PACKAGES_DIFF_H

#include <jansson.h>

#include "packages/check/check.h"
#include "packages/import/import.h"

struct diff_side;

/* Never NULL; a zip that cannot be played has an error among its findings, and compares as far as it was
 * read. */
struct diff_side *diff_side_zip(const char *path);
/* NULL when the folder is not there or damaged. */
struct diff_side *diff_side_folder(const char *content_folder, const char *sha256);
void diff_side_close(struct diff_side *side);

/* A new reference. Reads the contents of the files that have the same size on both sides, and no others. */
json_t *diff_json(struct diff_side *from, struct diff_side *to);

#endif
