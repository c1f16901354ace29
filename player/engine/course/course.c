#include "player/engine/course/course.h"
#include "player/engine/text.h"

/* CAM 5.1 and SN 3: what holds where a manifest says nothing. */
void activity_set_defaults(struct activity *activity)
{
	*activity = (struct activity){
		.parent = NO_INDEX,
		.first_child = NO_INDEX,
		.next_sibling = NO_INDEX,
		.visible = true,
		.min_progress_measure = 1.0,
		.progress_weight = 1.0,
		.control =
			{
				.choice = true,
				.choice_exit = true,
				.use_current_attempt_objective = true,
				.use_current_attempt_progress = true,
			},
		.measure_satisfaction_if_active = true,
		.rollup_objective_satisfied = true,
		.rollup_progress_completion = true,
		.objective_measure_weight = 1.0,
		.tracked = true,
	};
}

uint32_t course_find(const struct course *course, struct span identifier)
{
	for (uint32_t i = 0; i < course->activity_count; i++) {
		if (span_equal(course->activities[i].identifier, identifier)) {
			return i;
		}
	}
	return NO_INDEX;
}
