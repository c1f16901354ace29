/* Sequencing requests: SB.2.5 to SB.2.8, SB.2.10 to SB.2.13. */
#include "player/engine/sequencing/internal.h"

/* The only leaf of the course, NO_INDEX when there are several: such a course starts whatever its control
 * modes. */
static uint32_t only_leaf(const struct tracking *tracking)
{
	uint32_t at = 0;
	while (tracking_has_children(tracking, at)) {
		if (tracking->layout->child_count[at] > 1) {
			return NO_INDEX;
		}
		at = tracking_child(tracking, at, 0);
	}
	return at;
}

/* Start Sequencing Request Process [SB.2.5] */
static struct traversal start_request(const struct tracking *tracking)
{
	if (tracking->global->current != NO_INDEX) {
		return no_traversal(EXCEPTION_SB_2_5_1);
	}
	if (!is_cluster(tracking, 0)) {
		return traversal_to(0, DIRECTION_FORWARD);
	}
	struct traversal flow = flow_subprocess(tracking, 0, DIRECTION_FORWARD, true);
	if (flow.exception == EXCEPTION_SB_2_2_1 && only_leaf(tracking) != NO_INDEX) {
		return traversal_to(only_leaf(tracking), DIRECTION_FORWARD);
	}
	return flow;
}

/* Resume All Sequencing Request Process [SB.2.6] */
static struct traversal resume_all_request(const struct tracking *tracking)
{
	if (tracking->global->current != NO_INDEX) {
		return no_traversal(EXCEPTION_SB_2_6_1);
	}
	if (tracking->global->suspended == NO_INDEX) {
		return no_traversal(EXCEPTION_SB_2_6_2);
	}
	return traversal_to(tracking->global->suspended, DIRECTION_FORWARD);
}

/* A flow request needs a parent that lets it flow; from the root, where a termination may have left us, it
 * walks off the tree. */
static bool may_flow_from(const struct tracking *tracking, uint32_t activity)
{
	uint32_t parent = parent_of(tracking, activity);
	return parent == NO_INDEX || activity_of(tracking, parent)->control.flow;
}

/* Continue Sequencing Request Process [SB.2.7]. OP.1 has ended the current activity by now. Where the flow finds
 * nothing the session ends: at the end of the tree, which is no exception, and, as in ADL's run-time, where the way
 * is only blocked (a disabled activity, a cluster without flow). So a learner is not offered it there:
 * engine_may_navigate() says false wherever there is an exception. */
static struct traversal continue_request(const struct tracking *tracking)
{
	if (!may_flow_from(tracking, tracking->global->current)) {
		return no_traversal(EXCEPTION_SB_2_7_2);
	}
	struct traversal flow =
		flow_subprocess(tracking, tracking->global->current, DIRECTION_FORWARD, false);
	flow.end_session = flow.activity == NO_INDEX;
	return flow;
}

/* Previous Sequencing Request Process [SB.2.8] */
static struct traversal previous_request(const struct tracking *tracking)
{
	if (!may_flow_from(tracking, tracking->global->current)) {
		return no_traversal(EXCEPTION_SB_2_8_2);
	}
	return flow_subprocess(tracking, tracking->global->current, DIRECTION_BACKWARD, false);
}

/* Retry Sequencing Request Process [SB.2.10] */
static struct traversal retry_request(const struct tracking *tracking)
{
	uint32_t current = tracking->global->current;
	const struct activity_state *state = &tracking->activities[current];
	if (state->active || (state->suspended && activity_of(tracking, current)->tracked)) {
		return no_traversal(EXCEPTION_SB_2_10_2);
	}
	if (!tracking_has_children(tracking, current)) {
		return traversal_to(current, DIRECTION_FORWARD);
	}
	return flow_subprocess(tracking, current, DIRECTION_FORWARD, true);
}

/* Exit Sequencing Request Process [SB.2.11]: at the root the session is over, elsewhere it stays open. */
static struct traversal exit_request(const struct tracking *tracking)
{
	uint32_t current = tracking->global->current;
	if (tracking->activities[current].active) {
		return no_traversal(EXCEPTION_SB_2_11_2);
	}
	struct traversal none = no_traversal(EXCEPTION_NONE);
	none.end_session = current == 0;
	return none;
}

/* Jump Sequencing Request Process [SB.2.13] */
static struct traversal jump_request(const struct tracking *tracking, uint32_t target)
{
	return traversal_to(target, DIRECTION_FORWARD);
}

static enum exception_code not_begun(enum sequencing_request request)
{
	switch (request) {
	case SEQUENCING_CONTINUE:
		return EXCEPTION_SB_2_7_1;
	case SEQUENCING_PREVIOUS:
		return EXCEPTION_SB_2_8_1;
	case SEQUENCING_RETRY:
		return EXCEPTION_SB_2_10_1;
	case SEQUENCING_EXIT:
		return EXCEPTION_SB_2_11_1;
	case SEQUENCING_JUMP:
		return EXCEPTION_SB_2_13_1;
	case SEQUENCING_START:
	case SEQUENCING_RESUME_ALL:
	case SEQUENCING_CHOICE:
		return EXCEPTION_NONE; /* these may begin a session */
	case SEQUENCING_NONE:
		break;
	}
	return EXCEPTION_SB_2_12_1;
}

/* Sequencing Request Process [SB.2.12] */
struct traversal sequencing_request_process(
	const struct tracking *tracking, enum sequencing_request request, uint32_t target)
{
	if (tracking->global->current == NO_INDEX) {
		enum exception_code exception = not_begun(request);
		if (exception != EXCEPTION_NONE) {
			return no_traversal(exception);
		}
	}
	switch (request) {
	case SEQUENCING_START:
		return start_request(tracking);
	case SEQUENCING_RESUME_ALL:
		return resume_all_request(tracking);
	case SEQUENCING_CONTINUE:
		return continue_request(tracking);
	case SEQUENCING_PREVIOUS:
		return previous_request(tracking);
	case SEQUENCING_CHOICE:
		return choice_request_process(tracking, target);
	case SEQUENCING_JUMP:
		return jump_request(tracking, target);
	case SEQUENCING_RETRY: {
		struct traversal retry = retry_request(tracking);
		if (retry.activity == NO_INDEX && retry.exception != EXCEPTION_SB_2_10_2) {
			retry.exception = EXCEPTION_SB_2_10_3;
		}
		return retry;
	}
	case SEQUENCING_EXIT:
		return exit_request(tracking);
	case SEQUENCING_NONE:
		break;
	}
	return no_traversal(EXCEPTION_SB_2_12_1);
}
