/* Navigation: NB.2.1. */
#include "player/engine/sequencing/internal.h"

/* The innermost cluster that holds both; a cluster holds itself. */
uint32_t common_ancestor(const struct tracking *tracking, uint32_t from, uint32_t to)
{
	uint32_t at = tracking_has_children(tracking, from) ? from : parent_of(tracking, from);
	if (!tracking_has_children(tracking, to) && parent_of(tracking, to) != NO_INDEX) {
		to = parent_of(tracking, to);
	}
	while (at != NO_INDEX && !tracking_contains(tracking, at, to)) {
		at = parent_of(tracking, at);
	}
	return at == NO_INDEX ? 0 : at;
}

static struct navigation_result refused(enum exception_code exception)
{
	return (struct navigation_result){.exception = exception};
}

/* A request that leaves the current activity, which is then ended if it has not ended yet. */
static struct navigation_result leaving(const struct tracking *tracking, enum sequencing_request sequencing)
{
	bool active = tracking->activities[tracking->global->current].active;
	return (struct navigation_result){
		.termination = active ? TERMINATION_EXIT : TERMINATION_NONE, .sequencing = sequencing};
}

static struct navigation_result navigate_by_flow(const struct tracking *tracking, bool forward)
{
	uint32_t parent = parent_of(tracking, tracking->global->current);
	if (parent == NO_INDEX) {
		return refused(forward ? EXCEPTION_NB_2_1_4 : EXCEPTION_NB_2_1_6);
	}
	const struct control_mode *control = &activity_of(tracking, parent)->control;
	if (forward) {
		return control->flow ? leaving(tracking, SEQUENCING_CONTINUE) : refused(EXCEPTION_NB_2_1_4);
	}
	return control->flow && !control->forward_only ? leaving(tracking, SEQUENCING_PREVIOUS)
						       : refused(EXCEPTION_NB_2_1_5);
}

/* choiceExit: a cluster that must not be left by choice keeps the target inside, and is no target itself. */
static bool may_exit_by_choice(const struct tracking *tracking, uint32_t target)
{
	uint32_t current = tracking->global->current;
	bool siblings = parent_of(tracking, current) == parent_of(tracking, target);
	if (!siblings && tracking->activities[current].active &&
		!activity_of(tracking, current)->control.choice_exit) {
		return false;
	}
	for (uint32_t at = parent_of(tracking, current); at != NO_INDEX; at = parent_of(tracking, at)) {
		if (!activity_of(tracking, at)->control.choice_exit) {
			if (target == at || (parent_of(tracking, at) != NO_INDEX &&
						    !tracking_contains(tracking, at, target))) {
				return false;
			}
		}
	}
	return true;
}

static struct navigation_result navigate_by_choice(const struct tracking *tracking, uint32_t target)
{
	if (target >= tracking->layout->course->activity_count) {
		return refused(EXCEPTION_NB_2_1_11);
	}
	uint32_t parent = parent_of(tracking, target);
	if (parent != NO_INDEX && !activity_of(tracking, parent)->control.choice) {
		return refused(EXCEPTION_NB_2_1_10);
	}
	if (tracking->global->current == NO_INDEX) {
		return (struct navigation_result){.sequencing = SEQUENCING_CHOICE};
	}
	if (!may_exit_by_choice(tracking, target)) {
		return refused(EXCEPTION_NB_2_1_8);
	}
	return leaving(tracking, SEQUENCING_CHOICE);
}

/* Jump is of the 4th Edition: any leaf that could be delivered, without a look at the way. */
static struct navigation_result navigate_by_jump(const struct tracking *tracking, uint32_t target)
{
	const struct course *course = tracking->layout->course;
	if (course->edition != SCORM_2004_4TH) {
		return refused(EXCEPTION_NB_2_1_7);
	}
	if (tracking->global->current == NO_INDEX) {
		return refused(EXCEPTION_NB_2_1_2);
	}
	if (target >= course->activity_count || !tracking_available(tracking, target)) {
		return refused(EXCEPTION_NB_2_1_11);
	}
	return leaving(tracking, SEQUENCING_JUMP);
}

/* Navigation Request Process [NB.2.1] */
struct navigation_result navigation_request_process(
	const struct tracking *tracking, enum navigation_request request, uint32_t target)
{
	uint32_t current = tracking->global->current;
	bool begun = current != NO_INDEX;
	bool active = begun && tracking->activities[current].active;
	switch (request) {
	case NAVIGATION_START:
		return begun ? refused(EXCEPTION_NB_2_1_1)
			     : (struct navigation_result){.sequencing = SEQUENCING_START};
	case NAVIGATION_RESUME_ALL:
		if (begun || tracking->global->suspended == NO_INDEX) {
			return refused(begun ? EXCEPTION_NB_2_1_1 : EXCEPTION_NB_2_1_3);
		}
		return (struct navigation_result){.sequencing = SEQUENCING_RESUME_ALL};
	case NAVIGATION_CONTINUE:
	case NAVIGATION_PREVIOUS:
		return begun ? navigate_by_flow(tracking, request == NAVIGATION_CONTINUE)
			     : refused(EXCEPTION_NB_2_1_2);
	case NAVIGATION_CHOICE:
		return navigate_by_choice(tracking, target);
	case NAVIGATION_JUMP:
		return navigate_by_jump(tracking, target);
	case NAVIGATION_EXIT:
	case NAVIGATION_ABANDON:
		if (!active) {
			return refused(begun ? EXCEPTION_NB_2_1_12 : EXCEPTION_NB_2_1_2);
		}
		return (struct navigation_result){
			.termination = request == NAVIGATION_EXIT ? TERMINATION_EXIT : TERMINATION_ABANDON,
			.sequencing = SEQUENCING_EXIT};
	case NAVIGATION_EXIT_ALL:
	case NAVIGATION_ABANDON_ALL:
	case NAVIGATION_SUSPEND_ALL: {
		enum termination_request termination = request == NAVIGATION_EXIT_ALL ? TERMINATION_EXIT_ALL
						       : request == NAVIGATION_SUSPEND_ALL
							       ? TERMINATION_SUSPEND_ALL
							       : TERMINATION_ABANDON_ALL;
		return begun ? (struct navigation_result){.termination = termination,
				       .sequencing = SEQUENCING_EXIT}
			     : refused(EXCEPTION_NB_2_1_2);
	}
	case NAVIGATION_NONE:
		break;
	}
	return refused(EXCEPTION_NB_2_1_13);
}
