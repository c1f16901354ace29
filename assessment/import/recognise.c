/* Which format a file of items is in, by its first lines, and what each is called. */
#include "assessment/import/import.h"

#include <string.h>

static const char *const names[] = {
	[IMPORT_UNKNOWN] = "?",
	[IMPORT_BANK] = "JSON",
	[IMPORT_GIFT] = "GIFT",
	[IMPORT_AIKEN] = "Aiken",
	[IMPORT_MOODLE] = "Moodle XML",
	[IMPORT_QTI] = "QTI",
	[IMPORT_QTI12] = "QTI 1.2",
	[IMPORT_CSV] = "CSV",
};

const char *import_format_name(enum import_format format)
{
	return names[format];
}

static bool begins(const char *text, size_t len, const char *with)
{
	return len >= strlen(with) && g_ascii_strncasecmp(text, with, strlen(with)) == 0;
}

/* A line "ANSWER: X" makes it Aiken. */
static bool has_answer_line(const char *text, size_t len)
{
	for (const char *at = text; at; at = memchr(at, '\n', len - (size_t)(at - text))) {
		at += *at == '\n';
		if (begins(at, len - (size_t)(at - text), "ANSWER:")) {
			return true;
		}
	}
	return false;
}

enum import_format import_recognise(const char *bytes, size_t len)
{
	if (begins(bytes, len, "\xEF\xBB\xBF")) {
		bytes += 3;
		len -= 3;
	}
	while (len && g_ascii_isspace(*bytes)) {
		bytes++;
		len--;
	}
	if (len == 0) {
		return IMPORT_UNKNOWN;
	}
	if (*bytes == '{' && g_strstr_len(bytes, (gssize)MIN(len, 4096), "\"format\"")) {
		return IMPORT_BANK;
	}
	if (*bytes == '<') {
		gssize look = (gssize)MIN(len, 64 * 1024);
		if (g_strstr_len(bytes, look, "<quiz")) {
			return IMPORT_MOODLE;
		}
		if (g_strstr_len(bytes, look, "<questestinterop") || g_strstr_len(bytes, look, "<POOL")) {
			return IMPORT_QTI12;
		}
		bool qti = g_strstr_len(bytes, look, "assessmentItem") ||
			   g_strstr_len(bytes, look, "qti-assessment-item");
		return qti ? IMPORT_QTI : IMPORT_UNKNOWN;
	}
	if (begins(bytes, len, "id;area;")) {
		return IMPORT_CSV;
	}
	if (has_answer_line(bytes, len)) {
		return IMPORT_AIKEN;
	}
	return memchr(bytes, '{', len) && memchr(bytes, '}', len) && *bytes != '{' && *bytes != '['
		       ? IMPORT_GIFT
		       : IMPORT_UNKNOWN;
}
