/* Reading a bank: a good one whole, and every fault at its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "assessment/bank/bank.h"

#define HEAD                                                                                                 \
	"{\"format\":\"fad-bank-1\",\"name\":\"B\",\"version\":\"1\",\"areas\":[{\"id\":\"a\",\"name_it\":"  \
	"\"A\"}],\"items\":["
#define OPTIONS "\"options\":[{\"id\":\"1\",\"text\":\"uno\"},{\"id\":\"2\",\"text\":\"due\"}]"
#define START "{\"id\":\"i\",\"area\":\"a\",\"difficulty\":1,"
#define GOOD START "\"type\":\"single\",\"stem\":\"S?\"," OPTIONS ",\"key\":[\"1\"]}"
#define ITEM(rest) HEAD START rest "}]}"

struct row {
	const char *json;
	const char *code;  /* of the first fault; NULL: none at all */
	const char *where; /* part of it */
};

static const struct row rows[] = {
	{HEAD GOOD "]}", NULL, NULL},
	{"\xEF\xBB\xBF" HEAD GOOD "]}", NULL, NULL}, /* BOM */
	{ITEM("\"type\":\"true_false\",\"stem\":\"S?\",\"key\":[\"true\"]"), NULL, NULL},
	{ITEM("\"type\":\"multiple\",\"stem\":\"S?\",\"options\":[{\"id\":\"1\",\"text\":\"x\"},{\"id\":"
	      "\"2\",\"text\":\"y\"},"
	      "{\"id\":\"3\",\"text\":\"z\"}],\"key\":[\"1\",\"3\"]"),
		NULL, NULL},
	{"", "BANK_SYNTAX", ""},
	{"{\"format\":\"fad-bank-1\",", "BANK_SYNTAX", ""},
	{"<html></html>", "BANK_SYNTAX", ""},
	{"[]", "BANK_FORMAT", "format"},
	{"{\"format\":\"qti\"}", "BANK_FORMAT", "format"},
	{HEAD "]}", "BANK_NO_ITEMS", "items"},
	{HEAD GOOD "," GOOD "]}", "BANK_DUPLICATE_ID", "items[2] i, id"},
	{HEAD "7]}", "BANK_TYPE", "items[1]"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\"," OPTIONS ",\"key\":[\"1\",\"2\"]"), "BANK_KEY_TWO_RIGHT",
		"items[1] i, key"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\"," OPTIONS), "BANK_KEY_EMPTY", "items[1] i, key"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\"," OPTIONS ",\"key\":[]"), "BANK_KEY_EMPTY",
		"items[1] i, key"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\"," OPTIONS ",\"key\":[\"9\"]"), "BANK_KEY_UNKNOWN",
		"items[1] i, key"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\"," OPTIONS ",\"key\":\"1\""), "BANK_TYPE",
		"items[1] i, key"},
	{ITEM("\"type\":\"multiple\",\"stem\":\"S?\"," OPTIONS ",\"key\":[\"1\",\"1\"]"), "BANK_KEY_TWICE",
		"items[1] i, key"},
	{ITEM("\"type\":\"multiple\",\"stem\":\"S?\"," OPTIONS ",\"key\":[\"1\",\"2\"]"), "BANK_KEY_ALL",
		"items[1] i, key"},
	{ITEM("\"type\":\"single\",\"stem\":\"  \"," OPTIONS ",\"key\":[\"1\"]"), "BANK_EMPTY_TEXT",
		"items[1] i, stem"},
	{ITEM("\"type\":\"single\"," OPTIONS ",\"key\":[\"1\"]"), "BANK_MISSING", "items[1] i, stem"},
	{ITEM("\"type\":\"essay\",\"stem\":\"S?\"," OPTIONS ",\"key\":[\"1\"]"), "BANK_ITEM_TYPE",
		"items[1] i, type"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\",\"key\":[\"1\"]"), "BANK_MISSING", "items[1] i, options"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\",\"options\":[{\"id\":\"1\",\"text\":\"x\"}],\"key\":["
	      "\"1\"]"),
		"BANK_OPTION_COUNT", "items[1] i, options"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\",\"options\":[{\"id\":\"1\",\"text\":\"x\"},{\"id\":\"1\","
	      "\"text\":\"y\"}],\"key\":[\"1\"]"),
		"BANK_DUPLICATE_ID", "options[2], id"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\",\"options\":[{\"id\":\"1\",\"text\":\"x\"},{\"id\":\"2\","
	      "\"text\":\"x\"}],\"key\":[\"1\"]"),
		"BANK_SAME_TEXT", "options[2], text"},
	{ITEM("\"type\":\"true_false\",\"stem\":\"S?\",\"key\":[\"true\",\"false\"]"), "BANK_TRUE_FALSE",
		"items[1] i, key"},
	{HEAD "{\"id\":\"i\",\"area\":\"b\",\"difficulty\":1,\"type\":\"single\",\"stem\":\"S?\"," OPTIONS
	      ",\"key\":[\"1\"]}]}",
		"BANK_UNKNOWN_AREA", "items[1] i, area"},
	{HEAD "{\"id\":\"i\",\"area\":\"a\",\"difficulty\":9,\"type\":\"single\",\"stem\":\"S?\"," OPTIONS
	      ",\"key\":[\"1\"]}]}",
		"BANK_DIFFICULTY", "items[1] i, difficulty"},
	{HEAD "{\"id\":\"<i>\",\"area\":\"a\",\"difficulty\":1,\"type\":\"single\",\"stem\":\"S?\"," OPTIONS
	      ",\"key\":[\"1\"]}]}",
		"BANK_BAD_ID", "items[1] <i>, id"},
	{ITEM("\"type\":\"single\",\"stem\":\"S <script>alert(1)</script>?\"," OPTIONS ",\"key\":[\"1\"]"),
		"BANK_MARKUP", "items[1] i, stem"},
	{ITEM("\"type\":\"single\",\"stem\":\"2 < 3 e 4 > 1?\"," OPTIONS ",\"key\":[\"1\"]"), NULL, NULL},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\",\"weight\":2," OPTIONS ",\"key\":[\"1\"]"),
		"BANK_UNKNOWN_MEMBER", "items[1] i, weight"},
	{ITEM("\"type\":\"single\",\"stem\":\"S?\",\"stem\":\"T?\"," OPTIONS ",\"key\":[\"1\"]"),
		"BANK_SYNTAX", ""}, /* duplicate member */
	{ITEM("\"type\":\"single\",\"stem\":\"\xE8 Latin-1\"," OPTIONS ",\"key\":[\"1\"]"), "BANK_SYNTAX",
		""},
};

static void every_row(void **state)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct faults faults;
		faults_init(&faults, BANK_FAULTS_MAX);
		struct bank *bank = bank_read(rows[i].json, strlen(rows[i].json), &faults);
		if (!rows[i].code) {
			assert_non_null(bank);
			assert_int_equal(faults.list->len, 0);
		} else {
			assert_true(faults.list->len >= 1);
			const struct problem *first = &g_array_index(faults.list, struct problem, 0);
			assert_string_equal(first->code, rows[i].code);
			assert_non_null(strstr(first->where, rows[i].where));
			assert_true(*first->it && *first->en);
			assert_int_equal(bank != NULL, faults.errors == 0);
		}
		bank_destroy(bank);
		faults_finish(&faults);
	}
}

static void syntax_has_line_and_column(void **state)
{
	const char *json = "{\n  \"format\": \"fad-bank-1\",\n  \"name\" \"x\"\n}";
	struct faults faults;
	faults_init(&faults, 10);
	assert_null(bank_read(json, strlen(json), &faults));
	assert_int_equal(g_array_index(faults.list, struct problem, 0).line, 3);
	assert_true(g_array_index(faults.list, struct problem, 0).column > 0);
	faults_finish(&faults);
}

/* What is told is UTF-8, even where a long name or the parser's own words were cut inside a character. */
static void what_is_told_is_utf8(void **state)
{
	for (guint letters = 60; letters < 100; letters++) {
		g_autoptr(GString) json = g_string_new(HEAD "{\"id\":\"");
		for (guint i = 0; i < letters; i++) {
			g_string_append(json, i < letters % 4 ? "x" : "è");
		}
		g_string_append(json, letters % 2 ? "\"}]}" : "\xE8");
		struct faults faults;
		faults_init(&faults, 20);
		assert_null(bank_read(json->str, json->len, &faults));
		for (guint i = 0; i < faults.list->len; i++) {
			const struct problem *problem = &g_array_index(faults.list, struct problem, i);
			assert_true(g_utf8_validate(problem->where, -1, NULL));
			assert_true(g_utf8_validate(problem->it, -1, NULL) && g_utf8_validate(problem->en, -1, NULL));
		}
		faults_finish(&faults);
	}
}

static void all_faults_are_told_at_once(void **state)
{
	const char *json = HEAD
		"{\"id\":\"i\",\"area\":\"b\",\"difficulty\":0,\"type\":\"single\",\"stem\":\"\"," OPTIONS
		",\"key\":[\"1\",\"2\"]}," GOOD "]}";
	struct faults faults;
	faults_init(&faults, 3); /* keeps three, counts all */
	assert_null(bank_read(json, strlen(json), &faults));
	assert_int_equal(faults.list->len, 3);
	assert_int_equal(faults.errors, 5); /* area, difficulty, stem, key, duplicate id */
	assert_int_equal(faults.omitted, 2);
	faults_finish(&faults);
}

static void fields_are_kept(void **state)
{
	const char *json = ITEM(
		"\"type\":\"multiple\",\"stem\":\" S? \",\"shuffle\":false,\"explanation\":\"E\"," OPTIONS
		",\"key\":[\"2\"]");
	struct faults faults;
	faults_init(&faults, 10);
	struct bank *bank = bank_read(json, strlen(json), &faults);
	assert_non_null(bank);
	const struct bank_item *item = bank_find(bank, "i");
	assert_string_equal(item->stem, "S?");
	assert_string_equal(item->explanation, "E");
	assert_int_equal(item->key, 2);
	assert_int_equal(item->type, ITEM_MULTIPLE);
	assert_false(item->shuffle);
	assert_string_equal(bank->areas[item->area].name_en, "A"); /* no English: the Italian name */
	assert_string_equal(bank->language, "it");
	assert_null(bank_find(bank, "j"));
	bank_destroy(bank);
	faults_finish(&faults);
}

/* 100,001 items: refused as a whole, in one fault; 100,000 pass and stay quick. */
static void a_huge_bank(void **state)
{
	for (guint count = BANK_ITEMS_MAX; count <= BANK_ITEMS_MAX + 1; count++) {
		GString *json = g_string_new(HEAD);
		for (guint i = 0; i < count; i++) {
			g_string_append_printf(json,
				"%s{\"id\":\"i%u\",\"area\":\"a\",\"difficulty\":1,\"type\":\"true_false\","
				"\"stem\":\"S\",\"key\":[\"true\"]}",
				i ? "," : "", i);
		}
		g_string_append(json, "]}");
		struct faults faults;
		faults_init(&faults, 10);
		struct bank *bank = bank_read(json->str, json->len, &faults);
		assert_int_equal(bank != NULL, count == BANK_ITEMS_MAX);
		if (!bank) {
			assert_string_equal(
				g_array_index(faults.list, struct problem, 0).code, "BANK_TOO_MANY");
		}
		bank_destroy(bank);
		faults_finish(&faults);
		g_string_free(json, TRUE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(syntax_has_line_and_column),
		cmocka_unit_test(what_is_told_is_utf8),
		cmocka_unit_test(all_faults_are_told_at_once),
		cmocka_unit_test(fields_are_kept),
		cmocka_unit_test(a_huge_bank),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
