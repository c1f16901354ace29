/*
 * A SCO begins and ends: what it finds in its run-time data, and what of them reaches the tracking model
 * (RTE 2.1, 4.2; SN 4.2). Ending writes only fixed-size state, so that it cannot lack memory.
 */
#include "player/engine/limits.h"
#include "player/engine/number.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

static int64_t time_sum(int64_t a, int64_t b)
{
	return a > LIMIT_TIME_CS - b ? LIMIT_TIME_CS : a + b;
}

static uint32_t exit_element(const struct engine *engine)
{
	return is_12(engine) ? (uint32_t)E12_EXIT : (uint32_t)E_EXIT;
}

static uint32_t session_time_element(const struct engine *engine)
{
	return is_12(engine) ? (uint32_t)E12_SESSION_TIME : (uint32_t)E_SESSION_TIME;
}

int64_t sco_session_time(const struct engine *engine, uint32_t activity)
{
	int64_t cs = 0;
	struct span text = sco_value(engine, activity, session_time_element(engine));
	(void)(is_12(engine) ? timespan_parse(text, &cs) : duration_parse(text, &cs));
	return cs;
}

void sco_launch(struct engine *engine, uint32_t activity)
{
	struct sco_state *sco = &engine->scos[activity];
	engine->attempt.current = activity;
	engine->attempt.last = activity;
	engine->attempt.phase = PHASE_LAUNCHED;
	engine->attempt.pending = NAVIGATION_NONE;
	engine->attempt.pending_target = NO_INDEX;
	sco->resumed = is_12(engine) ? sco->suspended : tracking_resumed(&engine->tracking, activity);
	sco->suspended = false;
	sco->launched = true;
	sco->status_set = false;
	if (!is_12(engine) && !sco->resumed) {
		values_remove_owner(&engine->values, activity);
		sco->total_cs = 0;
	}
}

/* --- Initialize --- */

static void put_text(struct engine *engine, uint32_t element, uint32_t row, struct span text)
{
	(void)values_set(&engine->values, value_key_of(engine->attempt.current, element, row, 0), text);
}

/* A number that did not change keeps the SCO's own way of writing it. */
static void put_real(struct engine *engine, uint32_t element, uint32_t row, bool has, double number)
{
	char text[NUMBER_TEXT_SIZE];
	value_key key = value_key_of(engine->attempt.current, element, row, 0);
	struct span old;
	double same;
	if (has && (!values_get(&engine->values, key, &old) || !number_parse(old, &same) || same != number)) {
		(void)values_set(&engine->values, key, number_print(number, 7, text));
	}
}

/* Where the tracking model knows nothing, an attempt that goes on keeps what the SCO had set. */
static void put_objective(
	struct engine *engine, uint32_t row, struct span id, const struct objective_values *is)
{
	put_text(engine, E_OBJECTIVE_ID, row, id);
	if (is->success != SUCCESS_UNKNOWN) {
		put_text(engine, E_OBJECTIVE_SUCCESS_STATUS, row, success_words[is->success]);
	}
	if (is->completion != COMPLETION_UNKNOWN) {
		put_text(engine, E_OBJECTIVE_COMPLETION_STATUS, row, completion_words[is->completion]);
	}
	put_real(engine, E_OBJECTIVE_SCORE_SCALED, row, is->has_measure, is->measure);
	put_real(engine, E_OBJECTIVE_SCORE_RAW, row, is->has_raw, is->raw);
	put_real(engine, E_OBJECTIVE_SCORE_MIN, row, is->has_min, is->min);
	put_real(engine, E_OBJECTIVE_SCORE_MAX, row, is->has_max, is->max);
	put_real(engine, E_OBJECTIVE_PROGRESS_MEASURE, row, is->has_progress, is->progress);
}

/* RTE 4.2.17: the activity's objectives that have identifiers are the first rows of cmi.objectives. */
static bool fill_objectives(struct engine *engine)
{
	uint32_t current = engine->attempt.current;
	uint32_t count = tracking_objective_count(&engine->tracking, current);
	uint64_t bytes = 0;
	for (uint32_t k = 0; k < count; k++) {
		bytes += tracking_objective_id(&engine->tracking, current, k).len + OBJECTIVE_ROW_BYTES;
	}
	if (!values_fit(&engine->values, count * OBJECTIVE_ROW_VALUES + 1, bytes)) {
		return false;
	}
	uint32_t row = 0;
	for (uint32_t k = 0; k < count && row < LIMIT_COLLECTION; k++) {
		struct span id = tracking_objective_id(&engine->tracking, current, k);
		if (id.len > 0) {
			struct objective_values is = tracking_values_of(&engine->tracking, current, k);
			put_objective(engine, row++, id, &is);
		}
	}
	if (row > collection_count(engine, current, COLLECTION_OBJECTIVES, 0)) {
		(void)values_set_number(&engine->values,
			value_key_of(current, STORED_COUNT_FIRST + COLLECTION_OBJECTIVES, 0, 0), row);
	}
	return true;
}

bool sco_initialize(struct engine *engine)
{
	uint32_t current = engine->attempt.current;
	if (!is_12(engine) && !fill_objectives(engine)) {
		return false;
	}
	/* What belongs to one session only. */
	values_remove(&engine->values, value_key_of(current, session_time_element(engine), 0, 0));
	values_remove(&engine->values, value_key_of(current, exit_element(engine), 0, 0));
	if (!is_12(engine)) {
		values_remove(&engine->values, value_key_of(current, E_NAV_REQUEST, 0, 0));
	}
	struct sco_state *sco = current_sco(engine);
	sco->status_before = sco->status;
	sco->status_set = false;
	engine->attempt.phase = PHASE_RUNNING;
	return true;
}

/* --- The end --- */

static bool row_number(
	const struct engine *engine, uint32_t activity, uint32_t element, uint32_t row, double *ret)
{
	struct span text;
	return values_get(&engine->values, value_key_of(activity, element, row, 0), &text) &&
	       number_parse(text, ret);
}

static struct objective_report row_report(const struct engine *engine, uint32_t activity, uint32_t row)
{
	struct objective_report report = {
		.set = values_number(&engine->values, value_key_of(activity, STORED_TOUCHED, row, 0)),
	};
	struct objective_values *is = &report.values;
	struct span word = SPAN("");
	(void)values_get(&engine->values, value_key_of(activity, E_OBJECTIVE_SUCCESS_STATUS, row, 0), &word);
	is->success = success_of_word(word);
	word = SPAN("");
	(void)values_get(
		&engine->values, value_key_of(activity, E_OBJECTIVE_COMPLETION_STATUS, row, 0), &word);
	is->completion = completion_of_word(word);
	is->has_measure = row_number(engine, activity, E_OBJECTIVE_SCORE_SCALED, row, &is->measure);
	is->has_raw = row_number(engine, activity, E_OBJECTIVE_SCORE_RAW, row, &is->raw);
	is->has_min = row_number(engine, activity, E_OBJECTIVE_SCORE_MIN, row, &is->min);
	is->has_max = row_number(engine, activity, E_OBJECTIVE_SCORE_MAX, row, &is->max);
	is->has_progress = row_number(engine, activity, E_OBJECTIVE_PROGRESS_MEASURE, row, &is->progress);
	return report;
}

static struct objective_report own_report(const struct engine *engine, uint32_t activity)
{
	struct objective_report report = {.set = 0};
	struct objective_values *is = &report.values;
	if (values_has(&engine->values, value_key_of(activity, E_SUCCESS_STATUS, 0, 0))) {
		report.set |= REPORTED_SUCCESS;
	}
	if (values_has(&engine->values, value_key_of(activity, E_COMPLETION_STATUS, 0, 0))) {
		report.set |= REPORTED_COMPLETION;
	}
	is->success = sco_success(engine, activity);
	is->completion = sco_completion(engine, activity);
	is->has_measure = sco_number(engine, activity, E_SCORE_SCALED, &is->measure);
	is->has_raw = sco_number(engine, activity, E_SCORE_RAW, &is->raw);
	is->has_min = sco_number(engine, activity, E_SCORE_MIN, &is->min);
	is->has_max = sco_number(engine, activity, E_SCORE_MAX, &is->max);
	is->has_progress = sco_number(engine, activity, E_PROGRESS_MEASURE, &is->progress);
	return report;
}

/* Does the attempt go on next time? A SCO that never said Terminate has not ended. */
static bool suspends(const struct engine *engine, uint32_t activity, bool terminated)
{
	struct span exit = sco_value(engine, activity, exit_element(engine));
	bool logout = !is_12(engine) && span_equal(exit, SPAN("logout")); /* RTE 4.2.8: the attempt goes on */
	return span_equal(exit, SPAN("suspend")) || logout || (!terminated && exit.len == 0);
}

void sco_report(const struct engine *engine, struct tracking *tracking, bool terminated)
{
	uint32_t current = engine->attempt.current;
	if (engine->attempt.mode != MODE_NORMAL) {
		return; /* RTE 4.2.5, 4.2.14: browsing and reviewing leave no trace in the tracking model */
	}
	uint32_t count = tracking_objective_count(tracking, current);
	struct runtime_report report = {
		.own = own_report(engine, current),
		.objectives = engine->reports,
		.objective_count = count,
		.session_cs = sco_session_time(engine, current),
		.suspend = suspends(engine, current, terminated),
	};
	uint32_t row = 0;
	for (uint32_t k = 0; k < count; k++) {
		engine->reports[k] = (struct objective_report){.set = 0};
		if (tracking_objective_id(tracking, current, k).len > 0 && row < LIMIT_COLLECTION) {
			engine->reports[k] = row_report(engine, current, row++);
		}
	}
	tracking_report(tracking, current, &report);
}

/* RTE 4.2.8 and SN 5.6: what happens after the SCO is taken away. time-out and logout end the session
 * whatever else was asked for. */
static void take_wish(struct engine *engine)
{
	uint32_t current = engine->attempt.current;
	struct span exit = sco_value(engine, current, E_EXIT);
	struct span wish = sco_value(engine, current, E_NAV_REQUEST);
	static const struct {
		struct span word;
		enum navigation_request request;
	} wishes[] = {
		{{"continue", 8}, NAVIGATION_CONTINUE},
		{{"previous", 8}, NAVIGATION_PREVIOUS},
		{{"exit", 4}, NAVIGATION_EXIT},
		{{"exitAll", 7}, NAVIGATION_EXIT_ALL},
		{{"abandon", 7}, NAVIGATION_ABANDON},
		{{"abandonAll", 10}, NAVIGATION_ABANDON_ALL},
		{{"suspendAll", 10}, NAVIGATION_SUSPEND_ALL},
	};
	if (span_equal(exit, SPAN("time-out")) || span_equal(exit, SPAN("logout"))) {
		engine->attempt.pending = NAVIGATION_EXIT_ALL;
		return;
	}
	for (uint32_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		if (span_equal(wishes[i].word, wish)) {
			engine->attempt.pending = wishes[i].request;
		}
	}
	if (span_starts(wish, SPAN("{target="))) {
		uint32_t close = span_find(wish, SPAN("}"));
		bool jump = span_equal(span_from(wish, close + 1), SPAN("jump"));
		engine->attempt.pending = jump ? NAVIGATION_JUMP : NAVIGATION_CHOICE;
		engine->attempt.pending_target =
			course_find(&engine->course, (struct span){wish.at + 8, close - 8});
	}
}

/* SCORM 1.2 RTE 3.4.4, cmi.core.lesson_status: what the run-time makes of it when the SCO ends. */
static void settle_status(struct engine *engine, bool terminated)
{
	struct sco_state *sco = current_sco(engine);
	const struct activity *activity = &engine->course.activities[engine->attempt.current];
	double raw;
	if (engine->attempt.mode != MODE_NORMAL) {
		sco->status = sco->status_before;
		if (engine->attempt.mode == MODE_BROWSE && sco->status == LESSON_NOT_ATTEMPTED) {
			sco->status = LESSON_BROWSED;
		}
		return;
	}
	if (!terminated) {
		/* Its window went away: it has begun, and nobody says that it was finished. */
		sco->status = sco->status == LESSON_NOT_ATTEMPTED ? LESSON_INCOMPLETE : sco->status;
		return;
	}
	if (!sco->status_set && sco->status == LESSON_NOT_ATTEMPTED) {
		sco->status = LESSON_COMPLETED;
	}
	bool open = sco->status == LESSON_INCOMPLETE;
	if (engine->attempt.mastery_override && engine->attempt.credit && activity->has_mastery_score &&
		!open && sco_number(engine, engine->attempt.current, E12_SCORE_RAW, &raw)) {
		sco->status = raw >= activity->mastery_score ? LESSON_PASSED : LESSON_FAILED;
	}
}

void sco_end(struct engine *engine, bool terminated)
{
	uint32_t current = engine->attempt.current;
	struct sco_state *sco = current_sco(engine);
	int64_t session = sco_session_time(engine, current);
	bool suspend = suspends(engine, current, terminated);
	if (is_12(engine)) {
		settle_status(engine, terminated);
		if (span_equal(sco_value(engine, current, E12_EXIT), SPAN("logout"))) {
			engine->attempt.pending = NAVIGATION_EXIT_ALL;
		}
	} else {
		sco_report(engine, &engine->tracking, terminated);
		if (terminated) {
			take_wish(engine);
		}
	}
	sco->suspended = suspend;
	sco->total_cs = time_sum(sco->total_cs, session);
	engine->attempt.session_cs = time_sum(engine->attempt.session_cs, session);
	engine->attempt.phase = terminated ? PHASE_TERMINATED : PHASE_GONE;
}
