/* A CSV of item parameters (assessment/placement/parameters.h) made a new version of a bank. */
#ifndef SERVER_PLACEMENT_BANK_PARAMETERS_H
#define SERVER_PLACEMENT_BANK_PARAMETERS_H

#include "server/placement/banks.h"

/*
 * `name`: of the file, for the provenance. Nothing is stored when a row is wrong: parameters of one sheet are of one
 * scale and come in together. With a bank that does not exist: BANK_IMPORT_FAULTS and no fault. `ret_count`: items that
 * got parameters.
 */
enum bank_import bank_parameters_import(struct store *store, int64_t bank, const char *csv, size_t len, const char *name,
	int64_t by, struct bank_row *ret, guint *ret_count, struct faults *faults, struct problem *ret_problem);

#endif
