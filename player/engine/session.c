/* Sessions: how one begins and ends, and what goes on while nobody navigates. Each call is one journal
 * record. */
#include "player/engine/record/journal.h"
#include "player/engine/limits.h"
#include "player/engine/sequencing/sequencing.h"
#include "player/engine/state.h"

/* An asset has nothing to say: seen is completed. */
void take_away(struct engine *engine)
{
	switch (engine->attempt.phase) {
	case PHASE_RUNNING:
		sco_end(engine, false);
		break;
	case PHASE_LAUNCHED:
		if (engine->course.activities[engine->attempt.current].resource == RESOURCE_ASSET &&
			engine->attempt.mode == MODE_NORMAL) {
			current_sco(engine)->status = LESSON_COMPLETED;
		}
		engine->attempt.phase = PHASE_GONE;
		break;
	case PHASE_TERMINATED:
	case PHASE_GONE:
	case PHASE_NONE:
		break;
	}
}

enum navigation_request wish_to_stop(const struct engine *engine)
{
	enum navigation_request wish = engine->attempt.pending;
	bool stops = wish == NAVIGATION_SUSPEND_ALL || wish == NAVIGATION_ABANDON || wish == NAVIGATION_ABANDON_ALL;
	return stops ? wish : NAVIGATION_NONE;
}

/* Would the course be completed if everything ended now? */
static bool completed_at_exit(const struct engine *engine, int64_t now)
{
	struct tracking trial = tracking_on_trial(engine, true);
	struct navigation_outcome unused;
	sequencing_process(&trial, now, NAVIGATION_EXIT_ALL, NO_INDEX, &unused);
	return tracking_results(&trial, 0).completion == COMPLETION_COMPLETED;
}

static bool has_several_leaves(const struct engine *engine)
{
	uint32_t leaves = 0;
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		leaves += engine->layout.child_count[i] == 0;
	}
	return leaves > 1;
}

/* What the course's window going away means: who is not through goes on next time. A SCO that has ended
 * is through, but a course of several only once it is completed: an ended attempt on the whole would have
 * to be done all over. */
static enum navigation_request closing_request(const struct engine *engine, int64_t now)
{
	if (engine->attempt.current != NO_INDEX) {
		const struct sco_state *sco = &engine->scos[engine->attempt.current];
		if (engine->attempt.phase != PHASE_TERMINATED || sco->suspended) {
			return NAVIGATION_SUSPEND_ALL;
		}
	}
	return has_several_leaves(engine) && !completed_at_exit(engine, now) ? NAVIGATION_SUSPEND_ALL
									     : NAVIGATION_EXIT_ALL;
}

void leave_nothing_delivered(struct engine *engine)
{
	engine->attempt.current = NO_INDEX;
	engine->attempt.phase = PHASE_NONE;
	engine->attempt.pending = NAVIGATION_NONE;
	engine->attempt.pending_target = NO_INDEX;
}

static void close_session(struct engine *engine, int64_t now)
{
	struct navigation_outcome unused;
	if (engine->attempt.current != NO_INDEX) {
		take_away(engine);
		claim_update(engine, now);
		if (wish_to_stop(engine) != NAVIGATION_NONE) {
			sequencing_process(&engine->tracking, now, wish_to_stop(engine), NO_INDEX, &unused);
		}
	}
	if (!is_12(engine) && engine->tracking.global->current != NO_INDEX) {
		sequencing_process(&engine->tracking, now, closing_request(engine, now), NO_INDEX, &unused);
	}
	leave_nothing_delivered(engine);
	claim_update(engine, now);
	engine->attempt.session_open = false;
}

enum engine_result engine_begin_session(
	struct engine *engine, int64_t now, const struct session_params *params)
{
	uint64_t bytes = (uint64_t)params->learner_id.len + params->learner_name.len + params->language.len;
	if (bytes > LIMIT_LEARNER_BYTES || !journal_has_room(engine, (size_t)bytes) ||
		!values_fit(&engine->values, 3, bytes)) {
		return ENGINE_NO_MEMORY;
	}
	if (engine->attempt.session_open) {
		close_session(engine, now);
	}
	const struct span texts[] = {params->learner_id, params->learner_name, params->language};
	for (uint32_t i = 0; i < 3; i++) {
		(void)values_set(
			&engine->values, value_key_of(OWNER_ATTEMPT, STORED_LEARNER_ID + i, 0, 0), texts[i]);
	}
	if (engine->attempt.seed == 0 && params->seed != 0) {
		engine->attempt.seed = params->seed;
		engine->tracking.global->random = params->seed;
	}
	engine->attempt.session_open = true;
	engine->attempt.mode = params->mode;
	/* RTE 4.2.5: browsing and reviewing are never for credit. */
	engine->attempt.credit = params->credit && params->mode == MODE_NORMAL;
	engine->attempt.mastery_override = params->mastery_override;
	engine->attempt.status_rule = params->status_rule;
	leave_nothing_delivered(engine);
	struct journal_record record = {.kind = RECORD_SESSION, .now = now, .session = *params};
	journal_append(engine, &record);
	return ENGINE_OK;
}

enum engine_result engine_unloaded(struct engine *engine, int64_t now)
{
	if (!journal_has_room(engine, 0)) {
		return ENGINE_NO_MEMORY;
	}
	if (engine->attempt.current != NO_INDEX) {
		take_away(engine);
		claim_update(engine, now);
	}
	struct journal_record record = {.kind = RECORD_UNLOADED, .now = now};
	journal_append(engine, &record);
	return ENGINE_OK;
}

enum engine_result engine_presence(struct engine *engine, int64_t now, uint32_t active_ms)
{
	if (!journal_has_room(engine, 0)) {
		return ENGINE_NO_MEMORY;
	}
	if (engine->attempt.active_ms <= LIMIT_TIME_CS - active_ms) {
		engine->attempt.active_ms += active_ms;
	}
	struct journal_record record = {.kind = RECORD_PRESENCE, .now = now, .active_ms = active_ms};
	journal_append(engine, &record);
	return ENGINE_OK;
}

static int64_t time_used_ms(const struct engine *engine, int64_t now)
{
	int64_t since = engine->launched_at > 0 && now > engine->launched_at ? now - engine->launched_at : 0;
	return engine->scos[engine->attempt.current].total_cs * 10 + since;
}

uint32_t engine_overtime(const struct engine *engine, int64_t now)
{
	bool at_work = engine->attempt.phase == PHASE_LAUNCHED || engine->attempt.phase == PHASE_RUNNING;
	if (!at_work || engine->attempt.mode != MODE_NORMAL) {
		return 0;
	}
	const struct activity *activity = &engine->course.activities[engine->attempt.current];
	if (!activity->has_max_time || time_used_ms(engine, now) < activity->max_time_cs * 10) {
		return 0;
	}
	switch (activity->time_limit_action) {
	case TIME_LIMIT_CONTINUE_NO_MESSAGE:
		return 0;
	case TIME_LIMIT_CONTINUE_MESSAGE:
		return OVERTIME_TELL;
	case TIME_LIMIT_EXIT_NO_MESSAGE:
		return OVERTIME_LEAVE;
	case TIME_LIMIT_EXIT_MESSAGE:
		return OVERTIME_LEAVE | OVERTIME_TELL;
	}
	return 0;
}
