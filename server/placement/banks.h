/*
 * Importing and activating item banks: the same code for the browser, the command line and the demonstration
 * data.
 */
#ifndef SERVER_PLACEMENT_BANKS_H
#define SERVER_PLACEMENT_BANKS_H

#include "server/store/placement.h"

enum bank_import {
	BANK_IMPORT_NEW,
	BANK_IMPORT_KNOWN,  /* the very same file was imported before */
	BANK_IMPORT_FAULTS, /* see faults; nothing was stored */
	BANK_IMPORT_FAILED, /* see ret_problem: the data base */
};

/* Our own JSON, or a foreign file (assessment/import/import.h): what of it was refused is among the faults, as warnings.
 * `by` 0: the program. The first bank of all becomes the active one. */
enum bank_import bank_import(struct store *store, const char *bytes, size_t len, int64_t by,
	struct bank_row *ret, struct faults *faults, struct problem *ret_problem);

/* The same for our own JSON, with images and sounds that come along (import_media_new()). */
enum bank_import bank_import_media(struct store *store, const char *json, GHashTable *media, int64_t by, struct bank_row *ret,
	struct faults *faults, struct problem *ret_problem);

enum bank_activate {
	BANK_ACTIVATE_DONE,
	BANK_ACTIVATE_UNKNOWN,
	BANK_ACTIVATE_FAULTS, /* no test can be drawn from it under the present policy */
	BANK_ACTIVATE_FAILED,
};

enum bank_activate bank_make_active(
	struct store *store, int64_t id, int64_t by, struct faults *faults, struct problem *ret_problem);

#endif
