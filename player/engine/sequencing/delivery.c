/* Delivery: DB.1.1, DB.2, DB.2.1. */
#include "player/engine/sequencing/internal.h"

#include "player/engine/text.h"

/* Delivery Request Process [DB.1.1]: a leaf, and neither it nor an ancestor is disabled. */
enum exception_code delivery_request_process(const struct tracking *tracking, uint32_t activity)
{
	if (activity == NO_INDEX) {
		return EXCEPTION_DB_1_1_2;
	}
	if (is_cluster(tracking, activity)) {
		return EXCEPTION_DB_1_1_1;
	}
	for (uint32_t at = activity; at != NO_INDEX; at = parent_of(tracking, at)) {
		if (activity_disabled(tracking, at)) {
			return EXCEPTION_DB_1_1_3;
		}
	}
	return EXCEPTION_NONE;
}

/* Clear Suspended Activity Subprocess [DB.2.1]: another activity than the suspended one is delivered. */
static void clear_suspended_activity(struct tracking *tracking, uint32_t activity)
{
	uint32_t suspended = tracking->global->suspended;
	struct activity_state *states = tracking->activities;
	tracking->global->suspended = NO_INDEX;
	if (suspended == NO_INDEX || suspended == activity) {
		return;
	}
	uint32_t ancestor = common_ancestor(tracking, activity, suspended);
	for (uint32_t at = suspended; at != ancestor && at != NO_INDEX; at = parent_of(tracking, at)) {
		states[at].suspended = false;
		for (uint32_t k = 0; k < states[at].available_children; k++) {
			states[at].suspended =
				states[at].suspended || states[tracking_child(tracking, at, k)].suspended;
		}
	}
}

/* Whether there is anything of an earlier attempt. */
static bool has_results(const struct tracking *tracking, uint32_t activity)
{
	const struct objective_values *own = &tracking->slots[primary_slot(tracking, activity)];
	return tracking->activities[activity].attempt_count > 0 || own->success != SUCCESS_UNKNOWN ||
	       own->completion != COMPLETION_UNKNOWN || own->has_measure || own->has_progress;
}

/* "Use current attempt …" (SN 3.2): what the children keep from earlier attempts no longer counts in
 * rollup. */
static void make_children_stale(struct tracking *tracking, uint32_t cluster, bool objectives, bool progress)
{
	const struct control_mode *control = &activity_of(tracking, cluster)->control;
	objectives = objectives && control->use_current_attempt_objective;
	progress = progress && control->use_current_attempt_progress;
	uint32_t count = tracking->activities[cluster].available_children;
	for (uint32_t k = 0; k < count && (objectives || progress); k++) {
		uint32_t child = tracking_child(tracking, cluster, k);
		if (has_results(tracking, child)) {
			tracking->activities[child].stale_objectives |= objectives;
			tracking->activities[child].stale_progress |= progress;
		}
		make_children_stale(tracking, child, objectives, progress);
	}
}

static void begin_new_attempt(struct tracking *tracking, uint32_t activity)
{
	const struct tracking_layout *layout = tracking->layout;
	struct activity_state *state = &tracking->activities[activity];
	if (activity_of(tracking, activity)->tracked) {
		if (state->attempt_count < UINT32_MAX) {
			state->attempt_count++;
		}
		memset(&tracking->slots[layout->first_slot[activity]], 0,
			layout->slot_count[activity] * sizeof(struct objective_values));
		state->stale_objectives = false;
		state->stale_progress = false;
		make_children_stale(tracking, activity, true, true);
	}
	state->resumed = false;
	state->success_set = false;
	state->completion_set = false;
	state->attempt_began_ms = tracking->global->now;
	state->attempt_cs = 0;
}

static void begin_attempt(struct tracking *tracking, uint32_t activity)
{
	struct activity_state *state = &tracking->activities[activity];
	if (state->suspended) {
		state->resumed = true;
		state->suspended = false;
	} else {
		begin_new_attempt(tracking, activity);
	}
	state->attempt_ended_ms = 0;
	state->active = true;
}

/* Attempts begin from the root down to the activity. */
static void begin_attempts(struct tracking *tracking, uint32_t activity)
{
	uint32_t parent = parent_of(tracking, activity);
	if (parent != NO_INDEX) {
		begin_attempts(tracking, parent);
	}
	if (!tracking->activities[activity].active) {
		begin_attempt(tracking, activity);
	}
}

/* Content Delivery Environment Process [DB.2] */
void content_delivery(struct tracking *tracking, uint32_t activity)
{
	clear_suspended_activity(tracking, activity);
	terminate_descendent_attempts(tracking, activity);
	begin_attempts(tracking, activity);
	tracking->global->current = activity;
}
