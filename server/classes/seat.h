/*
 * Giving somebody a place in a class, with every check: role, teachers, another group, the limits of place.h. The one way
 * in for the provider's pages, lists and the choice of trainers.
 */
#ifndef SERVER_CLASSES_SEAT_H
#define SERVER_CLASSES_SEAT_H

#include "server/store/class_people.h"

/*
 * In a work function. `state` is invited or enrolled; who is there already changes the state. False: `ret` says why not,
 * with the person; nothing was changed.
 */
bool class_seat_give(struct db *db, int64_t group, int64_t person, enum class_state state, const char *why, int64_t by,
	struct problem *ret);

/* In a work function. declined (by the person) or withdrawn. False: there is no place to leave, or they have signed. */
bool class_seat_leave(struct db *db, int64_t event, int64_t person, enum class_state state, const char *why, int64_t by,
	struct problem *ret);

#endif
