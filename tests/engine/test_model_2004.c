/* SCORM 2004 RTE 4.1 and 4.2 beyond what ADL's traces ask: types, dependencies, editions, the status
 * rules. */
#include "tests/engine/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/engine/text.h"

static struct draft draft;

static struct desk launched(enum scorm_edition edition)
{
	struct desk desk;
	draft_init(&draft, edition, 2);
	draft.objectives[0] =
		(struct objective){.id = text("quiz"), .primary = true, .minimum_normalized_measure = 1};
	draft.shared_data[0] =
		(struct shared_data_map){.target = text("bucket"), .read = true, .write = true};
	draft.shared_data[1] =
		(struct shared_data_map){.target = text("sealed"), .read = false, .write = true};
	draft.shared_data[2] =
		(struct shared_data_map){.target = text("printed"), .read = true, .write = false};
	draft.activities[1].objective_count = 1;
	draft.activities[1].shared_data_count = 3;
	draft.course.objective_count = 1;
	draft.course.shared_data_count = 3;
	desk_init(&desk, &draft);
	desk_launch(&desk, 1);
	return desk;
}

static void every_element_at_the_start(void **state)
{
	static const struct {
		const char *element, *value;
		unsigned error;
	} rows[] = {
		{"cmi._version", "1.0", 0},
		{"cmi.completion_status", "unknown", 0},
		{"cmi.completion_threshold", "", 403},
		{"cmi.credit", "credit", 0},
		{"cmi.entry", "ab-initio", 0},
		{"cmi.exit", "", 405},
		{"cmi.interactions._count", "0", 0},
		{"cmi.launch_data", "", 403},
		{"cmi.learner_id", "rossi.maria", 0},
		{"cmi.learner_name", "Rossi, Maria", 0},
		{"cmi.learner_preference.audio_level", "1", 0},
		{"cmi.learner_preference.language", "it", 0},
		{"cmi.learner_preference.delivery_speed", "1", 0},
		{"cmi.learner_preference.audio_captioning", "0", 0},
		{"cmi.location", "", 403},
		{"cmi.max_time_allowed", "", 403},
		{"cmi.mode", "normal", 0},
		{"cmi.objectives._count", "1", 0},
		{"cmi.objectives.0.id", "quiz", 0},
		{"cmi.objectives.0.success_status", "unknown", 0},
		{"cmi.objectives.0.completion_status", "unknown", 0},
		{"cmi.objectives.0.score.scaled", "", 403},
		{"cmi.objectives.1.id", "", 301},
		{"cmi.progress_measure", "", 403},
		{"cmi.scaled_passing_score", "", 403},
		{"cmi.score.raw", "", 403},
		{"cmi.session_time", "", 405},
		{"cmi.success_status", "unknown", 0},
		{"cmi.suspend_data", "", 403},
		{"cmi.time_limit_action", "continue,no message", 0},
		{"cmi.total_time", "PT0H0M0S", 0},
		{"adl.nav.request", "_none_", 0},
		{"adl.nav.request_valid.continue", "true", 0},
		{"adl.nav.request_valid.previous", "false", 0},
		{"adl.nav.request_valid.choice.{target=sco2}", "true", 0},
		{"adl.nav.request_valid.choice.{target=nobody}", "false", 0},
		{"adl.nav.request_valid.jump.{target=sco2}", "true", 0},
		{"adl.nav.request_valid.choice", "", 401},
		{"adl.data._count", "3", 0},
		{"adl.data.0.id", "bucket", 0},
		{"adl.data.0.store", "", 403},
		{"adl.data.1.store", "", 405},
		{"adl.data.3.id", "", 301},
		{"cmi.objectives", "", 401},
		{"cmi.objectives.0", "", 401},
		{"cmi.objectives.0.score", "", 401},
		{"cmi.objectives.x.id", "", 401},
		{"cmi.objectives.-1.id", "", 401},
		{"cmi.objectives.n.id", "", 401},
		{"cmi.objectives.99999999999999999999.id", "", 301},
		{"cmi.", "", 401},
		{".", "", 401},
		{"cmi.location.", "", 401},
		{"cmi.location._children", "", 301},
		{"cmi.location._count", "", 301},
		{"cmi.score._count", "", 301},
		{"cmi.location._version", "", 301},
		{"cmi.core.lesson_status", "", 401},
		{"CMI.location", "", 401},
		{"", "", 301},
	};
	struct desk desk = launched(SCORM_2004_4TH);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *value = desk_get(&desk, rows[i].element);
		if (strcmp(value, rows[i].value) != 0 || desk_error(&desk) != rows[i].error) {
			fail_msg("%s: \"%s\", error %u", rows[i].element, value, desk_error(&desk));
		}
	}
	desk_finish(&desk);
}

/* RTE 4.1.1: what each type takes. */
static void types(void **state)
{
	static const struct {
		const char *element, *value;
		unsigned error;
	} rows[] = {
		{"cmi.score.raw", "-12.5", 0},
		{"cmi.score.raw", "0012.50", 0},
		{"cmi.score.raw", "1.", 406},
		{"cmi.score.raw", "", 406},
		{"cmi.score.raw", " 1", 406},
		{"cmi.score.raw", "1e5", 406},
		{"cmi.score.raw", "1,5", 406},
		{"cmi.score.raw", "NaN", 406},
		{"cmi.score.scaled", "1.0000000001", 407},
		{"cmi.score.scaled", "-1", 0},
		{"cmi.score.scaled", "75", 407}, /* a percentage: the commonest mistake of tools */
		{"cmi.progress_measure", "1", 0},
		{"cmi.progress_measure", "1.01", 407},
		{"cmi.progress_measure", "50%", 406},
		{"cmi.completion_status", "passed", 406},
		{"cmi.success_status", "completed", 406},
		{"cmi.exit", "", 0},
		{"cmi.exit", "logout", 0}, /* deprecated by the 4th Edition, still taken */
		{"cmi.exit", "Suspend", 406},
		{"cmi.learner_preference.language", "", 0},
		{"cmi.learner_preference.language", "it-CH", 0},
		{"cmi.learner_preference.language", "x-klingon", 0},
		{"cmi.learner_preference.language", "i-default", 0},
		{"cmi.learner_preference.language", "i", 406},
		{"cmi.learner_preference.language", "italiano", 406},
		{"cmi.learner_preference.language", "it_IT", 406},
		{"cmi.learner_preference.language", "it-", 406},
		{"cmi.learner_preference.language", "it-abcdefghi", 406},
		{"cmi.learner_preference.language", "xq", 406},
		{"cmi.learner_preference.audio_captioning", "2", 406},
		{"cmi.comments_from_learner.0.comment", "{lang=it}Perch\xc3\xa9 no?", 0},
		{"cmi.comments_from_learner.0.comment", "{lang=}x", 406},
		{"cmi.comments_from_learner.0.comment", "{lang=it", 406},
		{"cmi.comments_from_learner.0.comment", "{curly} text", 0},
		{"cmi.comments_from_learner.0.timestamp", "2024-02-29", 0},
		{"cmi.comments_from_learner.0.timestamp", "2023-02-29", 406},
		{"cmi.comments_from_learner.0.timestamp", "2024-04-31", 406},
		{"cmi.comments_from_learner.0.timestamp", "2024-01-01T10:00:00.123Z", 406}, /* thousandths */
		{"cmi.comments_from_learner.0.timestamp", "2024-01-01 10:00:00", 406},
		{"cmi.comments_from_learner.2.comment", "a gap", 351},
		{"cmi.session_time", "PT0S", 0},
		{"cmi.session_time", "PT12.345S", 406},
		{"cmi.session_time", "PT1.5H", 406},
		{"cmi.session_time", "PT1M1H", 406},
		{"cmi.session_time", "PT1H1H", 406},
		{"cmi.session_time", "P1D2D", 406},
		{"cmi.session_time", "P", 406},
		{"cmi.session_time", "PT", 406},
		{"cmi.session_time", "P1", 406},
		{"cmi.session_time", "PT1H ", 406},
		{"cmi.session_time", "00:01:00", 406},
		{"cmi.session_time", "P999999999999999999Y", 0},
		{"cmi.objectives.0.id", "quiz", 0},    /* the same again is no change */
		{"cmi.objectives.0.id", "other", 351}, /* write once */
		{"cmi.objectives.1.score.raw", "1", 408},
		{"cmi.objectives.1.id", "quiz", 351}, /* unique */
		{"cmi.objectives.1.id", "urn:", 406},
		{"cmi.objectives.1.id", "urn:x", 406},
		{"cmi.objectives.1.id", "with blank", 406},
		{"cmi.objectives.1.id", "urn:scormdriver:A%20B", 0}, /* Rise */
		{"cmi.objectives.1.description", "a description", 0},
		{"cmi.objectives.3.id", "gap", 351},
		{"cmi.interactions.0.type", "choice", 408},
		{"cmi.interactions.0.id", "q1", 0},
		{"cmi.interactions.0.learner_response", "a", 408}, /* the type first */
		{"cmi.interactions.0.correct_responses.0.pattern", "a", 408},
		{"cmi.interactions.0.type", "multiple", 406},
		{"cmi.interactions.0.type", "choice", 0},
		{"cmi.interactions.0.learner_response", "", 0},
		{"cmi.interactions.0.learner_response", "a[,]a", 406},
		{"cmi.interactions.0.learner_response", "a b", 406},
		{"cmi.interactions.0.correct_responses.0.pattern", "a[,]b", 0},
		{"cmi.interactions.0.correct_responses.1.pattern", "b[,]a", 351}, /* the same set */
		{"cmi.interactions.0.correct_responses.1.pattern", "c", 0},
		{"cmi.interactions.0.objectives.0.id", "o1", 0},
		{"cmi.interactions.0.objectives.1.id", "o1", 351},
		{"cmi.interactions.0.objectives.1.id", "o2", 0},
		{"cmi.interactions.0.result", "wrong", 406}, /* the word of SCORM 1.2 */
		{"cmi.interactions.0.result", "incorrect", 0},
		{"cmi.interactions.0.result", "-0.5", 0},
		{"cmi.interactions.0.id", "q1-again", 0}, /* may change */
		{"cmi.interactions.1.id", "q1-again", 0}, /* a journal of answers: the same question again */
		{"cmi.interactions.1.type", "numeric", 0},
		{"cmi.interactions.1.correct_responses.0.pattern", "[:]", 0},
		{"cmi.interactions.1.correct_responses.0.pattern", "[:]5", 0},
		{"cmi.interactions.1.correct_responses.0.pattern", "5[:]", 0},
		{"cmi.interactions.1.correct_responses.0.pattern", "5[:]4", 406},
		{"cmi.interactions.1.correct_responses.1.pattern", "1[:]2", 351}, /* one at most */
		{"cmi.interactions.2.id", "q3", 0},
		{"cmi.interactions.2.type", "performance", 0},
		{"cmi.interactions.2.learner_response", "step[.]answer", 0},
		{"cmi.interactions.2.learner_response", "[.]an answer of words", 0},
		{"cmi.interactions.2.learner_response", "[.]", 406},
		{"cmi.interactions.2.correct_responses.0.pattern", "{order_matters=false}s1[.]1[:]2[,]s2[.]",
			0},
		{"cmi.interactions.2.correct_responses.0.pattern", "s1[.]3[:]2", 406},
		{"cmi.interactions.2.correct_responses.0.pattern", "{order_matters=maybe}s1[.]1", 406},
		{"cmi.interactions.3.id", "q4", 0},
		{"cmi.interactions.3.type", "fill-in", 0},
		{"cmi.interactions.3.correct_responses.0.pattern",
			"{order_matters=false}{case_matters=true}{lang=it}uno[,]due", 0},
		{"cmi.interactions.3.correct_responses.1.pattern", "uno", 0},
		{"cmi.interactions.3.correct_responses.2.pattern", "uno", 0}, /* a bag, not a set */
		{"adl.nav.request", "continue", 0},
		{"adl.nav.request", "{target=sco2}choice", 0},
		{"adl.nav.request", "{target=sco2}jump", 0},
		{"adl.nav.request", "{target=}choice", 406},
		{"adl.nav.request", "next", 406},
		{"adl.nav.request_valid.continue", "true", 404},
		{"adl.data.0.id", "x", 404},
		{"adl.data.0.store", "x", 0},
		{"adl.data.1.store", "x", 0},
		{"adl.data.2.store", "x", 404},
		{"adl.data.3.store", "x", 351},
		{"cmi.learner_id", "x", 404},
		{"cmi.objectives._count", "5", 404},
		{"cmi.nothing", "x", 401},
		{"", "x", 351},
	};
	struct desk desk = launched(SCORM_2004_4TH);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool done = desk_set(&desk, rows[i].element, rows[i].value);
		unsigned error = desk_error(&desk);
		if (error != rows[i].error || done != (error == 0)) {
			fail_msg("%s = \"%s\": error %u", rows[i].element, rows[i].value, error);
		}
	}
	assert_get(&desk, "cmi.interactions._count", "4");
	assert_get(&desk, "cmi.interactions.0.correct_responses._count", "2");
	assert_get(&desk, "cmi.interactions.3.correct_responses._count", "3");
	assert_replays(&desk);
	desk_finish(&desk);
}

/* What came with an edition does not exist before it. */
static void editions(void **state)
{
	static const struct {
		const char *element;
		enum scorm_edition since;
	} rows[] = {
		{"cmi.objectives.0.progress_measure", SCORM_2004_3RD},
		{"adl.nav.request_valid.continue", SCORM_2004_2ND},
		{"adl.nav.request_valid.jump.{target=sco2}", SCORM_2004_4TH},
		{"adl.data._count", SCORM_2004_4TH},
		{"adl.data.0.id", SCORM_2004_4TH},
	};
	for (enum scorm_edition edition = SCORM_2004_2ND; edition <= SCORM_2004_4TH; edition++) {
		struct desk desk = launched(edition);
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			(void)desk_get(&desk, rows[i].element);
			assert_true((desk_error(&desk) == 401) == (edition < rows[i].since));
		}
		bool third = strstr(desk_get(&desk, "cmi.objectives._children"), "progress_measure") != NULL;
		assert_true(third == (edition >= SCORM_2004_3RD));
		desk_finish(&desk);
	}
}

/* RTE 4.2.4.1 and 4.2.22.1: thresholds override what the SCO says. */
static void thresholds_decide(void **state)
{
	struct desk desk;
	draft_init(&draft, SCORM_2004_4TH, 1);
	draft.objectives[0] = (struct objective){.id = text("quiz"),
		.primary = true,
		.satisfied_by_measure = true,
		.minimum_normalized_measure = 0.6};
	draft.activities[1].objective_count = 1;
	draft.activities[1].completed_by_measure = true;
	draft.activities[1].min_progress_measure = 0.8;
	draft.course.objective_count = 1;
	desk_init(&desk, &draft);
	desk_launch(&desk, 1);
	assert_get(&desk, "cmi.scaled_passing_score", "0.6");
	assert_get(&desk, "cmi.completion_threshold", "0.8");
	assert_set(&desk, "cmi.completion_status", "completed");
	assert_set(&desk, "cmi.success_status", "passed");
	assert_get(&desk, "cmi.completion_status", "completed"); /* without progress the SCO's word stands */
	assert_get(&desk, "cmi.success_status", "unknown");      /* without a score it does not */
	assert_set(&desk, "cmi.progress_measure", "0.79");
	assert_set(&desk, "cmi.score.scaled", "0.59");
	assert_get(&desk, "cmi.completion_status", "incomplete");
	assert_get(&desk, "cmi.success_status", "failed");
	assert_set(&desk, "cmi.progress_measure", "0.80");
	assert_set(&desk, "cmi.score.scaled", "0.6");
	assert_get(&desk, "cmi.completion_status", "completed");
	assert_get(&desk, "cmi.success_status", "passed");
	desk_leave(&desk);
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_int_equal(desk_summary(&desk).success, SUCCESS_PASSED);
	desk_finish(&desk);
}

/* Before the 4th Edition a threshold was of the SCO alone: one that measures no progress still completes. */
static void a_threshold_without_progress(void **state)
{
	static const struct {
		enum scorm_edition edition;
		enum completion_status expected;
	} rows[] = {{SCORM_2004_2ND, COMPLETION_COMPLETED}, {SCORM_2004_3RD, COMPLETION_COMPLETED},
		{SCORM_2004_4TH, COMPLETION_INCOMPLETE}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct desk desk;
		draft_init(&draft, rows[i].edition, 1);
		draft.activities[1].completed_by_measure = true;
		draft.activities[1].min_progress_measure = 0.8;
		desk_init(&desk, &draft);
		desk_launch(&desk, 1);
		assert_set(&desk, "cmi.completion_status", "completed");
		desk_leave(&desk);
		assert_int_equal(desk_summary(&desk).completion, rows[i].expected);
		desk_finish(&desk);
	}
}

/* A SCO that ended normally begins anew; one that was suspended, or whose window was closed, goes on. */
static void attempts(void **state)
{
	static const struct {
		const char *exit;
		bool terminates, resumes;
	} rows[] = {{"suspend", true, true}, {"normal", true, false}, {"", true, false}, {NULL, false, true}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct desk desk = launched(SCORM_2004_4TH);
		assert_set(&desk, "cmi.suspend_data", "page 4");
		assert_set(&desk, "cmi.session_time", "PT5M");
		if (rows[i].exit) {
			assert_set(&desk, "cmi.exit", rows[i].exit);
		}
		if (rows[i].terminates) {
			assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
			assert_true(desk_go(&desk, NAVIGATION_CHOICE, 2));
		} else {
			assert_int_equal(engine_unloaded(desk.engine, desk.now++), ENGINE_OK);
			desk_begin(&desk);
		}
		assert_true(desk_go(&desk, rows[i].terminates ? NAVIGATION_CHOICE : NAVIGATION_RESUME_ALL,
			rows[i].terminates ? 1 : NO_INDEX));
		assert_int_equal(desk.outcome.delivered, 1);
		assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
		assert_get(&desk, "cmi.entry", rows[i].resumes ? "resume" : "ab-initio");
		assert_get(&desk, "cmi.total_time", rows[i].resumes ? "PT0H5M0S" : "PT0H0M0S");
		if (rows[i].resumes) {
			assert_get(&desk, "cmi.suspend_data", "page 4");
		} else {
			assert_get_fails(&desk, "cmi.suspend_data", 403);
		}
		assert_int_equal(desk_summary(&desk).session_time_cs, 30000);
		assert_replays(&desk);
		desk_finish(&desk);
	}
}

/* "I finished, and it says in progress": Terminate said completed, then the course was simply closed. */
static void terminated_then_closed_counts(void **state)
{
	struct desk desk;
	draft_init(&draft, SCORM_2004_4TH, 1);
	desk_init(&desk, &draft);
	desk_launch(&desk, 1);
	assert_set(&desk, "cmi.completion_status", "completed");
	assert_set(&desk, "cmi.success_status", "passed");
	assert_set(&desk, "cmi.score.scaled", "0.9");
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
	struct engine_summary summary = desk_summary(&desk);
	assert_int_equal(summary.completion, COMPLETION_COMPLETED);
	assert_int_equal(summary.success, SUCCESS_PASSED);
	assert_float_equal(summary.score_scaled, 0.9, 1e-9);
	/* And a new attempt takes nothing of it away. */
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_set(&desk, "cmi.completion_status", "incomplete");
	desk_leave(&desk);
	assert_int_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
	assert_replays(&desk);
	desk_finish(&desk);
}

/* Who asks at the end for all to be suspended, or the activity to be abandoned, is not through: nothing is claimed,
 * neither then nor when the window is closed before the wish is processed. */
static void a_wish_to_stop_claims_nothing(void **state)
{
	static const char *const wishes[] = {"suspendAll", "abandon", "abandonAll"};
	for (size_t i = 0; i < sizeof(wishes) / sizeof(wishes[0]); i++) {
		for (int processed = 0; processed < 2; processed++) {
			struct desk desk;
			draft_init(&draft, SCORM_2004_4TH, 1);
			desk_init(&desk, &draft);
			desk_launch(&desk, 1);
			assert_set(&desk, "cmi.location", "page 2");
			assert_set(&desk, "adl.nav.request", wishes[i]);
			assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
			assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
			if (processed) {
				assert_int_equal(engine_navigate_pending(desk.engine, desk.now++, &desk.outcome),
					ENGINE_OK);
			}
			desk_begin(&desk);
			assert_int_equal(desk_summary(&desk).completion, COMPLETION_INCOMPLETE);
			bool resumes = i == 0;
			assert_int_equal(
				engine_may_navigate(desk.engine, desk.now, NAVIGATION_RESUME_ALL, NO_INDEX),
				resumes);
			assert_true(desk_go(
				&desk, resumes ? NAVIGATION_RESUME_ALL : NAVIGATION_START, NO_INDEX));
			assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
			assert_string_equal(desk_get(&desk, "cmi.location"), resumes ? "page 2" : "");
			assert_replays(&desk);
			desk_finish(&desk);
		}
	}
}

/* Taken away by the learner's Next without a Terminate, the SCO's data persist and it goes on later. */
static void taken_away_without_terminate_resumes(void **state)
{
	struct desk desk = launched(SCORM_2004_4TH);
	assert_set(&desk, "cmi.suspend_data", "page 4");
	assert_set(&desk, "cmi.completion_status", "incomplete");
	assert_set(&desk, "adl.nav.request", "exitAll"); /* never said Terminate: no wish of its own */
	assert_true(desk_go(&desk, NAVIGATION_CONTINUE, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 2);
	assert_true(desk_go(&desk, NAVIGATION_PREVIOUS, NO_INDEX));
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_get(&desk, "cmi.entry", "resume");
	assert_get(&desk, "cmi.suspend_data", "page 4");
	assert_get(&desk, "adl.nav.request", "_none_");
	assert_replays(&desk);
	desk_finish(&desk);
}

static void wishes_of_the_content(void **state)
{
	static const struct {
		const char *wish, *exit;
		enum navigation_request request;
	} rows[] = {
		{"continue", "", NAVIGATION_CONTINUE},
		{"previous", "suspend", NAVIGATION_PREVIOUS},
		{"{target=sco2}choice", "", NAVIGATION_CHOICE},
		{"{target=sco2}jump", "", NAVIGATION_JUMP},
		{"exit", "", NAVIGATION_EXIT},
		{"exitAll", "", NAVIGATION_EXIT_ALL},
		{"abandon", "", NAVIGATION_ABANDON},
		{"abandonAll", "", NAVIGATION_ABANDON_ALL},
		{"suspendAll", "", NAVIGATION_SUSPEND_ALL},
		{"_none_", "", NAVIGATION_NONE},
		{"_none_", "suspend", NAVIGATION_NONE},
		{"_none_", "time-out", NAVIGATION_EXIT_ALL},
		{"continue", "time-out", NAVIGATION_EXIT_ALL},
		{"continue", "logout", NAVIGATION_EXIT_ALL},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct desk desk = launched(SCORM_2004_4TH);
		assert_set(&desk, "adl.nav.request", rows[i].wish);
		assert_set(&desk, "cmi.exit", rows[i].exit);
		assert_int_equal(
			engine_pending_navigation(desk.engine), NAVIGATION_NONE); /* only after Terminate */
		assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
		assert_int_equal(engine_pending_navigation(desk.engine), rows[i].request);
		/* The learner's own request wins over it. */
		assert_true(desk_go(&desk, NAVIGATION_SUSPEND_ALL, NO_INDEX));
		assert_int_equal(engine_pending_navigation(desk.engine), NAVIGATION_NONE);
		desk_finish(&desk);
	}
}

static void calls_in_their_time(void **state)
{
	struct desk desk;
	draft_init(&draft, SCORM_2004_4TH, 1);
	desk_init(&desk, &draft);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 102); /* nothing is launched */
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_CHOICE, 1));
	assert_get_fails(&desk, "cmi.mode", 122);
	assert_set_fails(&desk, "cmi.location", "x", 132);
	assert_string_equal(desk_call(&desk, API_COMMIT, "", ""), "false");
	assert_int_equal(desk_error(&desk), 142);
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 112);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "x", ""), "false");
	assert_int_equal(desk_error(&desk), 201);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 103);
	assert_string_equal(desk_call(&desk, API_TERMINATE, "x", ""), "false");
	assert_int_equal(desk_error(&desk), 201);
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
	assert_int_equal(desk_error(&desk), 0);
	assert_get_fails(&desk, "cmi.mode", 123);
	assert_set_fails(&desk, "cmi.location", "x", 133);
	assert_string_equal(desk_call(&desk, API_COMMIT, "", ""), "false");
	assert_int_equal(desk_error(&desk), 143);
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 113);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 104);
	assert_replays(&desk);
	desk_finish(&desk);
}

/* A refused request over a running SCO leaves it running, with all that it set. */
static void a_refused_request_leaves_the_sco_running(void **state)
{
	struct desk desk = launched(SCORM_2004_4TH);
	assert_set(&desk, "cmi.location", "here");
	assert_false(desk_go(&desk, NAVIGATION_PREVIOUS, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, NO_INDEX);
	assert_int_equal(engine_current_activity(desk.engine), 1);
	assert_get(&desk, "cmi.location", "here");
	assert_set(&desk, "cmi.location", "still here");
	assert_true(desk_go(&desk, NAVIGATION_CONTINUE, NO_INDEX));
	assert_int_equal(desk.outcome.delivered, 2);
	assert_replays(&desk);
	desk_finish(&desk);
}

/* Objectives that the SCO's course declares come back by their identifiers, with what was set before. */
static void objectives_survive_suspension(void **state)
{
	struct desk desk = launched(SCORM_2004_4TH);
	assert_set(&desk, "cmi.objectives.0.success_status", "passed");
	assert_set(&desk, "cmi.objectives.0.score.scaled", "0.50");
	assert_set(&desk, "cmi.objectives.1.id", "own");
	assert_set(&desk, "cmi.objectives.1.progress_measure", "0.3");
	assert_set(&desk, "cmi.exit", "suspend");
	desk_leave(&desk);
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_RESUME_ALL, NO_INDEX));
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_get(&desk, "cmi.objectives._count", "2");
	assert_get(&desk, "cmi.objectives.0.success_status", "passed");
	assert_get(&desk, "cmi.objectives.0.score.scaled", "0.50");
	assert_get(&desk, "cmi.objectives.1.id", "own");
	assert_get(&desk, "cmi.objectives.1.progress_measure", "0.3");
	desk_finish(&desk);
}

/* RTE 4.1.1: the SPM is the least that must be kept; what is longer is kept too (Rise's descriptions,
 * #1642). */
static void longer_than_the_spm_is_kept(void **state)
{
	static const struct {
		const char *element;
		size_t spm;
	} rows[] = {
		{"cmi.location", 1000},
		{"cmi.suspend_data", 64000},
		{"cmi.interactions.0.description", 250},
		{"cmi.interactions.0.learner_response", 4000},
		{"cmi.interactions.0.correct_responses.0.pattern", 4000},
		{"cmi.comments_from_learner.0.comment", 4000},
		{"cmi.comments_from_learner.0.location", 250},
		{"cmi.objectives.1.id", 4000},
		{"cmi.objectives.1.description", 250},
		{"adl.data.0.store", 64000},
	};
	struct desk desk = launched(SCORM_2004_4TH);
	assert_set(&desk, "cmi.interactions.0.id", "q");
	assert_set(&desk, "cmi.interactions.0.type", "other");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t length = rows[i].spm * 2 + 1;
		char *value = malloc(length + 1);
		memset(value, 'v', length);
		value[length] = '\0';
		assert_set(&desk, rows[i].element, value);
		assert_get(&desk, rows[i].element, value);
		free(value);
	}
	/* And told; a snapshot holds all that is needed for it. */
	struct overlong_element told[10], restored[10];
	assert_int_equal(engine_overlong(desk.engine, told, 10), 10);
	struct desk twin;
	desk_twin(&twin, &desk);
	struct span snapshot = desk_snapshot(&desk);
	assert_int_equal(engine_restore(twin.engine, snapshot), ENGINE_OK);
	assert_int_equal(engine_overlong(twin.engine, restored, 10), 10);
	for (size_t i = 0; i < 10; i++) {
		assert_ptr_equal(told[i].element.at, restored[i].element.at);
		assert_int_equal(told[i].length, told[i].permitted * 2 + 1);
		assert_int_equal(told[i].length, restored[i].length);
	}
	free((void *)(uintptr_t)snapshot.at);
	desk_finish(&twin);
	desk_finish(&desk);
}

static void assert_told(struct desk *desk, const char *element, uint32_t length, uint32_t spm)
{
	struct overlong_element rows[8];
	uint32_t count = engine_overlong(desk->engine, rows, 8);
	for (uint32_t i = 0; i < count; i++) {
		if (span_equal(rows[i].element, text(element))) {
			assert_int_equal(rows[i].length, length);
			assert_int_equal(rows[i].permitted, spm);
			return;
		}
	}
	assert_int_equal(length, 0);
}

/* RTE 4.2.9: of a response the SPM is that of its parts, without their delimiters; of a collection its members. */
static void parts_and_members_beyond_the_spm_are_told(void **state)
{
	struct desk desk = launched(SCORM_2004_4TH);
	char value[600] = "{lang=it}", path[64];
	assert_set(&desk, "cmi.interactions.0.id", "q");
	assert_set(&desk, "cmi.interactions.0.type", "fill-in");
	memset(value + 9, 'a', 250);
	strcpy(value + 259, "[,]b");
	assert_set(&desk, "cmi.interactions.0.learner_response", value);
	assert_told(&desk, "cmi.interactions.n.learner_response", 0, 0);
	memset(value + 9, 'a', 251);
	strcpy(value + 260, "[,]b");
	assert_set(&desk, "cmi.interactions.0.learner_response", value);
	assert_told(&desk, "cmi.interactions.n.learner_response", 251, 250);
	for (int i = 0; i < 11; i++) {
		assert_told(&desk, "cmi.interactions.n.objectives._count", 0, 0);
		snprintf(path, sizeof(path), "cmi.interactions.0.objectives.%d.id", i);
		assert_set(&desk, path, path);
	}
	assert_told(&desk, "cmi.interactions.n.objectives._count", 11, 10);
	for (int i = 1; i < 101; i++) { /* the first one is the activity's own */
		snprintf(path, sizeof(path), "cmi.objectives.%d.id", i);
		assert_set(&desk, path, path);
	}
	assert_told(&desk, "cmi.objectives._count", 101, 100);
	struct desk twin;
	desk_twin(&twin, &desk);
	struct span snapshot = desk_snapshot(&desk);
	assert_int_equal(engine_restore(twin.engine, snapshot), ENGINE_OK);
	assert_told(&twin, "cmi.interactions.n.learner_response", 251, 250);
	assert_told(&twin, "cmi.interactions.n.objectives._count", 11, 10);
	assert_told(&twin, "cmi.objectives._count", 101, 100);
	free((void *)(uintptr_t)snapshot.at);
	desk_finish(&twin);
	desk_finish(&desk);
}

/* Whatever a SCO sends, a call takes a moment: the server replays it too. (Quadratic, this would take minutes.) */
static void a_response_of_very_many_parts(void **state)
{
	struct desk desk = launched(SCORM_2004_4TH);
	char *value = malloc(1000001), *at = value;
	for (unsigned i = 0; at - value < 990000; i++) {
		at += sprintf(at, "%sp%u", i > 0 ? "[,]" : "", i);
	}
	assert_set(&desk, "cmi.interactions.0.id", "q");
	assert_set(&desk, "cmi.interactions.0.type", "choice");
	assert_set(&desk, "cmi.interactions.0.learner_response", value);
	assert_set(&desk, "cmi.interactions.0.correct_responses.0.pattern", value);
	assert_set_fails(&desk, "cmi.interactions.0.correct_responses.1.pattern", value, 351);
	free(value);
	desk_finish(&desk);
}

/* Members that must differ from each other are limited; so is nothing else below 10,000. */
static void collections_have_limits(void **state)
{
	struct desk desk = launched(SCORM_2004_4TH);
	char element[64], value[32];
	for (unsigned i = 1; i < 1000; i++) {
		snprintf(element, sizeof(element), "cmi.objectives.%u.id", i);
		snprintf(value, sizeof(value), "o%u", i);
		assert_set(&desk, element, value);
	}
	assert_set_fails(&desk, "cmi.objectives.1000.id", "o1000", 351);
	for (unsigned i = 0; i < 2000; i++) {
		snprintf(element, sizeof(element), "cmi.interactions.%u.id", i);
		assert_set(&desk, element, "again");
	}
	desk_finish(&desk);
}

/* The empty text is a value where the type allows it. */
static void empty_texts_are_values(void **state)
{
	static const char *const elements[] = {"cmi.location", "cmi.suspend_data",
		"cmi.learner_preference.language", "cmi.comments_from_learner.0.comment",
		"cmi.comments_from_learner.0.location"};
	struct desk desk = launched(SCORM_2004_4TH);
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++) {
		assert_set(&desk, elements[i], "");
		assert_get(&desk, elements[i], "");
	}
	desk_finish(&desk);
}

/* RTE 4.2.5 and 4.2.14: not for credit, and nothing that is said there counts. */
static void browse_and_review_leave_no_trace(void **state)
{
	static const struct {
		enum session_mode mode;
		const char *word;
	} rows[] = {{MODE_BROWSE, "browse"}, {MODE_REVIEW, "review"}};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct desk desk;
		draft_init(&draft, SCORM_2004_4TH, 1);
		desk_init(&desk, &draft);
		desk_begin_mode(&desk, rows[i].mode, true, false);
		assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
		assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
		assert_get(&desk, "cmi.mode", rows[i].word);
		assert_get(&desk, "cmi.credit", "no-credit");
		assert_set(&desk, "cmi.completion_status", "completed");
		assert_set(&desk, "cmi.success_status", "passed");
		assert_set(&desk, "cmi.score.scaled", "1");
		desk_leave(&desk);
		assert_int_not_equal(desk_summary(&desk).completion, COMPLETION_COMPLETED);
		assert_int_equal(desk_summary(&desk).success, SUCCESS_UNKNOWN);
		assert_false(desk_summary(&desk).has_score);
		desk_finish(&desk);
	}
}

/* --- What a course leaves to others: RTE 4.3.1, SN 3.10 --- */

static struct span globals_of(const struct desk *desk)
{
	size_t size = engine_globals(desk->engine, NULL, 0);
	char *bytes = malloc(size);
	assert_int_equal(engine_globals(desk->engine, bytes, size), size);
	return (struct span){bytes, (uint32_t)size};
}

static void open_sharing_course(struct desk *desk, bool to_system)
{
	draft_init(&draft, SCORM_2004_4TH, 1);
	draft.objectives[0] = (struct objective){.id = text("own"), .primary = true, .map_count = 1};
	draft.maps[0] = (struct objective_map){.target = text("the-global"),
		.read_satisfied_status = true,
		.read_normalized_measure = true,
		.write_satisfied_status = true,
		.write_normalized_measure = true};
	draft.shared_data[0] =
		(struct shared_data_map){.target = text("the-bucket"), .read = true, .write = true};
	draft.activities[1].objective_count = 1;
	draft.activities[1].shared_data_count = 1;
	draft.course.objective_count = draft.course.map_count = draft.course.shared_data_count = 1;
	draft.course.objectives_global_to_system = to_system;
	draft.course.shared_data_global_to_system = to_system;
	desk_init(desk, &draft);
}

static void other_courses_see_what_is_global(void **state)
{
	for (int to_system = 0; to_system < 2; to_system++) {
		struct desk giver, taker;
		open_sharing_course(&giver, true);
		desk_launch(&giver, 1);
		assert_set(&giver, "cmi.objectives.0.success_status", "passed");
		assert_set(&giver, "cmi.objectives.0.score.scaled", "0.7");
		assert_set(&giver, "adl.data.0.store", "for the others");
		desk_leave(&giver);
		struct span globals = globals_of(&giver);
		open_sharing_course(&taker, to_system);
		desk_begin(&taker);
		assert_int_equal(engine_adopt_globals(taker.engine, taker.now++, globals), ENGINE_OK);
		assert_true(desk_go(&taker, NAVIGATION_START, NO_INDEX));
		assert_string_equal(desk_call(&taker, API_INITIALIZE, "", ""), "true");
		if (to_system) {
			assert_get(&taker, "cmi.objectives.0.success_status", "passed");
			assert_get(&taker, "cmi.objectives.0.score.scaled", "0.7");
			assert_get(&taker, "adl.data.0.store", "for the others");
		} else {
			assert_get(&taker, "cmi.objectives.0.success_status", "unknown");
			assert_get_fails(&taker, "adl.data.0.store", 403);
		}
		assert_replays(&taker);
		/* Damaged ones are refused, and nothing of them is taken. */
		for (uint32_t length = 0; length < globals.len; length++) {
			assert_int_equal(engine_adopt_globals(
						 taker.engine, taker.now, (struct span){globals.at, length}),
				ENGINE_BAD_RECORD);
		}
		assert_replays(&taker);
		free((void *)globals.at);
		desk_finish(&giver);
		desk_finish(&taker);
	}
}

/* sharedDataGlobalToSystem false: the data live for one attempt on the package. */
static void scoped_data_end_with_the_attempt(void **state)
{
	struct desk desk;
	open_sharing_course(&desk, false);
	desk_launch(&desk, 1);
	assert_set(&desk, "adl.data.0.store", "of this attempt");
	assert_set(&desk, "cmi.exit", "suspend");
	desk_leave(&desk);
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_RESUME_ALL, NO_INDEX));
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_get(&desk, "adl.data.0.store", "of this attempt");
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
	assert_true(desk_go(&desk, NAVIGATION_EXIT_ALL, NO_INDEX));
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_get_fails(&desk, "adl.data.0.store", 403);
	struct span globals = globals_of(&desk);
	assert_int_equal(globals.len, 7); /* nothing for others */
	free((void *)globals.at);
	desk_finish(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_element_at_the_start),
		cmocka_unit_test(types),
		cmocka_unit_test(editions),
		cmocka_unit_test(thresholds_decide),
		cmocka_unit_test(a_threshold_without_progress),
		cmocka_unit_test(attempts),
		cmocka_unit_test(terminated_then_closed_counts),
		cmocka_unit_test(a_wish_to_stop_claims_nothing),
		cmocka_unit_test(taken_away_without_terminate_resumes),
		cmocka_unit_test(wishes_of_the_content),
		cmocka_unit_test(calls_in_their_time),
		cmocka_unit_test(a_refused_request_leaves_the_sco_running),
		cmocka_unit_test(objectives_survive_suspension),
		cmocka_unit_test(longer_than_the_spm_is_kept),
		cmocka_unit_test(parts_and_members_beyond_the_spm_are_told),
		cmocka_unit_test(a_response_of_very_many_parts),
		cmocka_unit_test(collections_have_limits),
		cmocka_unit_test(empty_texts_are_values),
		cmocka_unit_test(browse_and_review_leave_no_trace),
		cmocka_unit_test(other_courses_see_what_is_global),
		cmocka_unit_test(scoped_data_end_with_the_attempt),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
