/* An activity's sequencing as short texts, in the words of the specification. */
#include "packages/diff/describe.h"
#include "packages/manifest/words.h"

char *describe_control(const struct course *course, const struct activity *activity)
{
	GString *text = g_string_new(NULL);
	const struct control_mode *control = &activity->control;
	(void)course;
	describe_flag(text, !control->choice, "choice=false");
	describe_flag(text, !control->choice_exit, "choiceExit=false");
	describe_flag(text, control->flow, "flow=true");
	describe_flag(text, control->forward_only, "forwardOnly=true");
	describe_flag(text, !control->use_current_attempt_objective, "useCurrentAttemptObjectiveInfo=false");
	describe_flag(text, !control->use_current_attempt_progress, "useCurrentAttemptProgressInfo=false");
	describe_flag(text, activity->prevent_activation, "preventActivation=true");
	describe_flag(text, activity->constrain_choice, "constrainChoice=true");
	return g_string_free(text, FALSE);
}

static void add_conditions(GString *text, const struct course *course, uint32_t first, uint32_t count,
	enum condition_combination how)
{
	g_string_append(text, " if ");
	for (uint32_t i = 0; i < count; i++) {
		const struct condition *condition = &course->conditions[first + i];
		g_string_append_printf(text, "%s%s%s",
			i == 0               ? ""
			: how == COMBINE_ALL ? " and "
					     : " or ",
			condition->negated ? "not " : "", condition_words[condition->kind]);
		if (condition->kind == CONDITION_OBJECTIVE_MEASURE_GREATER ||
			condition->kind == CONDITION_OBJECTIVE_MEASURE_LESS) {
			g_string_append_printf(text, " %g", condition->measure_threshold);
		}
		if (condition->objective.len > 0) {
			g_string_append_printf(
				text, " (%.*s)", (int)condition->objective.len, condition->objective.at);
		}
	}
}

char *describe_rules(const struct course *course, const struct activity *activity)
{
	static const char *const kinds[] = {[RULE_PRE] = "pre", [RULE_POST] = "post", [RULE_EXIT] = "exit"};
	GString *text = g_string_new(NULL);
	for (uint32_t i = 0; i < activity->rule_count; i++) {
		const struct sequencing_rule *rule = &course->rules[activity->first_rule + i];
		g_string_append_printf(
			text, "%s%s: %s", i == 0 ? "" : "; ", kinds[rule->kind], action_words[rule->action]);
		add_conditions(text, course, rule->first_condition, rule->condition_count, rule->combination);
	}
	return g_string_free(text, FALSE);
}

static void add_rollup_rule(GString *text, const struct course *course, const struct rollup_rule *rule)
{
	g_string_append_printf(text, "%s%s: ", text->len > 0 ? "; " : "", rollup_words[rule->action]);
	switch (rule->child_set) {
	case CHILDREN_ALL:
		g_string_append(text, "all");
		break;
	case CHILDREN_ANY:
		g_string_append(text, "any");
		break;
	case CHILDREN_NONE:
		g_string_append(text, "none");
		break;
	case CHILDREN_AT_LEAST_COUNT:
		g_string_append_printf(text, "at least %u", rule->minimum_count);
		break;
	case CHILDREN_AT_LEAST_PERCENT:
		g_string_append_printf(text, "at least %g %%", rule->minimum_percent * 100);
		break;
	}
	add_conditions(text, course, rule->first_condition, rule->condition_count, rule->combination);
}

char *describe_rollup(const struct course *course, const struct activity *activity)
{
	const struct {
		const char *name;
		enum rollup_consideration value;
	} required[] = {{"requiredForSatisfied", activity->required_for_satisfied},
		{"requiredForNotSatisfied", activity->required_for_not_satisfied},
		{"requiredForCompleted", activity->required_for_completed},
		{"requiredForIncomplete", activity->required_for_incomplete}};
	GString *text = g_string_new(NULL);
	for (uint32_t i = 0; i < activity->rollup_rule_count; i++) {
		add_rollup_rule(text, course, &course->rollup_rules[activity->first_rollup_rule + i]);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(required); i++) {
		if (required[i].value != CONSIDER_ALWAYS) {
			g_string_append_printf(text, "%s%s=%s", text->len > 0 ? "; " : "", required[i].name,
				consideration_words[required[i].value]);
		}
	}
	describe_flag(text, !activity->measure_satisfaction_if_active, "measureSatisfactionIfActive=false");
	describe_flag(text, !activity->rollup_objective_satisfied, "rollupObjectiveSatisfied=false");
	describe_flag(text, !activity->rollup_progress_completion, "rollupProgressCompletion=false");
	if (activity->objective_measure_weight < 1) {
		g_string_append_printf(text, "%sobjectiveMeasureWeight=%g", text->len > 0 ? ", " : "",
			activity->objective_measure_weight);
	}
	return g_string_free(text, FALSE);
}

static void add_map(GString *text, const struct objective_map *map)
{
	g_string_append_printf(text, " -> %.*s (", (int)map->target.len, map->target.at);
	const struct {
		bool set;
		const char *name;
	} flags[] = {
		{map->read_satisfied_status, "read satisfied"},
		{map->read_normalized_measure, "read measure"},
		{map->write_satisfied_status, "write satisfied"},
		{map->write_normalized_measure, "write measure"},
		{map->read_raw_score, "read raw"},
		{map->read_min_score, "read min"},
		{map->read_max_score, "read max"},
		{map->read_completion_status, "read completion"},
		{map->read_progress_measure, "read progress"},
		{map->write_raw_score, "write raw"},
		{map->write_min_score, "write min"},
		{map->write_max_score, "write max"},
		{map->write_completion_status, "write completion"},
		{map->write_progress_measure, "write progress"},
	};
	const char *between = "";
	for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
		if (flags[i].set) {
			g_string_append_printf(text, "%s%s", between, flags[i].name);
			between = ", ";
		}
	}
	g_string_append_c(text, ')');
}

char *describe_objectives(const struct course *course, const struct activity *activity)
{
	GString *text = g_string_new(NULL);
	for (uint32_t i = 0; i < activity->objective_count; i++) {
		const struct objective *objective = &course->objectives[activity->first_objective + i];
		g_string_append_printf(text, "%s%s%.*s", i == 0 ? "" : "; ",
			objective->primary ? "primary " : "", (int)objective->id.len, objective->id.at);
		if (objective->satisfied_by_measure) {
			g_string_append_printf(
				text, " satisfiedByMeasure %g", objective->minimum_normalized_measure);
		}
		for (uint32_t k = 0; k < objective->map_count; k++) {
			add_map(text, &course->maps[objective->first_map + k]);
		}
	}
	return g_string_free(text, FALSE);
}

char *describe_limits(const struct course *course, const struct activity *activity)
{
	GString *text = g_string_new(NULL);
	(void)course;
	if (activity->has_attempt_limit) {
		g_string_append_printf(text, "attemptLimit %u", activity->attempt_limit);
	}
	if (activity->has_experienced_duration_limit) {
		g_string_append_printf(text, "%sexperienced %g s", text->len > 0 ? ", " : "",
			(double)activity->experienced_duration_limit_cs / 100);
	}
	return g_string_free(text, FALSE);
}

char *describe_children(const struct course *course, const struct activity *activity)
{
	static const char *const timings[] = {[TIMING_NEVER] = "never",
		[TIMING_ONCE] = "once",
		[TIMING_ON_EACH_NEW_ATTEMPT] = "onEachNewAttempt"};
	GString *text = g_string_new(NULL);
	(void)course;
	if (activity->selection_timing != TIMING_NEVER || activity->has_selection_count) {
		g_string_append_printf(text, "selection %s", timings[activity->selection_timing]);
	}
	if (activity->has_selection_count) {
		g_string_append_printf(text, " %u", activity->selection_count);
	}
	if (activity->randomization_timing != TIMING_NEVER || activity->reorder_children) {
		g_string_append_printf(text, "%srandomization %s%s", text->len > 0 ? ", " : "",
			timings[activity->randomization_timing],
			activity->reorder_children ? " reorder" : "");
	}
	return g_string_free(text, FALSE);
}

char *describe_delivery(const struct course *course, const struct activity *activity)
{
	GString *text = g_string_new(NULL);
	(void)course;
	describe_flag(text, !activity->tracked, "tracked=false");
	describe_flag(text, activity->completion_set_by_content, "completionSetByContent=true");
	describe_flag(text, activity->objective_set_by_content, "objectiveSetByContent=true");
	return g_string_free(text, FALSE);
}
