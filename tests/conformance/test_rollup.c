/* Rollup, case by case from SN 3.7 and 4.6: RB.1.1 to RB.1.5. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/conformance/courses.h"

#define NO_MEASURE 2.0

/* What one SCO says; `skipped` SCOs are never delivered. */
struct said {
	enum completion_status completion;
	enum success_status success;
	double measure;
	bool suspend;
};

/* A root with `count` leaves that set their own status. */
static struct maker *flat_course(uint32_t count)
{
	struct maker *maker = maker_create(SCORM_2004_4TH);
	uint32_t root = maker_add(maker, NO_INDEX);
	for (uint32_t i = 0; i < count; i++) {
		uint32_t leaf = maker_add(maker, root);
		maker_activity(maker, leaf)->completion_set_by_content = true;
		maker_activity(maker, leaf)->objective_set_by_content = true;
	}
	return maker;
}

/* Plays the leaves from the first on and returns what the root has come to. */
static struct objective_values play(struct maker *maker, const struct said *said, uint32_t count)
{
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	struct navigation_outcome outcome = bench_go(&bench, NAVIGATION_START, NO_INDEX);
	for (uint32_t i = 0; i < count; i++) {
		assert_true(outcome.accepted);
		bench_report(&bench, said[i].completion, said[i].success, said[i].measure, said[i].suspend);
		outcome = i + 1 < count ? bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX)
					: bench_go(&bench, NAVIGATION_EXIT, NO_INDEX);
	}
	struct objective_values results = tracking_results(&bench.tracking, 0);
	bench_close(&bench);
	return results;
}

static const struct said passed = {COMPLETION_COMPLETED, SUCCESS_PASSED, NO_MEASURE, false};
static const struct said failed = {COMPLETION_COMPLETED, SUCCESS_FAILED, NO_MEASURE, false};
static const struct said incomplete = {COMPLETION_INCOMPLETE, SUCCESS_UNKNOWN, NO_MEASURE, false};
static const struct said silent = {COMPLETION_UNKNOWN, SUCCESS_UNKNOWN, NO_MEASURE, false};

/* The default rules: satisfied when all are, not satisfied when all are known, else as before. */
static void test_default_rules(void **unused)
{
	const struct {
		struct said said[2];
		enum completion_status completion;
		enum success_status success;
	} rows[] = {
		{{passed, passed}, COMPLETION_COMPLETED, SUCCESS_PASSED},
		{{passed, failed}, COMPLETION_COMPLETED, SUCCESS_FAILED},
		{{failed, passed}, COMPLETION_COMPLETED, SUCCESS_FAILED},
		{{passed, silent}, COMPLETION_UNKNOWN, SUCCESS_UNKNOWN},
		{{passed, incomplete}, COMPLETION_INCOMPLETE, SUCCESS_UNKNOWN},
		{{silent, silent}, COMPLETION_UNKNOWN, SUCCESS_UNKNOWN},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct maker *maker = flat_course(2);
		struct objective_values root = play(maker, rows[i].said, 2);
		assert_int_equal(root.completion, rows[i].completion);
		assert_int_equal(root.success, rows[i].success);
		maker_destroy(maker);
	}
}

/* A silent SCO counts as completed and satisfied where the content does not set it (SN 3.13). */
static void test_silence_is_success(void **unused)
{
	struct maker *maker = flat_course(2);
	for (uint32_t i = 1; i <= 2; i++) {
		maker_activity(maker, i)->completion_set_by_content = false;
		maker_activity(maker, i)->objective_set_by_content = false;
	}
	struct objective_values root = play(maker, (struct said[]){silent, silent}, 2);
	assert_int_equal(root.completion, COMPLETION_COMPLETED);
	assert_int_equal(root.success, SUCCESS_PASSED);
	maker_destroy(maker);
}

/* RB.1.4: each child activity set, on two of three children passed. */
static void test_child_sets(void **unused)
{
	static const struct {
		enum child_activity_set set;
		double minimum;
		bool fires;
	} rows[] = {
		{CHILDREN_ALL, 0, false},
		{CHILDREN_ANY, 0, true},
		{CHILDREN_NONE, 0, false},
		{CHILDREN_AT_LEAST_COUNT, 2, true},
		{CHILDREN_AT_LEAST_COUNT, 3, false},
		{CHILDREN_AT_LEAST_PERCENT, 0.6, true},
		{CHILDREN_AT_LEAST_PERCENT, 0.9, false},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct maker *maker = flat_course(3);
		maker_rollup_rule(
			maker, 0, ROLLUP_SATISFIED, rows[i].set, rows[i].minimum, CONDITION_SATISFIED, false);
		struct objective_values root = play(maker, (struct said[]){passed, failed, passed}, 3);
		assert_int_equal(root.success, rows[i].fires ? SUCCESS_PASSED : SUCCESS_UNKNOWN);
		maker_destroy(maker);
	}
}

/* Unknown is neither true nor false: "none satisfied" waits until all are known. */
static void test_none_needs_knowledge(void **unused)
{
	struct maker *maker = flat_course(2);
	maker_rollup_rule(maker, 0, ROLLUP_NOT_SATISFIED, CHILDREN_NONE, 0, CONDITION_SATISFIED, false);
	assert_int_equal(play(maker, (struct said[]){failed, silent}, 2).success, SUCCESS_UNKNOWN);
	assert_int_equal(play(maker, (struct said[]){failed, failed}, 2).success, SUCCESS_FAILED);
	maker_destroy(maker);
}

/* RB.1.1 a: weighted mean; a child without a measure counts as 0 once another has one. */
static void test_measure(void **unused)
{
	static const struct {
		double weights[2], measures[2];
		bool known;
		double expected;
	} rows[] = {
		{{1, 1}, {1.0, 0.5}, true, 0.75},
		{{1, 0.5}, {0.5, -1.0}, true, 0},
		{{1, 1}, {0.5, NO_MEASURE}, true, 0.25},
		{{0, 1}, {0.5, 0.25}, true, 0.25},
		{{0, 0}, {0.5, 0.25}, false, 0},
		{{1, 1}, {NO_MEASURE, NO_MEASURE}, false, 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct maker *maker = flat_course(2);
		struct said said[2];
		for (uint32_t k = 0; k < 2; k++) {
			maker_activity(maker, k + 1)->objective_measure_weight = rows[i].weights[k];
			said[k] = silent;
			said[k].measure = rows[i].measures[k];
		}
		struct objective_values root = play(maker, said, 2);
		assert_int_equal(root.has_measure, rows[i].known);
		assert_true(!rows[i].known || root.measure == rows[i].expected);
		maker_destroy(maker);
	}
}

/* Where no child has a measure the cluster's is 0 for rules, and unknown for whoever looks. */
static void test_no_measure_at_all(void **unused)
{
	struct maker *maker = flat_course(2);
	struct objective *objective = maker_objective(maker, 0);
	objective->satisfied_by_measure = true;
	objective->minimum_normalized_measure = 0.6;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_PASSED, NO_MEASURE, false);
	bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
	const struct objective_values *own = &bench.tracking.slots[bench.layout.first_slot[0]];
	assert_true(own->has_measure && own->measure == 0 && own->success == SUCCESS_FAILED);
	assert_true(own->has_progress && own->progress == 0);
	struct objective_values told = tracking_results(&bench.tracking, 0);
	assert_false(told.has_measure);
	assert_false(told.has_progress);
	assert_int_equal(told.success, SUCCESS_UNKNOWN);
	bench_close(&bench);
	maker_destroy(maker);
}

/* A measure read from a global objective decides the status of who reads it, also of an activity never attempted;
 * and that status is written on. */
static void test_read_measure_is_written_on_as_status(void **unused)
{
	static const struct {
		double measure;
		enum success_status expected;
	} rows[] = {{0.75, SUCCESS_PASSED}, {0.25, SUCCESS_FAILED}, {NO_MEASURE, SUCCESS_UNKNOWN}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct maker *maker = flat_course(2);
		maker_objective(maker, 1);
		maker_map(maker, 1, "measure")->write_normalized_measure = true;
		struct objective *objective = maker_objective(maker, 2);
		objective->satisfied_by_measure = true;
		objective->minimum_normalized_measure = 0.5;
		maker_map(maker, 2, "measure")->read_normalized_measure = true;
		maker_map(maker, 2, "status")->write_satisfied_status = true;
		struct bench bench;
		bench_open(&bench, maker_course(maker), 1);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_UNKNOWN, rows[i].measure, false);
		bench_go(&bench, NAVIGATION_EXIT, NO_INDEX);
		assert_int_equal(bench.tracking.globals[1].success, rows[i].expected);
		bench_close(&bench);
		maker_destroy(maker);
	}
}

/* RB.1.2 a: the cluster's status follows its measure, whatever its children's statuses. */
static void test_satisfied_by_measure(void **unused)
{
	struct maker *maker = flat_course(2);
	struct objective *objective = maker_objective(maker, 0);
	objective->satisfied_by_measure = true;
	objective->minimum_normalized_measure = 0.6;
	struct said good = failed, bad = passed;
	good.measure = 0.9;
	bad.measure = 0.2;
	assert_int_equal(play(maker, (struct said[]){good, good}, 2).success, SUCCESS_PASSED);
	assert_int_equal(play(maker, (struct said[]){bad, good}, 2).success, SUCCESS_FAILED);
	maker_destroy(maker);
}

/* SN 3.7: while the cluster is active its measure does not decide, where the author said so. */
static void test_measure_waits_for_the_end(void **unused)
{
	struct maker *maker = flat_course(1);
	struct objective *objective = maker_objective(maker, 0);
	objective->satisfied_by_measure = true;
	objective->minimum_normalized_measure = 0.5;
	maker_activity(maker, 0)->measure_satisfaction_if_active = false;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	bench_go(&bench, NAVIGATION_START, NO_INDEX);
	bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_UNKNOWN, 0.75, false);
	bench_go(&bench, NAVIGATION_EXIT, NO_INDEX);
	assert_int_equal(tracking_results(&bench.tracking, 0).success, SUCCESS_UNKNOWN);
	bench_go(&bench, NAVIGATION_EXIT_ALL, NO_INDEX);
	assert_int_equal(tracking_results(&bench.tracking, 0).success, SUCCESS_PASSED);
	bench_close(&bench);
	maker_destroy(maker);
}

static void report_progress(struct bench *bench, double progress)
{
	struct runtime_report report = {0};
	report.own.values.has_progress = true;
	report.own.values.progress = progress;
	tracking_report(&bench->tracking, bench->tracking.global->current, &report);
}

/* RB.1.1 b and RB.1.3 a: weighted progress against the completion threshold. */
static void test_progress_threshold(void **unused)
{
	static const struct {
		double progress[2];
		enum completion_status expected;
	} rows[] = {{{1.0, 0.5}, COMPLETION_COMPLETED}, {{0.5, 0.5}, COMPLETION_INCOMPLETE}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct maker *maker = flat_course(2);
		maker_activity(maker, 0)->completed_by_measure = true;
		maker_activity(maker, 0)->min_progress_measure = 0.8;
		maker_activity(maker, 2)->progress_weight = 0.5;
		struct bench bench;
		bench_open(&bench, maker_course(maker), 1);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		report_progress(&bench, rows[i].progress[0]);
		bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
		report_progress(&bench, rows[i].progress[1]);
		bench_go(&bench, NAVIGATION_EXIT_ALL, NO_INDEX);
		assert_int_equal(tracking_results(&bench.tracking, 0).completion, rows[i].expected);
		bench_close(&bench);
		maker_destroy(maker);
	}
}

/* Completion by measure of a cluster came with the 4th Edition: before it the rules decide, whatever the manifest
 * says. */
static void test_progress_threshold_by_edition(void **unused)
{
	static const struct {
		enum scorm_edition edition;
		enum completion_status expected;
		bool progress;
	} rows[] = {{SCORM_2004_2ND, COMPLETION_COMPLETED, false},
		{SCORM_2004_3RD, COMPLETION_COMPLETED, false}, {SCORM_2004_4TH, COMPLETION_INCOMPLETE, true}};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct maker *maker = flat_course(1);
		maker->course.edition = rows[i].edition;
		maker_activity(maker, 0)->completed_by_measure = true;
		struct bench bench;
		bench_open(&bench, maker_course(maker), 1);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		struct runtime_report report = {0};
		report.own.values.completion = COMPLETION_COMPLETED;
		report.own.values.has_progress = true;
		report.own.values.progress = 0.5;
		tracking_report(&bench.tracking, 1, &report);
		bench_go(&bench, NAVIGATION_EXIT_ALL, NO_INDEX);
		struct objective_values root = tracking_results(&bench.tracking, 0);
		assert_int_equal(root.completion, rows[i].expected);
		assert_int_equal(root.has_progress, rows[i].progress);
		bench_close(&bench);
		maker_destroy(maker);
	}
}

/* RB.1.4.2: who counts. Two children; the second one is suspended, or never attempted, or left out by
 * flag. */
static void test_considerations(void **unused)
{
	struct maker *maker = flat_course(2);
	struct said later = failed;
	later.suspend = true;
	assert_int_equal(play(maker, (struct said[]){passed, later}, 2).success, SUCCESS_FAILED);
	maker_activity(maker, 2)->required_for_satisfied = CONSIDER_IF_NOT_SUSPENDED;
	assert_int_equal(play(maker, (struct said[]){passed, later}, 2).success, SUCCESS_PASSED);
	maker_activity(maker, 2)->required_for_satisfied = CONSIDER_ALWAYS;
	assert_int_equal(play(maker, (struct said[]){passed}, 1).success, SUCCESS_UNKNOWN);
	maker_activity(maker, 2)->required_for_satisfied = CONSIDER_IF_ATTEMPTED;
	assert_int_equal(play(maker, (struct said[]){passed}, 1).success, SUCCESS_PASSED);
	maker_activity(maker, 2)->required_for_satisfied = CONSIDER_ALWAYS;
	maker_activity(maker, 2)->rollup_objective_satisfied = false;
	assert_int_equal(play(maker, (struct said[]){passed}, 1).success, SUCCESS_PASSED);
	maker_destroy(maker);
}

static void test_skipped_children(void **unused)
{
	struct maker *maker = flat_course(2);
	maker_activity(maker, 2)->required_for_completed = CONSIDER_IF_NOT_SKIPPED;
	assert_int_equal(play(maker, (struct said[]){passed}, 1).completion, COMPLETION_UNKNOWN);
	maker_rule(maker, 2, RULE_PRE, ACTION_SKIP, CONDITION_ALWAYS, false);
	assert_int_equal(play(maker, (struct said[]){passed}, 1).completion, COMPLETION_COMPLETED);
	maker_destroy(maker);
}

/* An untracked child says nothing, and is not waited for. */
static void test_untracked_children(void **unused)
{
	struct maker *maker = flat_course(2);
	maker_activity(maker, 2)->tracked = false;
	struct objective_values root = play(maker, (struct said[]){passed, failed}, 2);
	assert_int_equal(root.success, SUCCESS_PASSED);
	assert_int_equal(root.completion, COMPLETION_COMPLETED);
	maker_destroy(maker);
}

/* RB.1.5: what one activity writes into a global objective rolls up where another one reads it. */
static void test_global_objectives(void **unused)
{
	struct maker *maker = maker_create(SCORM_2004_4TH);
	uint32_t root = maker_add(maker, NO_INDEX);
	uint32_t first = maker_add(maker, root);
	uint32_t writer = maker_add(maker, first);
	uint32_t second = maker_add(maker, root);
	uint32_t reader = maker_add(maker, second);
	maker_objective(maker, writer);
	maker_map(maker, writer, "shared")->write_satisfied_status = true;
	maker_objective(maker, reader);
	maker_map(maker, reader, "shared")->read_satisfied_status = true;
	struct bench bench;
	bench_open(&bench, maker_course(maker), 1);
	struct navigation_outcome outcome = bench_go(&bench, NAVIGATION_START, NO_INDEX);
	assert_int_equal(outcome.delivered, writer);
	bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_PASSED, NO_MEASURE, false);
	bench_go(&bench, NAVIGATION_EXIT, NO_INDEX);
	assert_int_equal(tracking_results(&bench.tracking, second).success, SUCCESS_PASSED);
	assert_int_equal(tracking_results(&bench.tracking, second).completion, COMPLETION_UNKNOWN);
	assert_int_equal(tracking_results(&bench.tracking, root).success, SUCCESS_PASSED);
	bench_close(&bench);
	maker_destroy(maker);
}

/* SN 3.2: after a new attempt on the cluster, what its children had no longer rolls up, unless the author
 * wants. */
static void test_use_current_attempt(void **unused)
{
	for (int use_current = 0; use_current < 2; use_current++) {
		struct maker *maker = flat_course(2);
		maker_activity(maker, 0)->control.use_current_attempt_objective = use_current;
		maker_activity(maker, 0)->control.use_current_attempt_progress = use_current;
		struct bench bench;
		bench_open(&bench, maker_course(maker), 1);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_PASSED, NO_MEASURE, false);
		bench_go(&bench, NAVIGATION_CONTINUE, NO_INDEX);
		bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_PASSED, NO_MEASURE, false);
		bench_go(&bench, NAVIGATION_EXIT_ALL, NO_INDEX);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		bench_report(&bench, COMPLETION_COMPLETED, SUCCESS_PASSED, NO_MEASURE, false);
		bench_go(&bench, NAVIGATION_EXIT, NO_INDEX);
		struct objective_values root_now = tracking_results(&bench.tracking, 0);
		assert_int_equal(root_now.success, use_current ? SUCCESS_UNKNOWN : SUCCESS_PASSED);
		assert_int_equal(
			root_now.completion, use_current ? COMPLETION_UNKNOWN : COMPLETION_COMPLETED);
		bench_close(&bench);
		maker_destroy(maker);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_default_rules),
		cmocka_unit_test(test_silence_is_success),
		cmocka_unit_test(test_child_sets),
		cmocka_unit_test(test_none_needs_knowledge),
		cmocka_unit_test(test_measure),
		cmocka_unit_test(test_no_measure_at_all),
		cmocka_unit_test(test_read_measure_is_written_on_as_status),
		cmocka_unit_test(test_satisfied_by_measure),
		cmocka_unit_test(test_measure_waits_for_the_end),
		cmocka_unit_test(test_progress_threshold),
		cmocka_unit_test(test_progress_threshold_by_edition),
		cmocka_unit_test(test_considerations),
		cmocka_unit_test(test_skipped_children),
		cmocka_unit_test(test_untracked_children),
		cmocka_unit_test(test_global_objectives),
		cmocka_unit_test(test_use_current_attempt),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
