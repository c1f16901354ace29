#include "player/engine/tracking_values.h"

#include "player/engine/text.h"

uint32_t primary_slot(const struct tracking *tracking, uint32_t activity)
{
	return tracking->layout->first_slot[activity];
}

const struct activity *activity_of(const struct tracking *tracking, uint32_t activity)
{
	return &tracking->layout->course->activities[activity];
}

static const struct objective *objective_of(const struct tracking *tracking, uint32_t slot)
{
	uint32_t index = tracking->layout->slot_objective[slot];
	return index == NO_INDEX ? NULL : &tracking->layout->course->objectives[index];
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

static bool is_primary(const struct tracking *tracking, uint32_t slot)
{
	return primary_slot(tracking, tracking->layout->slot_activity[slot]) == slot;
}

/* --- Maps --- */

enum member {
	MEMBER_SUCCESS,
	MEMBER_MEASURE,
	MEMBER_COMPLETION,
	MEMBER_PROGRESS,
	MEMBER_RAW,
	MEMBER_MIN,
	MEMBER_MAX,
};

static bool map_reads(const struct objective_map *map, enum member member)
{
	switch (member) {
	case MEMBER_SUCCESS:
		return map->read_satisfied_status;
	case MEMBER_MEASURE:
		return map->read_normalized_measure;
	case MEMBER_COMPLETION:
		return map->read_completion_status;
	case MEMBER_PROGRESS:
		return map->read_progress_measure;
	case MEMBER_RAW:
		return map->read_raw_score;
	case MEMBER_MIN:
		return map->read_min_score;
	case MEMBER_MAX:
		return map->read_max_score;
	}
	return false;
}

static bool map_writes(const struct objective_map *map, enum member member)
{
	switch (member) {
	case MEMBER_SUCCESS:
		return map->write_satisfied_status;
	case MEMBER_MEASURE:
		return map->write_normalized_measure;
	case MEMBER_COMPLETION:
		return map->write_completion_status;
	case MEMBER_PROGRESS:
		return map->write_progress_measure;
	case MEMBER_RAW:
		return map->write_raw_score;
	case MEMBER_MIN:
		return map->write_min_score;
	case MEMBER_MAX:
		return map->write_max_score;
	}
	return false;
}

/* The global objective that a member is read from, NULL when it is local. */
static const struct objective_values *read_through(
	const struct tracking *tracking, uint32_t slot, enum member member)
{
	const struct objective *objective = objective_of(tracking, slot);
	const struct objective_values *found = NULL;
	if (objective == NULL) {
		return NULL;
	}
	for (uint32_t k = 0; k < objective->map_count; k++) {
		uint32_t map = objective->first_map + k;
		if (map_reads(&tracking->layout->course->maps[map], member)) {
			found = &tracking->globals[tracking->layout->map_global[map]];
		}
	}
	return found;
}

static void copy_member(struct objective_values *to, const struct objective_values *from, enum member member)
{
	switch (member) {
	case MEMBER_SUCCESS:
		to->success = from->success;
		return;
	case MEMBER_MEASURE:
		to->has_measure = from->has_measure;
		to->measure = from->measure;
		return;
	case MEMBER_COMPLETION:
		to->completion = from->completion;
		return;
	case MEMBER_PROGRESS:
		to->has_progress = from->has_progress;
		to->progress = from->progress;
		return;
	case MEMBER_RAW:
		to->has_raw = from->has_raw;
		to->raw = from->raw;
		return;
	case MEMBER_MIN:
		to->has_min = from->has_min;
		to->min = from->min;
		return;
	case MEMBER_MAX:
		to->has_max = from->has_max;
		to->max = from->max;
		return;
	}
}

/* What was set locally goes to every global objective that is mapped for writing. */
static void write_through(struct tracking *tracking, uint32_t slot, enum member member)
{
	const struct objective *objective = objective_of(tracking, slot);
	for (uint32_t k = 0; objective != NULL && k < objective->map_count; k++) {
		uint32_t map = objective->first_map + k;
		if (map_writes(&tracking->layout->course->maps[map], member)) {
			copy_member(&tracking->globals[tracking->layout->map_global[map]], &tracking->slots[slot],
				member);
		}
	}
}

/* --- Reading --- */

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
	return measure >= objective_of(tracking, slot)->minimum_normalized_measure ? SUCCESS_PASSED : SUCCESS_FAILED;
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

enum completion_status activity_completion(const struct tracking *tracking, uint32_t activity, bool fresh)
{
	const struct activity *definition = activity_of(tracking, activity);
	uint32_t slot = primary_slot(tracking, activity);
	if (definition->completed_by_measure) {
		double progress;
		if (!slot_progress(tracking, slot, fresh, &progress)) {
			return COMPLETION_UNKNOWN;
		}
		return progress >= definition->min_progress_measure ? COMPLETION_COMPLETED : COMPLETION_INCOMPLETE;
	}
	enum completion_status completion = slot_completion(tracking, slot, fresh);
	return completion == COMPLETION_NOT_ATTEMPTED ? COMPLETION_INCOMPLETE : completion;
}

enum success_status activity_success(const struct tracking *tracking, uint32_t activity, uint32_t slot, bool fresh)
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

struct objective_values tracking_values_of(const struct tracking *tracking, uint32_t activity, uint32_t objective)
{
	return values_of_slot(tracking, primary_slot(tracking, activity) + objective);
}

struct objective_values tracking_results(const struct tracking *tracking, uint32_t activity)
{
	uint32_t slot = primary_slot(tracking, activity);
	struct objective_values values = values_of_slot(tracking, slot);
	values.success = activity_success(tracking, activity, slot, false);
	values.completion = activity_completion(tracking, activity, false);
	return values;
}

/* --- Writing --- */

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

void slot_set_measure(struct tracking *tracking, uint32_t slot, double measure)
{
	tracking->slots[slot].has_measure = true;
	tracking->slots[slot].measure = measure;
	write_through(tracking, slot, MEMBER_MEASURE);
	if (measure_decides(tracking, slot)) {
		bool reached = measure >= objective_of(tracking, slot)->minimum_normalized_measure;
		force_success(tracking, slot, reached ? SUCCESS_PASSED : SUCCESS_FAILED);
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
	if (!activity_of(tracking, activity)->completed_by_measure) {
		slot_set_completion(tracking, primary_slot(tracking, activity), completion);
	}
}

void activity_set_progress(struct tracking *tracking, uint32_t activity, double progress)
{
	const struct activity *definition = activity_of(tracking, activity);
	uint32_t slot = primary_slot(tracking, activity);
	slot_set_progress(tracking, slot, progress);
	if (definition->completed_by_measure) {
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
