/* Numbers and times as texts: number.h, times.h, bytes.h. */
#include "tests/engine/desk.h"

#include <math.h>
#include <string.h>

#include "player/engine/bytes.h"
#include "player/engine/number.h"
#include "player/engine/model/times.h"

static void numbers_are_read(void **state)
{
	static const struct {
		const char *text;
		bool is;
		double number;
	} rows[] = {
		{"0", true, 0},
		{"-0", true, 0},
		{"7", true, 7},
		{"+7", true, 7},
		{"0.8", true, 0.8},
		{".5", true, 0.5},
		{"-12.25", true, -12.25},
		{"007", true, 7},
		{"0.1234567", true, 0.1234567},
		{"7.000099999887765544", true, 7.000099999887765544},
		{"123456789012345678901234567890", true, 1e15}, /* held at the bound */
		{"0.00000000000000000000000000000000001", true, 1e-35},
		{"", false, 0},
		{".", false, 0},
		{"-", false, 0},
		{"1.", false, 0},
		{"1.2.3", false, 0},
		{"1e3", false, 0},
		{"0x10", false, 0},
		{" 1", false, 0},
		{"1 ", false, 0},
		{"1,5", false, 0},
		{"inf", false, 0},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		double number = 99;
		assert_true(number_parse(text(rows[i].text), &number) == rows[i].is);
		double expected = rows[i].is ? rows[i].number : 99;
		assert_true(fabs(number - expected) <= fabs(expected) * 1e-15);
	}
}

static void numbers_are_printed(void **state)
{
	static const struct {
		double number;
		unsigned places;
		const char *text;
	} rows[] = {
		{0, 7, "0"},
		{1, 7, "1"},
		{0.8, 7, "0.8"},
		{-0.25, 7, "-0.25"},
		{100, 2, "100"},
		{0.1 + 0.2, 7, "0.3"},
		{1.0 / 3, 7, "0.3333333"},
		{2.0 / 3, 2, "0.67"},
		{-0.00000001, 7, "0"},
		{0.05, 2, "0.05"},
		{12345.6789, 0, "12346"},
		{1e300, 7, "1000000000000"},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char room[NUMBER_TEXT_SIZE];
		struct span printed = number_print(rows[i].number, rows[i].places, room);
		assert_int_equal(printed.len, strlen(rows[i].text));
		assert_memory_equal(printed.at, rows[i].text, printed.len);
	}
}

static void durations_go_there_and_back(void **state)
{
	static const int64_t durations[] = {
		0, 1, 99, 100, 6000, 359999, 360000, 8640000, 123456789, 999999999999};
	for (size_t i = 0; i < sizeof(durations) / sizeof(durations[0]); i++) {
		char room[TIME_TEXT_SIZE];
		int64_t back = -1;
		assert_true(duration_parse(duration_print(durations[i], room), &back));
		assert_int_equal(back, durations[i]);
		assert_true(timespan_parse(timespan_print(durations[i], room), &back));
		assert_int_equal(back, durations[i]);
	}
	int64_t cs;
	assert_true(duration_parse(text("P1Y2M3DT4H5M6.7S"), &cs));
	assert_int_equal(
		cs, INT64_C(100) * (31536000 + 2 * 2628029 + 3 * 86400 + 4 * 3600 + 5 * 60 + 6) + 70);
	assert_true(duration_parse(text("P9999999999Y"), &cs)); /* held at the limit, no overflow */
	assert_true(cs > 0);
	assert_true(timespan_parse(text("99999999999999999999:00:00"), &cs));
	assert_true(cs > 0);
}

static void bytes_go_there_and_back(void **state)
{
	static const uint64_t numbers[] = {0, 1, 127, 128, 16383, 16384, UINT32_MAX, UINT64_MAX};
	unsigned char room[256];
	struct byte_writer writer = {.at = room, .room = sizeof(room)};
	for (size_t i = 0; i < 8; i++) {
		put_number(&writer, numbers[i]);
		put_signed(&writer, (int64_t)numbers[i]);
		put_signed(&writer, -(int64_t)(numbers[i] / 2));
	}
	put_double(&writer, -0.1);
	put_string(&writer, text("abc"));
	struct byte_reader reader = byte_reader_of((struct span){(char *)room, (uint32_t)writer.used});
	for (size_t i = 0; i < 8; i++) {
		assert_true(get_number(&reader) == numbers[i]);
		assert_true(get_signed(&reader) == (int64_t)numbers[i]);
		assert_true(get_signed(&reader) == -(int64_t)(numbers[i] / 2));
	}
	assert_true(get_double(&reader) == -0.1);
	assert_int_equal(get_string(&reader).len, 3);
	assert_false(reader.failed);
	assert_int_equal(reader.left, 0);
	(void)get_byte(&reader);
	assert_true(reader.failed);
}

static void damaged_bytes_are_refused(void **state)
{
	static const struct {
		const char *bytes;
		uint32_t size;
	} rows[] = {
		{"\x80", 1},                                      /* cut off */
		{"\x80\x00", 2},                                  /* not the shortest form */
		{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 10}, /* above 64 bits */
		{"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11},
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct byte_reader reader = byte_reader_of((struct span){rows[i].bytes, rows[i].size});
		(void)get_number(&reader);
		assert_true(reader.failed);
	}
	struct byte_reader reader = byte_reader_of((struct span){"\x05"
								 "abc",
		4});
	(void)get_string(&reader);
	assert_true(reader.failed);
	reader = byte_reader_of((struct span){"\0\0\0\0\0\0\xf8\x7f", 8}); /* NaN */
	(void)get_double(&reader);
	assert_true(reader.failed);
}

/* Durations as courses write them, and those that are none. */
static void durations_seen_in_the_wild(void **state)
{
	static const struct {
		const char *text;
		int64_t cs; /* -1: refused */
	} rows_2004[] = {
		{"PT0H0M1.5S", 150},
		{"PT00H05M09.07S", 30907},
		{"PT1.25S", 125},
		{"PT1.255S", -1},
		{"P1Y", INT64_C(3153600000)},
		{"P2M", 2 * INT64_C(262802900)},
		{"P1Y1M1D", INT64_C(100) * (31536000 + 2628029 + 86400)},
		{"P03D", 3 * INT64_C(8640000)},
		{"P1DT4H", INT64_C(100) * (86400 + 14400)},
		{"P1DT", -1},
		{"P1Y2M3DT", -1},
		{"P1D4H", -1},
		{"P1D4H5M", -1},
		{"PT1,5S", -1},
		{"PT-1S", -1},
		{"-PT1S", -1},
		{"pt1s", -1},
		{" PT1S", -1},
		{"", -1},
	}, rows_12[] = {
		{"0001:02:03.04", 372304},
		{"00:00:01", 100},
		{"1:02:03", 372300},
		{"9999:59:59.99", INT64_C(100) * (9999 * 3600 + 59 * 60 + 59) + 99},
		{"12345:00:00", 12345 * INT64_C(360000)},
		{"00:00:01.5", 150},
		{"00:00:01,5", -1},
		{"00:60:00", 360000},
		{"00:00:60", 6000},
		{"00:00", -1},
		{"PT1S", -1},
		{"", -1},
	};
	for (size_t i = 0; i < sizeof(rows_2004) / sizeof(rows_2004[0]); i++) {
		int64_t cs = -1;
		if (!duration_parse(text(rows_2004[i].text), &cs)) {
			cs = -1;
		}
		if (cs != rows_2004[i].cs) {
			fail_msg("\"%s\": %lld", rows_2004[i].text, (long long)cs);
		}
	}
	for (size_t i = 0; i < sizeof(rows_12) / sizeof(rows_12[0]); i++) {
		int64_t cs = -1;
		if (!timespan_parse(text(rows_12[i].text), &cs)) {
			cs = -1;
		}
		if (cs != rows_12[i].cs) {
			fail_msg("\"%s\": %lld", rows_12[i].text, (long long)cs);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_read),
		cmocka_unit_test(numbers_are_printed),
		cmocka_unit_test(durations_go_there_and_back),
		cmocka_unit_test(durations_seen_in_the_wild),
		cmocka_unit_test(bytes_go_there_and_back),
		cmocka_unit_test(damaged_bytes_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
