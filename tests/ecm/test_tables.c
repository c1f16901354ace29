/* The code tables: sizes of the national lists, and that every row refers to rows that exist. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <cmocka.h>
#include "server/ecm/tables.h"

static void counts_of_the_national_lists(void **state)
{
	size_t count;
	profession_table(&count);
	assert_int_equal(count, 30);
	discipline_table(&count);
	assert_int_equal(count, 103);
	national_objective_table(&count);
	assert_int_equal(count, 38);
	company_table(&count);
	assert_true(count >= 10);
}

static void every_profession_has_a_discipline(void **state)
{
	size_t professions, disciplines;
	const struct profession *profession = profession_table(&professions);
	const struct discipline *discipline = discipline_table(&disciplines);
	for (size_t i = 0; i < professions; i++) {
		bool found = false;
		for (size_t k = 0; k < disciplines && !found; k++) {
			found = discipline[k].profession == profession[i].code;
		}
		assert_true(found);
	}
	for (size_t k = 0; k < disciplines; k++) {
		assert_non_null(profession_find(discipline[k].profession));
		assert_true(discipline[k].code >= 1 && discipline[k].code <= 999);
	}
}

static void looks_up_by_code(void **state)
{
	assert_string_equal(profession_find(14)->name, "Infermiere");
	assert_null(profession_find(0));
	assert_null(profession_find(31));
	assert_string_equal(discipline_find(1, 59)->name, "Continuità assistenziale");
	assert_null(discipline_find(14, 59));
	assert_true(discipline_find(1, 110)->withdrawn);
	assert_false(discipline_known(28));
	assert_non_null(national_objective_find(17));
	assert_null(national_objective_find(39));
	assert_string_equal(company_find("AOUC")->kind, "aou");
	assert_null(company_find("aouc"));
	assert_non_null(type_find("cod_tipologia_form", "11"));
	assert_null(type_find("cod_tipologia_form", "12"));
}

/* The rows of ECM 2, one by one. */
static void the_codes_that_are_named(void **state)
{
	static const struct {
		int profession, discipline;
		const char *name; /* how it begins */
	} disciplines[] = {
		{1, 58, "Medicina generale"}, {1, 59, "Continuità assistenziale"}, {1, 60, "Pediatria"}, {1, 113, "Privo di specializzazione"},
		{14, 85, "Infermiere"}, {2, 64, "Odontoiatria"}, {3, 66, "Farmacia ospedaliera"}, {3, 67, "Farmacia territoriale"},
		{5, 77, "Psicoterapia"}, {1, 112, "Psicoterapia"}, {1, 117, "Medicina subacquea"}, {15, 86, "Infermiere pediatrico"},
		{18, 89, "Ostetrica"}, {30, 101, "Terapista occupazionale"}};
	static const struct {
		int code;
		const char *name;
	} professions[] = {{1, "Medico chirurgo"}, {14, "Infermiere"}, {15, "Infermiere pediatrico"}, {18, "Ostetrica"}, {30, "Terapista occupazionale"}};
	static const int unused[] = {28, 65, 69, 70, 71, 72, 73, 74, 75, 97, 102, 103, 104, 109};
	static const int objectives[] = {17, 35, 29, 7, 11}; /* that fit the FSE */
	for (size_t i = 0; i < sizeof(disciplines) / sizeof(disciplines[0]); i++) {
		const struct discipline *found = discipline_find(disciplines[i].profession, disciplines[i].discipline);
		assert_non_null(found);
		if (strncasecmp(found->name, disciplines[i].name, strlen(disciplines[i].name)) != 0) {
			fail_msg("%d.%d is %s", disciplines[i].profession, disciplines[i].discipline, found->name);
		}
	}
	for (size_t i = 0; i < sizeof(professions) / sizeof(professions[0]); i++) {
		const char *name = profession_find(professions[i].code)->name;
		assert_int_equal(strncasecmp(name, professions[i].name, strlen(professions[i].name)), 0);
	}
	for (size_t i = 0; i < sizeof(unused) / sizeof(unused[0]); i++) {
		assert_false(discipline_known(unused[i]));
	}
	for (size_t i = 0; i < sizeof(objectives) / sizeof(objectives[0]); i++) {
		assert_non_null(national_objective_find(objectives[i]));
	}
}

/* ECM 1.4: types of training 1 to 11, forms 1 to 4; ECM 1.2, 1.3: the other closed lists. */
static void the_closed_lists(void **state)
{
	static const struct {
		const char *list, *codes;
	} lists[] = {{"cod_tipologia_form", "1 2 3 4 5 6 7 8 9 10 11"}, {"tipo_form", "1 2 3 4"}, {"tipo_eve", "E P"},
		{"ruolo", "P T D R"}, {"lib_dip", "L D C P"}};
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++) {
		char codes[64];
		strcpy(codes, lists[i].codes);
		for (char *code = strtok(codes, " "); code; code = strtok(NULL, " ")) {
			assert_non_null(type_find(lists[i].list, code));
		}
		assert_null(type_find(lists[i].list, "X"));
	}
	assert_non_null(type_find("cod_accr", "090"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_of_the_national_lists),
		cmocka_unit_test(every_profession_has_a_discipline),
		cmocka_unit_test(looks_up_by_code),
		cmocka_unit_test(the_codes_that_are_named),
		cmocka_unit_test(the_closed_lists),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
