/*
 * Attendance (035_classes.sql): who came and went, when, how that is known and who wrote it. Corrections void a mark and
 * add another; nothing is deleted.
 */
#ifndef SERVER_STORE_CLASS_MARKS_H
#define SERVER_STORE_CLASS_MARKS_H

#include <glib.h>

#include "server/store/class_people.h"

struct class_mark {
	int64_t id; /* 0: a new one */
	int64_t session, person;
	bool in;
	int64_t at;
	char how[8]; /* code: the class's code; badge: the person's; list; manual */
	char why[CLASS_WHY_BYTES];
	int64_t recorded_at, recorded_by;
	char by[2 * CLASS_NAME_BYTES];
	int64_t void_at; /* 0: valid */
	char void_by[2 * CLASS_NAME_BYTES], void_why[CLASS_WHY_BYTES];
};

/* struct class_mark each, voided ones too, by person and time; `person` 0: everybody. */
GArray *class_marks(struct db *db, int64_t session, int64_t person);
bool class_mark_by_id(struct db *db, int64_t id, struct class_mark *ret);
/* In a work function. False: the same mark (person, way, time) is there. */
bool class_mark_add(struct db *db, struct class_mark *mark);
/* In a work function. False: voided already. */
bool class_mark_void(struct db *db, int64_t id, const char *why, int64_t by);

/* The newest valid mark of a person in a session; false when there is none. */
bool class_mark_newest(struct db *db, int64_t session, int64_t person, struct class_mark *ret);

/* One session of somebody's class, with their presence in it. */
struct class_attended {
	struct class_session session;
	int64_t ms;
	bool inside;      /* came and has not gone */
	bool lacks_exit;  /* the same, and the session is over */
	int64_t came_at;  /* first entry; 0: none */
	int64_t went_at;  /* last exit; 0: none */
};

struct class_presence {
	int64_t present_ms, planned_ms;
	guint percent;  /* rounded down */
	bool enough;    /* what the event demands */
	bool lacks_exit;
	int64_t ends_at; /* of the last session; 0: none is planned */
	char last_day[CLASS_DAY_BYTES]; /* the last one attended; empty: none */
	GArray *sessions; /* struct class_attended */
};

/* Over all sessions of the group, at this moment. class_presence_finish() it. */
void class_presence(struct db *db, int64_t event, int64_t group, int64_t person, int64_t now, struct class_presence *ret);
void class_presence_finish(struct class_presence *presence);

/*
 * struct class_session each: those in which somebody enrolled may sign now, from `before` ms ahead of the beginning to
 * `after` ms past the end, the register being open.
 */
GArray *class_sessions_now(struct db *db, int64_t person, int64_t now, int64_t before, int64_t after);

/* Somebody has signed in two sessions whose hours meet; whether they were in both, their marks say. */
struct class_signed_twice {
	int64_t person, session, other;
};
/* struct class_signed_twice each, by person: of an event, or of one of its groups; `group` 0: of all. */
GArray *class_signed_twice(struct db *db, int64_t event, int64_t group);

/* In a work function: takes back what a closed register gave (server/store/ecm.h), before it is made anew. */
void class_completions_remove(struct db *db, int64_t event, int64_t group);
/* Where and when a class is held. */
struct class_held {
	char from[CLASS_DAY_BYTES], to[CLASS_DAY_BYTES];
	char places[301]; /* "Careggi, Firenze; Ospedale, Pisa" */
	char group[101];
};
/* What a certificate says of the class somebody sat in; false: no place in the event. */
bool class_held(struct db *db, int64_t event, int64_t person, struct class_held *ret);

#endif
