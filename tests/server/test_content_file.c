/*
 * Opening a course's files, and byte ranges.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "server/learning/content_file.h"

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

static void opens_only_below(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("fad-content-XXXXXX", NULL);
	g_autofree char *below = g_build_filename(folder, "Immagini", NULL);
	g_autofree char *file = g_build_filename(below, "Perché.PNG", NULL);
	g_autofree char *link = g_build_filename(folder, "fuori", NULL);
	assert_int_equal(g_mkdir(below, 0700), 0);
	assert_true(g_file_set_contents(file, "12345", 5, NULL));
	assert_int_equal(symlink("/etc", link), 0);
	static const char *const good[] = {
		"Immagini/Perché.PNG", "immagini/perché.png", "IMMAGINI/PERCHÉ.png"};
	static const char *const bad[] = {"", "Immagini", "Immagini/", "immagini/altro.png", "../passwd",
		"Immagini/../fuori/passwd", "fuori/passwd", "fuori", "/etc/passwd", "Immagini//Perché.PNG",
		"Immagini/Perché.PNG/x", "."};
	struct content_file found;
	for (size_t i = 0; i < G_N_ELEMENTS(good); i++) {
		assert_true(content_open(folder, good[i], &found));
		assert_int_equal(found.size, 5);
		assert_string_equal(found.name, "Perché.PNG");
		close(found.file);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		if (content_open(folder, bad[i], &found)) {
			fail_msg("opened: %s", bad[i]);
		}
	}
	g_unlink(file);
	g_unlink(link);
	g_rmdir(below);
	g_rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_ranges),
		cmocka_unit_test(opens_only_below),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
