/*
 * Reading CSV as people's tables come.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "server/limits.h"
#include "server/people/csv_read.h"

struct csv_case {
	const char *text;
	size_t size;       /* 0: strlen */
	const char *cells; /* rows by "/", cells by "|"; NULL: refused */
	const char *code;
	uint32_t line; /* of the fault */
};

static const struct csv_case cases[] = {
	{"a;b\n1;2\n", 0, "a|b/1|2", NULL, 0},
	{"a,b\r\n1,2", 0, "a|b/1|2", NULL, 0},
	{"\xef\xbb\xbf" "a;b\n\n ; \n1;2\n\n", 0, "a|b/1|2", NULL, 0},
	{"a;b\n\"1;\"\"x\"\"\n2\";3\n", 0, "a|b/1;\"x\"\n2|3", NULL, 0},
	{"a;b\n 1 ; \" 2 \" \n", 0, "a|b/1|2", NULL, 0},
	{"a,b;c\n1;2\n", 0, "a,b|c/1|2", NULL, 0},
	{"a\n\xc3\xa8\n", 0, "a/\xc3\xa8", NULL, 0},
	{"a;b\n1;\"2\n3;4\n", 0, NULL, "CSV_QUOTE", 2},
	{"a;b\n\"1\"x;2\n", 0, NULL, "CSV_QUOTE", 2},
	{"a\nb\n\xe8\n", 0, NULL, "CSV_ENCODING", 3},
	{"a\n\x81\xff\n", 0, NULL, "CSV_ENCODING", 2},
	{"\xff\xfe" "a\0", 4, NULL, "CSV_ENCODING", 1},
	{"a\nb\0c", 5, NULL, "CSV_ENCODING", 2},
	{"", 0, NULL, "CSV_EMPTY", 1},
	{"\n\n", 0, NULL, "CSV_EMPTY", 1},
};

static char *cells_of(const struct csv_table *table)
{
	GString *text = g_string_new(NULL);
	for (guint row = 0; row < table->rows->len; row++) {
		const struct csv_row *each = table->rows->pdata[row];
		for (guint i = 0; i < each->fields->len; i++) {
			g_string_append_printf(text, "%s%s",
				i > 0     ? "|"
				: row > 0 ? "/"
					  : "",
				csv_text(each, (int)i));
		}
	}
	return g_string_free(text, FALSE);
}

static void reads(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct csv_case *each = &cases[i];
		struct csv_table table;
		struct problem problem = {0};
		bool good = csv_table_init(
			&table, each->text, each->size == 0 ? strlen(each->text) : each->size, &problem);
		if (each->cells == NULL) {
			assert_false(good);
			assert_string_equal(problem.code, each->code);
			assert_int_equal(problem.line, each->line);
			continue;
		}
		assert_true(good);
		g_autofree char *cells = cells_of(&table);
		assert_string_equal(cells, each->cells);
		csv_table_finish(&table);
	}
}

static void keeps_limits(void **state)
{
	struct csv_table table;
	struct problem problem = {0};
	g_autofree char *field = g_strnfill(LIMIT_CSV_FIELD_BYTES + 1, 'x');
	assert_false(csv_table_init(&table, field, strlen(field), &problem));
	assert_string_equal(problem.code, "CSV_TOO_LARGE");
	g_autofree char *columns = g_strnfill(LIMIT_CSV_COLUMNS, ';');
	assert_false(csv_table_init(&table, columns, strlen(columns), &problem));
	assert_string_equal(problem.code, "CSV_TOO_LARGE");
}

static void finds_columns(void **state)
{
	struct csv_table table;
	struct problem problem;
	assert_true(csv_table_init(&table, "Nome;COGNOME\nA\n", 15, &problem));
	assert_int_equal(csv_column(&table, "cognome"), 1);
	assert_int_equal(csv_column(&table, "email"), -1);
	assert_string_equal(csv_text(table.rows->pdata[1], 1), "");
	assert_string_equal(csv_text(table.rows->pdata[1], -1), "");
	csv_table_finish(&table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(keeps_limits),
		cmocka_unit_test(finds_columns),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
