/* Values as manifests write them: forgiving with blanks, commas and letter case, and saying so. */
#include "packages/manifest/reader.h"

#include <math.h>
#include <string.h>

struct span reader_keep(struct reader *reader, const char *text)
{
	size_t len = strlen(text);
	if (len > MANIFEST_MAX_TEXT) {
		len = MANIFEST_MAX_TEXT;
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) {
			len--;
		}
	}
	if (len == 0) {
		return (struct span){"", 0};
	}
	return (struct span){g_string_chunk_insert_len(reader->strings, text, (gssize)len), (uint32_t)len};
}

static char *collapse_blanks(const char *text)
{
	GString *ret = g_string_new(NULL);
	bool blank = false;
	for (const char *at = text; *at; at++) {
		if (g_ascii_isspace(*at)) {
			blank = ret->len > 0;
		} else {
			if (blank) {
				g_string_append_c(ret, ' ');
				blank = false;
			}
			g_string_append_c(ret, *at);
		}
	}
	return g_string_free(ret, FALSE);
}

/* The attribute without blanks around it, or NULL. Yours. */
static char *trimmed_attribute(struct reader *reader, const xmlNode *element, const char *name)
{
	const char *value = element_attribute(element, name, reader->strings);
	return value ? g_strstrip(g_strdup(value)) : NULL;
}

struct span reader_attribute(struct reader *reader, const xmlNode *element, const char *name)
{
	g_autofree char *value = trimmed_attribute(reader, element, name);
	return value ? reader_keep(reader, value) : (struct span){"", 0};
}

struct span reader_text(struct reader *reader, const xmlNode *element, bool collapse)
{
	g_autofree char *text = element_text(element);
	if (strlen(text) > MANIFEST_MAX_TEXT) {
		char limit[16];
		g_snprintf(limit, sizeof(limit), "%u", MANIFEST_MAX_TEXT);
		reader_find(reader, MANIFEST_TEXT_CUT, element, element_name(element), limit);
	}
	if (collapse) {
		g_autofree char *collapsed = collapse_blanks(text);
		return reader_keep(reader, collapsed);
	}
	return reader_keep(reader, g_strstrip(text));
}

struct span reader_objective_id(struct reader *reader, const xmlNode *element, const char *name)
{
	const char *value = element_attribute(element, name, reader->strings);
	if (!value) {
		return (struct span){"", 0};
	}
	g_autofree char *decoded = g_uri_unescape_string(value, NULL);
	if (decoded && !g_utf8_validate(decoded, -1, NULL)) {
		g_clear_pointer(&decoded, g_free);
	}
	g_autofree char *collapsed = collapse_blanks(decoded ? decoded : value);
	return reader_keep(reader, collapsed);
}

bool reader_bool(struct reader *reader, const xmlNode *element, const char *name, bool *ret)
{
	g_autofree char *value = trimmed_attribute(reader, element, name);
	if (!value || !*value) {
		return false;
	}
	bool yes = g_ascii_strcasecmp(value, "true") == 0 || strcmp(value, "1") == 0;
	bool no = g_ascii_strcasecmp(value, "false") == 0 || strcmp(value, "0") == 0;
	if (!yes && !no) {
		bool other_yes = g_ascii_strcasecmp(value, "yes") == 0;
		bool other_no = g_ascii_strcasecmp(value, "no") == 0;
		if (!other_yes && !other_no) {
			reader_find(reader, VALUE_BAD, element, value, name);
			return false;
		}
		reader_find(reader, VALUE_SPELLING, element, value, name);
		yes = other_yes;
	}
	*ret = yes;
	return true;
}

bool value_real(struct reader *reader, const xmlNode *element, const char *name, const char *text,
	double least, double most, double *ret)
{
	g_autofree char *value = g_strstrip(g_strdup(text));
	char *comma = strchr(value, ',');
	char *end = NULL;
	if (comma && !strchr(value, '.')) {
		*comma = '.';
	} else {
		comma = NULL;
	}
	double number = g_ascii_strtod(value, &end);
	bool good = end != value && !*end && isfinite(number) && number >= least && number <= most &&
		    strspn(value, "+-.0123456789eE") == strlen(value);
	if (!good) {
		reader_find(reader, VALUE_BAD, element, text, name);
		return false;
	}
	if (comma) {
		reader_find(reader, VALUE_SPELLING, element, text, name);
	}
	*ret = number;
	return true;
}

bool reader_real(struct reader *reader, const xmlNode *element, const char *name, double least, double most,
	double *ret)
{
	const char *value = element_attribute(element, name, reader->strings);
	return value && *value && value_real(reader, element, name, value, least, most, ret);
}

bool reader_count(struct reader *reader, const xmlNode *element, const char *name, uint32_t *ret)
{
	g_autofree char *value = trimmed_attribute(reader, element, name);
	if (!value || !*value) {
		return false;
	}
	guint64 number = 0;
	if (!g_ascii_string_to_unsigned(value, 10, 0, UINT32_MAX - 1, &number, NULL)) {
		reader_find(reader, VALUE_BAD, element, value, name);
		return false;
	}
	*ret = (uint32_t)number;
	return true;
}

bool reader_duration(struct reader *reader, const xmlNode *element, const char *name, int64_t *ret_cs)
{
	g_autofree char *value = trimmed_attribute(reader, element, name);
	if (!value || !*value) {
		return false;
	}
	if (!parse_duration(value, ret_cs)) {
		reader_find(reader, VALUE_BAD, element, value, name);
		return false;
	}
	return true;
}

/* Letters and digits only, in small letters: how a misspelt word is compared. */
static char *bare(const char *text)
{
	GString *ret = g_string_new(NULL);
	for (const char *at = text; *at; at++) {
		if (g_ascii_isalnum(*at)) {
			g_string_append_c(ret, g_ascii_tolower(*at));
		}
	}
	return g_string_free(ret, FALSE);
}

bool value_word(struct reader *reader, const xmlNode *element, const char *name, const char *text,
	const char *const *words, uint32_t count, uint32_t *ret)
{
	g_autofree char *value = g_strstrip(g_strdup(text));
	for (uint32_t i = 0; i < count; i++) {
		if (words[i] && strcmp(value, words[i]) == 0) {
			*ret = i;
			return true;
		}
	}
	g_autofree char *bare_value = bare(value);
	for (uint32_t i = 0; i < count; i++) {
		g_autofree char *bare_word = words[i] ? bare(words[i]) : NULL;
		if (bare_word && strcmp(bare_value, bare_word) == 0) {
			reader_find(reader, VALUE_SPELLING, element, value, name);
			*ret = i;
			return true;
		}
	}
	return false;
}

bool reader_word(struct reader *reader, const xmlNode *element, const char *name, const char *const *words,
	uint32_t count, uint32_t *ret)
{
	const char *value = element_attribute(element, name, reader->strings);
	if (!value || !*value) {
		return false;
	}
	if (!value_word(reader, element, name, value, words, count, ret)) {
		reader_find(reader, VALUE_BAD, element, value, name);
		return false;
	}
	return true;
}
