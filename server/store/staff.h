/* Who teaches at an event or tutors it (031_staff.sql; server/ecm/staff.h). */
#ifndef SERVER_STORE_STAFF_H
#define SERVER_STORE_STAFF_H

#include <glib.h>

#include "server/ecm/staff.h"
#include "server/store/store.h"

struct staff_row {
	struct staff_member member;
	char family_name[401];
	char given_name[401];
	char codice_fiscale[17];
	bool participant; /* completed the event's path too: only this row goes into the report */
};

/* struct staff_row each, by name. */
GArray *staff_of_event(struct db *db, int64_t event);
bool staff_one(struct db *db, int64_t event, int64_t person, struct staff_member *ret);
/* The events (int64_t) at which a person teaches, newest first. */
GArray *staff_events_of(struct db *db, int64_t person);
/* In a work function; takes the place of the person's row for the event. */
void staff_save(struct db *db, int64_t event, const struct staff_member *member, int64_t by);
/* In a work function. False: there was none. */
bool staff_remove(struct db *db, int64_t event, int64_t person);

#endif
