/* A foreign item file as it was read, for tests: the bank that came of it and what was told. Files: tests/assessment/items. */
#ifndef TESTS_ASSESSMENT_READING_H
#define TESTS_ASSESSMENT_READING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/import/import.h"

struct reading {
	struct bank *bank; /* NULL: nothing was imported */
	struct import_count count;
	struct faults faults;
};

static inline void read_text(const char *text, size_t len, struct reading *ret)
{
	faults_init(&ret->faults, BANK_FAULTS_MAX);
	g_autoptr(GHashTable) media = import_media_new();
	g_autofree char *json = import_read(text, len, media, &ret->faults, &ret->count);
	ret->bank = json ? bank_read(json, strlen(json), &ret->faults) : NULL;
	assert_int_equal(json != NULL, ret->bank != NULL); /* what comes out is always a good bank */
	assert_int_equal(ret->bank ? ret->bank->item_count : 0, ret->count.imported);
}

static inline void read_file(const char *name, struct reading *ret)
{
	g_autofree char *path =
		g_build_filename(g_getenv("FAD_SOURCE"), "tests", "assessment", "items", name, NULL);
	g_autofree char *text = NULL;
	gsize len;
	assert_true(g_file_get_contents(path, &text, &len, NULL));
	read_text(text, len, ret);
}

/* What is read of a text, plain or rich. */
static inline void assert_reads(const char *text, const char *expected)
{
	g_autofree char *plain = rich_plain(text);
	assert_string_equal(plain, expected);
}

static inline void done(struct reading *reading)
{
	bank_destroy(reading->bank);
	faults_finish(&reading->faults);
}

/* Is there a fault of this code that names `where`, at this line (0: any)? */
static inline void assert_fault(const struct reading *reading, const char *code, const char *where, guint line)
{
	for (guint i = 0; i < reading->faults.list->len; i++) {
		const struct problem *problem = &g_array_index(reading->faults.list, struct problem, i);
		if (strcmp(problem->code, code) == 0 && strstr(problem->where, where) &&
			(line == 0 || problem->line == line)) {
			return;
		}
	}
	fail_msg("no %s for %s at line %u", code, where, line);
}

#endif
