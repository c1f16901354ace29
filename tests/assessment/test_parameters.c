/* Sheets of item parameters: read with their faults by line, put on a bank, written again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/placement/parameters.h"

static const char bank[] =
	"{\"format\":\"fad-bank-1\",\"name\":\"B\",\"version\":\"1\",\"areas\":[{\"id\":\"x\",\"name_it\":\"X\"}],\"items\":["
	"{\"id\":\"A-1\",\"area\":\"x\"},{\"id\":\"A-2\",\"area\":\"x\",\"state\":\"pilot\"},"
	"{\"id\":\"A-3\",\"area\":\"x\",\"state\":\"retired\"},{\"id\":\"A-4\",\"area\":\"x\",\"state\":\"draft\"}]}";

/* As other programs name the columns, with decimal commas and what this bank does not have. */
static const char sheet_text[] =
	"\xEF\xBB\xBFmodel;difficulty;discrimination;guessing;label;scale\r\n"
	"raschbirnbaum;-0,35;1,2;;A-1;gruppo\r\n"
	"3PL;0.5;1.1;0.2;\"A-2\";\r\n"
	"\r\n"
	"rasch;1;9;0;A-3;\r\n"
	"rasch;1;;;ALTROVE;\r\n"
	";;;;A-4;\r\n";

static bool has_fault(const struct faults *faults, const char *code, guint line)
{
	for (guint i = 0; i < faults->list->len; i++) {
		const struct problem *problem = &g_array_index(faults->list, struct problem, i);
		if (strcmp(problem->code, code) == 0 && (line == 0 || problem->line == line)) {
			return true;
		}
	}
	return false;
}

static char *applied(const char *csv, struct faults *faults, guint *ret_count)
{
	struct parameter_sheet sheet;
	char *fresh = parameters_read(csv, strlen(csv), faults, &sheet)
			      ? parameters_apply(bank, &sheet, "foglio.csv, 2026-12-01", faults, ret_count)
			      : NULL;
	parameters_finish(&sheet);
	return fresh;
}

static void goes_on_the_items(void **state)
{
	struct faults faults;
	guint count;
	faults_init(&faults, 20);
	g_autofree char *fresh = applied(sheet_text, &faults, &count);
	assert_non_null(fresh);
	assert_int_equal(count, 3);
	assert_true(has_fault(&faults, "PARAMETERS_UNKNOWN_ITEM", 6));
	assert_int_equal(faults.list->len, 1);
	struct pool *pool = pool_read(fresh, strlen(fresh), &faults);
	assert_non_null(pool);
	assert_true(pool->items[0].irt.model == IRT_2PL && pool->items[0].irt.b == -0.35 && pool->items[0].irt.a == 1.2);
	assert_true(pool->items[1].irt.model == IRT_3PL && pool->items[1].irt.c == 0.2);
	assert_int_equal(pool->items[1].state, POOL_CALIBRATED);
	assert_true(pool->items[2].irt.a == 1);
	assert_int_equal(pool->items[2].state, POOL_RETIRED);
	assert_false(pool->items[3].has_parameters);
	assert_non_null(strstr(fresh, "foglio.csv, 2026-12-01"));
	assert_null(strstr(fresh, "\"version\": \"1\"")); /* a version of its own */
	pool_destroy(pool);
	faults_finish(&faults);
}

static void goes_out_and_comes_back(void **state)
{
	static const char csv[] = "id;model;b;a;c;steps;state\nA-1;2pl;-0.123456789012;1.25;;;\nA-2;3pl;2;0.7;0.25;;pilot\n"
				  "A-3;gpcm;;1.5;;-1 0 0.75;calibrated\n";
	struct faults faults;
	guint count;
	faults_init(&faults, 20);
	g_autofree char *first = applied(csv, &faults, &count);
	assert_int_equal(count, 3);
	g_autofree char *out = parameters_csv(first);
	g_autofree char *second = applied(out, &faults, &count);
	assert_non_null(second);
	g_autofree char *again = parameters_csv(second);
	assert_string_equal(out, again);
	assert_string_equal(first, second);
	assert_non_null(strstr(out, "A-1;x;2pl;-0.123456789012;1.25;;;calibrated\n"));
	assert_non_null(strstr(out, "A-2;x;3pl;2;0.7;0.25;;pilot\n"));
	assert_non_null(strstr(out, "A-3;x;gpcm;;1.5;;-1 0 0.75;calibrated\n"));
	assert_non_null(strstr(out, "A-4;x;;;;;;draft\n"));
	assert_int_equal(faults.list->len, 0);
	faults_finish(&faults);
}

static void faults_by_line(void **state)
{
	static const struct {
		const char *csv, *code;
		guint line;
	} rows[] = {
		{"", "PARAMETERS_HEADER", 0},
		{"id;a\nA-1;1\n", "PARAMETERS_HEADER", 1},
		{"id;b;difficulty\nA-1;1;1\n", "PARAMETERS_COLUMN_TWICE", 1},
		{"id;b\nA-1;1\nA-2;0\nA-1;2\n", "PARAMETERS_TWICE", 4},
		{"id;b\nA-1;facile\n", "PARAMETERS_NUMBER", 2},
		{"id;b\nA-1;nan\n", "PARAMETERS_NUMBER", 2},
		{"id;b\n\nA-1;11\n", "PARAMETERS_RANGE", 3},
		{"id;b;a\nA-1;0;-1\n", "PARAMETERS_RANGE", 2},
		{"id;b;a\nA-1;0;0\n", "PARAMETERS_RANGE", 2},
		{"id;b;c\nA-1;0;1\n", "PARAMETERS_RANGE", 2},
		{"id,b\nA-1,0,5\n", "PARAMETERS_CELLS", 2},
		{"id;b;model\nA-1;0;4pl\n", "PARAMETERS_MODEL", 2},
		{"id;b;state\nA-1;0;nuovo\n", "PARAMETERS_STATE", 2},
		{"id;b;a\nA-1;;1\n", "PARAMETERS_MISSING", 2},
		{"id;b\n;1\n", "PARAMETERS_NO_ID", 2},
		{"id;model;steps;a\nA-1;gpcm;;1\n", "PARAMETERS_STEPS", 2},
		{"id;model;steps\nA-1;gpcm;1 2 3 4 5 6 7 8 9 10 11\n", "PARAMETERS_STEPS", 2},
		{"id;b\nALTRO;1\n", "PARAMETERS_NOTHING", 0},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct faults faults;
		guint count;
		faults_init(&faults, 20);
		g_autofree char *fresh = applied(rows[i].csv, &faults, &count);
		assert_null(fresh);
		if (!has_fault(&faults, rows[i].code, rows[i].line)) {
			fail_msg("%zu: no %s at line %u", i, rows[i].code, rows[i].line);
		}
		faults_finish(&faults);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_on_the_items),
		cmocka_unit_test(goes_out_and_comes_back),
		cmocka_unit_test(faults_by_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
