/* The tracking model's part of a snapshot: member by member in the order of tracking.h, checked when read. */
#include "player/engine/tracking/tracking.h"

static void put_index(struct byte_writer *writer, uint32_t index)
{
	put_number(writer, index == NO_INDEX ? 0 : (uint64_t)index + 1);
}

static uint32_t get_index(struct byte_reader *reader, uint32_t count)
{
	uint64_t number = get_number_up_to(reader, count);
	return number == 0 ? NO_INDEX : (uint32_t)(number - 1);
}

static void put_optional(struct byte_writer *writer, bool has, double number)
{
	put_byte(writer, has);
	if (has) {
		put_double(writer, number);
	}
}

static bool get_optional(struct byte_reader *reader, double *ret)
{
	bool has = get_bool(reader);
	*ret = has ? get_double(reader) : 0;
	return has;
}

void objective_values_save(const struct objective_values *values, struct byte_writer *writer)
{
	put_number(writer, values->success);
	put_number(writer, values->completion);
	put_optional(writer, values->has_measure, values->measure);
	put_optional(writer, values->has_raw, values->raw);
	put_optional(writer, values->has_min, values->min);
	put_optional(writer, values->has_max, values->max);
	put_optional(writer, values->has_progress, values->progress);
}

struct objective_values objective_values_load(struct byte_reader *reader)
{
	struct objective_values values = {0};
	values.success = (enum success_status)get_number_up_to(reader, SUCCESS_FAILED);
	values.completion = (enum completion_status)get_number_up_to(reader, COMPLETION_COMPLETED);
	values.has_measure = get_optional(reader, &values.measure);
	values.has_raw = get_optional(reader, &values.raw);
	values.has_min = get_optional(reader, &values.min);
	values.has_max = get_optional(reader, &values.max);
	values.has_progress = get_optional(reader, &values.progress);
	return values;
}

/* The marks of an activity, one bit each in this order. */
static uint32_t marks_of(const struct activity_state *state)
{
	const bool marks[] = {state->active, state->suspended, state->resumed, state->selected,
		state->randomized, state->stale_objectives, state->stale_progress, state->success_set,
		state->completion_set};
	uint32_t bits = 0;
	for (uint32_t i = 0; i < sizeof(marks); i++) {
		bits |= (uint32_t)marks[i] << i;
	}
	return bits;
}

static void set_marks(struct activity_state *state, uint32_t bits)
{
	bool *const marks[] = {&state->active, &state->suspended, &state->resumed, &state->selected,
		&state->randomized, &state->stale_objectives, &state->stale_progress, &state->success_set,
		&state->completion_set};
	for (uint32_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		*marks[i] = (bits >> i) & 1;
	}
}

static void save_activity(const struct activity_state *state, struct byte_writer *writer)
{
	put_number(writer, state->attempt_count);
	put_number(writer, state->available_children);
	put_number(writer, marks_of(state));
	put_signed(writer, state->attempt_began_ms);
	put_signed(writer, state->attempt_ended_ms);
	put_signed(writer, state->attempt_cs);
	put_signed(writer, state->experienced_cs);
}

static void load_activity(struct activity_state *state, uint32_t children, struct byte_reader *reader)
{
	state->attempt_count = (uint32_t)get_number_up_to(reader, UINT32_MAX);
	state->available_children = (uint32_t)get_number_up_to(reader, children);
	set_marks(state, (uint32_t)get_number_up_to(reader, 0x1ff));
	state->attempt_began_ms = get_signed(reader);
	state->attempt_ended_ms = get_signed(reader);
	state->attempt_cs = get_signed(reader);
	state->experienced_cs = get_signed(reader);
}

void tracking_save(const struct tracking *tracking, struct byte_writer *writer)
{
	const struct tracking_layout *layout = tracking->layout;
	uint32_t count = layout->course->activity_count;
	put_index(writer, tracking->global->current);
	put_index(writer, tracking->global->suspended);
	put_fixed64(writer, tracking->global->random);
	put_signed(writer, tracking->global->now);
	for (uint32_t i = 0; i < count; i++) {
		save_activity(&tracking->activities[i], writer);
		for (uint32_t k = 0; k < layout->child_count[i]; k++) {
			put_number(writer, tracking->children[layout->first_place[i] + k]);
		}
	}
	for (uint32_t i = 0; i < layout->slots; i++) {
		objective_values_save(&tracking->slots[i], writer);
	}
	for (uint32_t i = 0; i < layout->globals; i++) {
		objective_values_save(&tracking->globals[i], writer);
	}
}

/* The children of one parent must be a permutation of what the course says. */
static bool load_children(struct tracking *tracking, uint32_t parent, struct byte_reader *reader)
{
	const struct tracking_layout *layout = tracking->layout;
	const struct activity *activities = layout->course->activities;
	for (uint32_t k = 0; k < layout->child_count[parent]; k++) {
		uint64_t child = get_number_up_to(reader, layout->course->activity_count - 1);
		if (reader->failed || activities[child].parent != parent || tracking->marks[child] != 0) {
			return false;
		}
		tracking->marks[child] = 1;
		tracking->activities[child].position = k;
		tracking->children[layout->first_place[parent] + k] = (uint32_t)child;
	}
	return true;
}

bool tracking_load(struct tracking *tracking, struct byte_reader *reader)
{
	const struct tracking_layout *layout = tracking->layout;
	uint32_t count = layout->course->activity_count;
	tracking->global->current = get_index(reader, count);
	tracking->global->suspended = get_index(reader, count);
	tracking->global->random = get_fixed64(reader);
	tracking->global->now = get_signed(reader);
	for (uint32_t i = 0; i < count; i++) {
		tracking->marks[i] = 0;
	}
	for (uint32_t i = 0; i < count; i++) {
		load_activity(&tracking->activities[i], layout->child_count[i], reader);
		if (!load_children(tracking, i, reader)) {
			return false;
		}
	}
	for (uint32_t i = 0; i < layout->slots; i++) {
		tracking->slots[i] = objective_values_load(reader);
	}
	for (uint32_t i = 0; i < layout->globals; i++) {
		tracking->globals[i] = objective_values_load(reader);
	}
	return !reader->failed;
}
