/* Setting what is known of objectives, with their write maps, and what follows from it (SN 4.2.1). */
#include "player/engine/tracking/maps.h"
#include "player/engine/tracking/values.h"

static bool is_primary(const struct tracking *tracking, uint32_t slot)
{
	return primary_slot(tracking, tracking->layout->slot_activity[slot]) == slot;
}

static void force_success(struct tracking *tracking, uint32_t slot, enum success_status success)
{
	tracking->slots[slot].success = success;
	write_through(tracking, slot, MEMBER_SUCCESS);
}

void slot_set_success(struct tracking *tracking, uint32_t slot, enum success_status success)
{
	if (!slot_satisfied_by_measure(tracking, slot)) {
		force_success(tracking, slot, success);
	}
}

/* SN 3.7: while the activity is active, its primary objective's status waits where the author said so. */
static bool measure_decides(const struct tracking *tracking, uint32_t slot)
{
	uint32_t activity = tracking->layout->slot_activity[slot];
	return slot_satisfied_by_measure(tracking, slot) &&
	       (!is_primary(tracking, slot) || !tracking->activities[activity].active ||
		       activity_of(tracking, activity)->measure_satisfaction_if_active);
}

static void decide_by_measure(struct tracking *tracking, uint32_t slot, double measure)
{
	bool reached = measure >= objective_of(tracking, slot)->minimum_normalized_measure;
	force_success(tracking, slot, reached ? SUCCESS_PASSED : SUCCESS_FAILED);
}

void slot_follow_measure(struct tracking *tracking, uint32_t slot, double measure)
{
	if (slot_satisfied_by_measure(tracking, slot)) {
		decide_by_measure(tracking, slot, measure);
	}
}

void slot_set_measure(struct tracking *tracking, uint32_t slot, double measure)
{
	tracking->slots[slot].has_measure = true;
	tracking->slots[slot].measure = measure;
	write_through(tracking, slot, MEMBER_MEASURE);
	if (measure_decides(tracking, slot)) {
		decide_by_measure(tracking, slot, measure);
	}
}

void slot_clear_measure(struct tracking *tracking, uint32_t slot)
{
	if (tracking->slots[slot].has_measure) {
		tracking->slots[slot].has_measure = false;
		tracking->slots[slot].measure = 0;
		write_through(tracking, slot, MEMBER_MEASURE);
	}
}

void slot_set_completion(struct tracking *tracking, uint32_t slot, enum completion_status completion)
{
	tracking->slots[slot].completion = completion;
	write_through(tracking, slot, MEMBER_COMPLETION);
}

void slot_clear_completion(struct tracking *tracking, uint32_t slot)
{
	if (tracking->slots[slot].completion != COMPLETION_UNKNOWN) {
		slot_set_completion(tracking, slot, COMPLETION_UNKNOWN);
	}
}

void slot_set_progress(struct tracking *tracking, uint32_t slot, double progress)
{
	tracking->slots[slot].has_progress = true;
	tracking->slots[slot].progress = progress;
	write_through(tracking, slot, MEMBER_PROGRESS);
}

void slot_clear_progress(struct tracking *tracking, uint32_t slot)
{
	if (tracking->slots[slot].has_progress) {
		tracking->slots[slot].has_progress = false;
		tracking->slots[slot].progress = 0;
		write_through(tracking, slot, MEMBER_PROGRESS);
	}
}

void slot_set_scores(struct tracking *tracking, uint32_t slot, const struct objective_values *values)
{
	struct objective_values *local = &tracking->slots[slot];
	bool had[] = {local->has_raw, local->has_min, local->has_max};
	bool has[] = {values->has_raw, values->has_min, values->has_max};
	for (uint32_t k = 0; k < 3; k++) {
		enum member member = (enum member)(MEMBER_RAW + k);
		copy_member(local, values, member);
		if (had[k] || has[k]) {
			write_through(tracking, slot, member);
		}
	}
}

void activity_set_completion(struct tracking *tracking, uint32_t activity, enum completion_status completion)
{
	if (!activity_completed_by_measure(tracking, activity)) {
		slot_set_completion(tracking, primary_slot(tracking, activity), completion);
	}
}

void activity_set_progress(struct tracking *tracking, uint32_t activity, double progress)
{
	const struct activity *definition = activity_of(tracking, activity);
	uint32_t slot = primary_slot(tracking, activity);
	slot_set_progress(tracking, slot, progress);
	if (activity_completed_by_measure(tracking, activity)) {
		bool reached = progress >= definition->min_progress_measure;
		slot_set_completion(tracking, slot, reached ? COMPLETION_COMPLETED : COMPLETION_INCOMPLETE);
	}
}

void activity_settle_measure(struct tracking *tracking, uint32_t activity)
{
	uint32_t slot = primary_slot(tracking, activity);
	double measure;
	if (slot_satisfied_by_measure(tracking, slot) && slot_measure(tracking, slot, false, &measure)) {
		slot_set_measure(tracking, slot, measure);
	}
}
