/*
 * Properties of sequencing on random trees and random walks: what may be done can be done, asking changes
 * nothing, the table of contents agrees, exactly the path to the delivered activity is active, and a state
 * survives its snapshot. FAD_WALKS sets how many trees (default 300).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/conformance/courses.h"

#define STEPS 40

static const enum navigation_request requests[] = {NAVIGATION_START, NAVIGATION_RESUME_ALL,
	NAVIGATION_CONTINUE, NAVIGATION_PREVIOUS, NAVIGATION_CHOICE, NAVIGATION_JUMP, NAVIGATION_EXIT,
	NAVIGATION_EXIT_ALL, NAVIGATION_ABANDON, NAVIGATION_ABANDON_ALL, NAVIGATION_SUSPEND_ALL};

static void assert_same_state(const struct bench *bench, const GByteArray *before)
{
	g_autoptr(GByteArray) after = bench_save(bench);
	assert_int_equal(after->len, before->len);
	assert_memory_equal(after->data, before->data, before->len);
}

/* After a delivery the path to it is active and nothing else; otherwise no leaf is. */
static void assert_active_path(const struct bench *bench, const struct navigation_outcome *outcome)
{
	const struct course *course = bench->layout.course;
	uint32_t current = bench->tracking.global->current;
	if (outcome->delivered != NO_INDEX) {
		assert_int_equal(current, outcome->delivered);
		assert_int_equal(bench->layout.child_count[current], 0);
	}
	for (uint32_t i = 0; i < course->activity_count; i++) {
		bool on_path = current != NO_INDEX && tracking_contains(&bench->tracking, i, current);
		bool active = bench->tracking.activities[i].active;
		if (outcome->delivered != NO_INDEX) {
			assert_int_equal(active, on_path);
		} else if (outcome->session_ended) {
			assert_false(active);
		} else if (active) {
			assert_true(on_path);
		}
	}
}

static void assert_snapshot_holds(const struct bench *bench)
{
	g_autoptr(GByteArray) saved = bench_save(bench);
	struct bench other;
	bench_open(&other, bench->layout.course, 7);
	struct byte_reader reader = byte_reader_of((struct span){(const char *)saved->data, saved->len});
	assert_true(tracking_load(&other.tracking, &reader));
	assert_int_equal(reader.left, 0);
	assert_same_state(&other, saved);
	bench_close(&other);
}

static void assert_contents_agree(struct bench *bench)
{
	struct activity_view rows[64];
	int64_t now = bench->tracking.global->now;
	uint32_t count = sequencing_table_of_contents(&bench->tracking, bench->scratch, now, rows, 64);
	for (uint32_t i = 0; i < count; i++) {
		bool may = sequencing_allows(
			&bench->tracking, bench->scratch, now, NAVIGATION_CHOICE, rows[i].activity);
		if (may != rows[i].selectable) {
			print_error("activity %u: may be chosen %d, selectable %d\n", rows[i].activity, may,
				rows[i].selectable);
		}
		assert_int_equal(may, rows[i].selectable);
	}
}

static void random_report(GRand *random, struct bench *bench)
{
	if (bench->tracking.global->current != NO_INDEX && g_rand_double(random) < 0.8) {
		bench_report(bench, (enum completion_status)g_rand_int_range(random, 0, 4),
			(enum success_status)g_rand_int_range(random, 0, 3),
			g_rand_double(random) < 0.5 ? g_rand_double(random) : 2, g_rand_double(random) < 0.2);
	}
}

static void walk(GRand *random, struct bench *bench)
{
	const struct course *course = bench->layout.course;
	for (int step = 0; step < STEPS; step++) {
		random_report(random, bench);
		bool begun = bench->tracking.global->current != NO_INDEX;
		enum navigation_request request =
			!begun && step % 2 == 0
				? NAVIGATION_START
				: requests[g_rand_int_range(random, 0, (gint32)G_N_ELEMENTS(requests))];
		uint32_t target = (uint32_t)g_rand_int_range(random, 0, (gint32)course->activity_count);
		g_autoptr(GByteArray) before = bench_save(bench);
		bool may = sequencing_allows(&bench->tracking, bench->scratch,
			bench->tracking.global->now + 1000, request, target);
		assert_contents_agree(bench);
		assert_same_state(bench, before);
		struct navigation_outcome outcome = bench_go(bench, request, target);
		assert_int_equal(outcome.accepted, may);
		assert_true(outcome.accepted || outcome.exception != 0);
		assert_active_path(bench, &outcome);
		if (step % 8 == 0) {
			assert_snapshot_holds(bench);
		}
	}
}

static void test_random_walks(void **unused)
{
	const char *wanted = getenv("FAD_WALKS");
	int trees = wanted != NULL ? atoi(wanted) : 300;
	for (int tree = 0; tree < trees; tree++) {
		g_autoptr(GRand) random = g_rand_new_with_seed((guint32)tree + 1);
		struct maker *maker = maker_random(random, 40);
		struct bench bench;
		bench_open(&bench, maker_course(maker), (uint64_t)tree);
		walk(random, &bench);
		bench_close(&bench);
		maker_destroy(maker);
	}
}

/* A damaged snapshot is refused or gives some state; it never leads out of the arrays (run under ASan). */
static void test_damaged_snapshots(void **unused)
{
	for (guint32 seed = 1; seed <= 60; seed++) {
		g_autoptr(GRand) random = g_rand_new_with_seed(seed);
		struct maker *maker = maker_random(random, 30);
		struct bench bench;
		bench_open(&bench, maker_course(maker), seed);
		bench_go(&bench, NAVIGATION_START, NO_INDEX);
		g_autoptr(GByteArray) saved = bench_save(&bench);
		for (int round = 0; round < 30; round++) {
			struct bench other;
			bench_open(&other, maker_course(maker), 0);
			saved->data[g_rand_int_range(random, 0, (gint32)saved->len)] ^=
				(guint8)(1 << g_rand_int_range(random, 0, 8));
			struct byte_reader reader =
				byte_reader_of((struct span){(const char *)saved->data, saved->len});
			if (tracking_load(&other.tracking, &reader)) {
				bench_go(&other, NAVIGATION_CONTINUE, NO_INDEX);
				bench_go(&other, NAVIGATION_CHOICE, 1);
				bench_go(&other, NAVIGATION_EXIT_ALL, NO_INDEX);
			}
			bench_close(&other);
		}
		bench_close(&bench);
		maker_destroy(maker);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_walks),
		cmocka_unit_test(test_damaged_snapshots),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
