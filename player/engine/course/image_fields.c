/* The members of a course image, each described once: see image_internal.h. */
#include "player/engine/bytes.h"
#include "player/engine/course/image_internal.h"
#include "player/engine/limits.h"

static void code_number(const struct codec *codec, uint32_t *field, uint32_t most)
{
	if (codec->writer) {
		put_number(codec->writer, *field);
	} else {
		*field = (uint32_t)get_number_up_to(codec->reader, most);
	}
}

/* An index that may be NO_INDEX: stored as index + 1, so that none is one byte. */
static void code_index(const struct codec *codec, uint32_t *field)
{
	if (codec->writer) {
		put_number(codec->writer, (uint32_t)(*field + 1));
	} else {
		*field = (uint32_t)get_number_up_to(codec->reader, UINT32_MAX) - 1;
	}
}

static void code_bool(const struct codec *codec, bool *field)
{
	if (codec->writer) {
		put_byte(codec->writer, *field);
	} else {
		*field = get_bool(codec->reader);
	}
}

static void code_signed(const struct codec *codec, int64_t *field)
{
	if (codec->writer) {
		put_signed(codec->writer, *field);
	} else {
		*field = get_signed(codec->reader);
	}
}

static void code_double(const struct codec *codec, double *field)
{
	if (codec->writer) {
		put_double(codec->writer, *field);
	} else {
		*field = get_double(codec->reader);
	}
}

static void code_span(const struct codec *codec, struct span *field)
{
	if (codec->writer) {
		put_string(codec->writer, *field);
	} else {
		*field = get_string(codec->reader);
	}
}

/* Enums differ in type, and share their width. */
#define CODE_ENUM(codec, field, last)                                                                        \
	do {                                                                                                 \
		uint32_t number_ = (uint32_t)(field);                                                        \
		code_number(codec, &number_, (uint32_t)(last));                                              \
		(field) = number_;                                                                           \
	} while (0)

static void code_launch(const struct codec *codec, struct activity *activity)
{
	code_span(codec, &activity->identifier);
	code_span(codec, &activity->title);
	code_index(codec, &activity->parent);
	code_bool(codec, &activity->visible);
	CODE_ENUM(codec, activity->resource, RESOURCE_SCO);
	code_span(codec, &activity->resource_identifier);
	code_span(codec, &activity->href);
	code_span(codec, &activity->data_from_lms);
	code_span(codec, &activity->prerequisites);
	code_bool(codec, &activity->has_mastery_score);
	code_double(codec, &activity->mastery_score);
	code_bool(codec, &activity->has_max_time);
	code_signed(codec, &activity->max_time_cs);
	CODE_ENUM(codec, activity->time_limit_action, TIME_LIMIT_EXIT_MESSAGE);
	code_bool(codec, &activity->completed_by_measure);
	code_double(codec, &activity->min_progress_measure);
	code_double(codec, &activity->progress_weight);
}

static void code_control(const struct codec *codec, struct control_mode *control)
{
	code_bool(codec, &control->choice);
	code_bool(codec, &control->choice_exit);
	code_bool(codec, &control->flow);
	code_bool(codec, &control->forward_only);
	code_bool(codec, &control->use_current_attempt_objective);
	code_bool(codec, &control->use_current_attempt_progress);
}

static void code_sequencing(const struct codec *codec, struct activity *activity)
{
	code_control(codec, &activity->control);
	code_bool(codec, &activity->prevent_activation);
	code_bool(codec, &activity->constrain_choice);
	code_bool(codec, &activity->has_attempt_limit);
	code_number(codec, &activity->attempt_limit, UINT32_MAX);
	code_bool(codec, &activity->has_experienced_duration_limit);
	code_signed(codec, &activity->experienced_duration_limit_cs);
	CODE_ENUM(codec, activity->required_for_satisfied, CONSIDER_IF_NOT_SKIPPED);
	CODE_ENUM(codec, activity->required_for_not_satisfied, CONSIDER_IF_NOT_SKIPPED);
	CODE_ENUM(codec, activity->required_for_completed, CONSIDER_IF_NOT_SKIPPED);
	CODE_ENUM(codec, activity->required_for_incomplete, CONSIDER_IF_NOT_SKIPPED);
	code_bool(codec, &activity->measure_satisfaction_if_active);
	code_bool(codec, &activity->rollup_objective_satisfied);
	code_bool(codec, &activity->rollup_progress_completion);
	code_double(codec, &activity->objective_measure_weight);
	CODE_ENUM(codec, activity->selection_timing, TIMING_ON_EACH_NEW_ATTEMPT);
	code_bool(codec, &activity->has_selection_count);
	code_number(codec, &activity->selection_count, UINT32_MAX);
	CODE_ENUM(codec, activity->randomization_timing, TIMING_ON_EACH_NEW_ATTEMPT);
	code_bool(codec, &activity->reorder_children);
	code_bool(codec, &activity->tracked);
	code_bool(codec, &activity->completion_set_by_content);
	code_bool(codec, &activity->objective_set_by_content);
	code_number(codec, &activity->first_rule, UINT32_MAX);
	code_number(codec, &activity->rule_count, UINT32_MAX);
	code_number(codec, &activity->first_rollup_rule, UINT32_MAX);
	code_number(codec, &activity->rollup_rule_count, UINT32_MAX);
	code_number(codec, &activity->first_objective, UINT32_MAX);
	code_number(codec, &activity->objective_count, UINT32_MAX);
	code_number(codec, &activity->first_shared_data, UINT32_MAX);
	code_number(codec, &activity->shared_data_count, UINT32_MAX);
	code_number(codec, &activity->hide_lms_ui, 2 * HIDE_SUSPEND_ALL - 1);
}

void image_code_activity(const struct codec *codec, struct activity *activity)
{
	code_launch(codec, activity);
	code_sequencing(codec, activity);
}

void image_code_rule(const struct codec *codec, struct sequencing_rule *rule)
{
	CODE_ENUM(codec, rule->kind, RULE_EXIT);
	CODE_ENUM(codec, rule->action, ACTION_EXIT);
	CODE_ENUM(codec, rule->combination, COMBINE_ANY);
	code_number(codec, &rule->first_condition, UINT32_MAX);
	code_number(codec, &rule->condition_count, UINT32_MAX);
}

void image_code_rollup_rule(const struct codec *codec, struct rollup_rule *rule)
{
	CODE_ENUM(codec, rule->action, ROLLUP_INCOMPLETE);
	CODE_ENUM(codec, rule->child_set, CHILDREN_AT_LEAST_PERCENT);
	CODE_ENUM(codec, rule->combination, COMBINE_ANY);
	code_number(codec, &rule->minimum_count, UINT32_MAX);
	code_double(codec, &rule->minimum_percent);
	code_number(codec, &rule->first_condition, UINT32_MAX);
	code_number(codec, &rule->condition_count, UINT32_MAX);
}

void image_code_condition(const struct codec *codec, struct condition *condition)
{
	CODE_ENUM(codec, condition->kind, CONDITION_NEVER);
	code_bool(codec, &condition->negated);
	code_double(codec, &condition->measure_threshold);
	code_span(codec, &condition->objective);
}

void image_code_objective(const struct codec *codec, struct objective *objective)
{
	code_span(codec, &objective->id);
	code_bool(codec, &objective->primary);
	code_bool(codec, &objective->satisfied_by_measure);
	code_double(codec, &objective->minimum_normalized_measure);
	code_number(codec, &objective->first_map, UINT32_MAX);
	code_number(codec, &objective->map_count, UINT32_MAX);
}

void image_code_map(const struct codec *codec, struct objective_map *map)
{
	bool *const flags[] = {
		&map->read_satisfied_status,
		&map->read_normalized_measure,
		&map->write_satisfied_status,
		&map->write_normalized_measure,
		&map->read_raw_score,
		&map->read_min_score,
		&map->read_max_score,
		&map->read_completion_status,
		&map->read_progress_measure,
		&map->write_raw_score,
		&map->write_min_score,
		&map->write_max_score,
		&map->write_completion_status,
		&map->write_progress_measure,
	};
	code_span(codec, &map->target);
	for (uint32_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		code_bool(codec, flags[i]);
	}
}

void image_code_shared_data(const struct codec *codec, struct shared_data_map *map)
{
	code_span(codec, &map->target);
	code_bool(codec, &map->read);
	code_bool(codec, &map->write);
}

void image_code_head(const struct codec *codec, struct course *course)
{
	CODE_ENUM(codec, course->edition, SCORM_2004_4TH);
	code_span(codec, &course->identifier);
	code_span(codec, &course->organization);
	code_span(codec, &course->title);
	code_bool(codec, &course->objectives_global_to_system);
	code_bool(codec, &course->shared_data_global_to_system);
	code_number(codec, &course->activity_count, LIMIT_ACTIVITIES);
	code_number(codec, &course->rule_count, LIMIT_IMAGE_MEMBERS);
	code_number(codec, &course->rollup_rule_count, LIMIT_IMAGE_MEMBERS);
	code_number(codec, &course->condition_count, LIMIT_IMAGE_MEMBERS);
	code_number(codec, &course->objective_count, LIMIT_IMAGE_MEMBERS);
	code_number(codec, &course->map_count, LIMIT_IMAGE_MEMBERS);
	code_number(codec, &course->shared_data_count, LIMIT_IMAGE_MEMBERS);
}

#undef CODE_ENUM
