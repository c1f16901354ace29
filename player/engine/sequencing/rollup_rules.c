/* Rollup rules: RB.1.4, RB.1.4.1, RB.1.4.2. */
#include "player/engine/sequencing/internal.h"

static enum rollup_consideration consideration_of(const struct activity *child, enum rollup_action action)
{
	switch (action) {
	case ROLLUP_SATISFIED:
		return child->required_for_satisfied;
	case ROLLUP_NOT_SATISFIED:
		return child->required_for_not_satisfied;
	case ROLLUP_COMPLETED:
		return child->required_for_completed;
	case ROLLUP_INCOMPLETE:
		return child->required_for_incomplete;
	}
	return CONSIDER_ALWAYS;
}

static bool is_about_objective(enum rollup_action action)
{
	return action == ROLLUP_SATISFIED || action == ROLLUP_NOT_SATISFIED;
}

/* Check Child for Rollup Subprocess [RB.1.4.2] */
static bool child_counts(const struct tracking *tracking, uint32_t child, enum rollup_action action)
{
	const struct activity *definition = activity_of(tracking, child);
	const struct activity_state *state = &tracking->activities[child];
	bool contributes = is_about_objective(action) ? definition->rollup_objective_satisfied
						      : definition->rollup_progress_completion;
	if (!definition->tracked || !contributes) {
		return false;
	}
	switch (consideration_of(definition, action)) {
	case CONSIDER_ALWAYS:
		return true;
	case CONSIDER_IF_ATTEMPTED:
		return state->attempt_count > 0;
	case CONSIDER_IF_NOT_SUSPENDED:
		return state->attempt_count == 0 || !state->suspended;
	case CONSIDER_IF_NOT_SKIPPED:
		return !precondition_holds(tracking, child, ACTION_SKIP);
	}
	return true;
}

/* How the children that count answer a rule's conditions. */
struct tally {
	uint32_t counted, holds, unknown;
};

/* The default rules (SN 3.7): all satisfied, else all with a known status; the same for completion. */
static enum truth default_rule_holds(
	const struct tracking *tracking, uint32_t child, enum rollup_action action)
{
	uint32_t slot = primary_slot(tracking, child);
	if (is_about_objective(action)) {
		enum success_status success = activity_success(tracking, child, slot, true);
		if (action == ROLLUP_NOT_SATISFIED) {
			return success == SUCCESS_UNKNOWN ? TRUTH_FALSE : TRUTH_TRUE;
		}
		return success == SUCCESS_UNKNOWN  ? TRUTH_UNKNOWN
		       : success == SUCCESS_PASSED ? TRUTH_TRUE
						   : TRUTH_FALSE;
	}
	enum completion_status completion = activity_completion(tracking, child, true);
	if (action == ROLLUP_INCOMPLETE) {
		return completion == COMPLETION_UNKNOWN ? TRUTH_FALSE : TRUTH_TRUE;
	}
	return completion == COMPLETION_UNKNOWN     ? TRUTH_UNKNOWN
	       : completion == COMPLETION_COMPLETED ? TRUTH_TRUE
						    : TRUTH_FALSE;
}

/* `rule` NULL: the default rule of that action. Evaluate Rollup Conditions Subprocess [RB.1.4.1] for each
 * child. */
static struct tally tally_children(const struct tracking *tracking, uint32_t cluster,
	enum rollup_action action, const struct rollup_rule *rule)
{
	struct tally tally = {0};
	for (uint32_t k = 0; k < tracking->activities[cluster].available_children; k++) {
		uint32_t child = tracking_child(tracking, cluster, k);
		if (!child_counts(tracking, child, action)) {
			continue;
		}
		enum truth truth = rule == NULL ? default_rule_holds(tracking, child, action)
						: conditions_hold(tracking, child, rule->first_condition,
							  rule->condition_count, rule->combination, true);
		tally.counted++;
		tally.holds += truth == TRUTH_TRUE;
		tally.unknown += truth == TRUTH_UNKNOWN;
	}
	return tally;
}

/* Where no child counts, "all" and "none" hold: the book would change nothing then, but ADL's cases want it so. */
static bool rule_fires(const struct rollup_rule *rule, struct tally tally)
{
	bool empty = tally.unknown == tally.counted;
	switch (rule->child_set) {
	case CHILDREN_ALL:
		return tally.holds == tally.counted;
	case CHILDREN_ANY:
		return tally.holds > 0;
	case CHILDREN_NONE:
		return tally.holds + tally.unknown == 0;
	case CHILDREN_AT_LEAST_COUNT:
		return !empty && rule->minimum_count > 0 && tally.holds >= rule->minimum_count;
	case CHILDREN_AT_LEAST_PERCENT:
		return !empty && (double)tally.holds / (double)tally.counted >= rule->minimum_percent;
	}
	return false;
}

static bool has_rules_about(const struct tracking *tracking, uint32_t cluster, bool objective)
{
	const struct activity *definition = activity_of(tracking, cluster);
	for (uint32_t i = 0; i < definition->rollup_rule_count; i++) {
		const struct rollup_rule *rule =
			&tracking->layout->course->rollup_rules[definition->first_rollup_rule + i];
		if (is_about_objective(rule->action) == objective) {
			return true;
		}
	}
	return false;
}

/* Rollup Rule Check Subprocess [RB.1.4]. Where a cluster has no rule about satisfaction (or about
 * completion), the defaults hold. */
bool rollup_action_set(const struct tracking *tracking, uint32_t cluster, enum rollup_action action)
{
	const struct activity *definition = activity_of(tracking, cluster);
	if (!has_rules_about(tracking, cluster, is_about_objective(action))) {
		struct tally tally = tally_children(tracking, cluster, action, NULL);
		return tally.holds == tally.counted;
	}
	for (uint32_t i = 0; i < definition->rollup_rule_count; i++) {
		const struct rollup_rule *rule =
			&tracking->layout->course->rollup_rules[definition->first_rollup_rule + i];
		if (rule->action == action &&
			rule_fires(rule, tally_children(tracking, cluster, action, rule))) {
			return true;
		}
	}
	return false;
}
