/* The exports of engine.wasm that a page reads, value by value: the course, its contents, the summary. */
#include "player/engine/wasm/page.h"

EXPORT(fad_edition) uint32_t fad_edition(void)
{
	return engine_course(page.engine)->edition;
}

EXPORT(fad_activity_count) uint32_t fad_activity_count(void)
{
	return engine_course(page.engine)->activity_count;
}

static const struct activity *activity_at(uint32_t activity)
{
	const struct course *course = engine_course(page.engine);
	return &course->activities[activity < course->activity_count ? activity : 0];
}

EXPORT(fad_activity_parent) uint32_t fad_activity_parent(uint32_t activity)
{
	return activity_at(activity)->parent;
}

EXPORT(fad_activity_resource) uint32_t fad_activity_resource(uint32_t activity)
{
	return activity_at(activity)->resource;
}

EXPORT(fad_activity_hidden_ui) uint32_t fad_activity_hidden_ui(uint32_t activity)
{
	return activity_at(activity)->hide_lms_ui;
}

EXPORT(fad_activity_identifier) void fad_activity_identifier(uint32_t activity)
{
	page.text = activity_at(activity)->identifier;
}

EXPORT(fad_activity_title) void fad_activity_title(uint32_t activity)
{
	page.text = activity_at(activity)->title;
}

EXPORT(fad_activity_href) void fad_activity_href(uint32_t activity)
{
	page.text = activity_at(activity)->href;
}

EXPORT(fad_course_title) void fad_course_title(void)
{
	page.text = engine_course(page.engine)->title;
}

EXPORT(fad_contents) uint32_t fad_contents(double now)
{
	uint32_t room = engine_course(page.engine)->activity_count;
	if (page.row_room < room) {
		uint32_t area = fad_alloc(room * (uint32_t)sizeof(struct activity_view));
		if (area == 0) {
			return 0;
		}
		page.rows = at(area);
		page.row_room = room;
	}
	uint32_t count = engine_table_of_contents(page.engine, (int64_t)now, page.rows, page.row_room);
	page.row_count = count < page.row_room ? count : page.row_room;
	return page.row_count;
}

static struct activity_view row_at(uint32_t row)
{
	if (row >= page.row_count) {
		return (struct activity_view){.activity = NO_INDEX};
	}
	return page.rows[row];
}

EXPORT(fad_row_activity) uint32_t fad_row_activity(uint32_t row)
{
	return row_at(row).activity;
}

EXPORT(fad_row_flags) uint32_t fad_row_flags(uint32_t row)
{
	struct activity_view view = row_at(row);
	return (view.visible ? 1u : 0) | (view.selectable ? 2u : 0) | (view.current ? 4u : 0);
}

EXPORT(fad_row_completion) uint32_t fad_row_completion(uint32_t row)
{
	return row_at(row).completion;
}

EXPORT(fad_row_success) uint32_t fad_row_success(uint32_t row)
{
	return row_at(row).success;
}

EXPORT(fad_summarise) void fad_summarise(void)
{
	engine_summarise(page.engine, &page.summary);
}

EXPORT(fad_summary_completion) uint32_t fad_summary_completion(void)
{
	return page.summary.completion;
}

EXPORT(fad_summary_success) uint32_t fad_summary_success(void)
{
	return page.summary.success;
}

EXPORT(fad_summary_score) double fad_summary_score(void)
{
	return page.summary.has_score ? page.summary.score_scaled : __builtin_nan("");
}

EXPORT(fad_summary_progress) double fad_summary_progress(void)
{
	return page.summary.has_progress ? page.summary.progress_measure : __builtin_nan("");
}

EXPORT(fad_summary_session_time) double fad_summary_session_time(void)
{
	return (double)page.summary.session_time_cs;
}

EXPORT(fad_summary_active_ms) double fad_summary_active_ms(void)
{
	return (double)page.summary.active_ms;
}

EXPORT(fad_summary_last_sequence) double fad_summary_last_sequence(void)
{
	return (double)page.summary.last_sequence;
}

EXPORT(fad_summary_activities) uint32_t fad_summary_activities(void)
{
	return page.summary.activities;
}

EXPORT(fad_summary_activities_completed) uint32_t fad_summary_activities_completed(void)
{
	return page.summary.activities_completed;
}

EXPORT(fad_summary_session_open) uint32_t fad_summary_session_open(void)
{
	return page.summary.session_open;
}

EXPORT(fad_summary_at_work) uint32_t fad_summary_at_work(void)
{
	return page.summary.at_work;
}
