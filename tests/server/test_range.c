/*
 * Byte ranges.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>

#include "server/learning/range.h"

struct range_case {
	const char *header;
	int64_t size;
	enum range_result result;
	int64_t from, length;
};

static const struct range_case range_cases[] = {
	{NULL, 100, RANGE_NONE, 0, 0},
	{"bytes=0-", 100, RANGE_PART, 0, 100},
	{"bytes=0-0", 100, RANGE_PART, 0, 1},
	{"bytes=10-19", 100, RANGE_PART, 10, 10},
	{"bytes=90-500", 100, RANGE_PART, 90, 10},
	{"bytes=-10", 100, RANGE_PART, 90, 10},
	{"bytes=-500", 100, RANGE_PART, 0, 100},
	{"bytes=-0", 100, RANGE_OUTSIDE, 0, 0},
	{"bytes=100-", 100, RANGE_OUTSIDE, 0, 0},
	{"bytes=0-", 0, RANGE_OUTSIDE, 0, 0},
	{"bytes=20-10", 100, RANGE_NONE, 0, 0},
	{"bytes=0-1,5-6", 100, RANGE_NONE, 0, 0},
	{"bytes=x-y", 100, RANGE_NONE, 0, 0},
	{"bytes=", 100, RANGE_NONE, 0, 0},
	{"lines=0-1", 100, RANGE_NONE, 0, 0},
	{"bytes=99999999999999999999-", 100, RANGE_NONE, 0, 0},
};

static void reads_ranges(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(range_cases); i++) {
		const struct range_case *each = &range_cases[i];
		int64_t from = -1, length = -1;
		enum range_result result = range_read(each->header, each->size, &from, &length);
		if (result != each->result) {
			fail_msg("%s: %d", each->header, (int)result);
		}
		if (result == RANGE_PART) {
			assert_int_equal(from, each->from);
			assert_int_equal(length, each->length);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_ranges),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
