/*
 * Rollup: RB.1.1, RB.1.2, RB.1.3, RB.1.5. A child's results move up to its ancestors, and to the ancestors of
 * every activity that reads a global objective which has been written (SN 4.6).
 */
#include "player/engine/sequencing/internal.h"

struct weighted {
	double total, counted;
};

static void add_weighted(struct weighted *sum, double weight, bool known, double value)
{
	if (weight > 0) {
		sum->counted += weight;
		if (known) {
			sum->total += weight * value;
		}
	}
}

/* Measure Rollup Process [RB.1.1 a]: children without a measure count as 0. Where none has one the book leaves the
 * cluster's measure unknown; ADL's run-time has 0 as soon as one child has a weight, and so do we: rules see it,
 * but not the learner (tracking_results()). A child that is satisfied by a measure it reads takes its status, and
 * writes it on, as the measure is read. */
static void measure_rollup(struct tracking *tracking, uint32_t cluster)
{
	struct weighted sum = {0};
	for (uint32_t k = 0; k < tracking->activities[cluster].available_children; k++) {
		uint32_t child = tracking_child(tracking, cluster, k);
		const struct activity *definition = activity_of(tracking, child);
		if (definition->tracked) {
			double measure = 0;
			uint32_t slot = primary_slot(tracking, child);
			bool known = slot_measure(tracking, slot, false, &measure);
			if (known) {
				slot_follow_measure(tracking, slot, measure);
			}
			add_weighted(&sum, definition->objective_measure_weight, known, measure);
		}
	}
	uint32_t slot = primary_slot(tracking, cluster);
	if (sum.counted > 0) {
		slot_set_measure(tracking, slot, sum.total / sum.counted);
	} else {
		slot_clear_measure(tracking, slot);
	}
}

/* Completion Measure Rollup Process [RB.1.1 b], 4th Edition; the same holds for it. */
static void completion_measure_rollup(struct tracking *tracking, uint32_t cluster)
{
	struct weighted sum = {0};
	for (uint32_t k = 0; k < tracking->activities[cluster].available_children; k++) {
		uint32_t child = tracking_child(tracking, cluster, k);
		const struct activity *definition = activity_of(tracking, child);
		if (definition->tracked) {
			double progress = 0;
			bool known = slot_progress(tracking, primary_slot(tracking, child), true, &progress);
			add_weighted(&sum, definition->progress_weight, known, progress);
		}
	}
	if (sum.counted > 0) {
		activity_set_progress(tracking, cluster, sum.total / sum.counted);
	} else {
		slot_clear_progress(tracking, primary_slot(tracking, cluster));
	}
}

/* Objective Rollup Process [RB.1.2 a, b]: by measure where the cluster's objective says so
 * (slot_set_measure() has done that), else by rules. */
static void objective_rollup(struct tracking *tracking, uint32_t cluster)
{
	uint32_t slot = primary_slot(tracking, cluster);
	if (slot_satisfied_by_measure(tracking, slot)) {
		return;
	}
	if (rollup_action_set(tracking, cluster, ROLLUP_SATISFIED)) {
		slot_set_success(tracking, slot, SUCCESS_PASSED);
	} else if (rollup_action_set(tracking, cluster, ROLLUP_NOT_SATISFIED)) {
		slot_set_success(tracking, slot, SUCCESS_FAILED);
	}
}

/* Activity Progress Rollup Process [RB.1.3 a, b]: by threshold or by rules. */
static void activity_progress_rollup(struct tracking *tracking, uint32_t cluster)
{
	if (activity_completed_by_measure(tracking, cluster)) {
		return;
	}
	if (rollup_action_set(tracking, cluster, ROLLUP_COMPLETED)) {
		activity_set_completion(tracking, cluster, COMPLETION_COMPLETED);
	} else if (rollup_action_set(tracking, cluster, ROLLUP_INCOMPLETE)) {
		activity_set_completion(tracking, cluster, COMPLETION_INCOMPLETE);
	}
}

static void rollup_cluster(struct tracking *tracking, uint32_t cluster)
{
	if (tracking_has_children(tracking, cluster) && activity_of(tracking, cluster)->tracked) {
		measure_rollup(tracking, cluster);
		if (tracking->layout->course->edition == SCORM_2004_4TH) {
			completion_measure_rollup(tracking, cluster);
		}
		objective_rollup(tracking, cluster);
		activity_progress_rollup(tracking, cluster);
	}
}

static void mark_ancestors(struct tracking *tracking, uint32_t activity)
{
	uint32_t at = parent_of(tracking, activity);
	for (; at != NO_INDEX && tracking->marks[at] == 0; at = parent_of(tracking, at)) {
		tracking->marks[at] = 1;
	}
}

static bool map_writes_any(const struct objective_map *map)
{
	return map->write_satisfied_status || map->write_normalized_measure || map->write_raw_score ||
	       map->write_min_score || map->write_max_score || map->write_completion_status ||
	       map->write_progress_measure;
}

/* Whoever reads what this objective writes may roll up to something else now. */
static void mark_readers(struct tracking *tracking, uint32_t slot)
{
	const struct tracking_layout *layout = tracking->layout;
	uint32_t index = layout->slot_objective[slot];
	if (index == NO_INDEX) {
		return;
	}
	const struct objective *objective = &layout->course->objectives[index];
	for (uint32_t k = 0; k < objective->map_count; k++) {
		uint32_t map = objective->first_map + k;
		if (!map_writes_any(&layout->course->maps[map])) {
			continue;
		}
		uint32_t global = layout->map_global[map];
		for (uint32_t r = layout->first_reader[global]; r < layout->first_reader[global + 1]; r++) {
			if (tracking_available(tracking, layout->reader[r])) {
				mark_ancestors(tracking, layout->reader[r]);
			}
		}
	}
}

/* Deepest first, so that every cluster sees its children's final results. */
static void rollup_marked(struct tracking *tracking)
{
	const struct tracking_layout *layout = tracking->layout;
	uint32_t count = layout->course->activity_count;
	for (uint32_t depth = layout->deepest + 1; depth-- > 0;) {
		for (uint32_t i = count; i-- > 0;) {
			if (tracking->marks[i] != 0 && layout->depth[i] == depth) {
				rollup_cluster(tracking, i);
			}
		}
	}
}

/* Overall Rollup Process [RB.1.5] */
void overall_rollup(struct tracking *tracking, uint32_t activity)
{
	const struct tracking_layout *layout = tracking->layout;
	for (uint32_t i = 0; i < layout->course->activity_count; i++) {
		tracking->marks[i] = 0;
	}
	mark_ancestors(tracking, activity);
	for (uint32_t k = 0; k < layout->slot_count[activity]; k++) {
		mark_readers(tracking, layout->first_slot[activity] + k);
	}
	for (uint32_t at = parent_of(tracking, activity); at != NO_INDEX; at = parent_of(tracking, at)) {
		mark_readers(tracking, primary_slot(tracking, at));
	}
	rollup_marked(tracking);
}
