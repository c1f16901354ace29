/* The tracking model's state: fresh, copied, and the tree as it stands now. */
#include "player/engine/tracking/tracking.h"

#include "player/engine/text.h"

static size_t aligned(size_t size)
{
	return (size + 15) & ~(size_t)15;
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
		tracking->reach = NULL;
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

void tracking_init(
	struct tracking *tracking, const struct tracking_layout *layout, void *block, uint64_t seed)
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
		if (tracking->activities[activity].position >=
			tracking->activities[parent].available_children) {
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
