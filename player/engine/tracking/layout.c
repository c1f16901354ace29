/* Where everything of a course lies in a tracking state, worked out once. */
#include "player/engine/tracking/tracking.h"

#include <stdalign.h>

#include "player/engine/text.h"

/* Of a hash table for so many names. */
static uint32_t table_size(uint32_t names)
{
	uint32_t size = 1;
	while (size < names * 2) {
		size *= 2;
	}
	return size;
}

size_t tracking_layout_size(const struct course *course)
{
	size_t activities = course->activity_count;
	size_t slots = activities + course->objective_count;
	size_t words =
		activities * 6 + slots * 2 + (size_t)course->map_count * 3 + course->shared_data_count + 1;
	words += (size_t)table_size(course->map_count) + table_size(course->shared_data_count);
	size_t names = (size_t)course->map_count + course->shared_data_count;
	return words * sizeof(uint32_t) + names * sizeof(struct span) + 16 * 16;
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
	layout->global_name =
		arena_take_array(arena, course->map_count, sizeof(struct span), alignof(struct span));
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
		bool primary = activity->objective_count > 0 &&
			       course->objectives[activity->first_objective].primary;
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

/* Numbers distinct names in the order of their first use. The table (open addressing) holds numbers + 1. */
struct numbering {
	struct span *names;
	uint32_t count;
	uint32_t *table;
	uint32_t mask;
};

static uint32_t number_of(struct numbering *numbering, struct span name)
{
	uint32_t at = (uint32_t)bytes_hash(name) & numbering->mask;
	for (; numbering->table[at] != 0; at = (at + 1) & numbering->mask) {
		uint32_t number = numbering->table[at] - 1;
		if (span_equal(numbering->names[number], name)) {
			return number;
		}
	}
	numbering->names[numbering->count++] = name;
	numbering->table[at] = numbering->count;
	return numbering->count - 1;
}

static bool number_globals(struct tracking_layout *layout, const struct course *course, struct arena *arena)
{
	uint32_t size = table_size(course->map_count);
	struct numbering numbering = {layout->global_name, 0, take_words(arena, size), size - 1};
	for (uint32_t i = 0; numbering.table != NULL && i < course->map_count; i++) {
		layout->map_global[i] = number_of(&numbering, course->maps[i].target);
	}
	layout->globals = numbering.count;
	return numbering.table != NULL;
}

static bool number_buckets(struct tracking_layout *layout, const struct course *course, struct arena *arena)
{
	uint32_t size = table_size(course->shared_data_count);
	struct numbering numbering = {layout->bucket_name, 0, take_words(arena, size), size - 1};
	for (uint32_t i = 0; numbering.table != NULL && i < course->shared_data_count; i++) {
		layout->bucket[i] = number_of(&numbering, course->shared_data[i].target);
	}
	layout->buckets = numbering.count;
	return numbering.table != NULL;
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
	if (!take_tables(layout, course, arena) || !number_globals(layout, course, arena) ||
		!number_buckets(layout, course, arena)) {
		return false;
	}
	lay_out_slots(layout, course);
	lay_out_tree(layout, course);
	lay_out_readers(layout, course);
	for (uint32_t i = 0; i < course->rule_count; i++) {
		layout->stops_forward |= course->rules[i].action == ACTION_STOP_FORWARD_TRAVERSAL;
	}
	return true;
}
