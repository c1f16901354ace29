/* The golden form of a manifest: words of the specification, nothing that equals its default. */
#include "tests/packages/dump.h"

#include <glib.h>
#include <string.h>

static void put_text(json_t *to, const char *key, struct span text)
{
	if (text.len > 0) {
		json_object_set_new(to, key, json_stringn(text.at, text.len));
	}
}

static void put_bool(json_t *to, const char *key, bool value, bool unless)
{
	if (value != unless) {
		json_object_set_new(to, key, json_boolean(value));
	}
}

static void put_real(json_t *to, const char *key, double value, double unless)
{
	if (value < unless || value > unless) {
		json_object_set_new(to, key, json_real(value));
	}
}

static void put_int(json_t *to, const char *key, int64_t value, int64_t unless)
{
	if (value != unless) {
		json_object_set_new(to, key, json_integer(value));
	}
}

static json_t *dump_conditions(const struct course *course, uint32_t first, uint32_t count)
{
	json_t *list = json_array();
	for (uint32_t i = first; i < first + count; i++) {
		const struct condition *condition = &course->conditions[i];
		json_t *one = json_object();
		json_object_set_new(one, "condition", json_integer(condition->kind));
		put_bool(one, "not", condition->negated, false);
		put_real(one, "threshold", condition->measure_threshold, 0);
		put_text(one, "objective", condition->objective);
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *dump_rules(const struct course *course, const struct activity *activity)
{
	static const char *const kinds[] = {"pre", "post", "exit"};
	json_t *list = json_array();
	for (uint32_t i = 0; i < activity->rule_count; i++) {
		const struct sequencing_rule *rule = &course->rules[activity->first_rule + i];
		json_t *one = json_object();
		json_object_set_new(one, "kind", json_string(kinds[rule->kind]));
		json_object_set_new(one, "action", json_integer(rule->action));
		put_bool(one, "any", rule->combination == COMBINE_ANY, false);
		json_object_set_new(
			one, "if", dump_conditions(course, rule->first_condition, rule->condition_count));
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *dump_rollup_rules(const struct course *course, const struct activity *activity)
{
	json_t *list = json_array();
	for (uint32_t i = 0; i < activity->rollup_rule_count; i++) {
		const struct rollup_rule *rule = &course->rollup_rules[activity->first_rollup_rule + i];
		json_t *one = json_object();
		json_object_set_new(one, "action", json_integer(rule->action));
		json_object_set_new(one, "children", json_integer(rule->child_set));
		put_bool(one, "all", rule->combination == COMBINE_ALL, false);
		put_int(one, "count", rule->minimum_count, 0);
		put_real(one, "percent", rule->minimum_percent, 0);
		json_object_set_new(
			one, "if", dump_conditions(course, rule->first_condition, rule->condition_count));
		json_array_append_new(list, one);
	}
	return list;
}

/* Which of a map's flags are set, one letter each: s/m satisfied/measure, r/i/a raw/min/max score,
 * c/p completion/progress; what is read, a bar, what is written. */
static json_t *dump_map(const struct objective_map *map)
{
	char flags[32] = "";
	const struct {
		bool set;
		char letter;
	} letters[] = {
		{map->read_satisfied_status, 's'},
		{map->read_normalized_measure, 'm'},
		{map->read_raw_score, 'r'},
		{map->read_min_score, 'i'},
		{map->read_max_score, 'a'},
		{map->read_completion_status, 'c'},
		{map->read_progress_measure, 'p'},
		{true, '|'},
		{map->write_satisfied_status, 's'},
		{map->write_normalized_measure, 'm'},
		{map->write_raw_score, 'r'},
		{map->write_min_score, 'i'},
		{map->write_max_score, 'a'},
		{map->write_completion_status, 'c'},
		{map->write_progress_measure, 'p'},
	};
	size_t len = 0;
	for (size_t i = 0; i < G_N_ELEMENTS(letters); i++) {
		if (letters[i].set) {
			flags[len++] = letters[i].letter;
		}
	}
	return json_pack("{s:s%, s:s}", "target", map->target.at, (size_t)map->target.len, "flags", flags);
}

static json_t *dump_objectives(const struct course *course, const struct activity *activity)
{
	json_t *list = json_array();
	for (uint32_t i = 0; i < activity->objective_count; i++) {
		const struct objective *objective = &course->objectives[activity->first_objective + i];
		json_t *one = json_object();
		put_text(one, "id", objective->id);
		put_bool(one, "primary", objective->primary, false);
		put_bool(one, "by_measure", objective->satisfied_by_measure, false);
		put_real(one, "minimum", objective->minimum_normalized_measure, 1);
		json_t *maps = json_array();
		for (uint32_t k = 0; k < objective->map_count; k++) {
			json_array_append_new(maps, dump_map(&course->maps[objective->first_map + k]));
		}
		if (json_array_size(maps) > 0) {
			json_object_set(one, "maps", maps);
		}
		json_decref(maps);
		json_array_append_new(list, one);
	}
	return list;
}

static json_t *dump_shared_data(const struct course *course, const struct activity *activity)
{
	json_t *list = json_array();
	for (uint32_t i = 0; i < activity->shared_data_count; i++) {
		const struct shared_data_map *map = &course->shared_data[activity->first_shared_data + i];
		json_t *one = json_object();
		put_text(one, "target", map->target);
		put_bool(one, "read", map->read, true);
		put_bool(one, "write", map->write, true);
		json_array_append_new(list, one);
	}
	return list;
}

static void put_list(json_t *to, const char *key, json_t *list)
{
	if (json_array_size(list) > 0) {
		json_object_set(to, key, list);
	}
	json_decref(list);
}

static void put_sequencing(json_t *to, const struct course *course, const struct activity *activity)
{
	put_bool(to, "choice", activity->control.choice, true);
	put_bool(to, "choice_exit", activity->control.choice_exit, true);
	put_bool(to, "flow", activity->control.flow, false);
	put_bool(to, "forward_only", activity->control.forward_only, false);
	put_bool(to, "current_objective", activity->control.use_current_attempt_objective, true);
	put_bool(to, "current_progress", activity->control.use_current_attempt_progress, true);
	put_bool(to, "prevent_activation", activity->prevent_activation, false);
	put_bool(to, "constrain_choice", activity->constrain_choice, false);
	put_int(to, "attempt_limit", activity->has_attempt_limit ? (int64_t)activity->attempt_limit : -1, -1);
	put_int(to, "experienced_cs",
		activity->has_experienced_duration_limit ? activity->experienced_duration_limit_cs : -1, -1);
	put_int(to, "for_satisfied", activity->required_for_satisfied, CONSIDER_ALWAYS);
	put_int(to, "for_not_satisfied", activity->required_for_not_satisfied, CONSIDER_ALWAYS);
	put_int(to, "for_completed", activity->required_for_completed, CONSIDER_ALWAYS);
	put_int(to, "for_incomplete", activity->required_for_incomplete, CONSIDER_ALWAYS);
	put_bool(to, "measure_if_active", activity->measure_satisfaction_if_active, true);
	put_bool(to, "rollup_satisfied", activity->rollup_objective_satisfied, true);
	put_bool(to, "rollup_completion", activity->rollup_progress_completion, true);
	put_real(to, "measure_weight", activity->objective_measure_weight, 1);
	put_int(to, "selection", activity->selection_timing, TIMING_NEVER);
	put_int(to, "select_count", activity->has_selection_count ? (int64_t)activity->selection_count : -1,
		-1);
	put_int(to, "randomization", activity->randomization_timing, TIMING_NEVER);
	put_bool(to, "reorder", activity->reorder_children, false);
	put_bool(to, "tracked", activity->tracked, true);
	put_bool(to, "completion_by_content", activity->completion_set_by_content, false);
	put_bool(to, "objective_by_content", activity->objective_set_by_content, false);
	put_list(to, "rules", dump_rules(course, activity));
	put_list(to, "rollup", dump_rollup_rules(course, activity));
	put_list(to, "objectives", dump_objectives(course, activity));
	put_list(to, "data", dump_shared_data(course, activity));
}

static json_t *dump_activity(const struct course *course, uint32_t index)
{
	static const char *const resources[] = {"", "asset", "sco"};
	const struct activity *activity = &course->activities[index];
	json_t *one = json_object();
	put_text(one, "identifier", activity->identifier);
	put_text(one, "title", activity->title);
	put_bool(one, "visible", activity->visible, true);
	if (activity->resource != RESOURCE_NONE) {
		json_object_set_new(one, "opens", json_string(resources[activity->resource]));
	}
	put_text(one, "href", activity->href);
	put_text(one, "data_from_lms", activity->data_from_lms);
	put_text(one, "prerequisites", activity->prerequisites);
	put_real(one, "mastery_score", activity->has_mastery_score ? activity->mastery_score : -1, -1);
	put_int(one, "max_time_cs", activity->has_max_time ? activity->max_time_cs : -1, -1);
	put_int(one, "time_limit_action", activity->time_limit_action, TIME_LIMIT_CONTINUE_NO_MESSAGE);
	put_bool(one, "by_progress", activity->completed_by_measure, false);
	put_real(one, "min_progress", activity->min_progress_measure, 1);
	put_real(one, "progress_weight", activity->progress_weight, 1);
	put_int(one, "hide", activity->hide_lms_ui, 0);
	put_sequencing(one, course, activity);
	json_t *children = json_array();
	for (uint32_t at = activity->first_child; at != NO_INDEX; at = course->activities[at].next_sibling) {
		json_array_append_new(children, dump_activity(course, at));
	}
	put_list(one, "items", children);
	return one;
}

static json_t *dump_findings(const struct findings *findings)
{
	uint32_t count = 0;
	const struct problem *list = findings_list(findings, &count);
	json_t *ret = json_array();
	for (uint32_t i = 0; i < count; i++) {
		g_autofree char *text =
			g_strdup_printf("%s %u:%u", list[i].code, list[i].line, list[i].column);
		json_array_append_new(ret, json_string(text));
	}
	return ret;
}

json_t *dump_manifest(const struct manifest *manifest, const struct findings *findings)
{
	static const char *const editions[] = {"1.2", "2004-2nd", "2004-3rd", "2004-4th"};
	json_t *ret = json_pack("{s:o}", "findings", dump_findings(findings));
	if (!manifest) {
		return ret;
	}
	json_object_set_new(ret, "edition", json_string(editions[manifest->edition]));
	put_text(ret, "identifier", manifest->identifier);
	put_text(ret, "language", manifest->language);
	put_int(ret, "default", manifest->default_course, 0);
	json_t *courses = json_array(), *files = json_array();
	for (uint32_t i = 0; i < manifest->course_count; i++) {
		const struct course *course = &manifest->courses[i];
		json_t *one = dump_activity(course, 0);
		put_bool(one, "objectives_global", course->objectives_global_to_system, true);
		put_bool(one, "data_global", course->shared_data_global_to_system, true);
		json_array_append_new(courses, one);
	}
	for (uint32_t i = 0; i < manifest->file_count; i++) {
		json_array_append_new(
			files, json_stringn(manifest->files[i].path.at, manifest->files[i].path.len));
	}
	json_object_set_new(ret, "organizations", courses);
	put_list(ret, "files", files);
	return ret;
}
