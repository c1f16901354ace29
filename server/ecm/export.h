/*
 * Makes an event's report: everything is checked first, then the file is written beside the others in exports/ and
 * recorded with its hash, who made it, and which one it takes the place of. The file never changes afterwards.
 */
#ifndef SERVER_ECM_EXPORT_H
#define SERVER_ECM_EXPORT_H

#include "server/ecm/report_file.h"
#include "server/ecm/report_schema.h"
#include "server/store/ecm.h"
#include "server/store/exports.h"

#define EXPORT_FAULTS_MAX 500u

struct app;

struct export_check {
	int64_t participants; /* rows of participants that the report has or would have: num_part */
	int64_t staff;        /* rows of teachers, speakers and tutors beside them */
	int64_t excluded;     /* complete, but without a right to this event's credits: warnings say why */
	int64_t waiting; /* an ECM profession, the path complete, and another condition not met yet */
	int64_t without_profession; /* complete, and not an ECM profession: never in the report */
	int64_t persons[EXPORT_FAULTS_MAX]; /* whom each kept fault is about; 0: nobody alone */
};

enum export_result {
	EXPORT_DONE,
	EXPORT_NO_EVENT,
	EXPORT_FAULTS, /* see faults: nothing was written */
	EXPORT_FAILED, /* see ret_problem: disk or data base */
};

/* Called for each row that goes into the report. */
typedef void (*export_visitor)(const struct participant *participant, const struct report_row *row, void *data);

/*
 * In a read: walks over everybody who completed the event and who teaches at it, by codice fiscale, so the same person
 * twice stands side by side; checks each, against the schema too when there is one, tells errors and warnings, calls
 * `visit` (NULL: nobody) for what goes out.
 */
void export_walk(struct db *db, const struct ecm_event *event, const struct report_schema *schema,
	struct export_check *ret, struct faults *faults, export_visitor visit, void *data);

/* The version that the settings name. NULL: `ret` says why; yours (report_schema_destroy). */
struct report_schema *export_schema(struct app *app, struct problem *ret);

/* The dry run. EXPORT_DONE: a report could be made now. */
enum export_result export_check(struct app *app, int64_t event, struct export_check *ret, struct faults *faults);

/*
 * `by` 0 is the command line. `reason`: why the event's report is made anew; asked for once one was sent.
 */
enum export_result export_make(struct app *app, int64_t event, int64_t by, const char *reason, struct export_row *ret,
	struct faults *faults, struct problem *ret_problem);

/*
 * Marks a report as sent, for good. `day` NULL: today. EXPORT_FAULTS: `ret` says what is wrong (no protocol number, a day
 * before the report or after today, sent already, the file is not what it was); EXPORT_NO_EVENT: no such export.
 */
enum export_result export_sent(struct app *app, int64_t id, int64_t by, const char *protocol, const char *day,
	const char *note, struct problem *ret);

/*
 * Opens the file of a report after comparing it with its hash; gives the descriptor, or -1 with ret_problem
 * when it is missing or was changed.
 */
int export_open(const char *folder, const struct export_row *row, struct problem *ret_problem);
/* The same in a zip with this one file, to be signed as .XML.ZIP.P7M; a file without a name. */
int export_open_zip(const struct app *app, const struct export_row *row, struct problem *ret_problem);

/*
 * Writes the CSV that stands in for the report [ECM 1.8] to an open file. The same checks as for the report.
 */
enum export_result export_csv(struct app *app, int64_t event, FILE *file, struct faults *faults);

/* What the report of the event would be now, in memory, to be compared; false: there is no such event. */
bool export_now(struct app *app, int64_t event, struct report_file *ret, struct ecm_event *ret_event);

#endif
