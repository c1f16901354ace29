/* The code tables: sizes of the national lists, and that every row refers to rows that exist. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_of_the_national_lists),
		cmocka_unit_test(every_profession_has_a_discipline),
		cmocka_unit_test(looks_up_by_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
