/*
 * Importing people from CSV: every row checked, all good rows stored in one transaction, every bad one told.
 * A row whose codice fiscale is known updates that person; columns that the file does not have stay as they are.
 */
#ifndef SERVER_PEOPLE_USERS_IMPORT_H
#define SERVER_PEOPLE_USERS_IMPORT_H

#include <glib.h>

#include "server/store/store.h"

struct users_import {
	int64_t created, updated, rejected; /* rows */
	GArray *problems;                   /* struct problem; at most LIMIT_CSV_PROBLEMS; finish frees it */
	struct problem fault;               /* when false: why nothing at all was imported */
};

/*
 * False: the file as a whole cannot be read, or the data base refused; nothing was changed. `by` 0: the program.
 * Optional column `password`: a first password for who has none yet, to be changed at the first log-in.
 */
bool users_import(struct store *store, const char *bytes, size_t size, int64_t by, struct users_import *ret);
void users_import_finish(struct users_import *import);

#endif
