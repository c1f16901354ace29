/*
 * A SCORM 1.2 course of one or more SCOs. The standard has no sequencing: the learner goes through the
 * launchable items in their order or chooses one, and prerequisites may hold one back.
 *
 * The course's status follows from its SCOs': completed when each of them is completed or passed, passed
 * when in addition at least one was passed, failed as soon as one is failed. A failed SCO is not
 * completed: it is to be taken again. The score is the mean of the SCOs that have one.
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

struct course_claim claim_12(const struct engine *engine)
{
	struct course_claim claim = {.completed = true};
	uint32_t launchable = 0, done = 0, scored = 0;
	bool passed = false, failed = false;
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		double raw;
		if (!is_launchable(engine, i)) {
			continue;
		}
		enum lesson_status status = engine->scos[i].status;
		launchable++;
		done += lesson_completion(status) == COMPLETION_COMPLETED;
		passed = passed || status == LESSON_PASSED;
		failed = failed || status == LESSON_FAILED;
		if (sco_number(engine, i, E12_SCORE_RAW, &raw)) {
			claim.score += raw / 100;
			scored++;
		}
	}
	claim.completed = launchable > 0 && done == launchable;
	claim.success = failed                      ? SUCCESS_FAILED
			: passed && claim.completed ? SUCCESS_PASSED
						    : SUCCESS_UNKNOWN;
	claim.has_score = scored > 0;
	claim.score = scored > 0 ? claim.score / scored : 0;
	claim.has_progress = launchable > 1;
	claim.progress = launchable > 0 ? (double)done / launchable : 0;
	return claim;
}
