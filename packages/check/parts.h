/* The parts of the check. Included by check*.c and inspect*.c only. */
#ifndef PACKAGES_CHECK_PARTS_H
#define PACKAGES_CHECK_PARTS_H

#include "packages/check/check.h"

/* The entry of a file named relative to the manifest's folder. `ret_case` (may be NULL): it was found only with
 * letter case aside. NULL when there is none. */
const struct archive_entry *check_find(const struct checked *checked, const char *path, bool *ret_case);

/* declared.c: are the files that the manifest names in the zip? */
void check_declared(const struct checked *checked, struct findings *findings);

/* contents.c: what the files themselves show; sets estimated_seconds. */
void check_contents(struct checked *checked, struct archive_reader *reader, struct findings *findings);

#endif
