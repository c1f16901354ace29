/*
 * Selection and randomisation of children: SR.1, SR.2. The generator's state is part of the tracking state
 * and starts from the session's seed, so that a replay draws the same.
 */
#include "player/engine/sequencing/internal.h"

/* splitmix64 */
static uint64_t draw(struct tracking *tracking)
{
	tracking->global->random += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = tracking->global->random;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0..count-1; the bias of the modulo is below count / 2^64. */
static uint32_t draw_below(struct tracking *tracking, uint32_t count)
{
	return (uint32_t)(draw(tracking) % count);
}

static void number_children(struct tracking *tracking, uint32_t cluster)
{
	const struct tracking_layout *layout = tracking->layout;
	const uint32_t *children = &tracking->children[layout->first_place[cluster]];
	for (uint32_t k = 0; k < layout->child_count[cluster]; k++) {
		tracking->activities[children[k]].position = k;
	}
}

/* Select Children Process [SR.1]: of all children, in the order of the manifest. A count of 0 selects nothing
 * and leaves all available, as ADL has it. */
void select_children(struct tracking *tracking, uint32_t cluster)
{
	const struct tracking_layout *layout = tracking->layout;
	const struct activity *definition = activity_of(tracking, cluster);
	struct activity_state *state = &tracking->activities[cluster];
	uint32_t count = layout->child_count[cluster];
	state->selected = true;
	if (!definition->has_selection_count || definition->selection_count == 0 ||
		definition->selection_count >= count) {
		return;
	}
	uint32_t *children = &tracking->children[layout->first_place[cluster]];
	uint32_t wanted = definition->selection_count;
	uint32_t taken = 0;
	uint32_t left_out = wanted; /* those not selected stand behind */
	uint32_t rest = count;
	for (uint32_t child = definition->first_child; child != NO_INDEX;
		child = activity_of(tracking, child)->next_sibling, rest--) {
		if (draw_below(tracking, rest) < wanted - taken) {
			children[taken++] = child;
		} else {
			children[left_out++] = child;
		}
	}
	state->available_children = wanted;
	number_children(tracking, cluster);
}

/* Randomize Children Process [SR.2]: of the available ones. */
void randomize_children(struct tracking *tracking, uint32_t cluster)
{
	uint32_t *children = &tracking->children[tracking->layout->first_place[cluster]];
	struct activity_state *state = &tracking->activities[cluster];
	state->randomized = true;
	if (!activity_of(tracking, cluster)->reorder_children) {
		return;
	}
	for (uint32_t k = state->available_children; k > 1; k--) {
		uint32_t other = draw_below(tracking, k);
		uint32_t child = children[k - 1];
		children[k - 1] = children[other];
		children[other] = child;
	}
	number_children(tracking, cluster);
}

/* Before the first request of a session: clusters that have never been prepared, outer ones first. */
void prepare_clusters(struct tracking *tracking)
{
	for (uint32_t i = 0; i < tracking->layout->course->activity_count; i++) {
		const struct activity *definition = activity_of(tracking, i);
		const struct activity_state *state = &tracking->activities[i];
		if (!is_cluster(tracking, i)) {
			continue;
		}
		if (definition->selection_timing != TIMING_NEVER && !state->selected) {
			select_children(tracking, i);
		}
		if (definition->randomization_timing != TIMING_NEVER && !state->randomized) {
			randomize_children(tracking, i);
		}
	}
}
