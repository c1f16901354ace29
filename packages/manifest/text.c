/*
 * Which encoding a manifest really is in. Authoring tools write UTF-8 with a mark, UTF-16, "encoding=utf-16"
 * over plain UTF-8 (.NET), windows-1252 under "UTF-8", and blank lines before the declaration. What the bytes
 * are weighs more than what they say.
 */
#include "packages/manifest/xml.h"

#include <string.h>

static bool starts_with(struct span bytes, const char *mark, size_t len)
{
	return bytes.len >= len && memcmp(bytes.at, mark, len) == 0;
}

/* UTF-16 and UTF-32 are told by their mark, or by the zero bytes around the first "<". */
static const char *wide_encoding(struct span bytes, size_t *ret_mark)
{
	static const struct {
		const char *start;
		size_t len, mark;
		const char *encoding;
	} starts[] = {
		{"\xFF\xFE\0\0", 4, 4, "UTF-32LE"},
		{"\0\0\xFE\xFF", 4, 4, "UTF-32BE"},
		{"\xFF\xFE", 2, 2, "UTF-16LE"},
		{"\xFE\xFF", 2, 2, "UTF-16BE"},
		{"<\0", 2, 0, "UTF-16LE"},
		{"\0<", 2, 0, "UTF-16BE"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(starts); i++) {
		if (starts_with(bytes, starts[i].start, starts[i].len)) {
			*ret_mark = starts[i].mark;
			return starts[i].encoding;
		}
	}
	return NULL;
}

/* The encoding that the XML declaration names, or NULL. Yours. */
static char *declared_encoding(const char *text, size_t len)
{
	if (len < 5 || memcmp(text, "<?xml", 5) != 0) {
		return NULL;
	}
	const char *end = g_strstr_len(text, (gssize)(len < 1024 ? len : 1024), "?>");
	const char *at = end ? g_strstr_len(text, end - text, "encoding") : NULL;
	if (!at) {
		return NULL;
	}
	at += strlen("encoding");
	while (at < end && (g_ascii_isspace(*at) || *at == '=')) {
		at++;
	}
	if (at >= end || (*at != '"' && *at != '\'')) {
		return NULL;
	}
	const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
	return close ? g_strndup(at + 1, (gsize)(close - at - 1)) : NULL;
}

static bool names_utf8(const char *encoding)
{
	return g_ascii_strcasecmp(encoding, "utf-8") == 0 || g_ascii_strcasecmp(encoding, "utf8") == 0;
}

static char *convert(const char *bytes, size_t len, const char *from, size_t *ret_len)
{
	gsize read = 0, written = 0;
	char *text = g_convert(bytes, (gssize)len, "UTF-8", from, &read, &written, NULL);
	*ret_len = written;
	return text;
}

/* Bytes without zeros between them: UTF-8 when they are valid UTF-8, else what they say, else windows-1252. */
static char *narrow_text(struct span bytes, const char *where, struct findings *findings, size_t *ret_len)
{
	struct place place = {where, 1, 0};
	g_autofree char *declared = declared_encoding(bytes.at, bytes.len);
	if (g_utf8_validate(bytes.at, bytes.len, NULL)) {
		bool ascii_like = declared && (g_ascii_strncasecmp(declared, "iso-8859", 8) == 0 ||
						      g_ascii_strncasecmp(declared, "windows-", 8) == 0 ||
						      g_ascii_strcasecmp(declared, "us-ascii") == 0);
		if (declared && !names_utf8(declared) && !ascii_like) {
			findings_add(findings, FINDING_MANIFEST_ENCODING, place, declared, "UTF-8");
		}
		*ret_len = bytes.len;
		return g_strndup(bytes.at, bytes.len);
	}
	char *text = NULL;
	if (declared && !names_utf8(declared)) {
		text = convert(bytes.at, bytes.len, declared, ret_len);
	}
	if (!text) {
		text = convert(bytes.at, bytes.len, "WINDOWS-1252", ret_len);
		findings_add(findings, FINDING_MANIFEST_ENCODING, place, declared ? declared : "UTF-8",
			"windows-1252");
	}
	return text;
}

char *manifest_text(
	struct span bytes, const char *where, struct findings *findings, size_t *ret_len, uint32_t *ret_lines)
{
	struct place place = {where, 1, 0};
	size_t mark = 0, len = 0;
	char *text = NULL;
	const char *wide = wide_encoding(bytes, &mark);
	if (wide) {
		text = convert(bytes.at + mark, bytes.len - mark, wide, &len);
	} else {
		if (starts_with(bytes, "\xEF\xBB\xBF", 3)) {
			bytes.at += 3;
			bytes.len -= 3;
		}
		text = narrow_text(bytes, where, findings, &len);
	}
	if (!text) {
		const char *why = wide ? wide : "windows-1252";
		findings_add(findings, FINDING_MANIFEST_NOT_XML, place, why, NULL);
		return NULL;
	}
	size_t blanks = 0;
	uint32_t lines = 0;
	while (blanks < len && strchr(" \t\r\n", text[blanks]) && text[blanks]) {
		lines += text[blanks++] == '\n';
	}
	/* A second mark appears where tools joined files. */
	if (len - blanks >= 3 && memcmp(text + blanks, "\xEF\xBB\xBF", 3) == 0) {
		blanks += 3;
	}
	if (blanks > 0) {
		if (len - blanks >= 5 && memcmp(text + blanks, "<?xml", 5) == 0) {
			findings_add(findings, FINDING_MANIFEST_BLANK_BEFORE, place, NULL, NULL);
		}
		memmove(text, text + blanks, len - blanks + 1);
	}
	*ret_len = len - blanks;
	*ret_lines = lines;
	return text;
}
