/* <imsss:sequencingRules> and <imsss:rollupRules> (CAM 5.1.3, 5.1.6; SN 3.4, 3.7). */
#include "packages/manifest/reader.h"
#include "packages/manifest/words.h"

#include <string.h>

static const char *const combination_words[] = {[COMBINE_ALL] = "all", [COMBINE_ANY] = "any"};

/* Which element holds which kind of rule, and the actions it may have: first to last. */
static const struct {
	const char *element;
	enum rule_action first, last;
} kinds[] = {
	[RULE_PRE] = {"preConditionRule", ACTION_SKIP, ACTION_STOP_FORWARD_TRAVERSAL},
	[RULE_POST] = {"postConditionRule", ACTION_EXIT_PARENT, ACTION_PREVIOUS},
	[RULE_EXIT] = {"exitConditionRule", ACTION_EXIT, ACTION_EXIT},
};

static bool allowed_in_rollup(uint32_t condition)
{
	return condition != CONDITION_OBJECTIVE_MEASURE_GREATER &&
	       condition != CONDITION_OBJECTIVE_MEASURE_LESS && condition != CONDITION_ALWAYS;
}

static void check_objective(
	struct builder *builder, const xmlNode *at, const struct activity *activity, struct span id)
{
	if (!element_charge(at, activity->objective_count)) {
		return;
	}
	for (uint32_t i = 0; i < activity->objective_count; i++) {
		const struct objective *objective =
			&g_array_index(builder->objectives, struct objective, activity->first_objective + i);
		if (strcmp(objective->id.at, id.at) == 0) {
			return;
		}
	}
	reader_find(builder->reader, SEQUENCING_OBJECTIVE_UNKNOWN, at, id.at, activity->identifier.at);
}

static bool append_condition(
	struct builder *builder, const xmlNode *at, bool rollup, const struct activity *activity)
{
	static const char *const operators[] = {"noOp", "not"};
	struct reader *reader = builder->reader;
	const char *text = element_attribute(at, "condition", reader->strings);
	uint32_t word = CONDITION_NEVER, operator= 0;
	bool known = text && value_word(reader, at, "condition", text, condition_words,
				     G_N_ELEMENTS(condition_words), &word);
	if (!known || (rollup && !allowed_in_rollup(word))) {
		reader_find(reader, SEQUENCING_CONDITION, at, text ? text : "", element_name(at));
		return false;
	}
	struct condition condition = {.kind = (enum condition_kind)word};
	if (reader_word(reader, at, "operator", operators, G_N_ELEMENTS(operators), &operator)) {
		condition.negated = operator== 1;
	}
	condition.objective = (struct span){"", 0};
	if (!rollup) {
		reader_real(reader, at, "measureThreshold", -1, 1, &condition.measure_threshold);
		condition.objective = reader_objective_id(reader, at, "referencedObjective");
		if (condition.objective.len > 0) {
			check_objective(builder, at, activity, condition.objective);
		}
	}
	if (!manifest_part(builder, at)) {
		return false;
	}
	g_array_append_val(builder->conditions, condition);
	return true;
}

/* False when a condition is bad: a rule without it would fire when its author did not mean it. */
static bool append_conditions(struct builder *builder, const xmlNode *conditions, bool rollup,
	const struct activity *activity, enum condition_combination *ret_combination, uint32_t *ret_first,
	uint32_t *ret_count)
{
	const char *name = rollup ? "rollupCondition" : "ruleCondition";
	uint32_t combination = *ret_combination, first = builder->conditions->len;
	if (conditions) {
		reader_word(builder->reader, conditions, "conditionCombination", combination_words,
			G_N_ELEMENTS(combination_words), &combination);
	}
	for (const xmlNode *at = element_child(conditions, FAMILY_IMSSS, name); at;
		at = element_next(at, FAMILY_IMSSS, name)) {
		if (!append_condition(builder, at, rollup, activity)) {
			g_array_set_size(builder->conditions, first);
			return false;
		}
	}
	*ret_combination = (enum condition_combination)combination;
	*ret_first = first;
	*ret_count = builder->conditions->len - first;
	return true;
}

static void append_rule(
	struct builder *builder, const xmlNode *element, enum rule_kind kind, struct activity *activity)
{
	struct reader *reader = builder->reader;
	const xmlNode *action = element_child(element, FAMILY_IMSSS, "ruleAction");
	const char *text = action ? element_attribute(action, "action", reader->strings) : NULL;
	uint32_t word = ACTION_EXIT;
	bool known = text && value_word(reader, action, "action", text, action_words,
				     G_N_ELEMENTS(action_words), &word);
	if (!known || word < kinds[kind].first || word > kinds[kind].last) {
		reader_find(reader, SEQUENCING_ACTION, action ? action : element, text ? text : "",
			kinds[kind].element);
		return;
	}
	struct sequencing_rule rule = {
		.kind = kind, .action = (enum rule_action)word, .combination = COMBINE_ALL};
	const xmlNode *conditions = element_child(element, FAMILY_IMSSS, "ruleConditions");
	if (!append_conditions(builder, conditions, false, activity, &rule.combination, &rule.first_condition,
		    &rule.condition_count) ||
		!manifest_part(builder, element)) {
		return;
	}
	g_array_append_val(builder->rules, rule);
	activity->rule_count++;
}

void manifest_rules(struct builder *builder, const xmlNode *sequencing_rules, struct activity *activity)
{
	activity->first_rule = builder->rules->len;
	for (uint32_t kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
		const char *name = kinds[kind].element;
		for (const xmlNode *at = element_child(sequencing_rules, FAMILY_IMSSS, name);
			at && !builder->reader->too_many; at = element_next(at, FAMILY_IMSSS, name)) {
			append_rule(builder, at, (enum rule_kind)kind, activity);
		}
	}
}

static void append_rollup_rule(struct builder *builder, const xmlNode *element, struct activity *activity)
{
	static const char *const sets[] = {
		[CHILDREN_ALL] = "all",
		[CHILDREN_ANY] = "any",
		[CHILDREN_NONE] = "none",
		[CHILDREN_AT_LEAST_COUNT] = "atLeastCount",
		[CHILDREN_AT_LEAST_PERCENT] = "atLeastPercent",
	};
	struct reader *reader = builder->reader;
	const xmlNode *action = element_child(element, FAMILY_IMSSS, "rollupAction");
	const char *text = action ? element_attribute(action, "action", reader->strings) : NULL;
	uint32_t word = ROLLUP_SATISFIED, set = CHILDREN_ALL;
	if (!text || !value_word(reader, action, "action", text, rollup_words, G_N_ELEMENTS(rollup_words),
			     &word)) {
		reader_find(
			reader, SEQUENCING_ACTION, action ? action : element, text ? text : "", "rollupRule");
		return;
	}
	struct rollup_rule rule = {.action = (enum rollup_action)word, .combination = COMBINE_ANY};
	reader_word(reader, element, "childActivitySet", sets, G_N_ELEMENTS(sets), &set);
	rule.child_set = (enum child_activity_set)set;
	reader_count(reader, element, "minimumCount", &rule.minimum_count);
	reader_real(reader, element, "minimumPercent", 0, 1, &rule.minimum_percent);
	const xmlNode *conditions = element_child(element, FAMILY_IMSSS, "rollupConditions");
	if (!append_conditions(builder, conditions, true, activity, &rule.combination, &rule.first_condition,
		    &rule.condition_count) ||
		!manifest_part(builder, element)) {
		return;
	}
	g_array_append_val(builder->rollup_rules, rule);
	activity->rollup_rule_count++;
}

void manifest_rollup_rules(struct builder *builder, const xmlNode *rollup_rules, struct activity *activity)
{
	struct reader *reader = builder->reader;
	activity->first_rollup_rule = builder->rollup_rules->len;
	if (!rollup_rules) {
		return;
	}
	reader_bool(reader, rollup_rules, "rollupObjectiveSatisfied", &activity->rollup_objective_satisfied);
	reader_bool(reader, rollup_rules, "rollupProgressCompletion", &activity->rollup_progress_completion);
	reader_real(
		reader, rollup_rules, "objectiveMeasureWeight", 0, 1, &activity->objective_measure_weight);
	for (const xmlNode *at = element_child(rollup_rules, FAMILY_IMSSS, "rollupRule");
		at && !reader->too_many; at = element_next(at, FAMILY_IMSSS, "rollupRule")) {
		append_rollup_rule(builder, at, activity);
	}
}
