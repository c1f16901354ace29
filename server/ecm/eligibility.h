/*
 * Who earns the credits of an event, and what is missing: a checklist, each condition with its evidence [ECM 3].
 *
 * Completion (completion.h) is one condition of several and stays what it is. The report and certificates look at
 * the same conditions for everybody at once (participants_open(), store/ecm.h); this is the slow and talkative way,
 * for one person, from the record of each subject. Tests hold that both agree.
 */
#ifndef SERVER_ECM_ELIGIBILITY_H
#define SERVER_ECM_ELIGIBILITY_H

#include <jansson.h>

#include "server/store/ecm.h"
#include "server/store/eligibility.h"

struct credit_check {
	enum credit_condition condition;
	bool demanded; /* false: this event does without */
	bool fulfilled;
	char it[600], en[600];             /* what was found, or what is missing */
	char mend_it[300], mend_en[300];   /* who does what about it; empty when fulfilled */
	char day[11];                      /* when it was met; empty: undated or unmet */
};

struct eligibility {
	struct credit_check checks[CREDIT_MAX];
	bool eligible;
	char earned[11]; /* data_acq: the day of the last condition; empty unless eligible */
};

void eligibility_of(
	struct db *db, int64_t person, const struct ecm_event *event, struct eligibility *ret);

/* "identity", "profession" ...; the other way gives CREDIT_MAX for an unknown name. */
const char *credit_condition_name(enum credit_condition condition);
enum credit_condition credit_condition_by_name(const char *name);

/* {eligible, earned_on, conditions: [{code, demanded, fulfilled, day, it, en, mend_it, mend_en}]} */
json_t *eligibility_json(const struct eligibility *eligibility);

/* The event of the path whose credits a person is on the way to today (ecm_event_of_person()). False: none. */
bool eligibility_event(struct db *db, int64_t person, struct ecm_event *ret);
/* The same; `wanted`: the event in class asked for, in which the person is enrolled. 0: that of the path. */
bool eligibility_event_of(struct db *db, int64_t person, int64_t wanted, struct ecm_event *ret);

/* What is declared, word for word; its version goes with every declaration. */
#define DECLARATION_VERSION "2026-1"
extern const char declaration_text_it[], declaration_text_en[];

#endif
