/* What the routes of events in class share: who may, and how things are told. */
#ifndef SERVER_CLASSES_VIEW_H
#define SERVER_CLASSES_VIEW_H

#include <jansson.h>

#include "server/app.h"
#include "server/classes/place.h"
#include "server/http/request.h"
#include "server/store/class_marks.h"
#include "server/store/ecm.h"

/* A group, its event, and how the person who asks stands to it. */
struct class_scope {
	struct ecm_event event;
	struct class_setting setting;
	struct class_group group;
	bool provider; /* else: teaches in the group */
};

/*
 * The group for its teachers and for the provider. False: 404 or 403 was answered. In a read of the store; all that
 * changes something looks again in its work function, where it matters.
 */
bool class_scope_open(struct request *request, struct reply *reply, struct db *db, int64_t group, struct class_scope *ret);
/* The same by one of its sessions. */
bool class_scope_of_session(struct request *request, struct reply *reply, struct db *db, int64_t session,
	struct class_session *ret_session, struct class_scope *ret);
/* An event in class; false: 404 was answered. */
bool class_event_open(struct request *request, struct reply *reply, struct db *db, int64_t id, struct ecm_event *ret);

/* The shape of a group with `more` people in it, for class_place_check(). */
void class_shape_of(struct db *db, const struct ecm_event *event, const struct class_group *group, guint more,
	struct class_shape *ret);

json_t *class_event_json(const struct ecm_event *event);
json_t *class_group_json(const struct class_group *group);
json_t *class_session_json(const struct class_session *session);
json_t *class_presence_json(const struct class_presence *presence);
/* Where else somebody is expected while their class meets; [] without a place in it. */
json_t *class_overlaps_json(struct db *db, const struct class_seat *seat);
/* Groups of their names, with the names of who teaches. */
json_t *class_staff_json(struct db *db, int64_t group);

/* A text of the body, trimmed; "" when absent. False: longer than `most` characters, 422 was answered. */
bool class_text(struct request *request, struct reply *reply, const char *name, glong most, char *ret, size_t size);
/* The reason that an act asks for: not empty. */
bool class_why(struct request *request, struct reply *reply, char ret[CLASS_WHY_BYTES]);

/* Does the work in the store. False: it was refused, and the refusal is answered; 409 for our own codes. */
bool class_write(struct request *request, struct reply *reply, store_work work, void *data);

/* In a work function: is the group's register open? Refuses when not. */
bool class_open_or_refuse(struct db *db, int64_t group);

extern const struct problem_text class_closed;

#endif
