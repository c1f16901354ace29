/*
 * What a course as a whole amounts to. A SCO that has said Terminate, but whose course was simply closed,
 * must count as if it had been left properly: so the real processes run on a copy. The claim only grows:
 * a relaunch, which begins a new attempt in SCORM 2004, takes nothing away that was reached.
 */
#include "player/engine/sequencing/sequencing.h"
#include "player/engine/state.h"

static struct course_claim claim_of(const struct tracking *tracking)
{
	struct objective_values is = tracking_results(tracking, 0);
	return (struct course_claim){
		.completed = is.completion == COMPLETION_COMPLETED,
		.success = is.success,
		.has_score = is.has_measure,
		.score = is.measure,
		.has_progress = is.has_progress,
		.progress = is.progress,
	};
}

static struct course_claim claim_2004(const struct engine *engine, int64_t now)
{
	if (engine->attempt.current == NO_INDEX || engine->attempt.phase == PHASE_LAUNCHED) {
		return claim_of(&engine->tracking);
	}
	struct tracking trial = tracking_on_trial(engine, true);
	struct navigation_outcome unused;
	bool through =
		engine->attempt.phase == PHASE_TERMINATED && !engine->scos[engine->attempt.current].suspended;
	enum navigation_request wish = wish_to_stop(engine);
	if (wish == NAVIGATION_NONE) {
		wish = through ? NAVIGATION_EXIT_ALL : NAVIGATION_SUSPEND_ALL;
	}
	sequencing_process(&trial, now, wish, NO_INDEX, &unused);
	return claim_of(&trial);
}

static void take_better(struct course_claim *best, const struct course_claim *is)
{
	best->completed = best->completed || is->completed;
	if (is->success == SUCCESS_PASSED ||
		(is->success == SUCCESS_FAILED && best->success == SUCCESS_UNKNOWN)) {
		best->success = is->success;
	}
	if (is->has_score && (!best->has_score || is->score > best->score)) {
		best->has_score = true;
		best->score = is->score;
	}
	if (is->has_progress && (!best->has_progress || is->progress > best->progress)) {
		best->has_progress = true;
		best->progress = is->progress;
	}
}

/* The former claim, bettered by what stands now. */
static struct course_claim claim_now(const struct engine *engine, int64_t now)
{
	struct course_claim best = engine->attempt.claim;
	if (engine->attempt.mode == MODE_NORMAL) {
		struct course_claim is = is_12(engine) ? claim_12(engine) : claim_2004(engine, now);
		take_better(&best, &is);
	}
	return best;
}

void claim_update(struct engine *engine, int64_t now)
{
	engine->attempt.claim = claim_now(engine, now);
}

static bool leaf_completed(const struct engine *engine, uint32_t activity)
{
	if (is_12(engine)) {
		return lesson_completion(engine->scos[activity].status) == COMPLETION_COMPLETED;
	}
	return tracking_results(&engine->tracking, activity).completion == COMPLETION_COMPLETED;
}

void engine_summarise(const struct engine *engine, struct engine_summary *ret)
{
	const struct attempt *attempt = &engine->attempt;
	struct course_claim claim = claim_now(engine, engine->tracking.global->now);
	struct engine_summary summary = {
		.completion = COMPLETION_NOT_ATTEMPTED,
		.success = claim.success,
		.has_score = claim.has_score,
		.score_scaled = claim.score,
		.has_progress = claim.has_progress,
		.progress_measure = claim.progress,
		.session_time_cs = attempt->session_cs,
		.active_ms = attempt->active_ms,
		.last_sequence = attempt->last_sequence,
		.session_open = attempt->session_open,
		.at_work = attempt->phase == PHASE_LAUNCHED || attempt->phase == PHASE_RUNNING,
	};
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		if (engine->course.activities[i].first_child == NO_INDEX) {
			summary.activities++;
			summary.activities_completed += leaf_completed(engine, i);
		}
		if (engine->scos[i].launched && summary.completion == COMPLETION_NOT_ATTEMPTED) {
			summary.completion = COMPLETION_INCOMPLETE;
		}
	}
	if (claim.completed) {
		summary.completion = COMPLETION_COMPLETED;
	}
	*ret = summary;
}

uint32_t engine_table_of_contents(
	struct engine *engine, int64_t now, struct activity_view *rows, uint32_t room)
{
	if (is_12(engine)) {
		return contents_12(engine, rows, room);
	}
	struct tracking trial = tracking_on_trial(engine, true);
	return sequencing_table_of_contents(&trial, engine->contents_block, now, rows, room);
}
