/* Ends a test: marks it and gives the level. */
#ifndef SERVER_PLACEMENT_HAND_IN_H
#define SERVER_PLACEMENT_HAND_IN_H

#include "assessment/form/form.h"
#include "server/store/placement.h"

/*
 * Marks the answers stored, closes the test and gives the person the level; fills level, score, maximum and
 * done_at. A test closed already keeps its first result. False: the data base, see `ret`.
 */
bool placement_hand_in(
	struct store *store, struct placement *placement, const struct form *form, struct problem *ret);

#endif
