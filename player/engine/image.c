/*
 * Writing and opening course images. Each array's members are described once, by a function that walks the
 * members field by field over `struct codec`: the same walk measures, writes and reads.
 */
#include "player/engine/image.h"
#include "player/engine/bytes.h"
#include "player/engine/limits.h"
#include "player/engine/text.h"

#define IMAGE_VERSION 1
#define HEAD_SIZE (4 + 1 + 8)

static const char magic[4] = {'F', 'A', 'D', 'C'};

/* Either end of the walk: reader when `writer` is NULL. */
struct codec {
	struct byte_writer *writer;
	struct byte_reader *reader;
};

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
#define CODE_ENUM(codec, field, last)                                                                                  \
	do {                                                                                                           \
		uint32_t number_ = (uint32_t)(field);                                                                  \
		code_number(codec, &number_, (uint32_t)(last));                                                        \
		(field) = number_;                                                                                     \
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

static void code_rule(const struct codec *codec, struct sequencing_rule *rule)
{
	CODE_ENUM(codec, rule->kind, RULE_EXIT);
	CODE_ENUM(codec, rule->action, ACTION_EXIT);
	CODE_ENUM(codec, rule->combination, COMBINE_ANY);
	code_number(codec, &rule->first_condition, UINT32_MAX);
	code_number(codec, &rule->condition_count, UINT32_MAX);
}

static void code_rollup_rule(const struct codec *codec, struct rollup_rule *rule)
{
	CODE_ENUM(codec, rule->action, ROLLUP_INCOMPLETE);
	CODE_ENUM(codec, rule->child_set, CHILDREN_AT_LEAST_PERCENT);
	CODE_ENUM(codec, rule->combination, COMBINE_ANY);
	code_number(codec, &rule->minimum_count, UINT32_MAX);
	code_double(codec, &rule->minimum_percent);
	code_number(codec, &rule->first_condition, UINT32_MAX);
	code_number(codec, &rule->condition_count, UINT32_MAX);
}

static void code_condition(const struct codec *codec, struct condition *condition)
{
	CODE_ENUM(codec, condition->kind, CONDITION_NEVER);
	code_bool(codec, &condition->negated);
	code_double(codec, &condition->measure_threshold);
	code_span(codec, &condition->objective);
}

static void code_objective(const struct codec *codec, struct objective *objective)
{
	code_span(codec, &objective->id);
	code_bool(codec, &objective->primary);
	code_bool(codec, &objective->satisfied_by_measure);
	code_double(codec, &objective->minimum_normalized_measure);
	code_number(codec, &objective->first_map, UINT32_MAX);
	code_number(codec, &objective->map_count, UINT32_MAX);
}

static void code_map(const struct codec *codec, struct objective_map *map)
{
	bool *const flags[] = {
		&map->read_satisfied_status, &map->read_normalized_measure, &map->write_satisfied_status,
		&map->write_normalized_measure, &map->read_raw_score, &map->read_min_score, &map->read_max_score,
		&map->read_completion_status, &map->read_progress_measure, &map->write_raw_score,
		&map->write_min_score, &map->write_max_score, &map->write_completion_status,
		&map->write_progress_measure,
	};
	code_span(codec, &map->target);
	for (uint32_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++) {
		code_bool(codec, flags[i]);
	}
}

static void code_shared_data(const struct codec *codec, struct shared_data_map *map)
{
	code_span(codec, &map->target);
	code_bool(codec, &map->read);
	code_bool(codec, &map->write);
}

static void code_head(const struct codec *codec, struct course *course)
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

/* --- The rules of course.h, checked in both directions --- */

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
	       course->rule_count <= LIMIT_IMAGE_MEMBERS && course->rollup_rule_count <= LIMIT_IMAGE_MEMBERS &&
	       course->condition_count <= LIMIT_IMAGE_MEMBERS && course->objective_count <= LIMIT_IMAGE_MEMBERS &&
	       course->map_count <= LIMIT_IMAGE_MEMBERS && course->shared_data_count <= LIMIT_IMAGE_MEMBERS;
}

/* --- Writing --- */

static void write_body(struct byte_writer *writer, const struct course *course)
{
	const struct codec codec = {.writer = writer};
	struct course head = *course;
	code_head(&codec, &head);
	/* The walk takes mutable members because it also reads; writing goes over a copy of each. */
	for (uint32_t i = 0; i < course->activity_count; i++) {
		struct activity copy = course->activities[i];
		code_launch(&codec, &copy);
		code_sequencing(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->rule_count; i++) {
		struct sequencing_rule copy = course->rules[i];
		code_rule(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->rollup_rule_count; i++) {
		struct rollup_rule copy = course->rollup_rules[i];
		code_rollup_rule(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->condition_count; i++) {
		struct condition copy = course->conditions[i];
		code_condition(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->objective_count; i++) {
		struct objective copy = course->objectives[i];
		code_objective(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->map_count; i++) {
		struct objective_map copy = course->maps[i];
		code_map(&codec, &copy);
	}
	for (uint32_t i = 0; i < course->shared_data_count; i++) {
		struct shared_data_map copy = course->shared_data[i];
		code_shared_data(&codec, &copy);
	}
}

size_t image_write(const struct course *course, void *buffer, size_t room)
{
	if (!counts_are_sound(course) || !tree_is_sound(course) || !members_are_sound(course)) {
		return 0;
	}
	unsigned char *bytes = buffer;
	size_t body_room = room > HEAD_SIZE ? room - HEAD_SIZE : 0;
	struct byte_writer body = {.at = body_room ? bytes + HEAD_SIZE : bytes, .room = body_room};
	write_body(&body, course);
	if (body.used > LIMIT_IMAGE_BYTES - HEAD_SIZE) {
		return 0;
	}
	if (body.used <= body_room) {
		struct byte_writer head = {.at = bytes, .room = HEAD_SIZE};
		put_raw(&head, magic, sizeof(magic));
		put_byte(&head, IMAGE_VERSION);
		put_fixed64(&head, bytes_hash((struct span){(char *)bytes + HEAD_SIZE, (uint32_t)body.used}));
	}
	return HEAD_SIZE + body.used;
}

/* --- Opening --- */

static bool open_head(struct span image, struct byte_reader *reader, struct course *course)
{
	*reader = byte_reader_of(image);
	struct span name = get_raw(reader, sizeof(magic));
	unsigned char version = get_byte(reader);
	uint64_t hash = get_fixed64(reader);
	if (reader->failed || image.len > LIMIT_IMAGE_BYTES || memcmp(name.at, magic, sizeof(magic)) != 0 ||
	    version != IMAGE_VERSION || hash != bytes_hash(span_from(image, HEAD_SIZE))) {
		return false;
	}
	*course = (struct course){0};
	const struct codec codec = {.reader = reader};
	code_head(&codec, course);
	/* A member takes at least a byte, so a small image cannot claim a large array. */
	uint64_t members = (uint64_t)course->activity_count + course->rule_count + course->rollup_rule_count +
			   course->condition_count + course->objective_count + course->map_count +
			   course->shared_data_count;
	return !reader->failed && course->activity_count > 0 && members <= reader->left;
}

bool image_open_head(struct span image, struct course *ret)
{
	struct byte_reader unused;
	struct course head;
	if (!open_head(image, &unused, &head)) {
		return false;
	}
	*ret = head;
	return true;
}

/* A block in which every array has room for its alignment. */
size_t image_arrays_size(const struct course *head)
{
	return 7 * 16 + head->activity_count * sizeof(struct activity) +
	       head->rule_count * sizeof(struct sequencing_rule) +
	       head->rollup_rule_count * sizeof(struct rollup_rule) +
	       head->condition_count * sizeof(struct condition) +
	       head->objective_count * sizeof(struct objective) + head->map_count * sizeof(struct objective_map) +
	       head->shared_data_count * sizeof(struct shared_data_map);
}

size_t image_arena_size(struct span image)
{
	struct course head;
	return image_open_head(image, &head) ? image_arrays_size(&head) : 0;
}

static bool read_arrays(const struct codec *codec, struct arena *arena, struct course *course)
{
	const size_t align = _Alignof(max_align_t);
	struct activity *activities =
		arena_take_array(arena, course->activity_count, sizeof(struct activity), align);
	struct sequencing_rule *rules =
		arena_take_array(arena, course->rule_count, sizeof(struct sequencing_rule), align);
	struct rollup_rule *rollup_rules =
		arena_take_array(arena, course->rollup_rule_count, sizeof(struct rollup_rule), align);
	struct condition *conditions =
		arena_take_array(arena, course->condition_count, sizeof(struct condition), align);
	struct objective *objectives =
		arena_take_array(arena, course->objective_count, sizeof(struct objective), align);
	struct objective_map *maps =
		arena_take_array(arena, course->map_count, sizeof(struct objective_map), align);
	struct shared_data_map *shared_data =
		arena_take_array(arena, course->shared_data_count, sizeof(struct shared_data_map), align);
	if (arena->exhausted) {
		return false;
	}
	for (uint32_t i = 0; i < course->activity_count; i++) {
		code_launch(codec, &activities[i]);
		code_sequencing(codec, &activities[i]);
	}
	for (uint32_t i = 0; i < course->rule_count; i++) {
		code_rule(codec, &rules[i]);
	}
	for (uint32_t i = 0; i < course->rollup_rule_count; i++) {
		code_rollup_rule(codec, &rollup_rules[i]);
	}
	for (uint32_t i = 0; i < course->condition_count; i++) {
		code_condition(codec, &conditions[i]);
	}
	for (uint32_t i = 0; i < course->objective_count; i++) {
		code_objective(codec, &objectives[i]);
	}
	for (uint32_t i = 0; i < course->map_count; i++) {
		code_map(codec, &maps[i]);
	}
	for (uint32_t i = 0; i < course->shared_data_count; i++) {
		code_shared_data(codec, &shared_data[i]);
	}
	course->activities = activities;
	course->rules = rules;
	course->rollup_rules = rollup_rules;
	course->conditions = conditions;
	course->objectives = objectives;
	course->maps = maps;
	course->shared_data = shared_data;
	return !codec->reader->failed && codec->reader->left == 0;
}

/* From the last to the first, each activity puts itself before its parent's children found so far. */
static void link_children(struct activity *activities, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		activities[i].first_child = NO_INDEX;
		activities[i].next_sibling = NO_INDEX;
	}
	for (uint32_t i = count - 1; i > 0; i--) {
		struct activity *parent = &activities[activities[i].parent];
		activities[i].next_sibling = parent->first_child;
		parent->first_child = i;
	}
}

bool image_open(struct span image, struct arena *arena, struct course *ret)
{
	struct byte_reader reader;
	struct course course;
	if (!open_head(image, &reader, &course)) {
		return false;
	}
	const struct codec codec = {.reader = &reader};
	if (!read_arrays(&codec, arena, &course) || !tree_is_sound(&course) || !members_are_sound(&course)) {
		return false;
	}
	link_children((struct activity *)course.activities, course.activity_count);
	*ret = course;
	return true;
}
