/* Keeping a calibration, and making it a new version of its bank. */
#ifndef SERVER_CALIBRATION_ADOPT_H
#define SERVER_CALIBRATION_ADOPT_H

#include "server/calibration/calibration.h"
#include "server/placement/banks.h"

/* Stores the report; sets row->id. `row` has bank and source. */
bool calibration_keep(struct store *store, struct calibration_row *row, json_t *report, struct problem *ret);

/*
 * The new version of the bank with the calibration's parameters, imported like any bank; nobody's test changes until
 * a designer makes it the active one. `ret_bank`: its id. False: faults or `ret` say why.
 */
bool calibration_make_bank(
	struct store *store, int64_t id, int64_t by, int64_t *ret_bank, struct faults *faults, struct problem *ret);

#endif
