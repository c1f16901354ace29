/*
 * Making a person anonymous: who it was goes, what the statistics count stays (server/store/personal.def). Refused while
 * the law asks for the evidence; then it is told from when it is possible.
 */
#ifndef SERVER_PRIVACY_ANONYMISE_H
#define SERVER_PRIVACY_ANONYMISE_H

#include "server/app.h"
#include "server/privacy/rules.h"

#define ANONYMISE_WHY_BYTES 500

enum anonymise_answer {
	ANONYMISE_POSSIBLE,
	ANONYMISE_NOBODY,     /* no such person */
	ANONYMISE_DONE,       /* anonymous already */
	ANONYMISE_STAFF,      /* has other roles than an operator's */
	ANONYMISE_UNREPORTED, /* credits not reported yet */
	ANONYMISE_KEPT,       /* the evidence is still asked for */
};

/*
 * May it be done today? `ret_from` is the first day when it may, empty when that is not known; `ret_problem` says why not,
 * and from when. `deadline` is the programme's, may be empty.
 */
enum anonymise_answer anonymise_may(struct db *db, const struct retention_rules *rules, const char *deadline,
	int64_t person, char ret_from[11], struct problem *ret_problem);

/* Inside a work function, asked again there; does it and adds the act. */
enum anonymise_answer anonymise(struct db *db, const struct retention_rules *rules, const char *deadline, int64_t person,
	int64_t by, const char *why, struct problem *ret_problem);

#endif
