#include "player/engine/tracking/maps.h"

const struct objective *objective_of(const struct tracking *tracking, uint32_t slot)
{
	uint32_t index = tracking->layout->slot_objective[slot];
	return index == NO_INDEX ? NULL : &tracking->layout->course->objectives[index];
}

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

const struct objective_values *read_through(
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

void copy_member(struct objective_values *to, const struct objective_values *from, enum member member)
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

void write_through(struct tracking *tracking, uint32_t slot, enum member member)
{
	const struct objective *objective = objective_of(tracking, slot);
	for (uint32_t k = 0; objective != NULL && k < objective->map_count; k++) {
		uint32_t map = objective->first_map + k;
		if (map_writes(&tracking->layout->course->maps[map], member)) {
			copy_member(&tracking->globals[tracking->layout->map_global[map]],
				&tracking->slots[slot], member);
		}
	}
}
