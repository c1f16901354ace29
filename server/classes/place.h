/*
 * How many people a class takes [ECM 3]: one tutor for at most five in individual training, improvement groups of at
 * most 25, one teacher for 25 in interactive courses, the class's own size, the room, the number accredited. Plain
 * data in, a fault out: tests go through it as a table.
 */
#ifndef SERVER_CLASSES_PLACE_H
#define SERVER_CLASSES_PLACE_H

#include "server/ecm/rules.h"

struct class_shape {
	struct class_rules rules;
	enum ecm_form form;
	guint people;       /* in the group, with who is to come */
	guint class_people; /* as set for the event; residential courses only */
	guint tutors, teachers; /* teachers: everybody who teaches, tutors too */
	guint seats;        /* of the smallest room; 0: not said */
	guint event_people; /* in the whole event, with who is to come */
	guint accredited;   /* num_part */
};

/* False: `ret` says which limit, how many there are and how to mend it. */
bool class_place_check(const struct class_shape *shape, struct problem *ret);

/* What must hold before a register is closed: hours of the event, of its type; somebody who teaches. */
struct class_hours {
	struct class_rules rules;
	guint ore;           /* whole hours accredited */
	int64_t planned_ms;  /* of the sessions */
	guint teachers;
	int64_t ends_at, now;
	guint exits_missing; /* people who came and have not gone */
};
bool class_hours_check(const struct class_hours *hours, struct problem *ret);

#endif
