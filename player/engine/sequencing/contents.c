/*
 * The table of contents: every available activity, and whether choosing it now would deliver something. The
 * real processes answer: the current activity is ended once, on a copy; from there each choice only looks.
 */
#include "player/engine/sequencing/internal.h"

size_t sequencing_contents_scratch(const struct tracking_layout *layout)
{
	return tracking_size(layout);
}

/* The state after the current activity has been ended for a choice, and what its rules demand instead. */
struct left_behind {
	struct tracking tracking;
	enum sequencing_request sequencing; /* CHOICE where nothing overrides it */
	bool override_stands;
};

static void leave_current(
	struct left_behind *left, const struct tracking *tracking, void *scratch, int64_t now)
{
	struct tracking *copy = &left->tracking;
	tracking_copy(copy, scratch, tracking);
	copy->global->now = now;
	left->sequencing = SEQUENCING_CHOICE;
	left->override_stands = false;
	uint32_t current = copy->global->current;
	if (current == NO_INDEX) {
		begin_session(copy);
		return;
	}
	bool active = copy->activities[current].active;
	struct navigation_result choice = {
		.termination = active ? TERMINATION_EXIT : TERMINATION_NONE, .sequencing = SEQUENCING_CHOICE};
	enum exception_code exception;
	left->sequencing = leave_for(copy, &choice, &exception);
	if (left->sequencing != SEQUENCING_CHOICE) {
		struct traversal found;
		left->override_stands =
			identify_activity(copy, left->sequencing, NO_INDEX, &found) == EXCEPTION_NONE;
	}
}

static bool selectable(const struct tracking *tracking, const struct left_behind *left, uint32_t activity)
{
	if (request_stands(tracking, NAVIGATION_CHOICE, activity) != EXCEPTION_NONE) {
		return false;
	}
	if (left->sequencing != SEQUENCING_CHOICE) {
		return left->override_stands;
	}
	struct traversal found;
	return identify_activity(&left->tracking, SEQUENCING_CHOICE, activity, &found) == EXCEPTION_NONE;
}

/* Pre-order over available children; NO_INDEX after the last. */
static uint32_t next_in_order(const struct tracking *tracking, uint32_t activity)
{
	if (tracking_has_children(tracking, activity)) {
		return tracking_child(tracking, activity, 0);
	}
	for (; activity != NO_INDEX; activity = parent_of(tracking, activity)) {
		uint32_t next = tracking_next_sibling(tracking, activity);
		if (next != NO_INDEX) {
			return next;
		}
	}
	return NO_INDEX;
}

static struct activity_view view_of(
	const struct tracking *tracking, const struct left_behind *left, uint32_t activity, bool hidden)
{
	struct objective_values results = tracking_results(tracking, activity);
	bool attempted = tracking->activities[activity].attempt_count > 0;
	return (struct activity_view){
		.activity = activity,
		.visible = !hidden && activity_of(tracking, activity)->visible,
		.selectable = !hidden && selectable(tracking, left, activity),
		.current = tracking->global->current == activity,
		.completion = attempted || results.completion != COMPLETION_UNKNOWN
				      ? results.completion
				      : COMPLETION_NOT_ATTEMPTED,
		.success = results.success,
	};
}

/* A hidden activity hides everything below it. Where no entry but the root could be chosen, there is no table
 * of contents at all. */
uint32_t sequencing_table_of_contents(const struct tracking *original, void *scratch, int64_t now,
	struct activity_view *rows, uint32_t room)
{
	struct left_behind left;
	leave_current(&left, original, scratch, now);
	/* Without a session: as it will find the course, with children selected and scoped objectives gone. */
	struct tracking looked_at = original->global->current == NO_INDEX ? left.tracking : *original;
	const struct tracking *tracking = &looked_at;
	const struct forward_reach before = forward_reach_of(&looked_at),
				   after = forward_reach_of(&left.tracking);
	looked_at.reach = &before;
	left.tracking.reach = &after;
	uint32_t count = 0;
	uint32_t hidden = NO_INDEX; /* the activity that hides those below it */
	bool any = false;
	for (uint32_t at = 0; at != NO_INDEX; at = next_in_order(tracking, at)) {
		if (hidden != NO_INDEX && !tracking_contains(tracking, hidden, at)) {
			hidden = NO_INDEX;
		}
		if (hidden == NO_INDEX && precondition_holds(tracking, at, ACTION_HIDDEN_FROM_CHOICE)) {
			hidden = at;
		}
		struct activity_view view = view_of(tracking, &left, at, hidden != NO_INDEX);
		any = any || (view.selectable && view.visible && at != 0);
		if (count < room) {
			rows[count] = view;
		}
		count++;
	}
	for (uint32_t i = 0; !any && i < count && i < room; i++) {
		rows[i].visible = false;
	}
	return count;
}
