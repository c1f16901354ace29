/*
 * Who teaches or tutors at an event: a row of the report each [ECM 1.3 ruolo D, T, R], with credits of its own,
 * computed by dated rules [ECM 3, credits to staff] (server/data/staff_rules.json, embedded) and checked against what
 * is entered. A row keeps the rule set that it was computed by.
 */
#ifndef SERVER_ECM_STAFF_H
#define SERVER_ECM_STAFF_H

#include <jansson.h>

#include "assessment/faults.h"
#include "server/ecm/event.h"

#define STAFF_AMOUNT_MAX 99999u
#define STAFF_REASON_BYTES 501
#define STAFF_EACH_EVENT_MAX 500u

struct staff_member {
	int64_t person;
	char role;     /* 'D', 'T', 'R': follows from the duty */
	char duty[33]; /* id in the rules */
	guint amount;  /* of the duty's unit */
	guint credits_tenths;
	char day[11]; /* data_acq */
	bool recruited;
	char sponsor[101];
	char rule_set[33];
	char reason[STAFF_REASON_BYTES]; /* why the credits differ; empty: not said */
};

/* Is there a rule, and what does it give? `event` counts for those who get a share of its credits. */
bool staff_credits(const struct staff_member *member, const struct ecm_event *event, guint *ret_tenths);

/*
 * Reads {duty, amount, credits ("5.0"; null: as computed), day (null: the event's last), recruited, sponsor, reason};
 * checks everything, tells all faults. The person is the caller's to set. A rule set that is there stays while the
 * duty does.
 */
bool staff_read(struct staff_member *member, json_t *json, const struct ecm_event *event, struct faults *faults);

/* Credits that differ from the computed ones without a reason; no rule to compute by. */
void staff_warn(const struct staff_member *member, const struct ecm_event *event, struct faults *warnings);

/* {role, duty, duty_it, duty_en, amount, unit, credits, computed, day, recruited, sponsor, reason}; a new reference. */
json_t *staff_json(const struct staff_member *member, const struct ecm_event *event);

/* The duties that an event of this form can have by the rules of its first day: [{id, role, it, en, unit, ...}]. */
json_t *staff_duties_json(const struct ecm_event *event);

#endif
