/*
 * Issuing certificates: who has a right to one gets it once; when what it says has changed (a mended name, other
 * credits), the old one is revoked and a new one takes its place. What is printed is frozen in the row.
 */
#ifndef SERVER_CERTIFICATES_ISSUE_H
#define SERVER_CERTIFICATES_ISSUE_H

#include "assessment/faults.h"
#include "server/app.h"
#include "server/store/certificates.h"
#include "server/store/ecm.h"

enum issue_result {
	ISSUE_DONE,
	ISSUE_NOT_YET, /* the person has not completed the event's path */
	ISSUE_REFUSED, /* the person's data do not allow it: see the faults */
	ISSUE_FAILED,  /* ours: see the problem */
};

/*
 * Gives the valid certificate of a person for an event, making it when there is none or it no longer tells the
 * truth: attestato ECM for who earns credits, attestato di partecipazione for who has no ECM profession or one
 * that the event is not accredited for. `by` 0: the command line.
 */
enum issue_result certificate_issue(struct app *app, int64_t person, int64_t event, int64_t by,
	struct certificate *ret, struct faults *faults, struct problem *problem);

/* What became of one person of a group; issued_finish(). */
struct issued {
	enum issue_result result;
	struct certificate certificate; /* ISSUE_DONE */
	struct faults faults;           /* ISSUE_REFUSED */
};
void issued_finish(struct issued *issued);

/* The same for a group, in one commit: `ret` has room for `count`. False with a problem: nothing was issued, nothing is to
 * be finished. */
bool certificates_issue(struct app *app, const int64_t *people, guint count, int64_t event, int64_t by, struct issued *ret,
	struct problem *problem);

/*
 * Is there a certificate for this participant now? Not while an ECM professional has a condition to meet and the event
 * runs; after it, for having taken part.
 */
bool certificate_due(const struct ecm_event *event, const struct participant *participant);
/* The same for a person by id. */
bool certificate_due_to(struct db *db, int64_t person, const struct ecm_event *event);

/* What a certificate would say. A new reference. */
json_t *certificate_facts(struct db *db, const struct ecm_event *event, const struct participant *participant,
	enum certificate_kind kind);

/* "attestato-ROSSI-MARIO-7K2QF.pdf": letters, digits, '-' and '.' only. Yours (g_free). */
char *certificate_file_name(const struct certificate *certificate);

#endif
