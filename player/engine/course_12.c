/*
 * A SCORM 1.2 course of one or more SCOs. The standard has no sequencing: the learner goes through the
 * launchable items in their order or chooses one, and prerequisites may hold one back.
 *
 * The course's status follows from its SCOs' by the session's rule: see enum status_rule, engine.h.
 */
#include "player/engine/state.h"

enum completion_status lesson_completion(enum lesson_status status)
{
	switch (status) {
	case LESSON_NOT_ATTEMPTED:
		return COMPLETION_NOT_ATTEMPTED;
	case LESSON_INCOMPLETE:
	case LESSON_FAILED:
	case LESSON_BROWSED:
		return COMPLETION_INCOMPLETE;
	case LESSON_COMPLETED:
	case LESSON_PASSED:
		return COMPLETION_COMPLETED;
	}
	return COMPLETION_UNKNOWN;
}

enum success_status lesson_success(enum lesson_status status)
{
	return status == LESSON_PASSED   ? SUCCESS_PASSED
	       : status == LESSON_FAILED ? SUCCESS_FAILED
					 : SUCCESS_UNKNOWN;
}

static bool is_launchable(const struct engine *engine, uint32_t activity)
{
	return engine->course.activities[activity].resource != RESOURCE_NONE;
}

static bool is_open(const struct engine *engine, uint32_t activity)
{
	return is_launchable(engine, activity) && prerequisites_met(engine, activity);
}

/* From where continue and previous count. */
static uint32_t position(const struct engine *engine)
{
	return engine->attempt.current != NO_INDEX ? engine->attempt.current : engine->attempt.last;
}

static uint32_t next_open(const struct engine *engine, uint32_t from)
{
	for (uint32_t i = from + 1; i < engine->course.activity_count; i++) {
		if (is_open(engine, i)) {
			return i;
		}
	}
	return NO_INDEX;
}

static uint32_t previous_open(const struct engine *engine, uint32_t from)
{
	for (uint32_t i = from; i > 0; i--) {
		if (is_open(engine, i - 1)) {
			return i - 1;
		}
	}
	return NO_INDEX;
}

/* The first that is not done; when all are, the first. */
static uint32_t first_to_do(const struct engine *engine)
{
	uint32_t first = NO_INDEX;
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		if (!is_open(engine, i)) {
			continue;
		}
		first = first == NO_INDEX ? i : first;
		if (lesson_completion(engine->scos[i].status) != COMPLETION_COMPLETED) {
			return i;
		}
	}
	return first;
}

/* What a request delivers; NO_INDEX when nothing. `ret_allowed` is whether it is accepted at all. */
static uint32_t target_of(
	const struct engine *engine, enum navigation_request request, uint32_t target, bool *ret_allowed)
{
	uint32_t found = NO_INDEX;
	*ret_allowed = true;
	switch (request) {
	case NAVIGATION_EXIT:
	case NAVIGATION_ABANDON:
		*ret_allowed = engine->attempt.current != NO_INDEX;
		return NO_INDEX;
	case NAVIGATION_EXIT_ALL:
	case NAVIGATION_ABANDON_ALL:
	case NAVIGATION_SUSPEND_ALL:
		return NO_INDEX;
	case NAVIGATION_START:
		found = engine->attempt.current == NO_INDEX ? first_to_do(engine) : NO_INDEX;
		break;
	case NAVIGATION_RESUME_ALL:
		if (engine->attempt.current == NO_INDEX && engine->attempt.last != NO_INDEX &&
			engine->scos[engine->attempt.last].suspended &&
			is_open(engine, engine->attempt.last)) {
			found = engine->attempt.last;
		}
		break;
	case NAVIGATION_CONTINUE:
		found = position(engine) == NO_INDEX ? first_to_do(engine)
						     : next_open(engine, position(engine));
		break;
	case NAVIGATION_PREVIOUS:
		found = position(engine) == NO_INDEX ? NO_INDEX : previous_open(engine, position(engine));
		break;
	case NAVIGATION_CHOICE:
		found = target != NO_INDEX && is_open(engine, target) ? target : NO_INDEX;
		break;
	case NAVIGATION_JUMP:
	case NAVIGATION_NONE:
		break;
	}
	*ret_allowed = found != NO_INDEX;
	return found;
}

bool allows_12(const struct engine *engine, enum navigation_request request, uint32_t target)
{
	bool allowed;
	(void)target_of(engine, request, target, &allowed);
	return allowed;
}

void navigate_12(struct engine *engine, enum navigation_request request, uint32_t target,
	struct navigation_outcome *ret)
{
	bool allowed;
	uint32_t found = target_of(engine, request, target, &allowed);
	*ret = (struct navigation_outcome){
		.accepted = allowed,
		.delivered = found,
		.session_ended = request == NAVIGATION_EXIT_ALL || request == NAVIGATION_ABANDON_ALL ||
				 request == NAVIGATION_SUSPEND_ALL,
	};
}

static bool is_hidden(const struct engine *engine, uint32_t activity)
{
	for (; activity != NO_INDEX; activity = engine->course.activities[activity].parent) {
		if (!engine->course.activities[activity].visible) {
			return true;
		}
	}
	return false;
}

/* A cluster's status follows from its leaves. */
static void rollup_rows(const struct engine *engine, struct activity_view *rows, uint32_t count)
{
	for (uint32_t i = count; i-- > 0;) {
		const struct activity *activity = &engine->course.activities[i];
		if (activity->first_child == NO_INDEX) {
			continue;
		}
		bool all = true, none = true, failed = false, passed = false;
		for (uint32_t k = activity->first_child; k != NO_INDEX;
			k = engine->course.activities[k].next_sibling) {
			if (k < count) {
				all = all && rows[k].completion == COMPLETION_COMPLETED;
				none = none && rows[k].completion == COMPLETION_NOT_ATTEMPTED;
				failed = failed || rows[k].success == SUCCESS_FAILED;
				passed = passed || rows[k].success == SUCCESS_PASSED;
			}
		}
		rows[i].completion = all    ? COMPLETION_COMPLETED
				     : none ? COMPLETION_NOT_ATTEMPTED
					    : COMPLETION_INCOMPLETE;
		rows[i].success = failed ? SUCCESS_FAILED : passed && all ? SUCCESS_PASSED : SUCCESS_UNKNOWN;
	}
}

uint32_t contents_12(const struct engine *engine, struct activity_view *rows, uint32_t room)
{
	uint32_t count = engine->course.activity_count < room ? engine->course.activity_count : room;
	for (uint32_t i = 0; i < count; i++) {
		enum lesson_status status = engine->scos[i].status;
		rows[i] = (struct activity_view){
			.activity = i,
			.visible = !is_hidden(engine, i),
			.selectable = is_open(engine, i),
			.current = i == engine->attempt.current,
			.completion = lesson_completion(status),
			.success = lesson_success(status),
		};
	}
	rollup_rows(engine, rows, count);
	return engine->course.activity_count;
}

/* --- The course's own status: enum status_rule, engine.h --- */

/* The last SCO; an asset, which has nothing to say, only when there is no SCO. */
static uint32_t last_to_decide(const struct engine *engine)
{
	uint32_t last = NO_INDEX;
	bool has_sco = false;
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		enum resource_kind kind = engine->course.activities[i].resource;
		if (kind == RESOURCE_SCO || (kind == RESOURCE_ASSET && !has_sco)) {
			last = i;
			has_sco = has_sco || kind == RESOURCE_SCO;
		}
	}
	return last;
}

static bool has_mastery_score(const struct engine *engine, uint32_t activity)
{
	return is_launchable(engine, activity) && engine->course.activities[activity].has_mastery_score;
}

/* The rule that holds: the mastery scores' only when there is one. */
static enum status_rule rule_of(const struct engine *engine)
{
	if (engine->attempt.status_rule != STATUS_RULE_MASTERY) {
		return engine->attempt.status_rule;
	}
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		if (has_mastery_score(engine, i)) {
			return STATUS_RULE_MASTERY;
		}
	}
	return STATUS_RULE_ALL;
}

/* The items that decide, counted. */
struct tally {
	uint32_t items, done, passed, failed, scored;
	double score_sum, score_best;
};

static void count_item(struct tally *tally, const struct engine *engine, uint32_t activity)
{
	enum lesson_status status = engine->scos[activity].status;
	double raw;
	tally->items++;
	tally->done += lesson_completion(status) == COMPLETION_COMPLETED;
	tally->passed += status == LESSON_PASSED;
	tally->failed += status == LESSON_FAILED;
	if (sco_number(engine, activity, E12_SCORE_RAW, &raw)) {
		tally->score_sum += raw / 100;
		if (tally->scored == 0 || raw / 100 > tally->score_best) {
			tally->score_best = raw / 100;
		}
		tally->scored++;
	}
}

static struct course_claim claim_of_tally(const struct tally *tally, bool one_is_enough)
{
	struct course_claim claim = {.has_score = tally->scored > 0};
	if (one_is_enough) {
		claim.completed = tally->done > 0;
		claim.success = tally->passed > 0                       ? SUCCESS_PASSED
				: tally->failed > 0 && tally->done == 0 ? SUCCESS_FAILED
									: SUCCESS_UNKNOWN;
		claim.score = tally->score_best;
	} else {
		claim.completed = tally->items > 0 && tally->done == tally->items;
		claim.success = tally->failed > 0                      ? SUCCESS_FAILED
				: tally->passed > 0 && claim.completed ? SUCCESS_PASSED
								       : SUCCESS_UNKNOWN;
		claim.score = tally->scored > 0 ? tally->score_sum / tally->scored : 0;
	}
	return claim;
}

struct course_claim claim_12(const struct engine *engine)
{
	enum status_rule rule = rule_of(engine);
	uint32_t last = rule == STATUS_RULE_LAST ? last_to_decide(engine) : NO_INDEX;
	struct tally deciding = {0}, all = {0};
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		if (!is_launchable(engine, i)) {
			continue;
		}
		count_item(&all, engine, i);
		if (rule == STATUS_RULE_MASTERY ? has_mastery_score(engine, i)
						: rule != STATUS_RULE_LAST || i == last) {
			count_item(&deciding, engine, i);
		}
	}
	struct course_claim claim = claim_of_tally(&deciding, rule == STATUS_RULE_ANY);
	claim.has_progress = all.items > 1;
	claim.progress = claim.completed ? 1 : all.items > 0 ? (double)all.done / all.items : 0;
	return claim;
}
