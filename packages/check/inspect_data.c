/*
 * Text that a page does not hold but fetches: authoring tools write their courses as data for a player of their own
 * (Rise as one long base64 string of JSON, Storyline and iSpring as JSON inside scripts, Adapt and H5P as JSON files).
 * Nothing is interpreted. Every quoted string that reads like prose counts as visible text, and every one that
 * names a picture of the package shows it: enough for an estimate of study time, and it cannot be led astray.
 */
#include <string.h>

#include "packages/check/html_scan.h"
#include "packages/check/inspect.h"
#include "packages/limits.h"

/* One quoted string without its quotes, escapes undone. */
struct quoted {
	GString *text;
	const char *end; /* behind the closing quote; NULL: it never closes */
};

static gunichar escaped_unit(const char **at, const char *end)
{
	gunichar unit = 0;
	for (int i = 0; i < 4 && *at < end && g_ascii_isxdigit(**at); i++) {
		unit = unit << 4 | (gunichar)g_ascii_xdigit_value(*(*at)++);
	}
	bool whole_character = unit != 0 && !(unit >= 0xD800 && unit <= 0xDFFF);
	return whole_character ? unit : '?';
}

static void append_escaped(GString *text, const char **at, const char *end)
{
	char c = *(*at)++;
	switch (c) {
	case 'u':
		g_string_append_unichar(text, escaped_unit(at, end));
		break;
	case 'n':
	case 'r':
	case 't':
		g_string_append_c(text, ' ');
		break;
	default:
		g_string_append_c(text, c);
	}
}

/*
 * Reads up to the closing quote. JSON that stands inside a script's string has its quotes escaped as often as it is
 * nested, so a run of backslashes before a quote is undone whole.
 */
static const char *take_quoted(const char *at, const char *end, char quote, GString *text)
{
	g_string_truncate(text, 0);
	while (at < end && *at != quote) {
		if (*at != '\\') {
			g_string_append_c(text, *at++);
			continue;
		}
		while (at < end && *at == '\\') {
			at++;
		}
		if (at < end) {
			append_escaped(text, &at, end);
		}
	}
	return at < end ? at + 1 : NULL;
}

/* What an element of markup leaves when it is taken away; the estimate needs no more. */
static uint64_t visible_characters(const GString *text)
{
	struct html_scanner scanner;
	struct html_event event;
	uint64_t count = 0;
	html_scanner_init(&scanner, (struct span){text->str, (uint32_t)text->len});
	while (html_next(&scanner, &event)) {
		if (event.kind == HTML_TEXT) {
			count += inspect_characters(event.content);
		}
	}
	return count;
}

/* Three words or more, and hardly anything but letters: no path, no class list, no code. */
static bool is_prose(const GString *text)
{
	size_t letters = 0, blanks = 0, marks = 0;
	bool in_tag = false;
	for (size_t i = 0; i < text->len; i++) {
		unsigned char c = (unsigned char)text->str[i];
		if (c == '<' || c == '>') {
			in_tag = c == '<';
		} else if (in_tag) {
			continue;
		} else if (g_ascii_isalpha(c) || c >= 0x80) {
			letters++;
		} else if (c == ' ') {
			blanks++;
		} else if (strchr("{}[]=;|\\_$#@", c)) {
			marks++;
		}
	}
	return blanks >= 2 && letters >= 3 * blanks && marks * 20 <= letters;
}

static void show_picture(struct inspection *inspection, const GString *text)
{
	static const char *const endings[] = {".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"};
	const char *slash = strrchr(text->str, '/');
	g_autofree char *key = g_ascii_strdown(slash ? slash + 1 : text->str, -1);
	bool picture = false;
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		picture |= g_str_has_suffix(key, endings[i]);
	}
	const GArray *files = picture ? g_hash_table_lookup(inspection->by_base_name, key) : NULL;
	if (files) {
		inspection->files[g_array_index(files, uint32_t, 0)].shown = true;
	}
}

static void take_strings(struct inspection *inspection, struct span data, bool nested);

/* Rise: one string, base64 of the whole course. */
static bool take_base64(struct inspection *inspection, const GString *text)
{
	if (text->len < CONTENT_BASE64_FROM_BYTES || text->len > CONTENT_READ_FILE_BYTES ||
		strspn(text->str, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=") !=
			text->len) {
		return false;
	}
	gsize len = 0;
	g_autofree guchar *bytes = g_base64_decode(text->str, &len);
	if (len > 0 && (bytes[0] == '{' || bytes[0] == '[')) {
		take_strings(inspection, (struct span){(const char *)bytes, (uint32_t)len}, true);
	}
	return true;
}

static void take_strings(struct inspection *inspection, struct span data, bool nested)
{
	const char *at = data.at, *end = data.at + data.len;
	g_autoptr(GString) text = g_string_new(NULL);
	while ((at = memchr(at, '"', (size_t)(end - at))) != NULL) {
		at = take_quoted(at + 1, end, '"', text);
		if (!at) {
			return;
		}
		if (is_prose(text)) {
			inspection->characters += visible_characters(text);
		} else if (nested || !take_base64(inspection, text)) {
			show_picture(inspection, text);
		}
	}
}

/* A script that is all data, or says so at its beginning. */
static bool is_data(struct span script)
{
	if (script.len > 0 && (*script.at == '{' || *script.at == '[')) {
		return true;
	}
	static const char *const words[] = {
		"globalProvideData(", "courseData", "__fetchCourse", "resolveJsonp("};
	size_t head = MIN(script.len, 4096u);
	for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
		if (memmem(script.at, head, words[i], strlen(words[i]))) {
			return true;
		}
	}
	return false;
}

void inspect_data(struct inspection *inspection, struct span data, bool is_script)
{
	if (!is_script || is_data(data)) {
		take_strings(inspection, data, false);
	}
}
