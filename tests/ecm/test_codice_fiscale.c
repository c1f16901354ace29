/* Tax codes: known good ones, each single fault with its own sentence, omocodia. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "server/ecm/codice_fiscale.h"

struct row {
	const char *text;
	const char *code; /* of the fault; NULL: good */
	const char *says; /* part of the Italian sentence */
};

static const struct row rows[] = {
	{"RSSMRA80A01H501U", NULL, NULL}, {"RSSMRA80A01F205X", NULL, NULL}, {"MRTMTT25D09F205Z", NULL, NULL},
	{"  rssmra80a01h501u\n", NULL, NULL},
	{"RSSMRA80A01H50MM", NULL, NULL}, /* omocodia in the last digit */
	{"", "CF_EMPTY", "Manca"}, {"   ", "CF_EMPTY", "Manca"},
	{"12345678901", "CF_PROVISIONAL", "12345678901"}, {"RSSMRA80A01H501", "CF_LENGTH", "15 caratteri"},
	{"RSSMRA80A01H501UU", "CF_LENGTH", "17 caratteri"}, {"RSSMR180A01H501U", "CF_SHAPE", "posizione 6"},
	{"RSSMRAA0A01H501U", "CF_SHAPE", "posizione 7"},
	{"RSSMRA80A01H5O1U", "CF_SHAPE", "posizione 14"}, /* letter O for zero */
	{"RSSMRA80A01H501é", "CF_SHAPE", "posizione 16"}, {"RSSMRA80F01H501U", "CF_MONTH", "«F»"},
	{"RSSMRA80A00H501U", "CF_DAY", "«00»"}, {"RSSMRA80A32H501U", "CF_DAY", "«32»"},
	{"RSSMRA80A40H501U", "CF_DAY", "«40»"}, {"RSSMRA80A72H501U", "CF_DAY", "«72»"},
	{"RSSMRA81B29H501U", "CF_DAY", "«29»"}, /* 1981 was no leap year */
	{"RSSMRA80D31H501U", "CF_DAY", "«31»"}, /* April */
	{"RSSMRA80A01H501V", "CF_CHECK_LETTER", "lettera di controllo"},
	{"RSSMRB80A01H501U", "CF_CHECK_LETTER", "lettera di controllo"},
	{"\xFF\xFESSMRA80A01H501", "CF_SHAPE", "posizione"}, /* not UTF-8 */
};

static void every_row(void **state)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char code[CODICE_FISCALE_LEN + 1] = "untouched";
		struct problem problem = {0};
		bool good = codice_fiscale_check(rows[i].text, code, &problem);
		if (rows[i].code) {
			assert_false(good);
			assert_string_equal(problem.code, rows[i].code);
			assert_non_null(strstr(problem.it, rows[i].says));
			assert_true(problem.en[0] != '\0' && problem.mend_it[0] != '\0');
			assert_string_equal(code, "untouched");
		} else {
			assert_true(good);
			assert_int_equal(strlen(code), CODICE_FISCALE_LEN);
		}
	}
}

/* Any one character changed into another of the same kind is found (single substitutions always are). */
static void one_mistyped_letter_is_found(void **state)
{
	const char *good = "RSSMRA80A01H501U";
	for (int place = 0; place < 6; place++) {
		for (char c = 'A'; c <= 'Z'; c++) {
			char text[CODICE_FISCALE_LEN + 1];
			char code[CODICE_FISCALE_LEN + 1];
			struct problem problem;
			strcpy(text, good);
			text[place] = c;
			assert_int_equal(codice_fiscale_check(text, code, &problem), c == good[place]);
		}
	}
}

static void completes_the_known_codes(void **state)
{
	char code[CODICE_FISCALE_LEN + 1];
	assert_true(codice_fiscale_complete("RSSMRA80A01H501", code));
	assert_string_equal(code, "RSSMRA80A01H501U");
	assert_true(codice_fiscale_complete("RSSMRA80A01H50M", code));
	assert_string_equal(code, "RSSMRA80A01H50MM");
	assert_false(codice_fiscale_complete("RSSMRA80A01H5", code));
	assert_false(codice_fiscale_complete("rssmra80a01h501", code));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(one_mistyped_letter_is_found),
		cmocka_unit_test(completes_the_known_codes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
