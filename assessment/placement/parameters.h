/*
 * Item parameters as a CSV: read, put on the items of a bank by their identifiers, and written again.
 *
 * The first row names the columns, in any order and case, by these names or those in brackets:
 *
 *   id (item, label, quesito)   letters as in the bank
 *   model (modello)             rasch (1pl), 2pl, 3pl, gpcm; without it 3pl where there is a guessing, else 2pl
 *   difficulty (b)              logits; not for gpcm
 *   discrimination (a)          1 when empty
 *   guessing (c)
 *   steps (passi)               gpcm: numbers with blanks between
 *   state (stato)               draft, pilot, calibrated, retired
 *   area (scale)                told when it is read for a pool; a bank has areas of its own
 *
 * Columns lie between commas, semicolons or tabs; between the latter two a decimal comma is understood. A row without
 * any parameter is passed over. Scaling constant D = 1.
 */
#ifndef ASSESSMENT_PARAMETERS_H
#define ASSESSMENT_PARAMETERS_H

#include "assessment/placement/pool.h"

struct parameter_row {
	const char *id; /* empty: no such column */
	const char *area;
	guint line;
	struct irt_item irt;
	enum pool_state state;
	bool has_state;
};

struct parameter_sheet {
	GArray *rows; /* struct parameter_row */
	/* private */
	GStringChunk *texts;
};

/* False: `faults` has them all, each with its line. Call parameters_finish() either way. */
bool parameters_read(const char *csv, size_t len, struct faults *faults, struct parameter_sheet *ret);
void parameters_finish(struct parameter_sheet *sheet);

/*
 * The bank with the sheet's parameters on its items, yours: a new version, each parameter with where it came from.
 * What the bank does not have is told (warnings) and passed over; drafts and retired items stay what they are unless
 * the sheet says a state. NULL: an error is told, for a sheet of which nothing is in the bank too.
 */
char *parameters_apply(const char *bank, const struct parameter_sheet *sheet, const char *provenance, struct faults *faults,
	guint *ret_count);

/* All items of the bank as such a CSV (semicolons, decimal points), yours. NULL: this is no bank. */
char *parameters_csv(const char *bank);

#endif
