/* Flow: SB.2.1, SB.2.2, SB.2.3. */
#include "player/engine/sequencing/internal.h"

/* Out of a cluster, or past a leaf, forward: the next sibling, or that of the nearest ancestor having one. */
static struct traversal step_forward(const struct tracking *tracking, uint32_t activity)
{
	for (uint32_t at = activity; at != NO_INDEX; at = parent_of(tracking, at)) {
		uint32_t next = tracking_next_sibling(tracking, at);
		if (next != NO_INDEX) {
			return traversal_to(next, DIRECTION_FORWARD);
		}
	}
	struct traversal end = no_traversal(EXCEPTION_SB_2_1_1);
	end.end_session = true;
	return end;
}

/* The same backward. A forward-only cluster is not left backward by its children (unless `control` is off:
 * the look at neighbours of a constrained choice), but its parent may be reached after a reversal. */
static struct traversal step_backward(
	const struct tracking *tracking, uint32_t activity, bool control, bool reversed)
{
	for (uint32_t at = activity; at != NO_INDEX; at = parent_of(tracking, at)) {
		uint32_t parent = parent_of(tracking, at);
		if (parent == NO_INDEX) {
			break;
		}
		if (control && !reversed && activity_of(tracking, parent)->control.forward_only) {
			return no_traversal(EXCEPTION_SB_2_1_4);
		}
		uint32_t previous = tracking_previous_sibling(tracking, at);
		if (previous != NO_INDEX) {
			return traversal_to(previous, DIRECTION_BACKWARD);
		}
		reversed = false;
	}
	return no_traversal(EXCEPTION_SB_2_1_3);
}

/* Flow Tree Traversal Subprocess [SB.2.1] */
struct traversal flow_tree_traversal(const struct tracking *tracking, uint32_t activity,
	enum direction direction, enum direction previous, bool consider_children, bool control)
{
	uint32_t parent = parent_of(tracking, activity);
	bool reversed = false;
	/* A forward-only cluster entered backward was walked forward to its end without a find: go on
	 * backward. */
	if (previous == DIRECTION_BACKWARD && parent != NO_INDEX &&
		tracking_next_sibling(tracking, activity) == NO_INDEX) {
		direction = DIRECTION_BACKWARD;
		activity = tracking_child(tracking, parent, 0);
		reversed = true;
	}
	bool enters = consider_children && tracking_has_children(tracking, activity);
	if (direction == DIRECTION_FORWARD) {
		return enters ? traversal_to(tracking_child(tracking, activity, 0), DIRECTION_FORWARD)
			      : step_forward(tracking, activity);
	}
	if (!enters) {
		return step_backward(tracking, activity, control, reversed);
	}
	if (parent_of(tracking, activity) == NO_INDEX) {
		return no_traversal(EXCEPTION_SB_2_1_3);
	}
	if (activity_of(tracking, activity)->control.forward_only) {
		return traversal_to(tracking_child(tracking, activity, 0), DIRECTION_FORWARD);
	}
	uint32_t last = tracking->activities[activity].available_children - 1;
	return traversal_to(tracking_child(tracking, activity, last), DIRECTION_BACKWARD);
}

/* Flow Activity Traversal Subprocess [SB.2.2]: from an activity to the first one, it or another, that can be
 * delivered. The book's recursion is a loop; its length is bounded, so that no tree makes it endless. */
static struct traversal flow_activity_traversal(
	const struct tracking *tracking, uint32_t activity, enum direction direction)
{
	enum direction previous = DIRECTION_NONE;
	for (uint32_t bound = tracking->layout->course->activity_count * 3 + 8; bound > 0; bound--) {
		uint32_t parent = parent_of(tracking, activity);
		if (parent == NO_INDEX || !activity_of(tracking, parent)->control.flow) {
			return no_traversal(EXCEPTION_SB_2_2_1);
		}
		bool skipped = precondition_holds(tracking, activity, ACTION_SKIP);
		if (!skipped && activity_disabled(tracking, activity)) {
			return no_traversal(EXCEPTION_SB_2_2_2);
		}
		if (!skipped && !tracking_has_children(tracking, activity)) {
			return traversal_to(activity, direction);
		}
		struct traversal step = flow_tree_traversal(
			tracking, activity, direction, skipped ? previous : DIRECTION_NONE, !skipped, true);
		if (step.activity == NO_INDEX) {
			return step;
		}
		activity = step.activity;
		if (skipped && previous == DIRECTION_BACKWARD && step.direction == DIRECTION_BACKWARD) {
			direction = DIRECTION_BACKWARD;
			previous = DIRECTION_NONE;
		} else if (!skipped && direction == DIRECTION_BACKWARD &&
			   step.direction == DIRECTION_FORWARD) {
			direction = DIRECTION_FORWARD;
			previous = DIRECTION_BACKWARD;
		} else if (!skipped) {
			previous = DIRECTION_NONE;
		}
	}
	return no_traversal(EXCEPTION_SB_2_1_2);
}

/* Flow Subprocess [SB.2.3] */
struct traversal flow_subprocess(
	const struct tracking *tracking, uint32_t activity, enum direction direction, bool consider_children)
{
	struct traversal step =
		flow_tree_traversal(tracking, activity, direction, DIRECTION_NONE, consider_children, true);
	if (step.activity == NO_INDEX) {
		return step;
	}
	return flow_activity_traversal(tracking, step.activity, direction);
}
