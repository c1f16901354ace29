/* Items as a package: a QTI zip read into a bank, and a bank written as one. */
#ifndef SERVER_PLACEMENT_BANK_PACKAGE_H
#define SERVER_PLACEMENT_BANK_PACKAGE_H

#include "assessment/import/import.h"
#include "server/store/store.h"

bool bank_package_is_zip(const char *bytes, size_t len);

/*
 * import_read() for a file of any kind, a zip too: of a zip all XML files that hold items are read. The bank as JSON,
 * yours; NULL with faults. Its images and sounds go to `media`.
 */
char *bank_package_read(
	const char *bytes, size_t len, GHashTable *media, struct faults *faults, struct import_count *ret_count);

/* Writes a QTI 3 package: items, manifest, images and sounds. False when the disk refuses. */
bool bank_package_write(const struct bank *bank, struct db *db, const char *path);

#endif
