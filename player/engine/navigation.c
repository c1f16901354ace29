/* Navigation: the learner's requests and the content's wishes, tried on a copy of the tracking model
 * first. */
#include "player/engine/record/journal.h"
#include "player/engine/sequencing/sequencing.h"
#include "player/engine/state.h"

struct tracking tracking_on_trial(const struct engine *engine, bool terminated)
{
	struct tracking trial;
	tracking_copy(&trial, engine->trial_block, &engine->tracking);
	if (engine->attempt.phase == PHASE_RUNNING) {
		sco_report(engine, &trial, terminated);
	}
	return trial;
}

/* The trial becomes the state: the two blocks change places. */
static void adopt_trial(struct engine *engine, const struct tracking *trial)
{
	engine->trial_block = engine->tracking.block;
	engine->tracking = *trial;
}

/* What a request would come to now. */
static struct navigation_outcome foresee(
	struct engine *engine, int64_t now, enum navigation_request request, uint32_t target)
{
	struct navigation_outcome outcome = {.delivered = NO_INDEX};
	if (target != NO_INDEX && target >= engine->course.activity_count) {
		return outcome;
	}
	if (is_12(engine)) {
		navigate_12(engine, request, target, &outcome);
		return outcome;
	}
	struct tracking trial = tracking_on_trial(engine, true);
	sequencing_process(&trial, now, request, target, &outcome);
	return outcome;
}

bool request_allowed(struct engine *engine, int64_t now, enum navigation_request request, uint32_t target)
{
	return foresee(engine, now, request, target).accepted;
}

void engine_foresee(struct engine *engine, int64_t now, enum navigation_request request, uint32_t target,
	struct navigation_outcome *ret)
{
	*ret = engine->attempt.session_open ? foresee(engine, now, request, target)
					    : (struct navigation_outcome){.delivered = NO_INDEX};
}

bool engine_may_navigate(struct engine *engine, int64_t now, enum navigation_request request, uint32_t target)
{
	return engine->attempt.session_open && request_allowed(engine, now, request, target);
}

static void refuse(struct navigation_outcome *outcome, uint16_t exception)
{
	*outcome = (struct navigation_outcome){.delivered = NO_INDEX, .exception = exception};
}

static bool request_is_sound(const struct engine *engine, enum navigation_request request, uint32_t target)
{
	bool needs_target = request == NAVIGATION_CHOICE || request == NAVIGATION_JUMP;
	return (target == NO_INDEX || target < engine->course.activity_count) &&
	       (!needs_target || target != NO_INDEX);
}

static void apply_outcome(struct engine *engine, const struct navigation_outcome *outcome)
{
	if (outcome->delivered != NO_INDEX) {
		sco_launch(engine, outcome->delivered);
	} else if (outcome->accepted || outcome->session_ended) {
		leave_nothing_delivered(engine);
	}
	engine->attempt.pending = NAVIGATION_NONE;
	engine->attempt.pending_target = NO_INDEX;
}

/* SN 3.15 and RTE 4.3.1: shared data that a package keeps for itself live for one attempt on it. */
static void forget_scoped_data(struct engine *engine)
{
	if (!engine->course.shared_data_global_to_system) {
		for (uint32_t i = 0; i < engine->layout.buckets; i++) {
			values_remove_owner(&engine->values, OWNER_BUCKETS + i);
		}
	}
}

/* A request over a running SCO that NB.2.1 refuses, or that cannot be met from where the learner stands, leaves the
 * SCO running. Once the termination process has ended the attempt (OP.1) the SCO is taken away, whatever the
 * sequencing request comes to then. */
static void navigate_2004(struct engine *engine, int64_t now, enum navigation_request request,
	uint32_t target, struct navigation_outcome *ret)
{
	bool running = engine->attempt.phase == PHASE_RUNNING;
	struct tracking trial = tracking_on_trial(engine, false);
	sequencing_process(&trial, now, request, target, ret);
	bool begins =
		trial.activities[0].attempt_began_ms != engine->tracking.activities[0].attempt_began_ms ||
		trial.activities[0].attempt_count != engine->tracking.activities[0].attempt_count;
	if (running && !ret->accepted && trial.activities[engine->attempt.current].active) {
		ret->delivered = NO_INDEX;
		ret->session_ended = false;
		return;
	}
	if (running) {
		sco_end(engine, false); /* the trial has its report already */
	}
	adopt_trial(engine, &trial);
	if (begins) { /* a new attempt on the package, by a start or by a retry of the root */
		forget_scoped_data(engine);
	}
	apply_outcome(engine, ret);
}

static void navigate(struct engine *engine, int64_t now, enum navigation_request request, uint32_t target,
	struct navigation_outcome *ret)
{
	if (!engine->attempt.session_open || !request_is_sound(engine, request, target)) {
		refuse(ret, EXCEPTION_NB_2_1_13);
		return;
	}
	if (is_12(engine)) {
		if (!allows_12(engine, request, target)) {
			refuse(ret, EXCEPTION_NB_2_1_10);
			return;
		}
		take_away(engine);
		navigate_12(engine, request, target, ret);
		apply_outcome(engine, ret);
	} else {
		navigate_2004(engine, now, request, target, ret);
	}
	if (ret->delivered != NO_INDEX) {
		engine->launched_at = now;
	}
	claim_update(engine, now);
}

enum engine_result engine_navigate(struct engine *engine, int64_t now, enum navigation_request request,
	uint32_t target, struct navigation_outcome *ret)
{
	if (!journal_has_room(engine, 0)) {
		return ENGINE_NO_MEMORY;
	}
	if (request > NAVIGATION_SUSPEND_ALL) {
		request = NAVIGATION_NONE; /* refused, and so recorded that it can be read again */
	}
	navigate(engine, now, request, target, ret);
	struct journal_record record = {.kind = RECORD_NAVIGATE,
		.now = now,
		.error = ret->exception,
		.request = request,
		.target = target,
		.delivered = ret->delivered};
	journal_append(engine, &record);
	return ENGINE_OK;
}

enum navigation_request engine_pending_navigation(const struct engine *engine)
{
	return engine->attempt.pending;
}

enum engine_result engine_navigate_pending(struct engine *engine, int64_t now, struct navigation_outcome *ret)
{
	if (!journal_has_room(engine, 0)) {
		return ENGINE_NO_MEMORY;
	}
	if (engine->attempt.pending == NAVIGATION_NONE) {
		refuse(ret, EXCEPTION_NB_2_1_13);
	} else {
		navigate(engine, now, engine->attempt.pending, engine->attempt.pending_target, ret);
	}
	engine->attempt.pending = NAVIGATION_NONE;
	engine->attempt.pending_target = NO_INDEX;
	struct journal_record record = {
		.kind = RECORD_PENDING, .now = now, .error = ret->exception, .delivered = ret->delivered};
	journal_append(engine, &record);
	return ENGINE_OK;
}

uint32_t engine_current_activity(const struct engine *engine)
{
	return engine->attempt.current;
}
