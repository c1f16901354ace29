/*
 * Makes an event's report: everything is checked first, then the file is written beside the others in
 * exports/ and recorded with its hash and who made it. The file never changes afterwards.
 */
#ifndef SERVER_ECM_EXPORT_H
#define SERVER_ECM_EXPORT_H

#include "server/store/ecm.h"

#define EXPORT_FAULTS_MAX 500u

struct export_check {
	int64_t participants; /* rows of participants that the report has or would have: num_part */
	int64_t staff;        /* rows of teachers, speakers and tutors beside them */
	int64_t excluded;     /* complete, but without a right to this event's credits: warnings say why */
	int64_t waiting; /* an ECM profession, the path complete, and another condition not met yet */
	int64_t without_profession; /* complete, and not an ECM profession: never in the report */
};

enum export_result {
	EXPORT_DONE,
	EXPORT_NO_EVENT,
	EXPORT_FAULTS, /* see faults: nothing was written */
	EXPORT_FAILED, /* see ret_problem: disk or data base */
};

/* The dry run. EXPORT_DONE: a report could be made now. */
enum export_result export_check(
	struct store *store, int64_t event, struct export_check *ret, struct faults *faults);

/* `folder` is exports/ of the data folder; `by` 0 is the command line. */
enum export_result export_make(struct store *store, const char *folder, int64_t event, int64_t by,
	struct export_row *ret, struct faults *faults, struct problem *ret_problem);

/*
 * Opens the file of a report after comparing it with its hash; gives the descriptor, or -1 with ret_problem
 * when it is missing or was changed.
 */
int export_open(const char *folder, const struct export_row *row, struct problem *ret_problem);

/*
 * Writes the CSV that stands in for the report [ECM 1.8] to an open file. The same checks as for the report.
 */
enum export_result export_csv(struct store *store, int64_t event, FILE *file, struct faults *faults);

#endif
