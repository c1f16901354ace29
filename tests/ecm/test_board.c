/* The programme's numbers: what is expected at the pace of the last months. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>

#include "server/ecm/board.h"

static void test_months(void **state)
{
	assert_int_equal(board_month_number("2026-01"), 2026 * 12);
	assert_int_equal(board_month_number("2026-12-31") + 1, board_month_number("2027-01-01"));
}

/* 100 a month, half a month gone: 12.5 months to go from mid-June 2026 to the end of June 2027. */
static void test_steady(void **state)
{
	const int64_t months[] = {100, 100, 100, 100, 100, 50};
	struct forecast forecast;
	forecast_make(months, 6, "2026-06-15", "2027-06-30", 60000, 1000, &forecast);
	assert_int_equal(forecast.completed, 550);
	assert_true(forecast.per_month > 99 && forecast.per_month < 102);
	assert_true(forecast.expected > 1750 && forecast.expected < 1850);
	assert_string_equal(forecast.reached, "2026-10");
}

static void test_edges(void **state)
{
	struct forecast forecast;
	const int64_t none[] = {0, 0, 0};
	forecast_make(none, 3, "2026-06-15", "2026-12-31", 100, 50, &forecast);
	assert_int_equal(forecast.expected, 0);
	assert_string_equal(forecast.reached, ""); /* never, at this pace */
	const int64_t many[] = {90};
	forecast_make(many, 1, "2026-06-15", "2030-12-31", 100, 50, &forecast);
	assert_int_equal(forecast.expected, 100); /* at most everybody */
	assert_string_equal(forecast.reached, "2026-06");
	forecast_make(many, 1, "2026-06-15", "2025-12-31", 100, 50, &forecast);
	assert_int_equal(forecast.expected, 90); /* the deadline is over */
	forecast_make(NULL, 0, "2026-06-15", "2026-12-31", 0, 0, &forecast);
	assert_int_equal(forecast.expected, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_months), cmocka_unit_test(test_steady), cmocka_unit_test(test_edges)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
