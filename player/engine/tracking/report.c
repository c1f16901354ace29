/* From the run-time data of a SCO to the tracking model (SN 4.2.1.6, RTE 4.2: "LMS behaviour" of each
 * element). */
#include "player/engine/limits.h"
#include "player/engine/tracking/values.h"

/* What cmi.objectives says of the primary objective stands in for what cmi itself leaves open. */
struct attempt_report {
	enum success_status success;
	bool success_set;
	enum completion_status completion;
	bool completion_set;
	bool has_progress;
	double progress;
	bool row_has_measure; /* the primary objective's row gave the measure */
};

static void report_row_success(struct tracking *tracking, uint32_t slot, const struct objective_report *row,
	struct attempt_report *attempt)
{
	bool set = (row->set & REPORTED_SUCCESS) != 0;
	/* A row that the SCO never touched says what was before: cmi.success_status, when it was set, is
	 * newer. */
	if (!set && (row->values.success == SUCCESS_UNKNOWN || (attempt != NULL && attempt->success_set))) {
		return;
	}
	slot_set_success(tracking, slot, row->values.success);
	if (attempt != NULL) {
		attempt->success = row->values.success;
		attempt->success_set = attempt->success_set || set;
	}
}

static void report_row_completion(struct tracking *tracking, uint32_t slot,
	const struct objective_report *row, struct attempt_report *attempt)
{
	bool set = (row->set & REPORTED_COMPLETION) != 0;
	if (row->values.completion == COMPLETION_UNKNOWN && !set) {
		slot_clear_completion(tracking, slot);
	} else if (attempt != NULL && !attempt->completion_set) {
		attempt->completion = row->values.completion;
		attempt->completion_set = set;
	} else {
		slot_set_completion(tracking, slot, row->values.completion);
	}
}

static void report_row_progress(struct tracking *tracking, uint32_t slot, const struct objective_report *row,
	struct attempt_report *attempt)
{
	if (!row->values.has_progress) {
		slot_clear_progress(tracking, slot);
	} else if (attempt != NULL && !attempt->has_progress) {
		attempt->has_progress = true;
		attempt->progress = row->values.progress;
	} else {
		slot_set_progress(tracking, slot, row->values.progress);
	}
}

/* One row of cmi.objectives; `attempt` only where it is the primary objective's. */
static void report_row(struct tracking *tracking, uint32_t slot, const struct objective_report *row,
	struct attempt_report *attempt)
{
	report_row_success(tracking, slot, row, attempt);
	if (row->values.has_measure) {
		slot_set_measure(tracking, slot, row->values.measure);
		if (attempt != NULL) {
			attempt->row_has_measure = true;
		}
	} else {
		slot_clear_measure(tracking, slot);
	}
	report_row_completion(tracking, slot, row, attempt);
	report_row_progress(tracking, slot, row, attempt);
	slot_set_scores(tracking, slot, &row->values);
}

/* cmi.completion_status, cmi.progress_measure, cmi.success_status, cmi.score.scaled. */
static void report_attempt(struct tracking *tracking, uint32_t activity, const struct attempt_report *attempt,
	const struct objective_values *own)
{
	uint32_t slot = primary_slot(tracking, activity);
	enum completion_status completion = attempt->completion;
	activity_set_completion(tracking, activity,
		completion == COMPLETION_NOT_ATTEMPTED ? COMPLETION_INCOMPLETE : completion);
	if (attempt->has_progress) {
		activity_set_progress(tracking, activity, attempt->progress);
	}
	if (attempt->success != SUCCESS_UNKNOWN || attempt->success_set) {
		slot_set_success(tracking, slot, attempt->success);
	}
	if (own->has_measure) {
		slot_set_measure(tracking, slot, own->measure);
	} else if (!attempt->row_has_measure) {
		slot_clear_measure(tracking, slot);
	}
}

static int64_t time_sum(int64_t a, int64_t b)
{
	return a > LIMIT_TIME_CS - b ? LIMIT_TIME_CS : a + b;
}

void tracking_report(struct tracking *tracking, uint32_t activity, const struct runtime_report *report)
{
	struct activity_state *state = &tracking->activities[activity];
	if (!state->active) {
		return;
	}
	state->suspended = report->suspend;
	if (!activity_of(tracking, activity)->tracked) {
		return;
	}
	struct attempt_report attempt = {
		.success = report->own.values.success,
		.success_set = (report->own.set & REPORTED_SUCCESS) != 0,
		.completion = report->own.values.completion,
		.completion_set = (report->own.set & REPORTED_COMPLETION) != 0,
		.has_progress = report->own.values.has_progress,
		.progress = report->own.values.progress,
	};
	uint32_t first = primary_slot(tracking, activity);
	for (uint32_t k = 0; k < report->objective_count && k < tracking->layout->slot_count[activity]; k++) {
		if (tracking_objective_id(tracking, activity, k).len > 0) {
			report_row(tracking, first + k, &report->objectives[k], k == 0 ? &attempt : NULL);
		}
	}
	report_attempt(tracking, activity, &attempt, &report->own.values);
	state->completion_set = attempt.completion_set;
	state->success_set = attempt.success_set;
	state->attempt_cs = time_sum(state->attempt_cs, report->session_cs);
	state->experienced_cs = time_sum(state->experienced_cs, report->session_cs);
}
