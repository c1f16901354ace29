/* The rules of course.h, checked before an image is written and after it is read. */
#include "player/engine/course/image_internal.h"
#include "player/engine/limits.h"

static bool inside(uint32_t first, uint32_t count, uint32_t total)
{
	return count == 0 || (first < total && count <= total - first);
}

static bool activity_is_sound(const struct course *course, const struct activity *activity, uint32_t index)
{
	bool root = index == 0;
	return (root ? activity->parent == NO_INDEX : activity->parent < index) &&
	       inside(activity->first_rule, activity->rule_count, course->rule_count) &&
	       inside(activity->first_rollup_rule, activity->rollup_rule_count, course->rollup_rule_count) &&
	       inside(activity->first_objective, activity->objective_count, course->objective_count) &&
	       inside(activity->first_shared_data, activity->shared_data_count, course->shared_data_count) &&
	       activity->max_time_cs >= 0 && activity->max_time_cs <= LIMIT_TIME_CS &&
	       activity->experienced_duration_limit_cs >= 0 &&
	       activity->experienced_duration_limit_cs <= LIMIT_TIME_CS;
}

/* Pre-order: an activity's parent is the activity before it, or an ancestor of that one. */
static bool tree_is_sound(const struct course *course)
{
	for (uint32_t i = 0; i < course->activity_count; i++) {
		const struct activity *activity = &course->activities[i];
		if (!activity_is_sound(course, activity, i)) {
			return false;
		}
		uint32_t ancestor = i == 0 ? NO_INDEX : i - 1;
		uint32_t depth = 0;
		while (ancestor != activity->parent) {
			if (ancestor == NO_INDEX || ++depth > LIMIT_TREE_DEPTH) {
				return false;
			}
			ancestor = course->activities[ancestor].parent;
		}
		for (; ancestor != NO_INDEX; ancestor = course->activities[ancestor].parent) {
			if (++depth > LIMIT_TREE_DEPTH) {
				return false;
			}
		}
	}
	return true;
}

/* Objectives, their maps and shared data belong to one activity each: their ranges follow one another. */
static bool belongings_are_sound(const struct course *course)
{
	uint32_t objectives = 0, shared_data = 0, maps = 0;
	for (uint32_t i = 0; i < course->activity_count; i++) {
		const struct activity *activity = &course->activities[i];
		if ((activity->objective_count > 0 && activity->first_objective < objectives) ||
			(activity->shared_data_count > 0 && activity->first_shared_data < shared_data)) {
			return false;
		}
		if (activity->objective_count > 0) {
			objectives = activity->first_objective + activity->objective_count;
		}
		if (activity->shared_data_count > 0) {
			shared_data = activity->first_shared_data + activity->shared_data_count;
		}
	}
	for (uint32_t i = 0; i < course->objective_count; i++) {
		const struct objective *objective = &course->objectives[i];
		if (objective->map_count > 0) {
			if (objective->first_map < maps) {
				return false;
			}
			maps = objective->first_map + objective->map_count;
		}
	}
	return true;
}

static bool members_are_sound(const struct course *course)
{
	for (uint32_t i = 0; i < course->rule_count; i++) {
		const struct sequencing_rule *rule = &course->rules[i];
		if (!inside(rule->first_condition, rule->condition_count, course->condition_count)) {
			return false;
		}
	}
	for (uint32_t i = 0; i < course->rollup_rule_count; i++) {
		const struct rollup_rule *rule = &course->rollup_rules[i];
		if (!inside(rule->first_condition, rule->condition_count, course->condition_count)) {
			return false;
		}
	}
	for (uint32_t i = 0; i < course->objective_count; i++) {
		const struct objective *objective = &course->objectives[i];
		if (!inside(objective->first_map, objective->map_count, course->map_count)) {
			return false;
		}
	}
	return belongings_are_sound(course);
}

static bool counts_are_sound(const struct course *course)
{
	return course->activity_count > 0 && course->activity_count <= LIMIT_ACTIVITIES &&
	       course->rule_count <= LIMIT_IMAGE_MEMBERS &&
	       course->rollup_rule_count <= LIMIT_IMAGE_MEMBERS &&
	       course->condition_count <= LIMIT_IMAGE_MEMBERS &&
	       course->objective_count <= LIMIT_IMAGE_MEMBERS && course->map_count <= LIMIT_IMAGE_MEMBERS &&
	       course->shared_data_count <= LIMIT_IMAGE_MEMBERS;
}

bool image_is_sound(const struct course *course)
{
	return counts_are_sound(course) && tree_is_sound(course) && members_are_sound(course);
}
