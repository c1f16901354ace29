/* Writing zips: files packed together for download. Reading is archive.h. */
#ifndef PACKAGES_ZIP_WRITE_H
#define PACKAGES_ZIP_WRITE_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Packs these files of `folder` into a new zip, stored as they are (PDFs and pictures are packed already); Zip64
 * when it must be. The zip is synced and appears under its name whole, or not at all.
 */
bool zip_write_files(const char *zip_path, const char *folder, const char *const *names, size_t count);

/* The same of one text in memory, deflated. */
bool zip_write_bytes(const char *zip_path, const char *name, const void *bytes, size_t len);

#endif
