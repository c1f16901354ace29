/*
 * The register of a class: signatures in and out, and what follows when it is closed — who was there for long enough has
 * completed the event, with the evidence of every session.
 */
#ifndef SERVER_CLASSES_REGISTER_H
#define SERVER_CLASSES_REGISTER_H

#include "server/store/class_marks.h"

/*
 * In a work function. Somebody comes or goes now: the other way than the newest mark; so soon after it
 * (CLASS_AGAIN_MS) that it is the same scan again, nothing is added and `ret_again` is set. False: not enrolled, the
 * session is not now, the register is closed, the person is in another session (overlap.h).
 */
bool register_scan(struct db *db, int64_t session, int64_t person, const char *how, int64_t by, struct class_mark *ret_mark,
	bool *ret_again, struct problem *ret);

/*
 * In a work function: marks of one person in one session, by hand or from a list, all or none of them. One that is there
 * already is left out. False: they lie outside the session's day or in the future, or the person was elsewhere.
 */
bool register_enter(struct db *db, struct class_mark *marks, guint count, struct problem *ret);

/* In a work function: everybody who has not gone leaves at the session's end. False: somebody was elsewhere; refuse. */
bool register_exits(struct db *db, const struct class_session *session, int64_t by, const char *why, struct problem *ret);

/* In a work function: voids a mark; one that is voided already stays so. False: now it would be in two places; refuse. */
bool register_void(struct db *db, const struct class_mark *mark, const char *why, int64_t by, struct problem *ret);

/* In a work function. False: `ret` says what is missing (class_hours_check(), class_place_check(), the report) or who was in two places. */
bool register_close(struct db *db, int64_t group, const char *report, int64_t by, struct problem *ret);

/* In a work function: what the closing gave is taken back until it is closed again. */
bool register_reopen(struct db *db, int64_t group, const char *why, int64_t by, struct problem *ret);

#endif
