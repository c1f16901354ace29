/*
 * When an event's report is due: 90 days from the event's end (for distance learning too: of the event, not of a
 * person's course) [ECM 1.9], and how it stands with that.
 */
#ifndef SERVER_ECM_DEADLINE_H
#define SERVER_ECM_DEADLINE_H

#include <jansson.h>

#include "server/ecm/event.h"
#include "server/store/store.h"

#define REPORT_DUE_DAYS 90
#define REPORT_DUE_SOON_DAYS 15 /* from here on people are warned */

enum report_state {
	REPORT_OPEN,   /* the event is not over */
	REPORT_DUE,    /* over, time enough */
	REPORT_SOON,   /* REPORT_DUE_SOON_DAYS or fewer */
	REPORT_LATE,   /* the day has passed */
	REPORT_SENT,   /* sent, and nothing newer was made */
	REPORT_RESEND, /* sent, but a newer export took the place of what was sent */
};

struct report_deadline {
	char day[11];    /* the last one */
	int days_left;   /* from today; negative: that many days late */
	enum report_state state;
};

/* `today` as YYYY-MM-DD; `sent` and `newer`: has a report been sent, and has one been made after it? */
void report_deadline(const struct ecm_event *event, const char *today, bool sent, bool newer, struct report_deadline *ret);

/* {deadline, days_left, state, sent: {export, day, protocol} or null}; a new reference. */
json_t *report_deadline_json(struct db *db, const struct ecm_event *event);

#endif
