/*
 * Nobody is in two places at once: places in classes that meet at the same time are told, presence in two sessions in the
 * same hours is refused.
 */
#ifndef SERVER_CLASSES_OVERLAP_H
#define SERVER_CLASSES_OVERLAP_H

#include "assessment/faults.h"
#include "server/store/class_marks.h"

#define OVERLAPS_TOLD 5 /* of one person and group */

/* Warnings: where else this person has a place or teaches while the group meets. */
void overlap_places(struct db *db, int64_t person, int64_t group, struct faults *faults);

/*
 * May these marks of one person, `count` of them, join those of the session? A stay without an exit lasts, in any other
 * session, until its end. False: `ret` names the person, both sessions and the hours.
 */
bool overlap_allows(struct db *db, const struct class_session *session, int64_t person, const struct class_mark *marks,
	guint count, struct problem *ret);

/* Who was in two sessions at once, by what is recorded. */
struct overlap_found {
	int64_t person;
	struct problem problem;
};
/* struct overlap_found each, by person: of an event, or of one of its groups; `group` 0: of all. */
GArray *overlaps_recorded(struct db *db, int64_t event, int64_t group);

#endif
