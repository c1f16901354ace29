#include "server/ecm/codice_fiscale.h"

#include <glib.h>
#include <string.h>
#include "assessment/faults.h"

/* A letter, a digit (or the letter that replaces it by omocodia), the month's letter. */
static const char shape[CODICE_FISCALE_LEN + 1] = "AAAAAA99M99A999A";

static const char omocodia[] = "LMNPQRSTUV";
static const char months[] = "ABCDEHLMPRST";
static const int month_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

/*
 * Values at the odd places (1st, 3rd, ...); a digit counts as the letter of the same rank: 0 as A ... 9 as J.
 */
static const int odd_values[26] = {
	1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};

enum fault {
	FAULT_EMPTY,
	FAULT_PROVISIONAL,
	FAULT_LENGTH,
	FAULT_SHAPE,
	FAULT_MONTH,
	FAULT_DAY,
	FAULT_CHECK,
};

#define MEND_IT "Ricopialo dalla tessera sanitaria."
#define MEND_EN "Copy it from the health card."

static const struct fault_text texts[] = {
	[FAULT_EMPTY] = {"CF_EMPTY", SEVERITY_ERROR, "DM 23/12/1976", "Manca il codice fiscale.",
		"The tax code (codice fiscale) is missing.", MEND_IT, MEND_EN},
	[FAULT_PROVISIONAL] = {"CF_PROVISIONAL", SEVERITY_ERROR, "ECM 1.3",
		"«$1» è un codice fiscale provvisorio di 11 cifre: per i crediti ECM serve quello di 16 "
		"caratteri.",
		"\"$1\" is a provisional tax code of 11 digits: ECM credits need the one of 16 characters.",
		MEND_IT, MEND_EN},
	[FAULT_LENGTH] = {"CF_LENGTH", SEVERITY_ERROR, "DM 23/12/1976",
		"Il codice fiscale «$1» ha $2 caratteri invece di 16.",
		"The tax code \"$1\" has $2 characters instead of 16.", MEND_IT, MEND_EN},
	[FAULT_SHAPE] = {"CF_SHAPE", SEVERITY_ERROR, "DM 23/12/1976",
		"Il codice fiscale «$1» ha un carattere non ammesso nella posizione $2.",
		"The tax code \"$1\" has a character that is not allowed in position $2.", MEND_IT, MEND_EN},
	[FAULT_MONTH] = {"CF_MONTH", SEVERITY_ERROR, "DM 23/12/1976",
		"Nel codice fiscale «$1» la lettera «$2» (posizione 9) non indica un mese.",
		"In the tax code \"$1\" the letter \"$2\" (position 9) is not that of a month.", MEND_IT,
		MEND_EN},
	[FAULT_DAY] = {"CF_DAY", SEVERITY_ERROR, "DM 23/12/1976",
		"Nel codice fiscale «$1» il giorno di nascita «$2» (posizioni 10 e 11) non esiste in quel "
		"mese.",
		"In the tax code \"$1\" the day of birth \"$2\" (positions 10 and 11) does not exist in that "
		"month.",
		MEND_IT, MEND_EN},
	[FAULT_CHECK] = {"CF_CHECK_LETTER", SEVERITY_ERROR, "DM 23/12/1976",
		"La lettera di controllo del codice fiscale «$1» è sbagliata: un carattere è stato scritto "
		"male.",
		"The check letter of the tax code \"$1\" is wrong: one of its characters is mistyped.",
		MEND_IT, MEND_EN},
};

static bool refuse(struct problem *ret, enum fault fault, const char *code, const char *detail)
{
	fault_set(ret, &texts[fault], "", code, detail);
	return false;
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The digit that a character stands for, through omocodia too; -1 when it stands for none. */
static int digit_of(char c)
{
	if (is_digit(c)) {
		return c - '0';
	}
	const char *at = c ? strchr(omocodia, c) : NULL;
	return at ? (int)(at - omocodia) : -1;
}

static bool fits(char wanted, char c)
{
	return wanted == '9' ? digit_of(c) >= 0 : is_letter(c);
}

static char check_letter(const char *code)
{
	int sum = 0;
	for (int i = 0; i < CODICE_FISCALE_LEN - 1; i++) {
		int rank = is_digit(code[i]) ? code[i] - '0' : code[i] - 'A';
		sum += i % 2 == 0 ? odd_values[rank] : rank;
	}
	return (char)('A' + sum % 26);
}

/* The 29th of February passes only in a year that can be a leap one: 00 is 1900 or 2000, so it may be. */
static bool day_exists(const char *code)
{
	int year = digit_of(code[6]) * 10 + digit_of(code[7]);
	long month = strchr(months, code[8]) - months;
	int day = digit_of(code[9]) * 10 + digit_of(code[10]);
	if (day > 40) {
		day -= 40; /* women */
	}
	if (month == 1 && day == 29 && year % 4 != 0) {
		return false;
	}
	return day >= 1 && day <= month_days[month];
}

bool codice_fiscale_check(const char *text, char ret_normalised[CODICE_FISCALE_LEN + 1], struct problem *ret)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(text));
	g_autofree char *code = g_ascii_strup(trimmed, -1);
	if (!g_utf8_validate(code, -1, NULL)) {
		return refuse(ret, FAULT_SHAPE, "?", "?");
	}
	glong len = g_utf8_strlen(code, -1);
	if (len == 0) {
		return refuse(ret, FAULT_EMPTY, NULL, NULL);
	}
	if (len == 11 && strspn(code, "0123456789") == 11) {
		return refuse(ret, FAULT_PROVISIONAL, code, NULL);
	}
	char detail[24];
	if (len != CODICE_FISCALE_LEN) {
		g_snprintf(detail, sizeof(detail), "%ld", len);
		return refuse(ret, FAULT_LENGTH, code, detail);
	}
	for (int i = 0; i < CODICE_FISCALE_LEN; i++) {
		if (!fits(shape[i], code[i])) {
			g_snprintf(detail, sizeof(detail), "%d", i + 1);
			return refuse(ret, FAULT_SHAPE, code, detail);
		}
	}
	if (!strchr(months, code[8])) {
		return refuse(ret, FAULT_MONTH, code, (char[]){code[8], '\0'});
	}
	if (!day_exists(code)) {
		return refuse(ret, FAULT_DAY, code, (char[]){code[9], code[10], '\0'});
	}
	if (check_letter(code) != code[15]) {
		return refuse(ret, FAULT_CHECK, code, NULL);
	}
	memcpy(ret_normalised, code, CODICE_FISCALE_LEN + 1);
	return true;
}

bool codice_fiscale_complete(const char *first15, char ret_code[CODICE_FISCALE_LEN + 1])
{
	if (strlen(first15) != CODICE_FISCALE_LEN - 1) {
		return false;
	}
	for (const char *at = first15; *at; at++) {
		if (!is_letter(*at) && !is_digit(*at)) {
			return false;
		}
	}
	memcpy(ret_code, first15, CODICE_FISCALE_LEN - 1);
	ret_code[15] = check_letter(first15);
	ret_code[16] = '\0';
	return true;
}
