/* SCORM 1.2 RTE 3.4: every element of the data model, with every error code that it can give. */
#include "player/engine/text.h"
#include "tests/engine/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct draft draft;

static struct desk launched(void)
{
	struct desk desk;
	draft_init(&draft, SCORM_12, 1);
	draft.activities[1].data_from_lms = text("chapter=3");
	draft.activities[1].has_mastery_score = true;
	draft.activities[1].mastery_score = 80;
	draft.activities[1].has_max_time = true;
	draft.activities[1].max_time_cs = 90 * 6000;
	draft.activities[1].time_limit_action = TIME_LIMIT_EXIT_MESSAGE;
	desk_init(&desk, &draft);
	desk_launch(&desk, 1);
	return desk;
}

/* What GetValue gives at first: a value, or an error. */
static void every_element_at_the_start(void **state)
{
	static const struct {
		const char *element, *value;
		unsigned error;
	} rows[] = {
		{"cmi._version", "3.4", 0},
		{"cmi.core._children",
			"student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,"
			"lesson_mode,"
			"exit,session_time",
			0},
		{"cmi.core.student_id", "rossi.maria", 0},
		{"cmi.core.student_name", "Rossi, Maria", 0},
		{"cmi.core.lesson_location", "", 0},
		{"cmi.core.credit", "credit", 0},
		{"cmi.core.lesson_status", "not attempted", 0},
		{"cmi.core.entry", "ab-initio", 0},
		{"cmi.core.score._children", "raw,min,max", 0},
		{"cmi.core.score.raw", "", 0},
		{"cmi.core.score.max", "", 0},
		{"cmi.core.score.min", "", 0},
		{"cmi.core.total_time", "0000:00:00.00", 0},
		{"cmi.core.lesson_mode", "normal", 0},
		{"cmi.core.exit", "", 404},
		{"cmi.core.session_time", "", 404},
		{"cmi.suspend_data", "", 0},
		{"cmi.launch_data", "chapter=3", 0},
		{"cmi.comments", "", 0},
		{"cmi.comments_from_lms", "", 0},
		{"cmi.objectives._children", "id,score,status", 0},
		{"cmi.objectives._count", "0", 0},
		{"cmi.objectives.0.id", "", 201},
		{"cmi.objectives.0.score.raw", "", 201},
		{"cmi.student_data._children", "mastery_score,max_time_allowed,time_limit_action", 0},
		{"cmi.student_data.mastery_score", "80", 0},
		{"cmi.student_data.max_time_allowed", "0001:30:00.00", 0},
		{"cmi.student_data.time_limit_action", "exit,message", 0},
		{"cmi.student_preference._children", "audio,language,speed,text", 0},
		{"cmi.student_preference.audio", "0", 0},
		{"cmi.student_preference.language", "it", 0},
		{"cmi.student_preference.speed", "0", 0},
		{"cmi.student_preference.text", "0", 0},
		{"cmi.interactions._children",
			"id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
			0},
		{"cmi.interactions._count", "0", 0},
		{"cmi.interactions.0.id", "", 201},
		/* What is no element */
		{"", "", 201},
		{"cmi", "", 401},
		{"core.student_id", "", 201},
		{"cmi.core", "", 401},
		{"cmi.nothing", "", 401},
		{"cmi.core.nothing", "", 401},
		{"cmi.objectives", "", 401},
		{"cmi.interactions.x.id", "", 401},
		{"cmi.core.student_id._children", "", 202},
		{"cmi.suspend_data._children", "", 202},
		{"cmi.core._count", "", 203},
		{"cmi.core.score._count", "", 203},
		{"cmi.core.lesson_status._count", "", 203},
		{"cmi.core.student_id._version", "", 401},
		{"adl.nav.request", "", 201},
	};
	struct desk desk = launched();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_string_equal(desk_get(&desk, rows[i].element), rows[i].value);
		if (desk_error(&desk) != rows[i].error) {
			fail_msg("%s: error %u", rows[i].element, desk_error(&desk));
		}
	}
	desk_finish(&desk);
}

/* SetValue of every element: right and wrong values. 0 and readable: GetValue gives it back. */
static void every_element_set(void **state)
{
	static const struct {
		const char *element, *value;
		unsigned error, get_error;
	} rows[] = {
		{"cmi._version", "3.4", 402, 0},
		{"cmi.core._children", "x", 402, 0},
		{"cmi.core.student_id", "x", 403, 0},
		{"cmi.core.student_name", "x", 403, 0},
		{"cmi.core.lesson_location", "page 7", 0, 0},
		{"cmi.core.lesson_location", "", 0, 0},
		{"cmi.core.credit", "credit", 403, 0},
		{"cmi.core.lesson_status", "incomplete", 0, 0},
		{"cmi.core.lesson_status", "completed", 0, 0},
		{"cmi.core.lesson_status", "passed", 0, 0},
		{"cmi.core.lesson_status", "failed", 0, 0},
		{"cmi.core.lesson_status", "browsed", 0, 0},
		{"cmi.core.lesson_status", "not attempted", 405, 0}, /* only the LMS says so */
		{"cmi.core.lesson_status", "Completed", 405, 0},
		{"cmi.core.lesson_status", "", 405, 0},
		{"cmi.core.entry", "resume", 403, 0},
		{"cmi.core.score._children", "raw", 402, 0},
		{"cmi.core.score.raw", "0", 0, 0},
		{"cmi.core.score.raw", "100", 0, 0},
		{"cmi.core.score.raw", "85.25", 0, 0},
		{"cmi.core.score.raw", "", 0, 0},
		{"cmi.core.score.raw", "100.5", 405, 0},
		{"cmi.core.score.raw", "-1", 405, 0},
		{"cmi.core.score.raw", "85,5", 405, 0},
		{"cmi.core.score.raw", "good", 405, 0},
		{"cmi.core.score.raw", "1e1", 405, 0},
		{"cmi.core.score.max", "100", 0, 0},
		{"cmi.core.score.max", "101", 405, 0},
		{"cmi.core.score.min", "0", 0, 0},
		{"cmi.core.score.min", "x", 405, 0},
		{"cmi.core.total_time", "0000:00:01.00", 403, 0},
		{"cmi.core.lesson_mode", "normal", 403, 0},
		{"cmi.core.exit", "time-out", 0, 404},
		{"cmi.core.exit", "suspend", 0, 404},
		{"cmi.core.exit", "logout", 0, 404},
		{"cmi.core.exit", "", 0, 404},
		{"cmi.core.exit", "normal", 405, 404}, /* a word of SCORM 2004 */
		{"cmi.core.exit", "later", 405, 404},
		{"cmi.core.session_time", "0001:02:03.04", 0, 404},
		{"cmi.core.session_time", "00:00:10", 0, 404},
		{"cmi.core.session_time", "1:00:00", 0, 404},     /* one digit of hours occurs */
		{"cmi.core.session_time", "12345:00:00", 0, 404}, /* and more than 9,999 hours */
		{"cmi.core.session_time", "00:00:10.5", 0, 404},
		{"cmi.core.session_time", "00:00:10.555", 405, 404},
		{"cmi.core.session_time", "00:1:10", 405, 404},
		{"cmi.core.session_time", "PT1H", 405, 404},
		{"cmi.core.session_time", "", 405, 404},
		{"cmi.suspend_data", "a=1|b=2", 0, 0},
		{"cmi.suspend_data", "", 0, 0},
		{"cmi.launch_data", "x", 403, 0},
		{"cmi.comments", "well done", 0, 0},
		{"cmi.comments_from_lms", "x", 403, 0},
		{"cmi.objectives._children", "x", 402, 0},
		{"cmi.objectives._count", "1", 402, 0},
		{"cmi.objectives.1.id", "o2", 201, 201}, /* the first is number 0 */
		{"cmi.objectives.0.id", "", 405, 201},
		{"cmi.objectives.0.id", "two words", 405, 201},
		{"cmi.objectives.0.id", "o1", 0, 0},
		{"cmi.objectives.0.id", "o1-changed", 0, 0},
		{"cmi.objectives.1.status", "passed", 0, 0}, /* a member begins with any element */
		{"cmi.objectives.0.score._children", "x", 402, 0},
		{"cmi.objectives.0.score.raw", "50", 0, 0},
		{"cmi.objectives.0.score.raw", "500", 405, 0},
		{"cmi.objectives.0.score.max", "100", 0, 0},
		{"cmi.objectives.0.score.max", "a", 405, 0},
		{"cmi.objectives.0.score.min", "0", 0, 0},
		{"cmi.objectives.0.score.min", "-5", 405, 0},
		{"cmi.objectives.0.status", "not attempted", 0, 0},
		{"cmi.objectives.0.status", "failed", 0, 0},
		{"cmi.objectives.0.status", "bad", 405, 0},
		{"cmi.student_data._children", "x", 402, 0},
		{"cmi.student_data.mastery_score", "10", 403, 0},
		{"cmi.student_data.max_time_allowed", "0001:00:00", 403, 0},
		{"cmi.student_data.time_limit_action", "exit,message", 403, 0},
		{"cmi.student_preference._children", "x", 402, 0},
		{"cmi.student_preference.audio", "-1", 0, 0},
		{"cmi.student_preference.audio", "100", 0, 0},
		{"cmi.student_preference.audio", "101", 405, 0},
		{"cmi.student_preference.audio", "1.5", 405, 0},
		{"cmi.student_preference.language", "english", 0, 0},
		{"cmi.student_preference.language", "", 0, 0},
		{"cmi.student_preference.speed", "-100", 0, 0},
		{"cmi.student_preference.speed", "-101", 405, 0},
		{"cmi.student_preference.text", "1", 0, 0},
		{"cmi.student_preference.text", "2", 405, 0},
		{"cmi.interactions._children", "x", 402, 0},
		{"cmi.interactions._count", "1", 402, 0},
		{"cmi.interactions.1.id", "q2", 201, 201},
		{"cmi.interactions.0.id", "q 1", 405, 201},
		{"cmi.interactions.0.id", "q1", 0, 404},
		{"cmi.interactions.0.objectives._count", "1", 402, 0},
		{"cmi.interactions.0.objectives.1.id", "o1", 201, 201},
		{"cmi.interactions.0.objectives.0.id", "o1", 0, 404},
		{"cmi.interactions.0.objectives.0.id", "", 405, 404},
		{"cmi.interactions.0.time", "10:20:30", 0, 404},
		{"cmi.interactions.0.time", "10:20:30.25", 0, 404},
		{"cmi.interactions.0.time", "24:00:00", 405, 404},
		{"cmi.interactions.0.time", "10:20", 405, 404},
		{"cmi.interactions.0.type", "essay", 405, 404},
		{"cmi.interactions.0.correct_responses._count", "1", 402, 0},
		{"cmi.interactions.0.correct_responses.1.pattern", "t", 201, 201},
		{"cmi.interactions.0.weighting", "2.5", 0, 404},
		{"cmi.interactions.0.weighting", "", 405, 404},
		{"cmi.interactions.0.weighting", "heavy", 405, 404},
		{"cmi.interactions.0.result", "correct", 0, 404},
		{"cmi.interactions.0.result", "wrong", 0, 404},
		{"cmi.interactions.0.result", "incorrect", 0, 404}, /* 2004's word; tools write it here too */
		{"cmi.interactions.0.result", "unanticipated", 0, 404},
		{"cmi.interactions.0.result", "neutral", 0, 404},
		{"cmi.interactions.0.result", "0.5", 0, 404},
		{"cmi.interactions.0.result", "maybe", 405, 404},
		{"cmi.interactions.0.latency", "00:00:05.50", 0, 404},
		{"cmi.interactions.0.latency", "5s", 405, 404},
		{"", "x", 201, 201},
		{"cmi.nothing", "x", 401, 401},
		{"cmi.core", "x", 401, 401},
		{"nothing", "x", 201, 201},
	};
	struct desk desk = launched();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool done = desk_set(&desk, rows[i].element, rows[i].value);
		unsigned error = desk_error(&desk);
		if (error != rows[i].error || done != (error == 0)) {
			fail_msg("SetValue %s \"%s\": error %u", rows[i].element, rows[i].value, error);
		}
		const char *got = desk_get(&desk, rows[i].element);
		assert_int_equal(desk_error(&desk), rows[i].get_error);
		if (done && rows[i].get_error == 0) {
			assert_string_equal(got, rows[i].value);
		}
	}
	assert_get(&desk, "cmi.objectives._count", "2");
	assert_get(&desk, "cmi.interactions._count", "1");
	assert_get(&desk, "cmi.interactions.0.objectives._count", "1");
	assert_get(&desk, "cmi.interactions.0.correct_responses._count", "0");
	assert_replays(&desk);
	desk_finish(&desk);
}

/* RTE 3.4.4, CMIFeedback: what a response may be depends on the interaction's type. */
static void responses_by_type(void **state)
{
	static const struct {
		const char *type, *right[5], *wrong[5];
	} rows[] = {
		{"true-false", {"t", "f", "0", "1", "true"}, {"yes", "", "tt"}},
		{"choice", {"a", "a,b", "{a,b}", "1", ""}, {"ab", "a,,b", "a b"}},
		{"fill-in", {"any thing", "", "1,2"}, {NULL}},
		{"matching", {"1.a", "1.a,2.b", "{1.a,2.b}", ""}, {"1a", "1.a,2", "12.a"}},
		{"performance", {"whatever was done", ""}, {NULL}},
		{"likert", {"5", "a", ""}, {"55", "?"}},
		{"sequencing", {"a,c,b", "1"}, {"", "a,"}},
		{"numeric", {"3", "-3.25"}, {"", "three", "1,5"}},
	};
	struct desk desk = launched();
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char type[64], response[64], pattern[64];
		snprintf(type, sizeof(type), "cmi.interactions.%zu.type", i);
		snprintf(response, sizeof(response), "cmi.interactions.%zu.student_response", i);
		snprintf(pattern, sizeof(pattern), "cmi.interactions.%zu.correct_responses.0.pattern", i);
		assert_set(&desk, type, rows[i].type);
		for (size_t k = 0; k < 5 && rows[i].right[k]; k++) {
			assert_set(&desk, response, rows[i].right[k]);
			assert_set(&desk, pattern, rows[i].right[k]);
		}
		for (size_t k = 0; k < 5 && rows[i].wrong[k]; k++) {
			assert_set_fails(&desk, response, rows[i].wrong[k], 405);
			assert_set_fails(&desk, pattern, rows[i].wrong[k], 405);
		}
		assert_get_fails(&desk, response, 404);
		assert_get_fails(&desk, pattern, 404);
	}
	desk_finish(&desk);
}

/* The book's 4,096 characters are what must be kept; courses write more (Xerte, Evolve, up to 80,000). */
static void suspend_data_beyond_the_spm(void **state)
{
	static const size_t sizes[] = {4096, 4097, 64000, 80000, 1u << 20};
	struct desk desk = launched();
	char *value = malloc((1u << 20) + 2);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		memset(value, 'a' + (int)i, sizes[i]);
		value[sizes[i]] = '\0';
		assert_set(&desk, "cmi.suspend_data", value);
		assert_get(&desk, "cmi.suspend_data", value);
		engine_journal_taken(desk.engine, UINT64_MAX);
	}
	memset(value, 'z', (1u << 20) + 1);
	value[(1u << 20) + 1] = '\0';
	assert_set_fails(&desk, "cmi.suspend_data", value, 101);
	assert_string_equal(desk_get(&desk, "cmi.suspend_data") + (1u << 20) - 1, "e");
	free(value);
	desk_finish(&desk);
}

/* Characters are counted, not bytes; the longest is remembered, also by whoever replays or restores. */
static void values_beyond_the_spm_are_counted(void **state)
{
	struct overlong_element rows[4];
	struct desk desk = launched(), twin;
	char value[3 * 256 + 1];
	for (size_t i = 0; i < 256; i++) {
		memcpy(value + 3 * i, "\xe2\x82\xac", 3);
	}
	value[3 * 255] = '\0';
	assert_set(&desk, "cmi.core.lesson_location", value);
	assert_int_equal(engine_overlong(desk.engine, rows, 4), 0);
	value[3 * 255] = '\xe2';
	value[3 * 256] = '\0';
	assert_set(&desk, "cmi.core.lesson_location", value);
	assert_set_fails(&desk, "cmi.core.exit", value, 405);
	assert_int_equal(engine_overlong(desk.engine, NULL, 0), 1);
	assert_int_equal(engine_overlong(desk.engine, rows, 4), 1);
	assert_true(span_equal(rows[0].element, text("cmi.core.lesson_location")));
	assert_int_equal(rows[0].length, 256);
	assert_int_equal(rows[0].permitted, 255);
	desk_twin(&twin, &desk);
	assert_int_equal(engine_replay(twin.engine, engine_journal(desk.engine), NULL), ENGINE_OK);
	assert_int_equal(engine_overlong(twin.engine, rows, 4), 1);
	desk_finish(&twin);
	desk_twin(&twin, &desk);
	struct span snapshot = desk_snapshot(&desk);
	assert_int_equal(engine_restore(twin.engine, snapshot), ENGINE_OK);
	assert_int_equal(engine_overlong(twin.engine, rows, 4), 1);
	assert_int_equal(rows[0].length, 256);
	free((void *)(uintptr_t)snapshot.at);
	desk_finish(&twin);
	desk_finish(&desk);
}

/* RTE 3.3: the API's own errors. */
static void calls_in_their_time(void **state)
{
	struct desk desk;
	draft_init(&draft, SCORM_12, 1);
	desk_init(&desk, &draft);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "false"); /* nothing is launched */
	assert_int_equal(desk_error(&desk), 101);
	desk_begin(&desk);
	assert_true(desk_go(&desk, NAVIGATION_START, NO_INDEX));
	assert_get_fails(&desk, "cmi.core.student_id", 301);
	assert_set_fails(&desk, "cmi.core.lesson_location", "1", 301);
	assert_string_equal(desk_call(&desk, API_COMMIT, "", ""), "false");
	assert_int_equal(desk_error(&desk), 301);
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 301);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "x", ""), "false");
	assert_int_equal(desk_error(&desk), 201);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	assert_int_equal(desk_error(&desk), 0);
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 101);
	assert_string_equal(desk_call(&desk, API_COMMIT, "x", ""), "false");
	assert_int_equal(desk_error(&desk), 201);
	assert_string_equal(desk_call(&desk, API_COMMIT, "", ""), "true");
	assert_string_equal(desk_call(&desk, API_TERMINATE, "x", ""), "false");
	assert_int_equal(desk_error(&desk), 201);
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "true");
	assert_get_fails(&desk, "cmi.core.student_id", 301);
	assert_set_fails(&desk, "cmi.core.lesson_location", "1", 301);
	assert_string_equal(desk_call(&desk, API_TERMINATE, "", ""), "false");
	assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "false");
	assert_int_equal(desk_error(&desk), 101);
	desk_finish(&desk);
}

static void error_texts(void **state)
{
	static const char *const codes[] = {
		"0", "101", "201", "202", "203", "301", "401", "402", "403", "404", "405"};
	struct desk desk = launched();
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		const char *told = desk_call(&desk, API_GET_ERROR_STRING, codes[i], "");
		assert_true(strlen(told) > 0 && strlen(told) < 256);
	}
	assert_string_equal(desk_call(&desk, API_GET_ERROR_STRING, "0", ""), "No error");
	assert_string_equal(desk_call(&desk, API_GET_ERROR_STRING, "999", ""), "");
	assert_string_equal(desk_call(&desk, API_GET_ERROR_STRING, "abc", ""), "");
	assert_set_fails(&desk, "cmi.core.lesson_status", "done", 405);
	/* Asking changes nothing; the diagnostic names the element. */
	assert_string_equal(
		desk_call(&desk, API_GET_DIAGNOSTIC, "", ""), "Incorrect data type: cmi.core.lesson_status");
	assert_string_equal(desk_call(&desk, API_GET_DIAGNOSTIC, "405", ""),
		"Incorrect data type: cmi.core.lesson_status");
	assert_int_equal(desk_error(&desk), 405);
	/* And success resets the error. */
	assert_get(&desk, "cmi.core.lesson_status", "not attempted");
	desk_finish(&desk);
}

/* Values are kept after LMSCommit (chamilo #2063), and numbers are given as texts. */
static void values_outlive_a_commit(void **state)
{
	struct desk desk = launched();
	assert_set(&desk, "cmi.core.lesson_location", "42");
	assert_string_equal(desk_call(&desk, API_COMMIT, "", ""), "true");
	assert_get(&desk, "cmi.core.lesson_location", "42");
	assert_get(&desk, "cmi.objectives._count", "0");
	desk_finish(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_element_at_the_start),
		cmocka_unit_test(every_element_set),
		cmocka_unit_test(responses_by_type),
		cmocka_unit_test(suspend_data_beyond_the_spm),
		cmocka_unit_test(values_beyond_the_spm_are_counted),
		cmocka_unit_test(calls_in_their_time),
		cmocka_unit_test(error_texts),
		cmocka_unit_test(values_outlive_a_commit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
