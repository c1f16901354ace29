/* Every table that refers to people is in personal.def: shown to them, and kept or not when they become anonymous. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "server/privacy/rules.h"
#include "server/store/statement.h"

struct pair {
	const char *table, *column; /* NULL: all */
};

#define SECTION(table, name, title, sql)
#define FORGET(table, sql)
#define STAYS(table, why)
#define DEED(table, column)

#undef SECTION
#define SECTION(table, name, title, sql) {#table, NULL},
static const struct pair shown[] = {
#include "server/store/personal.def"
};
#undef SECTION
#define SECTION(table, name, title, sql)

#undef FORGET
#define FORGET(table, sql) {#table, NULL},
#undef STAYS
#define STAYS(table, why) {#table, NULL},
static const struct pair judged[] = {
#include "server/store/personal.def"
};
#undef FORGET
#define FORGET(table, sql)
#undef STAYS
#define STAYS(table, why)

#undef DEED
#define DEED(table, column) {#table, #column},
static const struct pair deeds[] = {
#include "server/store/personal.def"
};

static bool holds(const struct pair *pairs, size_t count, const char *table, const char *column)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(pairs[i].table, table) == 0 && (!pairs[i].column || strcmp(pairs[i].column, column) == 0)) {
			return true;
		}
	}
	return false;
}

#define HOLDS(pairs, table, column) holds((pairs), G_N_ELEMENTS(pairs), (table), (column))

static int judge(void *data, int count, char **values, char **names)
{
	const char *table = values[0], *column = values[1];
	bool deed = HOLDS(deeds, table, column);
	(*(int *)data)++;
	if (!deed && (!HOLDS(shown, table, column) || !HOLDS(judged, table, column))) {
		fail_msg("%s.%s refers to a person: say in server/store/personal.def what they are shown of it (SECTION) and "
			 "what becomes of it (FORGET or STAYS), or that it tells who did something (DEED)",
			table, column);
	}
	return 0;
}

static void every_table_about_people_is_listed(void **state)
{
	struct problem problem;
	int found = 0;
	g_autofree char *folder = g_dir_make_tmp("fad-personal-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "fad.db", NULL);
	struct store *store = store_open(path, &problem);
	assert_non_null(store);
	store_close(store);
	struct db *db = db_open(path, false, &problem);
	assert_non_null(db);
	assert_int_equal(sqlite3_exec(db->handle,
				 "SELECT m.name, f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE "
				 "m.type = 'table' AND f.\"table\" = 'person'",
				 judge, &found, NULL),
		SQLITE_OK);
	assert_true(found > 30);
	db_close(db);
	g_unlink(path);
	g_rmdir(folder);
}

#define RULE(id, months)                                                                                     \
	"{\"id\": \"" id "\", \"months\": " #months                                                          \
	", \"from\": \"event\", \"name_it\": \"\", \"name_en\": \"\", \"law_it\": \"\", \"law_en\": \"\"}"
#define REST RULE("people", 1) "," RULE("journals", 1) "," RULE("log_ins", 1) "," RULE("messages", 1) "," RULE("downloads", 1)
#define FILE_OF(rules) "{\"format\": \"fad-retention-1\", \"rules\": [" rules "]}"

static const struct {
	const char *name, *text;
	bool good;
	const char *where;
} files[] = {
	{"all rules", FILE_OF(RULE("evidence", 60) "," RULE("programme", 120) "," REST), true, ""},
	{"evidence too short", FILE_OF(RULE("evidence", 59) "," RULE("programme", 60) "," REST), false, "rules[0] evidence"},
	{"programme too short", FILE_OF(RULE("evidence", 60) "," RULE("programme", 12) "," REST), false, "rules[1] programme"},
	{"a rule is missing", FILE_OF(RULE("evidence", 60) "," REST), false, "rules: programme"},
	{"a rule twice", FILE_OF(RULE("evidence", 60) "," RULE("evidence", 60) "," REST), false, "rules[1] evidence"},
	{"an unknown rule", FILE_OF(RULE("sempre", 60)), false, "rules[0] sempre"},
	{"no months", FILE_OF(RULE("evidence", 0)), false, "rules[0] evidence"},
	{"too many months", FILE_OF(RULE("evidence", 1201)), false, "rules[0] evidence"},
	{"months in words", FILE_OF(RULE("evidence", "sixty")), false, "rules[0] evidence"},
	{"another format", "{\"format\": \"x\", \"rules\": []}", false, "format"},
	{"no JSON", "[", false, NULL},
};

static void reads_rules_of_retention(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		struct retention_rules rules;
		struct problem problem = {0};
		bool good = retention_rules_read(files[i].text, strlen(files[i].text), &rules, &problem);
		if (good != files[i].good || (!good && strcmp(problem.code, "RETENTION_FILE") != 0) ||
			(files[i].where && strcmp(problem.where, files[i].where) != 0)) {
			fail_msg("%s: %d %s", files[i].name, (int)good, problem.where);
		}
		if (good) {
			retention_rules_finish(&rules);
		}
	}
}

static void the_programs_own_rules_are_good(void **state)
{
	struct retention_rules rules;
	struct problem problem = {0};
	assert_true(retention_rules_load("/nonexistent", &rules, &problem));
	assert_true(rules.months[RULE_EVIDENCE] >= 60 && rules.months[RULE_PROGRAMME] >= 60);
	retention_rules_finish(&rules);
}

static void counts_months(void **state)
{
	static const struct {
		const char *day;
		int months;
		const char *is;
	} days[] = {{"2026-06-30", 60, "2031-06-30"}, {"2024-02-29", 12, "2025-02-28"}, {"2026-01-31", 1, "2026-02-28"},
		{"2026-12-01", -12, "2025-12-01"}, {"2026-03-31", -1, "2026-02-28"}, {"", 12, "1971-01-01"}};
	for (size_t i = 0; i < G_N_ELEMENTS(days); i++) {
		char is[11];
		day_after_months(days[i].day, days[i].months, is);
		assert_string_equal(is, days[i].is);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_table_about_people_is_listed),
		cmocka_unit_test(reads_rules_of_retention),
		cmocka_unit_test(the_programs_own_rules_are_good),
		cmocka_unit_test(counts_months),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
