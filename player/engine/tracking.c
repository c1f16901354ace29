/* The tracking model's memory: where everything of a course lies, a fresh state, a copy, the tree's order. */
#include "player/engine/tracking.h"

#include <stdalign.h>

#include "player/engine/text.h"

static size_t aligned(size_t size)
{
	return (size + 15) & ~(size_t)15;
}

size_t tracking_layout_size(const struct course *course)
{
	size_t activities = course->activity_count;
	size_t slots = activities + course->objective_count;
	size_t words = activities * 6 + slots * 2 + (size_t)course->map_count * 3 + course->shared_data_count + 1;
	size_t names = (size_t)course->map_count + course->shared_data_count;
	return words * sizeof(uint32_t) + names * sizeof(struct span) + 14 * 16;
}

static uint32_t *take_words(struct arena *arena, size_t count)
{
	return arena_take_array(arena, count, sizeof(uint32_t), alignof(uint32_t));
}

static bool take_tables(struct tracking_layout *layout, const struct course *course, struct arena *arena)
{
	size_t activities = course->activity_count;
	size_t slots = activities + course->objective_count;
	layout->first_slot = take_words(arena, activities);
	layout->slot_count = take_words(arena, activities);
	layout->subtree_end = take_words(arena, activities);
	layout->child_count = take_words(arena, activities);
	layout->first_place = take_words(arena, activities);
	layout->depth = take_words(arena, activities);
	layout->slot_objective = take_words(arena, slots);
	layout->slot_activity = take_words(arena, slots);
	layout->map_global = take_words(arena, course->map_count);
	layout->first_reader = take_words(arena, (size_t)course->map_count + 1);
	layout->reader = take_words(arena, course->map_count);
	layout->bucket = take_words(arena, course->shared_data_count);
	layout->global_name = arena_take_array(arena, course->map_count, sizeof(struct span), alignof(struct span));
	layout->bucket_name =
		arena_take_array(arena, course->shared_data_count, sizeof(struct span), alignof(struct span));
	return !arena->exhausted;
}

/* Every activity has a primary objective; where the manifest gives none, one without a name is implied. */
static void lay_out_slots(struct tracking_layout *layout, const struct course *course)
{
	uint32_t slot = 0;
	for (uint32_t i = 0; i < course->activity_count; i++) {
		const struct activity *activity = &course->activities[i];
		layout->first_slot[i] = slot;
		bool primary =
			activity->objective_count > 0 && course->objectives[activity->first_objective].primary;
		if (!primary) {
			layout->slot_objective[slot] = NO_INDEX;
			layout->slot_activity[slot++] = i;
		}
		for (uint32_t k = 0; k < activity->objective_count; k++) {
			layout->slot_objective[slot] = activity->first_objective + k;
			layout->slot_activity[slot++] = i;
		}
		layout->slot_count[i] = slot - layout->first_slot[i];
	}
	layout->slots = slot;
}

static void lay_out_tree(struct tracking_layout *layout, const struct course *course)
{
	for (uint32_t i = 0; i < course->activity_count; i++) {
		uint32_t parent = course->activities[i].parent;
		layout->depth[i] = parent == NO_INDEX ? 0 : layout->depth[parent] + 1;
		layout->subtree_end[i] = i + 1;
		layout->child_count[i] = 0;
		if (layout->depth[i] > layout->deepest) {
			layout->deepest = layout->depth[i];
		}
		if (parent != NO_INDEX) {
			layout->child_count[parent]++;
		}
	}
	for (uint32_t i = course->activity_count; i-- > 1;) {
		uint32_t parent = course->activities[i].parent;
		if (layout->subtree_end[i] > layout->subtree_end[parent]) {
			layout->subtree_end[parent] = layout->subtree_end[i];
		}
	}
	uint32_t place = 0;
	for (uint32_t i = 0; i < course->activity_count; i++) {
		layout->first_place[i] = place;
		place += layout->child_count[i];
	}
}

/* The number of a name in a growing list of distinct names. */
static uint32_t number_of(struct span *names, uint32_t *count, struct span name)
{
	for (uint32_t i = 0; i < *count; i++) {
		if (span_equal(names[i], name)) {
			return i;
		}
	}
	names[*count] = name;
	return (*count)++;
}

static bool map_reads_status(const struct objective_map *map)
{
	return map->read_satisfied_status || map->read_normalized_measure || map->read_completion_status ||
	       map->read_progress_measure;
}

/* Counts the readers of each global objective, or (`place`) puts them where the counts say, from the end. */
static void visit_readers(struct tracking_layout *layout, const struct course *course, bool place)
{
	for (uint32_t i = 0; i < course->activity_count; i++) {
		uint32_t index = layout->slot_objective[layout->first_slot[i]];
		uint32_t maps = index == NO_INDEX ? 0 : course->objectives[index].map_count;
		for (uint32_t k = 0; k < maps; k++) {
			uint32_t map = course->objectives[index].first_map + k;
			uint32_t *count = &layout->first_reader[layout->map_global[map]];
			if (map_reads_status(&course->maps[map]) && place) {
				layout->reader[--*count] = i;
			} else if (map_reads_status(&course->maps[map])) {
				++*count;
			}
		}
	}
}

/* Whom a change of a global objective reaches: sorted by global objective. */
static void lay_out_readers(struct tracking_layout *layout, const struct course *course)
{
	visit_readers(layout, course, false);
	for (uint32_t g = 1; g <= layout->globals; g++) {
		layout->first_reader[g] += layout->first_reader[g - 1];
	}
	visit_readers(layout, course, true);
}

bool tracking_layout_init(struct tracking_layout *layout, const struct course *course, struct arena *arena)
{
	*layout = (struct tracking_layout){.course = course};
	if (!take_tables(layout, course, arena)) {
		return false;
	}
	lay_out_slots(layout, course);
	lay_out_tree(layout, course);
	for (uint32_t i = 0; i < course->map_count; i++) {
		layout->map_global[i] = number_of(layout->global_name, &layout->globals, course->maps[i].target);
	}
	lay_out_readers(layout, course);
	for (uint32_t i = 0; i < course->shared_data_count; i++) {
		layout->bucket[i] =
			number_of(layout->bucket_name, &layout->buckets, course->shared_data[i].target);
	}
	return true;
}

/* Points the members into a block and returns the block's size. */
static size_t place_in_block(struct tracking *tracking, const struct tracking_layout *layout, void *block)
{
	unsigned char *base = block;
	size_t activities = layout->course->activity_count;
	size_t at = 0;
	size_t global = at;
	at = aligned(at + sizeof(struct global_state));
	size_t states = at;
	at = aligned(at + activities * sizeof(struct activity_state));
	size_t slots = at;
	at = aligned(at + layout->slots * sizeof(struct objective_values));
	size_t globals = at;
	at = aligned(at + layout->globals * sizeof(struct objective_values));
	size_t children = at;
	at = aligned(at + activities * sizeof(uint32_t));
	size_t marks = at;
	at = aligned(at + activities);
	if (base != NULL) {
		tracking->layout = layout;
		tracking->block = base;
		tracking->block_size = at;
		tracking->global = (struct global_state *)(void *)(base + global);
		tracking->activities = (struct activity_state *)(void *)(base + states);
		tracking->slots = (struct objective_values *)(void *)(base + slots);
		tracking->globals = (struct objective_values *)(void *)(base + globals);
		tracking->children = (uint32_t *)(void *)(base + children);
		tracking->marks = base + marks;
	}
	return at;
}

size_t tracking_size(const struct tracking_layout *layout)
{
	return place_in_block(NULL, layout, NULL);
}

void tracking_init(struct tracking *tracking, const struct tracking_layout *layout, void *block, uint64_t seed)
{
	size_t size = place_in_block(tracking, layout, block);
	memset(block, 0, size);
	tracking->global->current = NO_INDEX;
	tracking->global->suspended = NO_INDEX;
	tracking->global->random = seed;
	const struct course *course = layout->course;
	for (uint32_t i = 1; i < course->activity_count; i++) {
		uint32_t parent = course->activities[i].parent;
		uint32_t position = tracking->activities[parent].available_children++;
		tracking->activities[i].position = position;
		tracking->children[layout->first_place[parent] + position] = i;
	}
}

void tracking_copy(struct tracking *copy, void *block, const struct tracking *original)
{
	place_in_block(copy, original->layout, block);
	memcpy(block, original->block, original->block_size);
}

uint32_t tracking_child(const struct tracking *tracking, uint32_t parent, uint32_t position)
{
	if (position >= tracking->activities[parent].available_children) {
		return NO_INDEX;
	}
	return tracking->children[tracking->layout->first_place[parent] + position];
}

uint32_t tracking_next_sibling(const struct tracking *tracking, uint32_t activity)
{
	uint32_t parent = tracking->layout->course->activities[activity].parent;
	if (parent == NO_INDEX) {
		return NO_INDEX;
	}
	return tracking_child(tracking, parent, tracking->activities[activity].position + 1);
}

uint32_t tracking_previous_sibling(const struct tracking *tracking, uint32_t activity)
{
	uint32_t parent = tracking->layout->course->activities[activity].parent;
	uint32_t position = tracking->activities[activity].position;
	if (parent == NO_INDEX || position == 0) {
		return NO_INDEX;
	}
	return tracking_child(tracking, parent, position - 1);
}

bool tracking_has_children(const struct tracking *tracking, uint32_t activity)
{
	return tracking->activities[activity].available_children > 0;
}

bool tracking_available(const struct tracking *tracking, uint32_t activity)
{
	const struct activity *activities = tracking->layout->course->activities;
	while (activities[activity].parent != NO_INDEX) {
		uint32_t parent = activities[activity].parent;
		if (tracking->activities[activity].position >= tracking->activities[parent].available_children) {
			return false;
		}
		activity = parent;
	}
	return true;
}

bool tracking_contains(const struct tracking *tracking, uint32_t ancestor, uint32_t activity)
{
	return activity >= ancestor && activity < tracking->layout->subtree_end[ancestor];
}

uint32_t tracking_objective_count(const struct tracking *tracking, uint32_t activity)
{
	return tracking->layout->slot_count[activity];
}

struct span tracking_objective_id(const struct tracking *tracking, uint32_t activity, uint32_t objective)
{
	const struct tracking_layout *layout = tracking->layout;
	uint32_t index = layout->slot_objective[layout->first_slot[activity] + objective];
	return index == NO_INDEX ? (struct span){0} : layout->course->objectives[index].id;
}

bool tracking_resumed(const struct tracking *tracking, uint32_t activity)
{
	return tracking->activities[activity].resumed;
}

bool tracking_adopt_global(struct tracking *tracking, struct span name, const struct objective_values *values)
{
	for (uint32_t i = 0; i < tracking->layout->globals; i++) {
		if (span_equal(tracking->layout->global_name[i], name)) {
			tracking->globals[i] = *values;
			return true;
		}
	}
	return false;
}
