/* Sequencing rules and limits: UP.1, UP.2, UP.2.1, UP.5. */
#include "player/engine/sequencing/internal.h"

/* Limit Conditions Check Process [UP.1]. Only new attempts are limited; of the limits SCORM (SN 3.4) has an
 * LMS enforce the attempt limit. */
bool limit_conditions_violated(const struct tracking *tracking, uint32_t activity)
{
	const struct activity *definition = activity_of(tracking, activity);
	const struct activity_state *state = &tracking->activities[activity];
	if (!definition->tracked || state->active || state->suspended) {
		return false;
	}
	return definition->has_attempt_limit && state->attempt_count >= definition->attempt_limit;
}

static enum truth truth_of(bool holds)
{
	return holds ? TRUTH_TRUE : TRUTH_FALSE;
}

static enum truth measure_compares(
	const struct tracking *tracking, uint32_t slot, const struct condition *condition, bool fresh)
{
	double measure;
	if (!slot_measure(tracking, slot, fresh, &measure)) {
		return TRUTH_UNKNOWN;
	}
	return truth_of(condition->kind == CONDITION_OBJECTIVE_MEASURE_GREATER
				? measure > condition->measure_threshold
				: measure < condition->measure_threshold);
}

/* Completion of the activity, or of the objective that the condition refers to. */
static enum completion_status completion_for(
	const struct tracking *tracking, uint32_t activity, uint32_t slot, bool fresh)
{
	if (slot == primary_slot(tracking, activity)) {
		return activity_completion(tracking, activity, fresh);
	}
	return slot_completion(tracking, slot, fresh);
}

static enum truth attempt_limit_exceeded(const struct tracking *tracking, uint32_t activity)
{
	const struct activity *definition = activity_of(tracking, activity);
	if (!definition->has_attempt_limit) {
		return TRUTH_UNKNOWN;
	}
	return truth_of(tracking->activities[activity].attempt_count >= definition->attempt_limit);
}

/* By the clock for the absolute duration of the attempt, by what the content reported for the experienced
 * ones. */
static enum truth time_limit_exceeded(const struct tracking *tracking, uint32_t activity)
{
	const struct activity *definition = activity_of(tracking, activity);
	const struct activity_state *state = &tracking->activities[activity];
	if (!definition->has_max_time && !definition->has_experienced_duration_limit) {
		return TRUTH_UNKNOWN;
	}
	int64_t end = state->attempt_ended_ms != 0 ? state->attempt_ended_ms : tracking->global->now;
	int64_t absolute_cs = state->attempt_began_ms != 0 ? (end - state->attempt_began_ms) / 10 : 0;
	bool exceeded = (definition->has_max_time && absolute_cs >= definition->max_time_cs) ||
			(definition->has_experienced_duration_limit &&
				state->experienced_cs >= definition->experienced_duration_limit_cs);
	return truth_of(exceeded);
}

/* What is asked of an objective that the activity does not have is unknown; so is everything that an
 * untracked activity would have to remember. */
static enum truth condition_on_objective(
	const struct tracking *tracking, uint32_t activity, const struct condition *condition, bool fresh)
{
	bool tracked = activity_of(tracking, activity)->tracked;
	uint32_t slot = tracked ? named_slot(tracking, activity, condition->objective) : NO_INDEX;
	bool asks_known = condition->kind == CONDITION_OBJECTIVE_STATUS_KNOWN ||
			  condition->kind == CONDITION_OBJECTIVE_MEASURE_KNOWN ||
			  condition->kind == CONDITION_ACTIVITY_PROGRESS_KNOWN;
	if (slot == NO_INDEX) {
		return asks_known ? TRUTH_FALSE : TRUTH_UNKNOWN;
	}
	double measure;
	switch (condition->kind) {
	case CONDITION_SATISFIED:
	case CONDITION_OBJECTIVE_STATUS_KNOWN: {
		enum success_status success = activity_success(tracking, activity, slot, fresh);
		if (asks_known) {
			return truth_of(success != SUCCESS_UNKNOWN);
		}
		return success == SUCCESS_UNKNOWN ? TRUTH_UNKNOWN : truth_of(success == SUCCESS_PASSED);
	}
	case CONDITION_OBJECTIVE_MEASURE_KNOWN:
		return truth_of(slot_measure(tracking, slot, fresh, &measure));
	case CONDITION_OBJECTIVE_MEASURE_GREATER:
	case CONDITION_OBJECTIVE_MEASURE_LESS:
		return measure_compares(tracking, slot, condition, fresh);
	case CONDITION_COMPLETED:
	case CONDITION_ACTIVITY_PROGRESS_KNOWN: {
		enum completion_status completion = completion_for(tracking, activity, slot, fresh);
		if (asks_known) {
			return truth_of(completion != COMPLETION_UNKNOWN);
		}
		return completion == COMPLETION_UNKNOWN ? TRUTH_UNKNOWN
							: truth_of(completion == COMPLETION_COMPLETED);
	}
	case CONDITION_ATTEMPTED:
	case CONDITION_ATTEMPT_LIMIT_EXCEEDED:
	case CONDITION_TIME_LIMIT_EXCEEDED:
	case CONDITION_OUTSIDE_AVAILABLE_TIME:
	case CONDITION_ALWAYS:
	case CONDITION_NEVER:
		break;
	}
	return TRUTH_UNKNOWN;
}

static enum truth condition_holds(
	const struct tracking *tracking, uint32_t activity, const struct condition *condition, bool fresh)
{
	switch (condition->kind) {
	case CONDITION_ALWAYS:
		return TRUTH_TRUE;
	case CONDITION_NEVER:
		return TRUTH_FALSE;
	case CONDITION_ATTEMPTED:
		return truth_of(tracking->activities[activity].attempt_count > 0);
	case CONDITION_ATTEMPT_LIMIT_EXCEEDED:
		return attempt_limit_exceeded(tracking, activity);
	case CONDITION_TIME_LIMIT_EXCEEDED:
		return time_limit_exceeded(tracking, activity);
	case CONDITION_OUTSIDE_AVAILABLE_TIME:
		return TRUTH_UNKNOWN; /* SCORM has no begin and end time limits (SN 3.4) */
	case CONDITION_SATISFIED:
	case CONDITION_OBJECTIVE_STATUS_KNOWN:
	case CONDITION_OBJECTIVE_MEASURE_KNOWN:
	case CONDITION_OBJECTIVE_MEASURE_GREATER:
	case CONDITION_OBJECTIVE_MEASURE_LESS:
	case CONDITION_COMPLETED:
	case CONDITION_ACTIVITY_PROGRESS_KNOWN:
		return condition_on_objective(tracking, activity, condition, fresh);
	}
	return TRUTH_UNKNOWN;
}

/* Sequencing Rule Check Subprocess [UP.2.1]; also RB.1.4.1. Unknown stays unknown when negated. */
enum truth conditions_hold(const struct tracking *tracking, uint32_t activity, uint32_t first, uint32_t count,
	enum condition_combination combination, bool fresh)
{
	if (count == 0) {
		return TRUTH_UNKNOWN;
	}
	enum truth decisive = combination == COMBINE_ALL ? TRUTH_FALSE : TRUTH_TRUE;
	enum truth result = combination == COMBINE_ALL ? TRUTH_TRUE : TRUTH_FALSE;
	for (uint32_t i = 0; i < count; i++) {
		const struct condition *condition = &tracking->layout->course->conditions[first + i];
		enum truth one = condition_holds(tracking, activity, condition, fresh);
		if (condition->negated && one != TRUTH_UNKNOWN) {
			one = truth_of(one == TRUTH_FALSE);
		}
		if (one == decisive) {
			return one;
		}
		result = one == TRUTH_UNKNOWN ? one : result;
	}
	return result;
}

/* Sequencing Rules Check Process [UP.2] */
bool sequencing_rules_check(const struct tracking *tracking, uint32_t activity, enum rule_kind kind,
	uint32_t actions, enum rule_action *ret)
{
	const struct activity *definition = activity_of(tracking, activity);
	for (uint32_t i = 0; i < definition->rule_count; i++) {
		const struct sequencing_rule *rule =
			&tracking->layout->course->rules[definition->first_rule + i];
		if (rule->kind != kind || (actions & (1u << rule->action)) == 0) {
			continue;
		}
		if (conditions_hold(tracking, activity, rule->first_condition, rule->condition_count,
			    rule->combination, false) == TRUTH_TRUE) {
			*ret = rule->action;
			return true;
		}
	}
	return false;
}

bool precondition_holds(const struct tracking *tracking, uint32_t activity, enum rule_action action)
{
	enum rule_action found;
	return sequencing_rules_check(tracking, activity, RULE_PRE, 1u << action, &found);
}

/* Check Activity Process [UP.5] */
bool activity_disabled(const struct tracking *tracking, uint32_t activity)
{
	return precondition_holds(tracking, activity, ACTION_DISABLED) ||
	       limit_conditions_violated(tracking, activity);
}
