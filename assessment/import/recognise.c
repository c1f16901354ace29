/* Which format a file of items is in, by its first lines, and what each is called. */
#include "assessment/import/parts.h"

#include <string.h>

#define LOOK_MAX (64u * 1024u)

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

static void skip_blanks(const char **bytes, size_t *len)
{
	if (begins(*bytes, *len, "\xEF\xBB\xBF")) {
		*bytes += 3;
		*len -= 3;
	}
	while (*len && g_ascii_isspace(**bytes)) {
		(*bytes)++;
		(*len)--;
	}
}

/* Behind the end of a declaration, a comment or a document type that may have one of its own; NULL: there is none. */
static const char *after_mark(const char *at, size_t len)
{
	const char *end = begins(at, len, "<!--") ? g_strstr_len(at, (gssize)len, "-->") : NULL;
	if (end) {
		return end + 3;
	}
	int open = 0;
	for (size_t i = 0; i < len; i++) {
		open += at[i] == '[' ? 1 : at[i] == ']' ? -1 : 0;
		if (at[i] == '>' && open <= 0) {
			return at + i + 1;
		}
	}
	return NULL;
}

/* The name of an XML document's first element, without prefix; yours, NULL when there is none. */
static char *root_name(const char *bytes, size_t len)
{
	const char *at = bytes, *end = bytes + MIN(len, LOOK_MAX);
	while (at && at + 1 < end && *at == '<' && (at[1] == '?' || at[1] == '!')) {
		at = after_mark(at, (size_t)(end - at));
		while (at && at < end && g_ascii_isspace(*at)) {
			at++;
		}
	}
	if (!at || at >= end || *at != '<') {
		return NULL;
	}
	size_t name = 0;
	for (at++; at + name < end && (g_ascii_isalnum(at[name]) || strchr("-_.:", at[name])); name++) {
	}
	g_autofree char *full = g_strndup(at, name);
	const char *colon = strrchr(full, ':');
	return g_strdup(colon ? colon + 1 : full);
}

static enum import_format xml_format(const char *bytes, size_t len)
{
	static const struct {
		const char *root;
		enum import_format format;
	} rows[] = {{"quiz", IMPORT_MOODLE}, {"questestinterop", IMPORT_QTI12}, {"POOL", IMPORT_QTI12},
		{"assessmentItem", IMPORT_QTI}, {"qti-assessment-item", IMPORT_QTI}};
	g_autofree char *root = root_name(bytes, len);
	for (size_t i = 0; root && i < G_N_ELEMENTS(rows); i++) {
		if (strcmp(root, rows[i].root) == 0) {
			return rows[i].format;
		}
	}
	return IMPORT_UNKNOWN;
}

bool import_is_web_page(const char *bytes, size_t len)
{
	skip_blanks(&bytes, &len);
	g_autofree char *root = len && *bytes == '<' ? root_name(bytes, len) : NULL;
	return root && g_ascii_strcasecmp(root, "html") == 0;
}

static bool is_one_of(const char *root, const char *const *list)
{
	return root && g_strv_contains(list, root);
}

enum import_fault import_why_unknown(const char *bytes, size_t len, const char **ret_name)
{
	static const char *const referring[] = {"assessmentTest", "qti-assessment-test", "assessmentSection", "qti-assessment-section",
		"manifest", "assessmentResult", "qti-assessment-stimulus", NULL};
	skip_blanks(&bytes, &len);
	const gssize look = (gssize)MIN(len, LOOK_MAX);
	g_autofree char *root = len && *bytes == '<' ? root_name(bytes, len) : NULL;
	const char *line_end = memchr(bytes, '\n', len);
	const gssize first = line_end ? line_end - bytes : look;
	if (import_is_web_page(bytes, len)) {
		return IMPORT_FAULT_WEB_PAGE;
	}
	if (is_one_of(root, referring)) {
		return IMPORT_FAULT_REFERS;
	}
	*ret_name = g_strstr_len(bytes, look, "H5P.") ? "H5P" : g_strcmp0(root, "examview") == 0 ? "ExamView" : NULL;
	if (*ret_name) {
		return IMPORT_FAULT_OTHER;
	}
	return g_strstr_len(bytes, first, "discrimination") && g_strstr_len(bytes, first, "difficulty") ? IMPORT_FAULT_PARAMETERS
													: IMPORT_FAULT_FORMAT;
}

enum import_format import_recognise(const char *bytes, size_t len)
{
	skip_blanks(&bytes, &len);
	if (len == 0) {
		return IMPORT_UNKNOWN;
	}
	if (*bytes == '{' && g_strstr_len(bytes, (gssize)MIN(len, 4096), "\"format\"")) {
		return IMPORT_BANK;
	}
	if (*bytes == '<') {
		return xml_format(bytes, len);
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
