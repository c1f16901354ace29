/* Choice: SB.2.4, SB.2.9, SB.2.9.1, SB.2.9.2. */
#include "player/engine/sequencing/internal.h"

/* Choice Activity Traversal Subprocess [SB.2.4] */
static enum exception_code choice_activity_traversal(
	const struct tracking *tracking, uint32_t activity, enum direction direction)
{
	if (direction == DIRECTION_FORWARD) {
		return precondition_holds(tracking, activity, ACTION_STOP_FORWARD_TRAVERSAL)
			       ? EXCEPTION_SB_2_4_1
			       : EXCEPTION_NONE;
	}
	uint32_t parent = parent_of(tracking, activity);
	if (parent == NO_INDEX) {
		return EXCEPTION_SB_2_4_3;
	}
	return activity_of(tracking, parent)->control.forward_only ? EXCEPTION_SB_2_4_2 : EXCEPTION_NONE;
}

/* Choice Flow Subprocess [SB.2.9.1] with its tree traversal [SB.2.9.2]: the neighbour of a constrained
 * activity, whatever rules and control modes say; the activity itself at the edge of the tree. */
static uint32_t choice_flow(const struct tracking *tracking, uint32_t constrained, enum direction direction)
{
	struct traversal step =
		flow_tree_traversal(tracking, constrained, direction, DIRECTION_NONE, false, false);
	return step.activity == NO_INDEX ? constrained : step.activity;
}

static bool hidden_from_choice(const struct tracking *tracking, uint32_t target)
{
	for (uint32_t at = target; at != NO_INDEX; at = parent_of(tracking, at)) {
		if (precondition_holds(tracking, at, ACTION_HIDDEN_FROM_CHOICE)) {
			return true;
		}
	}
	return false;
}

/* The position of the last sibling that can be reached forward, `wanted` at most: that of the first one at which a rule
 * stops the way, itself included. */
static uint32_t farthest_forward(const struct tracking *tracking, uint32_t from, uint32_t wanted)
{
	uint32_t position = tracking->activities[from].position;
	for (uint32_t at = from; position < wanted; position++) {
		if (at == NO_INDEX ||
			choice_activity_traversal(tracking, at, DIRECTION_FORWARD) != EXCEPTION_NONE) {
			break;
		}
		at = tracking_next_sibling(tracking, at);
	}
	return position;
}

struct forward_reach forward_reach_of(const struct tracking *tracking)
{
	struct forward_reach reach = {.from = tracking->global->current};
	if (reach.from != NO_INDEX && tracking->layout->stops_forward) {
		uint32_t parent = parent_of(tracking, reach.from);
		uint32_t siblings = parent == NO_INDEX ? 1 : tracking->activities[parent].available_children;
		reach.farthest = farthest_forward(tracking, reach.from, siblings - 1);
	}
	return reach;
}

/* Among siblings: nothing between the two may stop the way. Backward only the parent has a say, so that one
 * look is enough. */
static enum exception_code way_to_sibling(const struct tracking *tracking, uint32_t from, uint32_t target)
{
	uint32_t wanted = tracking->activities[target].position;
	if (wanted < tracking->activities[from].position) {
		return choice_activity_traversal(tracking, from, DIRECTION_BACKWARD);
	}
	if (!tracking->layout->stops_forward) {
		return EXCEPTION_NONE; /* however many lie between: a wide course stays fast */
	}
	bool known = tracking->reach != NULL && tracking->reach->from == from;
	uint32_t farthest = known ? tracking->reach->farthest : farthest_forward(tracking, from, wanted);
	return wanted <= farthest ? EXCEPTION_NONE : EXCEPTION_SB_2_4_1;
}

/* Which of two activities comes first, neither of them within the other, in the order that the learner walks:
 * children may have been shuffled. */
static bool lies_forward(const struct tracking *tracking, uint32_t from, uint32_t target)
{
	uint32_t ancestor = common_ancestor(tracking, from, target);
	while (parent_of(tracking, from) != ancestor) {
		from = parent_of(tracking, from);
	}
	while (parent_of(tracking, target) != ancestor) {
		target = parent_of(tracking, target);
	}
	return tracking->activities[target].position > tracking->activities[from].position;
}

/* From the common ancestor down to the target, the target not included. Rules stop the way forward only. */
static enum exception_code way_down(
	const struct tracking *tracking, uint32_t ancestor, uint32_t target, bool forward)
{
	uint32_t at = parent_of(tracking, target);
	for (; at != ancestor && at != NO_INDEX; at = parent_of(tracking, at)) {
		if (forward && precondition_holds(tracking, at, ACTION_STOP_FORWARD_TRAVERSAL)) {
			return EXCEPTION_SB_2_4_1;
		}
		if (!tracking->activities[at].active && activity_of(tracking, at)->prevent_activation) {
			return EXCEPTION_SB_2_9_6;
		}
	}
	return forward ? choice_activity_traversal(tracking, ancestor, DIRECTION_FORWARD) : EXCEPTION_NONE;
}

/* From an activity, itself included, up to the common ancestor, which is not. `constrained` gets the innermost
 * activity on the way that constrains the choice. */
static enum exception_code way_up(
	const struct tracking *tracking, uint32_t at, uint32_t ancestor, uint32_t *constrained)
{
	*constrained = NO_INDEX;
	for (; at != ancestor && at != NO_INDEX; at = parent_of(tracking, at)) {
		const struct activity *activity = activity_of(tracking, at);
		if (!activity->control.choice_exit) {
			return EXCEPTION_SB_2_9_7;
		}
		if (activity->constrain_choice && *constrained == NO_INDEX) {
			*constrained = at;
		}
	}
	return EXCEPTION_NONE;
}

/* A cluster above the constrained one flows to its first leaf: it may be chosen where that is the activity before
 * the constrained one, or the first in it. The book leaves this open; ADL's run-time decides it so. */
static bool flows_into_range(const struct tracking *tracking, uint32_t ancestor, uint32_t constrained)
{
	uint32_t at = choice_flow(tracking, constrained, DIRECTION_BACKWARD);
	if (!tracking_contains(tracking, ancestor, at)) {
		return true; /* the ancestor lies between the two */
	}
	while (at != ancestor) {
		uint32_t parent = parent_of(tracking, at);
		if (parent == NO_INDEX || !activity_of(tracking, parent)->control.flow ||
			tracking_child(tracking, parent, 0) != at) {
			return false;
		}
		at = parent;
	}
	return true;
}

static enum exception_code way_to_ancestor(const struct tracking *tracking, uint32_t from, uint32_t ancestor)
{
	uint32_t constrained;
	enum exception_code blocked = way_up(tracking, parent_of(tracking, from), ancestor, &constrained);
	if (blocked == EXCEPTION_NONE && constrained != NO_INDEX &&
		!flows_into_range(tracking, ancestor, constrained)) {
		return EXCEPTION_SB_2_9_8;
	}
	return blocked;
}

static enum exception_code way_through_ancestor(
	const struct tracking *tracking, uint32_t from, uint32_t ancestor, uint32_t target)
{
	uint32_t constrained;
	enum exception_code blocked = way_up(tracking, from, ancestor, &constrained);
	if (blocked != EXCEPTION_NONE) {
		return blocked;
	}
	bool forward = lies_forward(tracking, from, target);
	if (constrained != NO_INDEX) {
		uint32_t neighbour =
			choice_flow(tracking, constrained, forward ? DIRECTION_FORWARD : DIRECTION_BACKWARD);
		if (!tracking_contains(tracking, neighbour, target) && target != constrained) {
			return EXCEPTION_SB_2_9_8;
		}
	}
	return way_down(tracking, ancestor, target, forward);
}

/* The five cases of SB.2.9, by how the current activity and the target lie to each other. */
static enum exception_code way_to(const struct tracking *tracking, uint32_t target)
{
	bool begun = tracking->global->current != NO_INDEX;
	uint32_t from = begun ? tracking->global->current : 0;
	uint32_t ancestor = begun ? common_ancestor(tracking, from, target) : 0;
	if (from == target) {
		return EXCEPTION_NONE;
	}
	if (parent_of(tracking, from) == parent_of(tracking, target)) {
		return way_to_sibling(tracking, from, target);
	}
	if (from == ancestor) {
		return way_down(tracking, ancestor, target, true);
	}
	if (target == ancestor) {
		return way_to_ancestor(tracking, from, ancestor);
	}
	return way_through_ancestor(tracking, from, ancestor, target);
}

/* Choice Sequencing Request Process [SB.2.9] */
struct traversal choice_request_process(const struct tracking *tracking, uint32_t target)
{
	if (target >= tracking->layout->course->activity_count) {
		return no_traversal(EXCEPTION_SB_2_9_1);
	}
	if (!tracking_available(tracking, target)) {
		return no_traversal(EXCEPTION_SB_2_9_2);
	}
	if (hidden_from_choice(tracking, target)) {
		return no_traversal(EXCEPTION_SB_2_9_3);
	}
	uint32_t parent = parent_of(tracking, target);
	if (parent != NO_INDEX && !activity_of(tracking, parent)->control.choice) {
		return no_traversal(EXCEPTION_SB_2_9_4);
	}
	enum exception_code blocked = way_to(tracking, target);
	if (blocked != EXCEPTION_NONE) {
		return no_traversal(blocked);
	}
	if (!tracking_has_children(tracking, target)) {
		return traversal_to(target, DIRECTION_FORWARD);
	}
	struct traversal flow = flow_subprocess(tracking, target, DIRECTION_FORWARD, true);
	return flow.activity != NO_INDEX ? flow : no_traversal(EXCEPTION_SB_2_9_9);
}
