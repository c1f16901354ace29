/* Termination: TB.2.1, TB.2.2, TB.2.3, and the ending of attempts UP.3, UP.4. */
#include "player/engine/sequencing/internal.h"

/* The content's silence means success, unless the author said that the content sets it (SN 3.13). */
static void settle_leaf(struct tracking *tracking, uint32_t activity)
{
	const struct activity *definition = activity_of(tracking, activity);
	const struct activity_state *state = &tracking->activities[activity];
	uint32_t slot = primary_slot(tracking, activity);
	if (!definition->completion_set_by_content && !state->completion_set &&
		activity_completion(tracking, activity, false) == COMPLETION_UNKNOWN) {
		activity_set_completion(tracking, activity, COMPLETION_COMPLETED);
	}
	if (!definition->objective_set_by_content && !state->success_set &&
		activity_success(tracking, activity, slot, false) == SUCCESS_UNKNOWN) {
		slot_set_success(tracking, slot, SUCCESS_PASSED);
	}
}

/* An untracked activity may go on with its run-time data, but for sequencing it is never suspended. */
static bool counts_as_suspended(const struct tracking *tracking, uint32_t activity)
{
	return tracking->activities[activity].suspended && activity_of(tracking, activity)->tracked;
}

/* A cluster is suspended as long as one of its children is; otherwise its attempt has ended for good, and its
 * children are chosen anew where the author wants that for each attempt. */
static void settle_cluster(struct tracking *tracking, uint32_t activity)
{
	const struct activity *definition = activity_of(tracking, activity);
	struct activity_state *state = &tracking->activities[activity];
	state->suspended = false;
	for (uint32_t k = 0; k < state->available_children; k++) {
		if (counts_as_suspended(tracking, tracking_child(tracking, activity, k))) {
			state->suspended = true;
			return;
		}
	}
	if (definition->selection_timing == TIMING_ON_EACH_NEW_ATTEMPT) {
		select_children(tracking, activity);
	}
	if (definition->randomization_timing == TIMING_ON_EACH_NEW_ATTEMPT) {
		randomize_children(tracking, activity);
	}
}

/* End Attempt Process [UP.4] */
void end_attempt(struct tracking *tracking, uint32_t activity)
{
	struct activity_state *state = &tracking->activities[activity];
	bool tracked = activity_of(tracking, activity)->tracked;
	if (tracking_has_children(tracking, activity)) {
		settle_cluster(tracking, activity);
	} else if (tracked && !state->suspended) {
		settle_leaf(tracking, activity);
	}
	state->active = false;
	state->attempt_ended_ms = tracking->global->now;
	if (tracked) {
		activity_settle_measure(tracking, activity);
	}
	overall_rollup(tracking, activity);
}

/* Terminate Descendent Attempts Process [UP.3]: from the current activity up to the innermost cluster that
 * holds the target too. */
void terminate_descendent_attempts(struct tracking *tracking, uint32_t target)
{
	uint32_t at = tracking->global->current;
	for (; at != NO_INDEX; at = parent_of(tracking, at)) {
		if (tracking_has_children(tracking, at) && tracking_contains(tracking, at, target)) {
			return;
		}
		if (tracking->activities[at].active) {
			end_attempt(tracking, at);
		}
	}
}

/* Sequencing Exit Action Rules Subprocess [TB.2.1]: the outermost cluster whose exit rule holds ends, and is
 * the current activity then. */
static void exit_action_rules(struct tracking *tracking)
{
	uint32_t current = tracking->global->current;
	uint32_t exiting = NO_INDEX;
	for (uint32_t at = parent_of(tracking, current); at != NO_INDEX; at = parent_of(tracking, at)) {
		enum rule_action action;
		if (sequencing_rules_check(tracking, at, RULE_EXIT, 1u << ACTION_EXIT, &action)) {
			exiting = at;
		}
	}
	if (exiting != NO_INDEX) {
		terminate_descendent_attempts(tracking, exiting);
		end_attempt(tracking, exiting);
		tracking->global->current = exiting;
	}
}

#define POST_ACTIONS                                                                                         \
	((1u << ACTION_EXIT_PARENT) | (1u << ACTION_EXIT_ALL) | (1u << ACTION_RETRY) |                       \
		(1u << ACTION_RETRY_ALL) | (1u << ACTION_CONTINUE) | (1u << ACTION_PREVIOUS))

/* Sequencing Post Condition Rules Subprocess [TB.2.2]; a suspended activity has none. */
static bool post_condition_rules(const struct tracking *tracking, enum rule_action *ret)
{
	uint32_t current = tracking->global->current;
	return !counts_as_suspended(tracking, current) &&
	       sequencing_rules_check(tracking, current, RULE_POST, POST_ACTIONS, ret);
}

/* Ends whatever is still active, up to the root. `sequencing` RETRY: the root begins anew after. */
static void exit_all(struct tracking *tracking, struct termination_result *result)
{
	if (tracking->activities[tracking->global->current].active) {
		end_attempt(tracking, tracking->global->current);
	}
	terminate_descendent_attempts(tracking, 0);
	if (tracking->activities[0].active) {
		end_attempt(tracking, 0);
	}
	tracking->global->current = 0;
	if (result->sequencing != SEQUENCING_RETRY) {
		result->sequencing = SEQUENCING_EXIT;
	}
}

/* The post condition rules of the ended activity, and of each parent that they exit. */
static void post_conditions(struct tracking *tracking, struct termination_result *result)
{
	enum rule_action action;
	while (post_condition_rules(tracking, &action)) {
		uint32_t current = tracking->global->current;
		if (action == ACTION_CONTINUE || action == ACTION_PREVIOUS) {
			enum sequencing_request flow =
				action == ACTION_CONTINUE ? SEQUENCING_CONTINUE : SEQUENCING_PREVIOUS;
			/* TB.2.3, 3.3.5: from the root there is nowhere to go. */
			result->sequencing = current == 0 ? SEQUENCING_EXIT : flow;
			return;
		}
		if (action == ACTION_RETRY || action == ACTION_RETRY_ALL) {
			result->sequencing = SEQUENCING_RETRY;
		}
		if (action == ACTION_EXIT_ALL || action == ACTION_RETRY_ALL ||
			(action == ACTION_RETRY && current == 0)) {
			exit_all(tracking, result);
			return;
		}
		if (action == ACTION_RETRY) {
			return;
		}
		if (current == 0) { /* exit parent: TB.2.3-4, nothing to exit */
			return;
		}
		tracking->global->current = parent_of(tracking, current);
		end_attempt(tracking, tracking->global->current);
	}
	result->root_exited = tracking->global->current == 0 && result->sequencing == SEQUENCING_NONE;
}

static struct termination_result terminate_exit(struct tracking *tracking)
{
	struct termination_result result = {0};
	uint32_t current = tracking->global->current;
	if (!tracking->activities[current].active) {
		result.exception = EXCEPTION_TB_2_3_2;
		return result;
	}
	end_attempt(tracking, current);
	exit_action_rules(tracking);
	if (!counts_as_suspended(tracking, current)) {
		post_conditions(tracking, &result);
	}
	return result;
}

/* The whole active path is suspended; it goes on with resumeAll. */
static struct termination_result suspend_all(struct tracking *tracking)
{
	struct termination_result result = {.sequencing = SEQUENCING_EXIT};
	struct activity_state *states = tracking->activities;
	uint32_t current = tracking->global->current;
	uint32_t suspended = current;
	if (states[current].active) {
		states[current].suspended = true;
		overall_rollup(tracking, current);
	} else if (!states[current].suspended) {
		suspended = parent_of(tracking, current);
	}
	if (suspended == NO_INDEX) {
		result.exception = EXCEPTION_TB_2_3_3;
		return result;
	}
	for (uint32_t at = suspended; at != NO_INDEX; at = parent_of(tracking, at)) {
		if (states[at].active) {
			states[at].attempt_ended_ms = tracking->global->now;
		}
		states[at].active = false;
		states[at].suspended = true;
	}
	tracking->global->suspended = suspended;
	tracking->global->current = 0;
	return result;
}

/* An abandoned attempt leaves no results of the activity (as ADL does; the book says nothing of them). */
static void abandon(struct tracking *tracking, uint32_t activity)
{
	uint32_t slot = primary_slot(tracking, activity);
	if (activity_of(tracking, activity)->tracked) {
		activity_set_completion(tracking, activity, COMPLETION_UNKNOWN);
		slot_set_success(tracking, slot, SUCCESS_UNKNOWN);
		slot_clear_measure(tracking, slot);
	}
	tracking->activities[activity].active = false;
	tracking->activities[activity].attempt_ended_ms = tracking->global->now;
}

/* Termination Request Process [TB.2.3] */
struct termination_result termination_request_process(
	struct tracking *tracking, enum termination_request request)
{
	struct termination_result result = {0};
	uint32_t current = tracking->global->current;
	if (current == NO_INDEX) {
		result.exception = EXCEPTION_TB_2_3_1;
		return result;
	}
	switch (request) {
	case TERMINATION_EXIT:
		return terminate_exit(tracking);
	case TERMINATION_EXIT_ALL:
		exit_all(tracking, &result);
		return result;
	case TERMINATION_SUSPEND_ALL:
		return suspend_all(tracking);
	case TERMINATION_ABANDON:
		abandon(tracking, current);
		return result;
	case TERMINATION_ABANDON_ALL:
		abandon(tracking, current);
		for (uint32_t at = current; at != NO_INDEX; at = parent_of(tracking, at)) {
			tracking->activities[at].active = false;
		}
		tracking->global->current = 0;
		result.sequencing = SEQUENCING_EXIT;
		return result;
	case TERMINATION_NONE:
		break;
	}
	result.exception = EXCEPTION_TB_2_3_7;
	return result;
}
