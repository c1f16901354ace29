/*
 * What ADL's cases leave out, from the book: selection and randomisation, limits as conditions, jump,
 * editions, constrained choice, exit rules, abandoning, and the exception each refusal gives.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/conformance/courses.h"

#define NO_MEASURE 2.0

static void assert_refused(struct navigation_outcome outcome, enum exception_code exception)
{
	assert_false(outcome.accepted);
	assert_int_equal(outcome.delivered, NO_INDEX);
	struct span got = exception_code_name((enum exception_code)outcome.exception);
	struct span wanted = exception_code_name(exception);
	assert_int_equal(got.len, wanted.len);
	assert_memory_equal(got.at, wanted.at, wanted.len);
}

static void assert_delivered(struct navigation_outcome outcome, uint32_t activity)
{
	assert_true(outcome.accepted);
	assert_int_equal(outcome.delivered, activity);
}

static struct maker *flat_course(enum scorm_edition edition, uint32_t leaves)
{
	struct maker *maker = maker_create(edition);
	uint32_t root = maker_add(maker, NO_INDEX);
	for (uint32_t i = 0; i < leaves; i++) {
		maker_add(maker, root);
	}
	return maker;
}

/* --- SR.1, SR.2 --- */

/* Plays from start to end and notes what was delivered. */
static uint32_t deliveries(struct bench *bench, uint32_t *ret, uint32_t room)
{
	uint32_t count = 0;
	struct navigation_outcome outcome = bench_go(bench, NAVIGATION_START, NO_INDEX);
	while (outcome.delivered != NO_INDEX) {
		assert_true(count < room);
		ret[count++] = outcome.delivered;
		outcome = bench_go(bench, NAVIGATION_CONTINUE, NO_INDEX);
	}
	assert_true(outcome.session_ended);
	return count;
}

static bool ascending(const uint32_t *list, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++) {
		if (list[i] <= list[i - 1]) {
			return false;
		}
	}
	return true;
}

static void test_selection_takes_the_count_in_order(void **unused)
{
	uint32_t seen[11] = {0};
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct maker *maker = flat_course(SCORM_2004_4TH, 10);
		maker_activity(maker, 0)->selection_timing = TIMING_ONCE;
		maker_activity(maker, 0)->has_selection_count = true;
		maker_activity(maker, 0)->selection_count = 4;
		struct bench bench;
		bench_open(&bench, maker_course(maker), seed);
		uint32_t list[11];
		assert_int_equal(deliveries(&bench, list, 11), 4);
		assert_true(ascending(list, 4));
		for (uint32_t i = 0; i < 4; i++) {
			seen[list[i]]++;
		}
		uint32_t again[11];
		assert_int_equal(deliveries(&bench, again, 11), 4);
		assert_memory_equal(list, again, 4 * sizeof(uint32_t)); /* once */
		bench_close(&bench);
		maker_destroy(maker);
	}
	for (uint32_t i = 1; i <= 10; i++) { /* 80 expected of each; far outside is no chance */
		assert_in_range(seen[i], 45, 120);
	}
}

static void test_randomisation_keeps_all(void **unused)
{
	uint32_t shuffled = 0, changed = 0;
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct maker *maker = flat_course(SCORM_2004_4TH, 6);
		maker_activity(maker, 0)->randomization_timing = TIMING_ON_EACH_NEW_ATTEMPT;
		maker_activity(maker, 0)->reorder_children = true;
		struct bench bench;
		bench_open(&bench, maker_course(maker), seed);
		uint32_t first[7], second[7];
		assert_int_equal(deliveries(&bench, first, 7), 6);
		assert_int_equal(deliveries(&bench, second, 7), 6);
		uint32_t sum = 0;
		for (uint32_t i = 0; i < 6; i++) {
			sum += 1u << second[i];
		}
		assert_int_equal(sum, 0x7e);
		shuffled += !ascending(first, 6);
		changed += memcmp(first, second, 6 * sizeof(uint32_t)) != 0;
		bench_close(&bench);
		maker_destroy(maker);
	}
	assert_true(shuffled > 40);
	assert_true(changed > 40);
}

static void test_the_seed_decides(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 9);
	maker_activity(maker, 0)->randomization_timing = TIMING_ONCE;
	maker_activity(maker, 0)->reorder_children = true;
	uint32_t lists[3][10];
	static const uint64_t seeds[] = {11, 11, 12};
	for (int i = 0; i < 3; i++) {
		struct bench bench;
		bench_open(&bench, maker_course(maker), seeds[i]);
		assert_int_equal(deliveries(&bench, lists[i], 10), 9);
		bench_close(&bench);
	}
	assert_memory_equal(lists[0], lists[1], 9 * sizeof(uint32_t));
	assert_memory_not_equal(lists[0], lists[2], 9 * sizeof(uint32_t));
	maker_destroy(maker);
}

static void test_what_is_not_selected_cannot_be_chosen(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 5);
	maker_activity(maker, 0)->selection_timing = TIMING_ONCE;
	maker_activity(maker, 0)->has_selection_count = true;
	maker_activity(maker, 0)->selection_count = 2;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 3);
	uint32_t list[6];
	deliveries(&bench, list, 6);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	for (uint32_t i = 1; i <= 5; i++) {
		bool selected = i == list[0] || i == list[1];
		bool may = sequencing_allows(&bench.tracking, bench.scratch, 1, NAVIGATION_CHOICE, i);
		assert_int_equal(may, selected);
	}
	bench_close(&bench);
	maker_destroy(maker);
}

/* --- Limits (UP.1) --- */

static void test_attempt_limit(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 2);
	maker_activity(maker, 1)->has_attempt_limit = true;
	maker_activity(maker, 1)->attempt_limit = 2;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
	assert_delivered(bench_go(&bench, NAVIGATION_PREVIOUS, NO_INDEX), 1);
	bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
	assert_refused(bench_go(&bench, NAVIGATION_PREVIOUS, NO_INDEX), EXCEPTION_SB_2_2_2);
	bench_close(&bench);
	maker_destroy(maker);
}

/* A suspended attempt goes on and is no new one. */
static void test_attempt_limit_spares_suspended(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 2);
	maker_activity(maker, 1)->has_attempt_limit = true;
	maker_activity(maker, 1)->attempt_limit = 1;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_report(&bench, COMPLETION_INCOMPLETE, SUCCESS_UNKNOWN, NO_MEASURE, true);
	bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
	assert_delivered(bench_go(&bench, NAVIGATION_PREVIOUS, NO_INDEX), 1);
	assert_true(tracking_resumed(&bench.tracking, 1));
	assert_int_equal(bench.tracking.activities[1].attempt_count, 1);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_attempt_limit_as_condition(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 2);
	maker_activity(maker, 1)->has_attempt_limit = true;
	maker_activity(maker, 1)->attempt_limit = 2;
	maker_rule(maker, 1, RULE_POST, ACTION_RETRY, CONDITION_ATTEMPT_LIMIT_EXCEEDED, true);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	assert_delivered(bench_go(&bench, NAVIGATION_START, NO_INDEX), 1);
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 1); /* first retry */
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 2); /* limit reached */
	bench_close(&bench);
	maker_destroy(maker);
}

/* bench_go() moves the clock by a second. */
static void test_time_limit_as_condition(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 2);
	maker_activity(maker, 1)->has_max_time = true;
	maker_activity(maker, 1)->max_time_cs = 150; /* 1.5 seconds */
	maker_rule(maker, 1, RULE_POST, ACTION_RETRY, CONDITION_TIME_LIMIT_EXCEEDED, true);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	assert_delivered(bench_go(&bench, NAVIGATION_START, NO_INDEX), 1);
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 1); /* after 1 s */
	bench.tracking.global->now += 1000;
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 2); /* after 2 s */
	bench_close(&bench);
	maker_destroy(maker);
}

/* --- Jump, and the editions --- */

static void test_jump(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 3);
	maker_activity(maker, 0)->control.choice = false;
	maker_rule(maker, 3, RULE_PRE, ACTION_HIDDEN_FROM_CHOICE, CONDITION_ALWAYS, false);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	assert_refused(bench_go(&bench, NAVIGATION_JUMP, 3), EXCEPTION_NB_2_1_2);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	assert_refused(bench_go(&bench, NAVIGATION_CHOICE, 3), EXCEPTION_NB_2_1_10);
	assert_delivered(bench_go(&bench, NAVIGATION_JUMP, 3), 3); /* neither mode nor rule matters */
	assert_refused(bench_go(&bench, NAVIGATION_JUMP, 0), EXCEPTION_DB_1_1_1);
	assert_refused(bench_go(&bench, NAVIGATION_JUMP, 77), EXCEPTION_NB_2_1_11);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_jump_is_of_the_4th_edition(void **unused)
{
	static const enum scorm_edition editions[] = {SCORM_2004_2ND, SCORM_2004_3RD};
	for (int i = 0; i < 2; i++) {
		struct maker *maker = flat_course(editions[i], 3);
		struct bench bench;
		bench_open(&bench, maker_course(maker), 1);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		assert_refused(bench_go(&bench, NAVIGATION_JUMP, 3), EXCEPTION_NB_2_1_7);
		assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 3), 3);
		bench_close(&bench);
		maker_destroy(maker);
	}
}

static void test_jump_heeds_disabled(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 2);
	maker_rule(maker, 2, RULE_PRE, ACTION_DISABLED, CONDITION_ALWAYS, false);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	assert_refused(bench_go(&bench, NAVIGATION_JUMP, 2), EXCEPTION_DB_1_1_3);
	assert_true(bench.tracking.activities[1].active); /* refused before anything ended */
	bench_close(&bench);
	maker_destroy(maker);
}

/* --- Choice --- */

/* root: A(a b) B(c d) C(e f), activities 1(2 3) 4(5 6) 7(8 9) */
static struct maker *three_clusters(void)
{
	struct maker *maker = maker_create(SCORM_2004_4TH);
	uint32_t root = maker_add(maker, NO_INDEX);
	for (int i = 0; i < 3; i++) {
		uint32_t cluster = maker_add(maker, root);
		maker_add(maker, cluster);
		maker_add(maker, cluster);
	}
	return maker;
}

static void test_prevent_activation(void **unused)
{
	struct maker *maker = three_clusters();
	maker_activity(maker, 4)->prevent_activation = true;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	assert_delivered(bench_go(&bench, NAVIGATION_START, NO_INDEX), 2);
	assert_refused(bench_go(&bench, NAVIGATION_CHOICE, 5), EXCEPTION_SB_2_9_6);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 8), 8);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 4), 5); /* the cluster itself may be chosen */
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 6), 6); /* inside all is free */
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_constrain_choice(void **unused)
{
	struct maker *maker = three_clusters();
	uint32_t far = maker_add(maker, 0);
	maker_activity(maker, 4)->constrain_choice = true;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 5), 5);
	assert_refused(bench_go(&bench, NAVIGATION_CHOICE, far), EXCEPTION_SB_2_9_8);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 6), 6);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 2), 2); /* the cluster before */
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 5), 5);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 9), 9); /* the cluster after */
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, far), far);
	bench_close(&bench);
	maker_destroy(maker);
}

/* The cluster around a constrained one leads to its first leaf, which must be within reach. */
static void test_constrain_choice_around(void **unused)
{
	struct maker *maker = three_clusters();
	maker_activity(maker, 4)->constrain_choice = true;
	maker_activity(maker, 7)->constrain_choice = true;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_go(&bench, NAVIGATION_CHOICE, 5);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 0), 2);
	bench_go(&bench, NAVIGATION_CHOICE, 8);
	assert_refused(bench_go(&bench, NAVIGATION_CHOICE, 0), EXCEPTION_SB_2_9_8);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_choice_exit(void **unused)
{
	struct maker *maker = three_clusters();
	maker_activity(maker, 1)->control.choice_exit = false;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	assert_refused(bench_go(&bench, NAVIGATION_CHOICE, 5), EXCEPTION_NB_2_1_8);
	assert_refused(bench_go(&bench, NAVIGATION_CHOICE, 1), EXCEPTION_NB_2_1_8);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 3), 3);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_stop_forward_traversal(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 3);
	maker_rule(maker, 2, RULE_PRE, ACTION_STOP_FORWARD_TRAVERSAL, CONDITION_COMPLETED, true);
	for (uint32_t i = 1; i <= 3; i++) {
		maker_activity(maker, i)->completion_set_by_content = true;
	}
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 3), 3); /* unknown is not "not completed" */
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 2), 2);
	bench_report(&bench, COMPLETION_INCOMPLETE, SUCCESS_UNKNOWN, NO_MEASURE, false);
	assert_refused(bench_go(&bench, NAVIGATION_CHOICE, 3), EXCEPTION_SB_2_4_1);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 1), 1);
	bench_close(&bench);
	maker_destroy(maker);
}

/* A forward-only cluster entered backward starts at its first child (SB.2.1). */
static void test_backward_into_forward_only(void **unused)
{
	struct maker *maker = three_clusters();
	maker_activity(maker, 1)->control.forward_only = true;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_go(&bench, NAVIGATION_CHOICE, 5);
	assert_delivered(bench_go(&bench, NAVIGATION_PREVIOUS, NO_INDEX), 2);
	bench_close(&bench);
	maker_destroy(maker);
}

/* --- Termination --- */

static void test_exit_rule_of_the_outermost_cluster(void **unused)
{
	struct maker *maker = three_clusters();
	maker_rule(maker, 1, RULE_EXIT, ACTION_EXIT, CONDITION_ATTEMPTED, false);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	assert_delivered(bench_go(&bench, NAVIGATION_START, NO_INDEX), 2);
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 5); /* 3 is passed over */
	assert_false(bench.tracking.activities[1].active);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_exit_parent_then_its_own_rules(void **unused)
{
	struct maker *maker = three_clusters();
	maker_rule(maker, 1, RULE_POST, ACTION_RETRY, CONDITION_ATTEMPT_LIMIT_EXCEEDED, true);
	maker_activity(maker, 1)->has_attempt_limit = true;
	maker_activity(maker, 1)->attempt_limit = 2;
	maker_rule(maker, 2, RULE_POST, ACTION_EXIT_PARENT, CONDITION_ALWAYS, false);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	assert_delivered(bench_go(&bench, NAVIGATION_START, NO_INDEX), 2);
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 2); /* the cluster is tried again */
	assert_int_equal(bench.tracking.activities[1].attempt_count, 2);
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 5);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_retry_all_begins_anew(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 2);
	maker_rule(maker, 2, RULE_POST, ACTION_RETRY_ALL, CONDITION_ALWAYS, false);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 1);
	assert_int_equal(bench.tracking.activities[0].attempt_count, 2);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_abandon_leaves_nothing(void **unused)
{
	struct maker *maker = flat_course(SCORM_2004_4TH, 2);
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_PASSED, 0.5, false);
	struct navigation_outcome outcome = bench_go(&bench, NAVIGATION_ABANDON, NO_INDEX);
	assert_true(outcome.accepted);
	assert_false(outcome.session_ended);
	struct objective_values left = tracking_results(&bench.tracking, 1);
	assert_int_equal(left.completion, COMPLETION_UNKNOWN);
	assert_int_equal(left.success, SUCCESS_UNKNOWN);
	assert_false(left.has_measure);
	assert_refused(bench_go(&bench, NAVIGATION_ABANDON, NO_INDEX), EXCEPTION_NB_2_1_12);
	assert_delivered(bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX), 2);
	outcome = bench_go(&bench, NAVIGATION_ABANDON_ALL, NO_INDEX);
	assert_true(outcome.session_ended);
	bench_close(&bench);
	maker_destroy(maker);
}

static void test_suspend_and_resume_all(void **unused)
{
	struct maker *maker = three_clusters();
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	assert_refused(bench_go(&bench, NAVIGATION_RESUME_ALL, NO_INDEX), EXCEPTION_NB_2_1_3);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_go(&bench, NAVIGATION_CHOICE, 6);
	assert_true(bench_go(&bench, NAVIGATION_SUSPEND_ALL, NO_INDEX).session_ended);
	assert_delivered(bench_go(&bench, NAVIGATION_RESUME_ALL, NO_INDEX), 6);
	assert_true(tracking_resumed(&bench.tracking, 6));
	assert_int_equal(bench.tracking.activities[4].attempt_count, 1);
	assert_refused(bench_go(&bench, NAVIGATION_START, NO_INDEX), EXCEPTION_NB_2_1_1);
	bench_close(&bench);
	maker_destroy(maker);
}

/* Another activity than the suspended one: the suspended branch is no longer suspended (DB.2.1). */
static void test_start_elsewhere_clears_suspension(void **unused)
{
	struct maker *maker = three_clusters();
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_go(&bench, NAVIGATION_CHOICE, 6);
	bench_go(&bench, NAVIGATION_SUSPEND_ALL, NO_INDEX);
	assert_delivered(bench_go(&bench, NAVIGATION_CHOICE, 9), 9);
	assert_false(bench.tracking.activities[6].suspended);
	assert_false(bench.tracking.activities[4].suspended);
	assert_int_equal(bench.tracking.global->suspended, NO_INDEX);
	bench_close(&bench);
	maker_destroy(maker);
}

/* objectivesGlobalToSystem false: they last as long as the attempt on the package. */
static void test_scoped_objectives(void **unused)
{
	for (int to_system = 0; to_system < 2; to_system++) {
		struct maker *maker = flat_course(SCORM_2004_4TH, 2);
		maker->course.objectives_global_to_system = to_system;
		maker_objective(maker, 1);
		maker_map(maker, 1, "shared")->write_satisfied_status = true;
		struct bench bench;
		bench_open(&bench, maker_course(maker), 1);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_PASSED, NO_MEASURE, false);
		bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
		bench_go(&bench, NAVIGATION_SUSPEND_ALL, NO_INDEX);
		bench_go(&bench, NAVIGATION_RESUME_ALL, NO_INDEX);
		assert_int_equal(bench.tracking.globals[0].success, SUCCESS_PASSED);
		bench_go(&bench, NAVIGATION_EXIT_ALL, NO_INDEX);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		assert_int_equal(
			bench.tracking.globals[0].success, to_system ? SUCCESS_PASSED : SUCCESS_UNKNOWN);
		bench_close(&bench);
		maker_destroy(maker);
	}
}

static void test_every_exception_has_a_name(void **unused)
{
	for (int code = EXCEPTION_NONE + 1; code < EXCEPTION_MAX; code++) {
		assert_true(exception_code_name((enum exception_code)code).len >= 6);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_selection_takes_the_count_in_order),
		cmocka_unit_test(test_randomisation_keeps_all),
		cmocka_unit_test(test_the_seed_decides),
		cmocka_unit_test(test_what_is_not_selected_cannot_be_chosen),
		cmocka_unit_test(test_attempt_limit),
		cmocka_unit_test(test_attempt_limit_spares_suspended),
		cmocka_unit_test(test_attempt_limit_as_condition),
		cmocka_unit_test(test_time_limit_as_condition),
		cmocka_unit_test(test_jump),
		cmocka_unit_test(test_jump_is_of_the_4th_edition),
		cmocka_unit_test(test_jump_heeds_disabled),
		cmocka_unit_test(test_prevent_activation),
		cmocka_unit_test(test_constrain_choice),
		cmocka_unit_test(test_constrain_choice_around),
		cmocka_unit_test(test_choice_exit),
		cmocka_unit_test(test_stop_forward_traversal),
		cmocka_unit_test(test_backward_into_forward_only),
		cmocka_unit_test(test_exit_rule_of_the_outermost_cluster),
		cmocka_unit_test(test_exit_parent_then_its_own_rules),
		cmocka_unit_test(test_retry_all_begins_anew),
		cmocka_unit_test(test_abandon_leaves_nothing),
		cmocka_unit_test(test_suspend_and_resume_all),
		cmocka_unit_test(test_start_elsewhere_clears_suspension),
		cmocka_unit_test(test_scoped_objectives),
		cmocka_unit_test(test_every_exception_has_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
