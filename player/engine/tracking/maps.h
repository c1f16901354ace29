/*
 * Objective maps (SN 3.10): which member of an objective is read from a global objective, and where it is
 * written to. Private to values.c and changes.c.
 */
#ifndef PLAYER_ENGINE_TRACKING_MAPS_H
#define PLAYER_ENGINE_TRACKING_MAPS_H

#include "player/engine/tracking/tracking.h"

enum member {
	MEMBER_SUCCESS,
	MEMBER_MEASURE,
	MEMBER_COMPLETION,
	MEMBER_PROGRESS,
	MEMBER_RAW,
	MEMBER_MIN,
	MEMBER_MAX,
};

/* The definition of a slot's objective; NULL for an implied primary one. */
const struct objective *objective_of(const struct tracking *tracking, uint32_t slot);

/* The global objective that a member is read from, NULL when it is local. */
const struct objective_values *read_through(
	const struct tracking *tracking, uint32_t slot, enum member member);

/* What was set locally goes to every global objective that is mapped for writing. */
void write_through(struct tracking *tracking, uint32_t slot, enum member member);

void copy_member(struct objective_values *to, const struct objective_values *from, enum member member);

#endif
