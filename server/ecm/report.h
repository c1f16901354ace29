/*
 * Writes the participants' report, XML of the AGENAS / Co.Ge.A.P.S. format [ECM 1.1 to 1.5] in the version of a
 * schema, row by row: memory is constant, whatever the number of participants. The SHA-256 is computed on the way.
 *
 * A failed write latches: later calls do nothing and report_finish() tells it.
 */
#ifndef SERVER_ECM_REPORT_H
#define SERVER_ECM_REPORT_H

#include <stdio.h>
#include "server/ecm/report_schema.h"

struct report {
	FILE *file;                         /* borrowed */
	const struct report_schema *schema; /* borrowed */
	GString *buffer;
	GChecksum *sum;
	guint64 bytes;
	guint rows;
	bool failed;
};

/* `participants` is how many rows with role P will follow: num_part is written before them. */
void report_init(struct report *report, FILE *file, const struct report_schema *schema, const struct ecm_event *event,
	guint participants);

/* `row` is what participant_check() filled with PARTICIPANT_GOOD. */
void report_add(struct report *report, const struct participant *participant, const struct report_row *row);

/* Ends the document and flushes the file. False when a write failed; ret_sha256 is then untouched. */
bool report_finish(struct report *report, char ret_sha256[65]);

#endif
