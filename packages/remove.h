/* Taking a published course folder away again. */
#ifndef PACKAGES_REMOVE_H
#define PACKAGES_REMOVE_H

#include <stdbool.h>

/*
 * Removes content/<sha256>/: out of sight by one rename, then file by file, so that a crash leaves no half folder that
 * looks published (the next import sweeps the rest). False: there is none, or it cannot be moved.
 */
bool package_remove(const char *content_folder, const char *sha256);

#endif
