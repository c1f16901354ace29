/* SCORM 1.2: what becomes of a SCO's status and time, and courses of several SCOs. */
#include "tests/engine/desk.h"

#include <math.h>

static struct draft draft;

static void open_course(struct desk *desk, uint32_t scos)
{
	draft_init(&draft, SCORM_12, scos);
	desk_init(desk, &draft);
}

static void play(struct desk *desk, uint32_t sco, const char *status)
{
	desk_launch(desk, sco);
	if (status) {
		assert_set(desk, "cmi.core.lesson_status", status);
	}
	desk_leave(desk);
}

static void relaunch(struct desk *desk)
{
	desk_launch(desk, 1);
}

/* RTE 3.4.4: a SCO that never sets its status is completed by LMSFinish; one that sets it decides itself. */
static void status_never_set_is_completed_by_finish(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	play(&desk, 1, NULL);
	relaunch(&desk);
	assert_get(&desk, "cmi.core.lesson_status", "completed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_replays(&desk);
	desk_finish(&desk);
}

static void status_incomplete_stays(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	play(&desk, 1, "incomplete");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
	play(&desk, 1, NULL); /* not set in this session: stays what it was */
	relaunch(&desk);
	assert_get(&desk, "cmi.core.lesson_status", "incomplete");
	desk_finish(&desk);
}

/* scorm-again #1701: the window is closed without LMSFinish. */
static void window_closed_keeps_all_and_resumes(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	desk_launch(&desk, 1);
	assert_set(&desk, "cmi.suspend_data", "page=3");
	assert_set(&desk, "cmi.core.lesson_location", "3");
	assert_set(&desk, "cmi.core.session_time", "00:01:00");
	assert_int_equal(engine_unloaded(desk.engine, desk.now++), ENGINE_OK);
	assert_int_equal(desk_summary(&desk).session_time_cs, 6000);
	relaunch(&desk); /* ends the former session */
	assert_get(&desk, "cmi.core.entry", "resume");
	assert_get(&desk, "cmi.suspend_data", "page=3");
	assert_get(&desk, "cmi.core.lesson_location", "3");
	assert_get(&desk, "cmi.core.lesson_status", "incomplete");
	assert_get(&desk, "cmi.core.total_time", "0000:01:00.00");
	assert_replays(&desk);
	desk_finish(&desk);
}

/* The page itself vanished: the next session ends the one before. */
static void session_never_ended(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	desk_launch(&desk, 1);
	assert_set(&desk, "cmi.suspend_data", "x");
	assert_set(&desk, "cmi.core.lesson_status", "completed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	relaunch(&desk);
	assert_get(&desk, "cmi.suspend_data", "x");
	assert_get(&desk, "cmi.core.lesson_status", "completed");
	assert_replays(&desk);
	desk_finish(&desk);
}

static void entry_follows_exit(void **state)
{
	static const struct {
		const char *exit, *entry;
	} rows[] = {{"suspend", "resume"}, {"", ""}, {"time-out", ""}, {"logout", ""}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct desk desk;
		open_course(&desk, 1);
		desk_launch(&desk, 1);
		assert_get(&desk, "cmi.core.entry", "ab-initio");
		assert_set(&desk, "cmi.core.exit", rows[i].exit);
		desk_leave(&desk);
		relaunch(&desk);
		assert_get(&desk, "cmi.core.entry", rows[i].entry);
		desk_finish(&desk);
	}
}

/* Logout in 1.2 ends the session. */
static void logout_ends_the_session(void **state)
{
	struct desk desk;
	open_course(&desk, 2);
	desk_launch(&desk, 1);
	assert_set(&desk, "cmi.core.exit", "logout");
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
	assert_int_equal(engine_pending_navigation(desk.engine), NAVIGATION_EXIT_ALL);
	assert_int_equal(engine_navigate_pending(desk.engine, desk.now, &desk.outcome), ENGINE_OK);
	assert_true(desk.outcome.session_ended);
	desk_finish(&desk);
}

/* total_time grows by session_time once a session, whatever was written before the last. */
static void total_time_counts_a_session_once(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	desk_launch(&desk, 1);
	assert_set(&desk, "cmi.core.session_time", "00:10:00");
	assert_string_equal(desk_call(&desk, API_COMMIT, "", ""), "true");
	assert_set(&desk, "cmi.core.session_time", "00:20:00.50");
	assert_get(&desk, "cmi.core.total_time", "0000:00:00.00");
	desk_leave(&desk);
	relaunch(&desk);
	assert_get(&desk, "cmi.core.total_time", "0000:20:00.50");
	desk_leave(&desk); /* without a session time */
	relaunch(&desk);
	assert_get(&desk, "cmi.core.total_time", "0000:20:00.50");
	assert_set(&desk, "cmi.core.session_time", "9999:00:00");
	desk_leave(&desk);
	relaunch(&desk);
	assert_get(&desk, "cmi.core.total_time", "9999:20:00.50");
	assert_set(&desk, "cmi.core.session_time", "1:00:00");
	desk_leave(&desk);
	relaunch(&desk);
	assert_get(&desk, "cmi.core.total_time", "10000:20:00.50");
	desk_finish(&desk);
}

/* Conformance requirements 1.2, 2-19: the mastery score decides where a raw score was set, for credit,
 * and the SCO did not say incomplete; only where the course is set so. */
static void mastery_score(void **state)
{
	static const struct {
		const char *status, *raw;
		bool credit, override;
		const char *then;
	} rows[] = {
		{"completed", "85", true, true, "passed"},
		{"completed", "80", true, true, "passed"},
		{"completed", "79.99", true, true, "failed"},
		{"completed", "9", true, true, "failed"}, /* as numbers, not as texts */
		{"completed", "100", true, true, "passed"},
		{"passed", "10", true, true, "failed"},
		{"failed", "90", true, true, "passed"},
		{NULL, "90", true, true, "passed"},
		{"incomplete", "90", true, true, "incomplete"},
		{"completed", NULL, true, true, "completed"},
		{"completed", "10", true, false, "completed"},
		{"passed", "10", true, false, "passed"},
		{"completed", "10", false, true, "completed"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct desk desk;
		draft_init(&draft, SCORM_12, 1);
		draft.activities[1].has_mastery_score = true;
		draft.activities[1].mastery_score = 80;
		desk_init(&desk, &draft);
		desk_begin_mode(&desk, MODE_NORMAL, rows[i].credit, rows[i].override);
		assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
		assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
		if (rows[i].status) {
			assert_set(&desk, "cmi.core.lesson_status", rows[i].status);
		}
		if (rows[i].raw) {
			assert_set(&desk, "cmi.core.score.raw", rows[i].raw);
		}
		desk_leave(&desk);
		relaunch(&desk);
		assert_get(&desk, "cmi.core.lesson_status", rows[i].then);
		desk_finish(&desk);
	}
}

/* chamilo #4595: a score after the status counts all the same. */
static void score_after_completed(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	desk_launch(&desk, 1);
	assert_set(&desk, "cmi.core.lesson_status", "completed");
	assert_set(&desk, "cmi.core.score.raw", "60");
	desk_leave(&desk);
	assert_true(desk_summary(&desk).has_score);
	assert_float_equal(desk_summary(&desk).score_scaled, 0.6, 1e-9);
	desk_finish(&desk);
}

/* A relaunch takes nothing away: the SCO may say incomplete again, the course stays completed. */
static void relaunch_never_downgrades_the_course(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	play(&desk, 1, "passed");
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	play(&desk, 1, "incomplete");
	relaunch(&desk);
	assert_get(&desk, "cmi.core.lesson_status", "incomplete");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	desk_finish(&desk);
}

static void browse_and_review_leave_no_trace(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	desk_begin_mode(&desk, MODE_BROWSE, true, true);
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_get(&desk, "cmi.core.lesson_mode", "browse");
	assert_get(&desk, "cmi.core.credit", "no-credit");
	assert_set(&desk, "cmi.core.lesson_status", "completed");
	desk_leave(&desk);
	assert_int_not_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	relaunch(&desk);
	assert_get(&desk, "cmi.core.lesson_status", "browsed");
	assert_set(&desk, "cmi.core.lesson_status", "passed");
	desk_leave(&desk);
	desk_begin_mode(&desk, MODE_REVIEW, true, true);
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_get(&desk, "cmi.core.lesson_mode", "review");
	assert_set(&desk, "cmi.core.lesson_status", "failed");
	desk_leave(&desk);
	relaunch(&desk);
	assert_get(&desk, "cmi.core.lesson_status", "passed");
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	assert_replays(&desk);
	desk_finish(&desk);
}

/* --- Several SCOs --- */

static void walk_through(void **state)
{
	struct desk desk;
	open_course(&desk, 3);
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 1);
	assert_false(engine_may_navigate(desk.engine, desk.now, NAVIGATION_PREVIOUS, NO_INDEX));
	assert_true(desk_go(&desk, NAVIGATION_CONTINUE, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 2);
	assert_true(desk_go(&desk, NAVIGATION_CONTINUE, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 3);
	assert_false(engine_may_navigate(desk.engine, desk.now, NAVIGATION_CONTINUE, NO_INDEX));
	assert_false(desk_go(&desk, NAVIGATION_CONTINUE, NO_INDEX));
	assert_int_equal(engine_current_activity(desk.engine), 3); /* refused: all stays */
	assert_true(desk_go(&desk, NAVIGATION_PREVIOUS, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 2);
	assert_true(desk_go(&desk, NAVIGATION_CHOICE, 1));
	assert_false(desk_go(&desk, NAVIGATION_CHOICE, 0)); /* the root has nothing to show */
	assert_false(desk_go(&desk, NAVIGATION_CHOICE, 99));
	assert_false(desk_go(&desk, NAVIGATION_CHOICE, NO_INDEX));
	assert_false(desk_go(&desk, NAVIGATION_JUMP, 2));
	assert_true(desk_go(&desk, NAVIGATION_SUSPEND_ALL, NO_INDEX));
	assert_true(desk.outcome.session_ended);
	assert_replays(&desk);
	desk_finish(&desk);
}

static void course_status_follows_from_its_scos(void **state)
{
	struct desk desk;
	open_course(&desk, 3);
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_NOT_ATTEMPTED);
	play(&desk, 1, "completed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
	assert_int_equal(desk_summary(&desk).activities_completed, 1);
	play(&desk, 2, "failed");
	assert_int_equal(desk_summary(&desk).success, SUCCESS_FAILED);
	play(&desk, 3, "completed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
	play(&desk, 2, "passed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	assert_int_equal(desk_summary(&desk).activities, 3);
	assert_int_equal(desk_summary(&desk).activities_completed, 3);
	assert_replays(&desk);
	desk_finish(&desk);
}

/* What a course comes to under each rule of enum status_rule (engine.h). */
static void status_rules(void **state)
{
	enum { C = COMPLETION_COMPLETED, I = COMPLETION_INCOMPLETE };
	enum { U = SUCCESS_UNKNOWN, P = SUCCESS_PASSED, F = SUCCESS_FAILED };
	static const struct {
		/* of sco1, sco2 (it has a mastery score) and sco3; NULL: not attempted */
		const char *statuses[3];
		struct {
			int completion, success;
		} all, any, last, mastery;
	} rows[] = {
		{{"completed", NULL, NULL}, {I, U}, {C, U}, {I, U}, {I, U}},
		{{"passed", NULL, NULL}, {I, U}, {C, P}, {I, U}, {I, U}},
		{{"failed", NULL, NULL}, {I, F}, {I, F}, {I, U}, {I, U}},
		{{"incomplete", NULL, NULL}, {I, U}, {I, U}, {I, U}, {I, U}},
		{{NULL, "passed", NULL}, {I, U}, {C, P}, {I, U}, {C, P}},
		{{NULL, "completed", NULL}, {I, U}, {C, U}, {I, U}, {C, U}},
		{{NULL, "failed", NULL}, {I, F}, {I, F}, {I, U}, {I, F}},
		{{NULL, NULL, "passed"}, {I, U}, {C, P}, {C, P}, {I, U}},
		{{NULL, NULL, "completed"}, {I, U}, {C, U}, {C, U}, {I, U}},
		{{NULL, NULL, "failed"}, {I, F}, {I, F}, {I, F}, {I, U}},
		{{"completed", "failed", "passed"}, {I, F}, {C, P}, {C, P}, {I, F}},
		{{"completed", "failed", NULL}, {I, F}, {C, U}, {I, U}, {I, F}},
		{{"failed", "passed", "completed"}, {I, F}, {C, P}, {C, U}, {C, P}},
		{{"passed", "passed", "failed"}, {I, F}, {C, P}, {I, F}, {C, P}},
		{{"completed", "completed", "completed"}, {C, U}, {C, U}, {C, U}, {C, U}},
		{{"completed", "passed", "completed"}, {C, P}, {C, P}, {C, U}, {C, P}},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int rule = STATUS_RULE_ALL; rule <= STATUS_RULE_MASTERY; rule++) {
			struct desk desk;
			draft_init(&draft, SCORM_12, 3);
			draft.activities[2].has_mastery_score = true;
			draft.activities[2].mastery_score = 60;
			desk_init(&desk, &draft);
			desk.status_rule = (enum status_rule)rule;
			for (uint32_t k = 0; k < 3; k++) {
				if (rows[i].statuses[k]) {
					play(&desk, k + 1, rows[i].statuses[k]);
				}
			}
			int completion = rule == STATUS_RULE_ALL    ? rows[i].all.completion
					 : rule == STATUS_RULE_ANY  ? rows[i].any.completion
					 : rule == STATUS_RULE_LAST ? rows[i].last.completion
								    : rows[i].mastery.completion;
			int success = rule == STATUS_RULE_ALL    ? rows[i].all.success
				      : rule == STATUS_RULE_ANY  ? rows[i].any.success
				      : rule == STATUS_RULE_LAST ? rows[i].last.success
								 : rows[i].mastery.success;
			struct engine_summary summary = desk_summary(&desk);
			if ((int)summary.completion != completion || (int)summary.success != success) {
				fail_msg("row %zu, rule %d: completion %d, success %d", i, rule,
					(int)summary.completion, (int)summary.success);
			}
			assert_replays(&desk);
			desk_finish(&desk);
		}
	}
}

/* The score is that of the SCOs that decide: their mean, and the best where one is enough. */
static void status_rules_and_scores(void **state)
{
	static const double scores[] = {[STATUS_RULE_ALL] = 0.65,
		[STATUS_RULE_ANY] = 0.9,
		[STATUS_RULE_LAST] = 0.75,
		[STATUS_RULE_MASTERY] = 0.9};
	static const char *const raw[] = {"30", "90", "75"};
	for (int rule = STATUS_RULE_ALL; rule <= STATUS_RULE_MASTERY; rule++) {
		struct desk desk;
		draft_init(&draft, SCORM_12, 3);
		draft.activities[2].has_mastery_score = true;
		desk_init(&desk, &draft);
		desk.status_rule = (enum status_rule)rule;
		for (uint32_t k = 0; k < 3; k++) {
			desk_launch(&desk, k + 1);
			assert_set(&desk, "cmi.core.score.raw", raw[k]);
			assert_set(&desk, "cmi.core.lesson_status", "incomplete");
			desk_leave(&desk);
		}
		assert_true(fabs(desk_summary(&desk).score_scaled - scores[rule]) < 1e-9);
		assert_true(desk_summary(&desk).progress_measure == 0);
		play(&desk, 2, "passed");
		/* Completed is whole, even though two SCOs were left out. */
		bool completed = rule == STATUS_RULE_ANY || rule == STATUS_RULE_MASTERY;
		assert_true(fabs(desk_summary(&desk).progress_measure - (completed ? 1 : 1 / 3.0)) < 1e-9);
		desk_finish(&desk);
	}
}

/* Without any mastery score that rule is as ALL; an asset at the end does not decide in a SCO's place. */
static void status_rules_on_other_courses(void **state)
{
	struct desk desk;
	open_course(&desk, 2);
	desk.status_rule = STATUS_RULE_MASTERY;
	play(&desk, 1, "passed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
	play(&desk, 2, "completed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	desk_finish(&desk);
	draft_init(&draft, SCORM_12, 3);
	draft.activities[3].resource = RESOURCE_ASSET;
	desk_init(&desk, &draft);
	desk.status_rule = STATUS_RULE_LAST;
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_CHOICE, 3));
	assert_true(desk_go(&desk, NAVIGATION_SUSPEND_ALL, NO_INDEX));
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
	play(&desk, 2, "passed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	assert_replays(&desk);
	desk_finish(&desk);
}

/* Another rule counts from the next session, and takes nothing away. */
static void a_changed_rule_takes_nothing_away(void **state)
{
	struct desk desk;
	open_course(&desk, 2);
	play(&desk, 1, "passed");
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
	desk.status_rule = STATUS_RULE_ANY;
	desk_begin(&desk);
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	assert_true(desk_go(&desk, NAVIGATION_SUSPEND_ALL, NO_INDEX));
	desk.status_rule = STATUS_RULE_ALL;
	desk_begin(&desk);
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_replays(&desk);
	desk_finish(&desk);
}

/* Each SCO has data of its own. */
static void data_are_kept_apart(void **state)
{
	struct desk desk;
	open_course(&desk, 2);
	desk_launch(&desk, 1);
	assert_set(&desk, "cmi.suspend_data", "one");
	desk_leave(&desk);
	desk_launch(&desk, 2);
	assert_get(&desk, "cmi.suspend_data", "");
	assert_set(&desk, "cmi.suspend_data", "two");
	desk_leave(&desk);
	relaunch(&desk);
	assert_get(&desk, "cmi.suspend_data", "one");
	desk_finish(&desk);
}

static void the_first_not_done_is_started(void **state)
{
	struct desk desk;
	open_course(&desk, 3);
	play(&desk, 1, "completed");
	desk_begin(&desk);
	assert_false(engine_may_navigate(desk.engine, desk.now, NAVIGATION_RESUME_ALL, NO_INDEX));
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 2);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_set(&desk, "cmi.core.exit", "suspend");
	desk_leave(&desk);
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_RESUME_ALL, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 2);
	desk_finish(&desk);
}

static void an_asset_is_completed_by_being_seen(void **state)
{
	struct desk desk;
	draft_init(&draft, SCORM_12, 2);
	draft.activities[1].resource = RESOURCE_ASSET;
	desk_init(&desk, &draft);
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_true(desk_go(&desk, NAVIGATION_CONTINUE, NO_INDEX));
	assert_int_equal(desk_summary(&desk).activities_completed, 1);
	desk_finish(&desk);
}

static bool allowed_by(const char *script, const char *status1, const char *status2)
{
	struct desk desk;
	draft_init(&draft, SCORM_12, 3);
	draft.activities[3].prerequisites = text(script);
	desk_init(&desk, &draft);
	if (status1) {
		play(&desk, 1, status1);
	}
	if (status2) {
		play(&desk, 2, status2);
	}
	desk_begin(&desk);
	bool allowed = engine_may_navigate(desk.engine, desk.now, NAVIGATION_CHOICE, 3);
	struct activity_view rows[4];
	assert_int_equal(engine_table_of_contents(desk.engine, desk.now, rows, 4), 4);
	assert_true(rows[3].selectable == allowed);
	desk_finish(&desk);
	return allowed;
}

/* CAM 2.3.2.5 and AICC CMI001: the aicc_script of prerequisites. */
static void prerequisites(void **state)
{
	static const struct {
		const char *script, *first, *second;
		bool allowed;
	} rows[] = {
		{"", NULL, NULL, true},
		{"sco1", NULL, NULL, false},
		{"sco1", "completed", NULL, true},
		{"sco1", "passed", NULL, true},
		{"sco1", "failed", NULL, false},
		{"sco1", "incomplete", NULL, false},
		{"sco1&sco2", "passed", NULL, false},
		{"sco1&sco2", "passed", "completed", true},
		{" sco1 & sco2 ", "passed", "completed", true},
		{"sco1&amp;sco2", "passed", NULL, false}, /* escaped once more than XML asks for */
		{"sco1 &amp; sco2", "passed", "completed", true},
		{"sco1|sco2", NULL, "completed", true},
		{"sco1|sco2", NULL, NULL, false},
		{"sco1 AND sco2", "passed", NULL, false},
		{"sco1 or sco2", "passed", NULL, true},
		{"~sco1", NULL, NULL, true},
		{"~sco1", "completed", NULL, false},
		{"not sco1", "completed", NULL, false},
		{"~(sco1|sco2)", NULL, "completed", false},
		{"sco1|sco1&sco2", "completed", NULL, true}, /* & binds tighter */
		{"(sco1|sco1)&sco2", "completed", NULL, false},
		{"1*{sco1,sco2}", NULL, "passed", true},
		{"2*{sco1,sco2}", NULL, "passed", false},
		{"2*{sco1,sco2}", "passed", "passed", true},
		{"{sco1,sco2}", "passed", NULL, false},
		{"sco1=passed", "passed", NULL, true},
		{"sco1=\"failed\"", "failed", NULL, true},
		{"sco1=\"not attempted\"", NULL, NULL, true},
		{"sco1=P", "passed", NULL, true},
		{"sco1<>passed", "completed", NULL, true},
		{"sco1<>\"passed\"", "passed", NULL, false},
		/* What cannot be read forbids nothing */
		{"nobody", NULL, NULL, true},
		{"sco1&", NULL, NULL, true},
		{"(sco1", NULL, NULL, true},
		{"2*{sco1", NULL, NULL, true},
		{"sco1 sco2", NULL, NULL, true},
		{"&&&", NULL, NULL, true},
		{"((((((((((((((((((((((((((((((((((((((((sco1))))))))))))))))))))))))))))))))))))))))", NULL,
			NULL, true},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (allowed_by(rows[i].script, rows[i].first, rows[i].second) != rows[i].allowed) {
			fail_msg("%s", rows[i].script);
		}
	}
}

/* RTE 3.4.4, max_time_allowed and time_limit_action: all sessions together. */
static void overtime(void **state)
{
	static const struct {
		enum time_limit_action action;
		uint32_t step;
	} rows[] = {
		{TIME_LIMIT_CONTINUE_NO_MESSAGE, 0},
		{TIME_LIMIT_CONTINUE_MESSAGE, OVERTIME_TELL},
		{TIME_LIMIT_EXIT_NO_MESSAGE, OVERTIME_LEAVE},
		{TIME_LIMIT_EXIT_MESSAGE, OVERTIME_LEAVE | OVERTIME_TELL},
	};
	static const enum scorm_edition editions[] = {SCORM_12, SCORM_2004_2ND, SCORM_2004_4TH};
	for (size_t i = 0; i < 12; i++) {
		struct desk desk;
		bool first = editions[i / 4] == SCORM_12;
		draft_init(&draft, editions[i / 4], 2);
		draft.activities[1].has_max_time = true;
		draft.activities[1].max_time_cs = 60 * 100;
		draft.activities[1].time_limit_action = rows[i % 4].action;
		desk_init(&desk, &draft);
		assert_int_equal(engine_overtime(desk.engine, desk.now), 0);
		desk_launch(&desk, 1);
		int64_t launched = desk.now;
		assert_int_equal(engine_overtime(desk.engine, launched + 59000), 0);
		assert_int_equal(engine_overtime(desk.engine, launched + 60000), rows[i % 4].step);
		assert_int_equal(engine_overtime(desk.engine, launched - 1000000), 0);
		/* What was reported counts in the next session, which has then less time. */
		assert_set(&desk, first ? "cmi.core.session_time" : "cmi.session_time",
			first ? "00:00:40" : "PT40S");
		assert_set(&desk, first ? "cmi.core.exit" : "cmi.exit", "suspend");
		assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
		assert_int_equal(engine_overtime(desk.engine, launched + 90000), 0); /* it has ended */
		assert_true(desk_go(&desk, NAVIGATION_SUSPEND_ALL, NO_INDEX));
		desk_begin(&desk);
		assert_true(desk_go(&desk, NAVIGATION_RESUME_ALL, NO_INDEX));
		assert_int_equal(engine_overtime(desk.engine, desk.now + 19000), 0);
		assert_int_equal(engine_overtime(desk.engine, desk.now + 20000), rows[i % 4].step);
		/* The other SCO has no limit. */
		assert_true(desk_go(&desk, NAVIGATION_CHOICE, 2));
		assert_int_equal(engine_overtime(desk.engine, desk.now + 1000000), 0);
		/* What OVERTIME_LEAVE asks for goes, whether the SCO ends by itself when it is taken away or not. */
		for (int ends = 0; ends < 2; ends++) {
			assert_true(desk_go(&desk, NAVIGATION_CHOICE, 1));
			assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
			assert_string_equal(desk_call(&desk, API_TERMINATE, ends ? "" : "refused", ""),
				ends ? "true" : "false");
			assert_true(desk_go(&desk, NAVIGATION_EXIT, NO_INDEX));
			assert_int_equal(engine_current_activity(desk.engine), NO_INDEX);
			assert_int_equal(engine_overtime(desk.engine, desk.now + 1000000), 0);
		}
		assert_replays(&desk);
		desk_finish(&desk);
	}
}

/* What is only looked at may be looked at for ever. */
static void overtime_is_of_the_normal_mode(void **state)
{
	for (enum session_mode mode = MODE_NORMAL; mode <= MODE_REVIEW; mode++) {
		struct desk desk;
		draft_init(&draft, SCORM_12, 1);
		draft.activities[1].has_max_time = true;
		draft.activities[1].time_limit_action = TIME_LIMIT_EXIT_MESSAGE;
		desk_init(&desk, &draft);
		desk_begin_mode(&desk, mode, true, true);
		assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
		assert_int_equal(engine_overtime(desk.engine, desk.now + 1), mode == MODE_NORMAL ? 3 : 0);
		desk_finish(&desk);
	}
}

static void presence_adds_up(void **state)
{
	struct desk desk;
	open_course(&desk, 1);
	desk_launch(&desk, 1);
	assert_int_equal(engine_presence(desk.engine, desk.now++, 30000), ENGINE_OK);
	assert_int_equal(engine_presence(desk.engine, desk.now++, 12500), ENGINE_OK);
	assert_int_equal(desk_summary(&desk).active_ms, 42500);
	assert_replays(&desk);
	desk_finish(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(status_never_set_is_completed_by_finish),
		cmocka_unit_test(status_incomplete_stays),
		cmocka_unit_test(window_closed_keeps_all_and_resumes),
		cmocka_unit_test(session_never_ended),
		cmocka_unit_test(entry_follows_exit),
		cmocka_unit_test(logout_ends_the_session),
		cmocka_unit_test(total_time_counts_a_session_once),
		cmocka_unit_test(mastery_score),
		cmocka_unit_test(score_after_completed),
		cmocka_unit_test(relaunch_never_downgrades_the_course),
		cmocka_unit_test(browse_and_review_leave_no_trace),
		cmocka_unit_test(walk_through),
		cmocka_unit_test(course_status_follows_from_its_scos),
		cmocka_unit_test(status_rules),
		cmocka_unit_test(status_rules_and_scores),
		cmocka_unit_test(status_rules_on_other_courses),
		cmocka_unit_test(a_changed_rule_takes_nothing_away),
		cmocka_unit_test(data_are_kept_apart),
		cmocka_unit_test(the_first_not_done_is_started),
		cmocka_unit_test(an_asset_is_completed_by_being_seen),
		cmocka_unit_test(prerequisites),
		cmocka_unit_test(overtime),
		cmocka_unit_test(overtime_is_of_the_normal_mode),
		cmocka_unit_test(presence_adds_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
