#include "player/engine/tracking/values.h"

#include "player/engine/text.h"
#include "player/engine/tracking/maps.h"

uint32_t primary_slot(const struct tracking *tracking, uint32_t activity)
{
	return tracking->layout->first_slot[activity];
}

const struct activity *activity_of(const struct tracking *tracking, uint32_t activity)
{
	return &tracking->layout->course->activities[activity];
}

uint32_t named_slot(const struct tracking *tracking, uint32_t activity, struct span name)
{
	uint32_t first = primary_slot(tracking, activity);
	if (name.len == 0) {
		return first;
	}
	for (uint32_t k = 0; k < tracking->layout->slot_count[activity]; k++) {
		const struct objective *objective = objective_of(tracking, first + k);
		if (objective != NULL && span_equal(objective->id, name)) {
			return first + k;
		}
	}
	return NO_INDEX;
}

bool slot_satisfied_by_measure(const struct tracking *tracking, uint32_t slot)
{
	const struct objective *objective = objective_of(tracking, slot);
	return objective != NULL && objective->satisfied_by_measure;
}

static const struct activity_state *state_of_slot(const struct tracking *tracking, uint32_t slot)
{
	return &tracking->activities[tracking->layout->slot_activity[slot]];
}

bool slot_measure(const struct tracking *tracking, uint32_t slot, bool fresh, double *ret)
{
	const struct objective_values *from = read_through(tracking, slot, MEMBER_MEASURE);
	if (from == NULL) {
		from = &tracking->slots[slot];
		if (fresh && state_of_slot(tracking, slot)->stale_objectives) {
			return false;
		}
	}
	*ret = from->measure;
	return from->has_measure;
}

static enum success_status success_by_measure(const struct tracking *tracking, uint32_t slot, bool fresh)
{
	double measure;
	if (!slot_measure(tracking, slot, fresh, &measure)) {
		return SUCCESS_UNKNOWN;
	}
	return measure >= objective_of(tracking, slot)->minimum_normalized_measure ? SUCCESS_PASSED
										   : SUCCESS_FAILED;
}

enum success_status slot_success(const struct tracking *tracking, uint32_t slot, bool fresh)
{
	if (slot_satisfied_by_measure(tracking, slot)) {
		return success_by_measure(tracking, slot, fresh);
	}
	const struct objective_values *from = read_through(tracking, slot, MEMBER_SUCCESS);
	if (from != NULL) {
		return from->success;
	}
	if (fresh && state_of_slot(tracking, slot)->stale_objectives) {
		return SUCCESS_UNKNOWN;
	}
	return tracking->slots[slot].success;
}

/* A global completion or progress that nobody has written yet leaves the local one in force. */
enum completion_status slot_completion(const struct tracking *tracking, uint32_t slot, bool fresh)
{
	const struct objective_values *from = read_through(tracking, slot, MEMBER_COMPLETION);
	if (from != NULL && from->completion != COMPLETION_UNKNOWN) {
		return from->completion;
	}
	if (fresh && state_of_slot(tracking, slot)->stale_progress) {
		return COMPLETION_UNKNOWN;
	}
	return tracking->slots[slot].completion;
}

bool slot_progress(const struct tracking *tracking, uint32_t slot, bool fresh, double *ret)
{
	const struct objective_values *from = read_through(tracking, slot, MEMBER_PROGRESS);
	if (from == NULL || !from->has_progress) {
		from = &tracking->slots[slot];
		if (fresh && state_of_slot(tracking, slot)->stale_progress) {
			return false;
		}
	}
	*ret = from->progress;
	return from->has_progress;
}

bool activity_completed_by_measure(const struct tracking *tracking, uint32_t activity)
{
	return tracking->layout->course->edition == SCORM_2004_4TH &&
	       activity_of(tracking, activity)->completed_by_measure;
}

enum completion_status activity_completion(const struct tracking *tracking, uint32_t activity, bool fresh)
{
	const struct activity *definition = activity_of(tracking, activity);
	uint32_t slot = primary_slot(tracking, activity);
	if (activity_completed_by_measure(tracking, activity)) {
		double progress;
		if (!slot_progress(tracking, slot, fresh, &progress)) {
			return COMPLETION_UNKNOWN;
		}
		return progress >= definition->min_progress_measure ? COMPLETION_COMPLETED
								    : COMPLETION_INCOMPLETE;
	}
	enum completion_status completion = slot_completion(tracking, slot, fresh);
	return completion == COMPLETION_NOT_ATTEMPTED ? COMPLETION_INCOMPLETE : completion;
}

enum success_status activity_success(
	const struct tracking *tracking, uint32_t activity, uint32_t slot, bool fresh)
{
	if (slot_satisfied_by_measure(tracking, slot) && tracking->activities[activity].active &&
		!activity_of(tracking, activity)->measure_satisfaction_if_active) {
		return SUCCESS_UNKNOWN;
	}
	return slot_success(tracking, slot, fresh);
}

static const struct objective_values *source_of(
	const struct tracking *tracking, uint32_t slot, enum member member)
{
	const struct objective_values *from = read_through(tracking, slot, member);
	return from == NULL ? &tracking->slots[slot] : from;
}

static struct objective_values values_of_slot(const struct tracking *tracking, uint32_t slot)
{
	struct objective_values values = {0};
	for (enum member member = MEMBER_RAW; member <= MEMBER_MAX; member++) {
		copy_member(&values, source_of(tracking, slot, member), member);
	}
	values.success = slot_success(tracking, slot, false);
	values.completion = slot_completion(tracking, slot, false);
	values.has_measure = slot_measure(tracking, slot, false, &values.measure);
	values.has_progress = slot_progress(tracking, slot, false, &values.progress);
	return values;
}

struct objective_values tracking_values_of(
	const struct tracking *tracking, uint32_t activity, uint32_t objective)
{
	return values_of_slot(tracking, primary_slot(tracking, activity) + objective);
}

/* Whether some leaf below has a measure and some leaf has progress. */
static void look_below(
	const struct tracking *tracking, uint32_t cluster, bool *ret_measure, bool *ret_progress)
{
	const struct tracking_layout *layout = tracking->layout;
	double unused;
	*ret_measure = *ret_progress = false;
	for (uint32_t i = cluster; i < layout->subtree_end[cluster]; i++) {
		if (layout->child_count[i] == 0) {
			uint32_t slot = primary_slot(tracking, i);
			*ret_measure = *ret_measure || slot_measure(tracking, slot, false, &unused);
			*ret_progress = *ret_progress || slot_progress(tracking, slot, false, &unused);
		}
	}
}

/* A cluster whose measure is 0 only because nobody has one (RB.1.1) has no score to tell, and has not failed. */
static void withhold_empty_rollup(
	const struct tracking *tracking, uint32_t cluster, struct objective_values *values)
{
	uint32_t slot = primary_slot(tracking, cluster);
	bool measure, progress;
	look_below(tracking, cluster, &measure, &progress);
	if (!measure && read_through(tracking, slot, MEMBER_MEASURE) == NULL) {
		values->has_measure = false;
		values->measure = 0;
		if (slot_satisfied_by_measure(tracking, slot)) {
			values->success = SUCCESS_UNKNOWN;
		}
	}
	if (!progress && read_through(tracking, slot, MEMBER_PROGRESS) == NULL) {
		values->has_progress = false;
		values->progress = 0;
	}
}

struct objective_values tracking_results(const struct tracking *tracking, uint32_t activity)
{
	uint32_t slot = primary_slot(tracking, activity);
	struct objective_values values = values_of_slot(tracking, slot);
	values.success = activity_success(tracking, activity, slot, false);
	values.completion = activity_completion(tracking, activity, false);
	if (tracking->layout->child_count[activity] > 0) {
		withhold_empty_rollup(tracking, activity, &values);
	}
	return values;
}
