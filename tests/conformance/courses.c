#include "tests/conformance/courses.h"

#include <stdlib.h>
#include <string.h>

struct maker *maker_create(enum scorm_edition edition)
{
	struct maker *maker = g_new0(struct maker, 1);
	maker->activities = g_array_new(FALSE, TRUE, sizeof(struct activity));
	maker->rules = g_array_new(FALSE, TRUE, sizeof(struct sequencing_rule));
	maker->rollup_rules = g_array_new(FALSE, TRUE, sizeof(struct rollup_rule));
	maker->conditions = g_array_new(FALSE, TRUE, sizeof(struct condition));
	maker->objectives = g_array_new(FALSE, TRUE, sizeof(struct objective));
	maker->maps = g_array_new(FALSE, TRUE, sizeof(struct objective_map));
	maker->names = g_ptr_array_new_with_free_func(g_free);
	maker->course.edition = edition;
	maker->course.objectives_global_to_system = true;
	maker->course.shared_data_global_to_system = true;
	return maker;
}

void maker_destroy(struct maker *maker)
{
	g_array_free(maker->activities, TRUE);
	g_array_free(maker->rules, TRUE);
	g_array_free(maker->rollup_rules, TRUE);
	g_array_free(maker->conditions, TRUE);
	g_array_free(maker->objectives, TRUE);
	g_array_free(maker->maps, TRUE);
	g_ptr_array_free(maker->names, TRUE);
	g_free(maker);
}

struct activity *maker_activity(struct maker *maker, uint32_t activity)
{
	return &g_array_index(maker->activities, struct activity, activity);
}

static struct span keep_name(struct maker *maker, char *name)
{
	g_ptr_array_add(maker->names, name);
	return (struct span){name, (uint32_t)strlen(name)};
}

static void link_to_parent(struct maker *maker, uint32_t index, uint32_t parent)
{
	uint32_t *link = &maker_activity(maker, parent)->first_child;
	while (*link != NO_INDEX) {
		link = &maker_activity(maker, *link)->next_sibling;
	}
	*link = index;
}

uint32_t maker_add(struct maker *maker, uint32_t parent)
{
	uint32_t index = maker->activities->len;
	struct activity activity;
	activity_set_defaults(&activity);
	activity.identifier = keep_name(maker, g_strdup_printf("a%u", index));
	activity.parent = parent;
	activity.first_child = NO_INDEX;
	activity.next_sibling = NO_INDEX;
	activity.control.flow = true;
	g_array_append_val(maker->activities, activity);
	if (parent != NO_INDEX) {
		link_to_parent(maker, index, parent);
	}
	return index;
}

static uint32_t add_condition(struct maker *maker, enum condition_kind kind, bool negated)
{
	struct condition condition = {.kind = kind, .negated = negated, .measure_threshold = 0.5};
	g_array_append_val(maker->conditions, condition);
	return maker->conditions->len - 1;
}

void maker_rule(struct maker *maker, uint32_t activity, enum rule_kind kind, enum rule_action action,
	enum condition_kind condition, bool negated)
{
	struct activity *owner = maker_activity(maker, activity);
	struct sequencing_rule rule = {.kind = kind,
		.action = action,
		.first_condition = add_condition(maker, condition, negated),
		.condition_count = 1};
	if (owner->rule_count++ == 0) {
		owner->first_rule = maker->rules->len;
	}
	g_array_append_val(maker->rules, rule);
}

void maker_rollup_rule(struct maker *maker, uint32_t activity, enum rollup_action action,
	enum child_activity_set set, double minimum, enum condition_kind condition, bool negated)
{
	struct activity *owner = maker_activity(maker, activity);
	struct rollup_rule rule = {.action = action,
		.child_set = set,
		.combination = COMBINE_ANY,
		.minimum_count = set == CHILDREN_AT_LEAST_COUNT ? (uint32_t)minimum : 0,
		.minimum_percent = set == CHILDREN_AT_LEAST_PERCENT ? minimum : 0,
		.first_condition = add_condition(maker, condition, negated),
		.condition_count = 1};
	if (owner->rollup_rule_count++ == 0) {
		owner->first_rollup_rule = maker->rollup_rules->len;
	}
	g_array_append_val(maker->rollup_rules, rule);
}

struct objective *maker_objective(struct maker *maker, uint32_t activity)
{
	struct activity *owner = maker_activity(maker, activity);
	struct objective objective = {.id = keep_name(maker, g_strdup_printf("o%u", owner->objective_count)),
		.primary = owner->objective_count == 0,
		.minimum_normalized_measure = 1.0,
		.first_map = maker->maps->len};
	if (owner->objective_count++ == 0) {
		owner->first_objective = maker->objectives->len;
	}
	g_array_append_val(maker->objectives, objective);
	return &g_array_index(maker->objectives, struct objective, maker->objectives->len - 1);
}

struct objective_map *maker_map(struct maker *maker, uint32_t activity, const char *target)
{
	struct activity *owner = maker_activity(maker, activity);
	uint32_t last = owner->first_objective + owner->objective_count - 1;
	g_array_index(maker->objectives, struct objective, last).map_count++;
	struct objective_map map = {.target = keep_name(maker, g_strdup(target))};
	g_array_append_val(maker->maps, map);
	return &g_array_index(maker->maps, struct objective_map, maker->maps->len - 1);
}

const struct course *maker_course(struct maker *maker)
{
	struct course *course = &maker->course;
	course->activities = (const struct activity *)(const void *)maker->activities->data;
	course->activity_count = maker->activities->len;
	course->rules = (const struct sequencing_rule *)(const void *)maker->rules->data;
	course->rule_count = maker->rules->len;
	course->rollup_rules = (const struct rollup_rule *)(const void *)maker->rollup_rules->data;
	course->rollup_rule_count = maker->rollup_rules->len;
	course->conditions = (const struct condition *)(const void *)maker->conditions->data;
	course->condition_count = maker->conditions->len;
	course->objectives = (const struct objective *)(const void *)maker->objectives->data;
	course->objective_count = maker->objectives->len;
	course->maps = (const struct objective_map *)(const void *)maker->maps->data;
	course->map_count = maker->maps->len;
	return course;
}

/* --- At random --- */

static bool chance(GRand *random, double probability)
{
	return g_rand_double(random) < probability;
}

static int pick(GRand *random, int count)
{
	return g_rand_int_range(random, 0, count);
}

static void random_modes(GRand *random, struct activity *activity)
{
	activity->control.choice = chance(random, 0.8);
	activity->control.choice_exit = chance(random, 0.9);
	activity->control.flow = chance(random, 0.85);
	activity->control.forward_only = chance(random, 0.15);
	activity->control.use_current_attempt_objective = chance(random, 0.8);
	activity->control.use_current_attempt_progress = chance(random, 0.8);
	activity->prevent_activation = chance(random, 0.1);
	activity->constrain_choice = chance(random, 0.1);
	activity->has_attempt_limit = chance(random, 0.1);
	activity->attempt_limit = (uint32_t)pick(random, 4);
	activity->tracked = chance(random, 0.92);
	activity->visible = chance(random, 0.9);
	activity->measure_satisfaction_if_active = chance(random, 0.8);
	activity->rollup_objective_satisfied = chance(random, 0.9);
	activity->rollup_progress_completion = chance(random, 0.9);
	activity->completed_by_measure = chance(random, 0.15);
	activity->min_progress_measure = g_rand_double(random);
	activity->completion_set_by_content = chance(random, 0.3);
	activity->objective_set_by_content = chance(random, 0.3);
	activity->required_for_satisfied = (enum rollup_consideration)pick(random, 4);
	activity->required_for_completed = (enum rollup_consideration)pick(random, 4);
	activity->selection_timing = (enum child_timing)pick(random, 3);
	activity->has_selection_count = chance(random, 0.2);
	activity->selection_count = (uint32_t)pick(random, 4);
	activity->randomization_timing = (enum child_timing)pick(random, 3);
	activity->reorder_children = chance(random, 0.3);
}

static void random_rules(GRand *random, struct maker *maker, uint32_t activity)
{
	static const enum rule_action actions[][6] = {
		[RULE_PRE] = {ACTION_SKIP, ACTION_DISABLED, ACTION_HIDDEN_FROM_CHOICE,
			ACTION_STOP_FORWARD_TRAVERSAL, ACTION_SKIP, ACTION_DISABLED},
		[RULE_POST] = {ACTION_EXIT_PARENT, ACTION_EXIT_ALL, ACTION_RETRY, ACTION_RETRY_ALL,
			ACTION_CONTINUE, ACTION_PREVIOUS},
		[RULE_EXIT] = {ACTION_EXIT, ACTION_EXIT, ACTION_EXIT, ACTION_EXIT, ACTION_EXIT, ACTION_EXIT},
	};
	for (int count = chance(random, 0.35) ? pick(random, 3) : 0; count > 0; count--) {
		enum rule_kind kind = (enum rule_kind)pick(random, 3);
		maker_rule(maker, activity, kind, actions[kind][pick(random, 6)],
			(enum condition_kind)pick(random, CONDITION_ALWAYS + 1), chance(random, 0.4));
	}
	for (int count = chance(random, 0.2) ? pick(random, 3) : 0; count > 0; count--) {
		maker_rollup_rule(maker, activity, (enum rollup_action)pick(random, 4),
			(enum child_activity_set)pick(random, 5), g_rand_double(random),
			chance(random, 0.5) ? CONDITION_SATISFIED : CONDITION_COMPLETED, chance(random, 0.3));
	}
}

static void random_objectives(GRand *random, struct maker *maker, uint32_t activity)
{
	for (int count = pick(random, 3); count > 0; count--) {
		struct objective *objective = maker_objective(maker, activity);
		objective->satisfied_by_measure = chance(random, 0.3);
		objective->minimum_normalized_measure = g_rand_double(random);
		if (chance(random, 0.5)) {
			g_autofree char *target = g_strdup_printf("global%d", pick(random, 4));
			struct objective_map *map = maker_map(maker, activity, target);
			map->read_satisfied_status = chance(random, 0.5);
			map->write_satisfied_status = chance(random, 0.5);
			map->read_normalized_measure = chance(random, 0.5);
			map->write_normalized_measure = chance(random, 0.5);
			map->read_completion_status = chance(random, 0.3);
			map->write_completion_status = chance(random, 0.3);
			map->write_progress_measure = chance(random, 0.3);
		}
	}
}

static void random_subtree(GRand *random, struct maker *maker, uint32_t parent, int depth, uint32_t most)
{
	int children = 1 + pick(random, 4);
	for (int i = 0; i < children && maker->activities->len < most; i++) {
		uint32_t child = maker_add(maker, parent);
		random_modes(random, maker_activity(maker, child));
		random_rules(random, maker, child);
		random_objectives(random, maker, child);
		if (depth < 4 && chance(random, 0.45)) {
			random_subtree(random, maker, child, depth + 1, most);
		}
	}
}

struct maker *maker_random(GRand *random, uint32_t most)
{
	struct maker *maker = maker_create(chance(random, 0.8) ? SCORM_2004_4TH : SCORM_2004_3RD);
	maker->course.objectives_global_to_system = chance(random, 0.7);
	uint32_t root = maker_add(maker, NO_INDEX);
	maker_activity(maker, root)->control.choice_exit = true;
	random_rules(random, maker, root);
	random_objectives(random, maker, root);
	random_subtree(random, maker, root, 0, most);
	return maker;
}

/* --- A state --- */

void bench_open(struct bench *bench, const struct course *course, uint64_t seed)
{
	size_t room = tracking_layout_size(course);
	bench->arena_block = g_malloc0(room + 16);
	struct arena arena = {.block = bench->arena_block, .size = room};
	if (!tracking_layout_init(&bench->layout, course, &arena)) {
		g_error("tracking_layout_size() is too small");
	}
	size_t size = tracking_size(&bench->layout);
	bench->block = aligned_alloc(16, size);
	bench->scratch = aligned_alloc(16, size);
	tracking_init(&bench->tracking, &bench->layout, bench->block, seed);
	bench->tracking.global->now = INT64_C(1700000000000);
}

void bench_close(struct bench *bench)
{
	g_free(bench->arena_block);
	free(bench->block);
	free(bench->scratch);
}

GByteArray *bench_save(const struct bench *bench)
{
	struct byte_writer writer = {0};
	tracking_save(&bench->tracking, &writer);
	GByteArray *bytes = g_byte_array_new();
	g_byte_array_set_size(bytes, (guint)writer.used);
	writer = (struct byte_writer){.at = bytes->data, .room = bytes->len};
	tracking_save(&bench->tracking, &writer);
	return bytes;
}

struct navigation_outcome bench_go(struct bench *bench, enum navigation_request request, uint32_t target)
{
	struct navigation_outcome outcome;
	sequencing_process(&bench->tracking, bench->tracking.global->now + 1000, request, target, &outcome);
	return outcome;
}

void bench_report(struct bench *bench, enum completion_status completion, enum success_status success,
	double measure, bool suspend)
{
	uint32_t current = bench->tracking.global->current;
	struct runtime_report report = {.suspend = suspend, .session_cs = 100};
	report.own.values.completion = completion;
	report.own.values.success = success;
	report.own.values.has_measure = measure <= 1;
	report.own.values.measure = measure;
	report.own.set = (completion != COMPLETION_UNKNOWN ? REPORTED_COMPLETION : 0u) |
			 (success != SUCCESS_UNKNOWN ? REPORTED_SUCCESS : 0u);
	tracking_report(&bench->tracking, current, &report);
}
