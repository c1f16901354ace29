#include "server/ecm/names.h"

#include <glib.h>
#include <string.h>

/* Letters that don't decompose into a base letter and marks, and marks of punctuation that people type. */
static const struct {
	gunichar from;
	const char *to;
} replacements[] = {
	{0x00DF, "SS"},
	{0x1E9E, "SS"}, /* ß */
	{0x00E6, "AE"},
	{0x00C6, "AE"}, /* æ */
	{0x0153, "OE"},
	{0x0152, "OE"}, /* œ */
	{0x00F8, "O"},
	{0x00D8, "O"}, /* ø */
	{0x0142, "L"},
	{0x0141, "L"}, /* ł */
	{0x0111, "D"},
	{0x0110, "D"}, /* đ */
	{0x00F0, "D"},
	{0x00D0, "D"}, /* ð */
	{0x00FE, "TH"},
	{0x00DE, "TH"}, /* þ */
	{0x0127, "H"},
	{0x0126, "H"}, /* ħ */
	{0x0131, "I"}, /* ı */
	{0x014B, "N"}, /* ŋ */
	{0x014A, "N"}, /* Ŋ */
	{0x0167, "T"}, /* ŧ */
	{0x0166, "T"}, /* Ŧ */
	{0x0140, "L"}, /* ŀ */
	{0x013F, "L"}, /* Ŀ */
	{0x0149, "'N"}, /* ŉ */
	{0x017F, "S"}, /* ſ */
	{0x0138, "Q"}, /* ĸ */
	{0x0133, "IJ"}, /* ĳ */
	{0x0132, "IJ"}, /* Ĳ */
	{0x0259, "E"}, /* ə */
	{0x018F, "E"}, /* Ə */
	{0x01DD, "E"}, /* ǝ */
	{0x018E, "E"}, /* Ǝ */
	{0x025B, "E"}, /* ɛ */
	{0x0190, "E"}, /* Ɛ */
	{0x0254, "O"}, /* ɔ */
	{0x0186, "O"}, /* Ɔ */
	{0x0268, "I"}, /* ɨ */
	{0x0197, "I"}, /* Ɨ */
	{0x0289, "U"}, /* ʉ */
	{0x0244, "U"}, /* Ʉ */
	{0x0180, "B"}, /* ƀ */
	{0x0243, "B"}, /* Ƀ */
	{0x0253, "B"}, /* ɓ */
	{0x0181, "B"}, /* Ɓ */
	{0x0256, "D"}, /* ɖ */
	{0x0189, "D"}, /* Ɖ */
	{0x0257, "D"}, /* ɗ */
	{0x018A, "D"}, /* Ɗ */
	{0x01E5, "G"}, /* ǥ */
	{0x01E4, "G"}, /* Ǥ */
	{0x0260, "G"}, /* ɠ */
	{0x0193, "G"}, /* Ɠ */
	{0x0199, "K"}, /* ƙ */
	{0x0198, "K"}, /* Ƙ */
	{0x0272, "N"}, /* ɲ */
	{0x019D, "N"}, /* Ɲ */
	{0x0192, "F"}, /* ƒ */
	{0x0191, "F"}, /* Ƒ */
	{0x01AD, "T"}, /* ƭ */
	{0x01AC, "T"}, /* Ƭ */
	{0x01B4, "Y"}, /* ƴ */
	{0x01B3, "Y"}, /* Ƴ */
	{0x01B6, "Z"}, /* ƶ */
	{0x01B5, "Z"}, /* Ƶ */
	{0x0237, "J"}, /* ȷ */
	{0x01C6, "DZ"}, /* ǆ */
	{0x01C5, "DZ"}, /* ǅ */
	{0x01C4, "DZ"}, /* Ǆ */
	{0x01F3, "DZ"}, /* ǳ */
	{0x01F2, "DZ"}, /* ǲ */
	{0x01F1, "DZ"}, /* Ǳ */
	{0x01C9, "LJ"}, /* ǉ */
	{0x01C8, "LJ"}, /* ǈ */
	{0x01C7, "LJ"}, /* Ǉ */
	{0x01CC, "NJ"}, /* ǌ */
	{0x01CB, "NJ"}, /* ǋ */
	{0x01CA, "NJ"}, /* Ǌ */
	{0xFB01, "FI"}, /* ﬁ */
	{0xFB02, "FL"}, /* ﬂ */
	{0x2018, "'"},
	{0x2019, "'"},
	{0x02BC, "'"},
	{0x0060, "'"},
	{0x00B4, "'"},
	{0x2032, "'"},
	{0x2010, "-"},
	{0x2011, "-"},
	{0x2013, "-"},
	{0x2014, "-"},
	{0x00A0, " "},
	{0x202F, " "},
	{0x0009, " "},
};

static const char *replacement(gunichar c)
{
	for (gsize i = 0; i < G_N_ELEMENTS(replacements); i++) {
		if (replacements[i].from == c) {
			return replacements[i].to;
		}
	}
	return NULL;
}

static bool is_apostrophe(gunichar c)
{
	const char *to = replacement(c);
	return c == '\'' || (to && *to == '\'');
}

/* Grave or acute, the accents that mark the stress in Italian. */
static bool marks_stress(gunichar mark)
{
	return mark == 0x0300 || mark == 0x0301;
}

/* Writes the mark of a stressed last vowel, unless the writer had put an apostrophe already. */
static void append_mark(GString *out, gunichar mark, const char *rest)
{
	gunichar next = g_utf8_get_char(rest);
	bool vowel = out->len && strchr("AEIOU", out->str[out->len - 1]);
	if (marks_stress(mark) && vowel && !g_unichar_isalpha(next) && !g_unichar_ismark(next) &&
		!is_apostrophe(next)) {
		g_string_append_c(out, '\'');
	}
}

static bool append(GString *out, gunichar c, const char *rest)
{
	const char *to = replacement(c);
	if (c == ' ' || (to && *to == ' ')) {
		if (out->len && out->str[out->len - 1] != ' ') {
			g_string_append_c(out, ' ');
		}
	} else if (to) {
		g_string_append(out, to);
	} else if (c < 0x80 && (g_ascii_isalpha((char)c) || strchr("',-.", (int)c))) {
		g_string_append_c(out, g_ascii_toupper((char)c));
	} else if (g_unichar_ismark(c) && c >= 0x0300 && c <= 0x036F && out->len) {
		append_mark(out, c, rest);
	} else {
		return false;
	}
	return true;
}

enum report_name_fault report_name(
	const char *name, char ret_name[REPORT_NAME_MAX + 1], char ret_character[8])
{
	if (!g_utf8_validate(name, -1, NULL)) {
		g_strlcpy(ret_character, "\xEF\xBF\xBD", 8);
		return REPORT_NAME_CHARACTER;
	}
	g_autofree char *decomposed = g_utf8_normalize(name, -1, G_NORMALIZE_NFD);
	g_autoptr(GString) out = g_string_new(NULL);
	for (const char *at = decomposed; *at;) {
		const char *rest = g_utf8_next_char(at);
		gunichar c = g_utf8_get_char(at);
		if (!append(out, c, rest)) {
			ret_character[g_unichar_to_utf8(c, ret_character)] = '\0';
			return REPORT_NAME_CHARACTER;
		}
		at = rest;
	}
	g_strchomp(out->str);
	size_t len = strlen(out->str);
	if (strcspn(out->str, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == len) {
		return REPORT_NAME_EMPTY;
	}
	if (len > REPORT_NAME_MAX) {
		return REPORT_NAME_LONG;
	}
	memcpy(ret_name, out->str, len + 1);
	return REPORT_NAME_GOOD;
}
