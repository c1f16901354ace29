/* Names for the report: transliteration in the Italian manner, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include <glib.h>
#include "server/ecm/names.h"

struct row {
	const char *name;
	const char *written; /* NULL: refused */
	enum report_name_fault fault;
	const char *character;
};

static const struct row rows[] = {
	{"Mario", "MARIO", 0, NULL}, {"Niccolò", "NICCOLO'", 0, NULL},
	{"Niccolo\xCC\x80", "NICCOLO'", 0, NULL}, /* decomposed */
	{"Niccolò'", "NICCOLO'", 0, NULL}, {"NICCOLÒ", "NICCOLO'", 0, NULL},
	{"José María", "JOSE' MARIA", 0, NULL}, {"Noè Andrea", "NOE' ANDREA", 0, NULL},
	{"Cantù-Rossi", "CANTU'-ROSSI", 0, NULL},
	{"D\xE2\x80\x99"
	 "Amico",
		"D'AMICO", 0, NULL},
	{"De  Luca ", "DE LUCA", 0, NULL}, {" De\xC2\xA0Luca", "DE LUCA", 0, NULL}, /* no-break space */
	{"Müller", "MULLER", 0, NULL}, {"Groß", "GROSS", 0, NULL}, {"Sørensen", "SORENSEN", 0, NULL},
	{"Wałęsa", "WALESA", 0, NULL}, {"Đorđević", "DORDEVIC", 0, NULL},
	{"Çelik Şükür ı", "CELIK SUKUR I", 0, NULL}, {"Ángel Núñez", "ANGEL NUNEZ", 0, NULL},
	{"Æbeltoft Œuvre", "AEBELTOFT OEUVRE", 0, NULL}, {"Þór", "THOR", 0, NULL},
	{"Šimunović Žan", "SIMUNOVIC ZAN", 0, NULL}, {"Ñuño", "NUNO", 0, NULL}, {"Ǆuro ǈubić", "DZURO LJUBIC", 0, NULL},
	{"Əliyev Ŋ Ŧ", "ELIYEV N T", 0, NULL}, {"Łukasz Ğül", "LUKASZ GUL", 0, NULL}, {"Ĳsbrand", "IJSBRAND", 0, NULL},
	{"İbrahim Ţăranu", "IBRAHIM TARANU", 0, NULL}, {"Ștefan", "STEFAN", 0, NULL},
	{"Nguyễn Thế", "NGUYEN THE'", 0, NULL}, {"Ana-Maria, jr.", "ANA-MARIA, JR.", 0, NULL},
	{"", NULL, REPORT_NAME_EMPTY, NULL}, {"  ", NULL, REPORT_NAME_EMPTY, NULL},
	{"'-.", NULL, REPORT_NAME_EMPTY, NULL}, {"Иван", NULL, REPORT_NAME_CHARACTER, "И"},
	{"Mаrio", NULL, REPORT_NAME_CHARACTER, "а"}, /* a Cyrillic a */
	{"Νίκος", NULL, REPORT_NAME_CHARACTER, "Ν"}, {"李", NULL, REPORT_NAME_CHARACTER, "李"},
	{"Mario 2", NULL, REPORT_NAME_CHARACTER, "2"}, {"Rossi (Bianchi)", NULL, REPORT_NAME_CHARACTER, "("},
	{"Rossi\nBianchi", NULL, REPORT_NAME_CHARACTER, "\n"},
	{"Niccol\xF2", NULL, REPORT_NAME_CHARACTER, "\xEF\xBF\xBD"}, /* Latin-1 bytes */
};

static void every_row(void **state)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char written[REPORT_NAME_MAX + 1] = "untouched";
		char character[8] = "";
		enum report_name_fault fault = report_name(rows[i].name, written, character);
		assert_int_equal(fault, rows[i].fault);
		assert_string_equal(written, rows[i].written ? rows[i].written : "untouched");
		if (rows[i].character) {
			assert_string_equal(character, rows[i].character);
		}
	}
}

static void the_length_counts_what_is_written(void **state)
{
	char written[REPORT_NAME_MAX + 1];
	char character[8];
	g_autofree char *hundred = g_strnfill(100, 'a');
	g_autofree char *longer = g_strnfill(101, 'a');
	g_autofree char *stressed =
		g_strdup_printf("%.99sò", hundred); /* 100 letters, 101 with the apostrophe */
	assert_int_equal(report_name(hundred, written, character), REPORT_NAME_GOOD);
	assert_int_equal(report_name(longer, written, character), REPORT_NAME_LONG);
	assert_int_equal(report_name(stressed, written, character), REPORT_NAME_LONG);
}

/* The letters of Latin-1 and Latin Extended-A: every European language that is written in Latin letters. */
static void every_european_letter_is_written(void **state)
{
	for (gunichar c = 0xC0; c < 0x180; c++) {
		char name[16] = "";
		char written[REPORT_NAME_MAX + 1];
		char character[8];
		g_unichar_to_utf8(c, name);
		if (c != 0xD7 && c != 0xF7 && report_name(name, written, character) != REPORT_NAME_GOOD) {
			fail_msg("%s (U+%04X) is refused", name, c);
		}
	}
}

/* Whatever comes in, what comes out fits the report's pattern. */
static void every_latin_letter_fits_the_pattern(void **state)
{
	guint good = 0;
	for (gunichar c = 1; c < 0x2100; c++) {
		char name[16] = "A";
		char written[REPORT_NAME_MAX + 1];
		char character[8];
		name[1 + g_unichar_to_utf8(c, name + 1)] = '\0';
		if (report_name(name, written, character) == REPORT_NAME_GOOD) {
			good++;
			assert_int_equal(strspn(written, "ABCDEFGHIJKLMNOPQRSTUVWXYZ ',-."), strlen(written));
		}
	}
	assert_true(good > 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row),
		cmocka_unit_test(the_length_counts_what_is_written),
		cmocka_unit_test(every_european_letter_is_written),
		cmocka_unit_test(every_latin_letter_fits_the_pattern),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
