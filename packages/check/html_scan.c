/* Tags, text and raw content of an HTML page. */
#include "packages/check/html_scan.h"

#include <glib.h>
#include <string.h>

void html_scanner_init(struct html_scanner *scanner, struct span page)
{
	*scanner = (struct html_scanner){.page = page, .line = 1};
}

static uint32_t line_at(struct html_scanner *scanner, uint32_t at)
{
	while (scanner->counted < at) {
		const char *from = scanner->page.at + scanner->counted;
		const char *newline = memchr(from, '\n', at - scanner->counted);
		if (!newline) {
			scanner->counted = at;
			break;
		}
		scanner->line++;
		scanner->counted += (uint32_t)(newline - from) + 1;
	}
	return scanner->line;
}

/* Where `what` next occurs, letter case aside; the page's end when it does not. */
static uint32_t find(const struct html_scanner *scanner, uint32_t from, const char *what)
{
	size_t len = strlen(what);
	const char *end = scanner->page.at + scanner->page.len;
	const char *at = scanner->page.at + from;
	while ((size_t)(end - at) >= len) {
		at = memchr(at, what[0], (size_t)(end - at) - len + 1);
		if (!at) {
			break;
		}
		if (g_ascii_strncasecmp(at, what, len) == 0) {
			return (uint32_t)(at - scanner->page.at);
		}
		at++;
	}
	return scanner->page.len;
}

/* The end of a tag: the next ">" outside quotes. A quote only counts after "=". */
static uint32_t tag_end(const struct html_scanner *scanner, uint32_t at)
{
	const char *page = scanner->page.at;
	char before = '\0';
	for (; at < scanner->page.len; at++) {
		char c = page[at];
		if (c == '>') {
			return at;
		}
		if ((c == '"' || c == '\'') && before == '=') {
			const char *close = memchr(page + at + 1, c, scanner->page.len - at - 1);
			if (!close) {
				return scanner->page.len;
			}
			at = (uint32_t)(close - page);
		}
		before = g_ascii_isspace(c) ? before : c;
	}
	return scanner->page.len;
}

static struct span cut(const struct html_scanner *scanner, uint32_t from, uint32_t to)
{
	return (struct span){scanner->page.at + from, to - from};
}

static bool next_raw(struct html_scanner *scanner, struct html_event *ret)
{
	const char *closing = scanner->raw == HTML_SCRIPT ? "</script" : "</style";
	uint32_t end = find(scanner, scanner->at, closing);
	*ret = (struct html_event){.kind = scanner->raw, .content = cut(scanner, scanner->at, end)};
	ret->line = line_at(scanner, scanner->at);
	scanner->at = end;
	scanner->in_raw = false;
	return true;
}

static void read_tag(struct html_scanner *scanner, uint32_t name, struct html_event *ret)
{
	uint32_t at = name, len = 0;
	while (at < scanner->page.len &&
		(g_ascii_isalnum(scanner->page.at[at]) || scanner->page.at[at] == ':')) {
		if (len + 1 < sizeof(ret->name)) {
			ret->name[len++] = g_ascii_tolower(scanner->page.at[at]);
		}
		at++;
	}
	uint32_t end = tag_end(scanner, at);
	ret->content = cut(scanner, at, end);
	scanner->at = end < scanner->page.len ? end + 1 : end;
	if (ret->kind == HTML_TAG && (strcmp(ret->name, "script") == 0 || strcmp(ret->name, "style") == 0)) {
		scanner->raw = ret->name[1] == 'c' ? HTML_SCRIPT : HTML_STYLE;
		scanner->in_raw = true;
	}
}

bool html_next(struct html_scanner *scanner, struct html_event *ret)
{
	if (scanner->in_raw) {
		return next_raw(scanner, ret);
	}
	const char *page = scanner->page.at;
	while (scanner->at < scanner->page.len) {
		uint32_t at = scanner->at, left = scanner->page.len - at;
		if (page[at] != '<' || left < 2) {
			const char *open = left > 1 ? memchr(page + at + 1, '<', left - 1) : NULL;
			uint32_t end = open ? (uint32_t)(open - page) : scanner->page.len;
			*ret = (struct html_event){.kind = HTML_TEXT, .content = cut(scanner, at, end)};
			ret->line = line_at(scanner, at);
			scanner->at = end;
			return true;
		}
		bool closing = page[at + 1] == '/';
		uint32_t name = at + 1 + closing;
		if (left >= 4 && memcmp(page + at, "<!--", 4) == 0) {
			uint32_t end = find(scanner, at + 4, "-->");
			scanner->at = MIN(end + 3, scanner->page.len);
		} else if (name < scanner->page.len && g_ascii_isalpha(page[name])) {
			*ret = (struct html_event){
				.kind = closing ? HTML_END : HTML_TAG, .line = line_at(scanner, at)};
			read_tag(scanner, name, ret);
			return true;
		} else {
			scanner->at = page[at + 1] == '!' || page[at + 1] == '?' || closing
					      ? MIN(find(scanner, at, ">") + 1, scanner->page.len)
					      : at + 1;
		}
	}
	return false;
}

static char *unescape(const char *text, size_t len)
{
	g_autofree char *raw = g_strndup(text, len);
	g_autoptr(GString) value = g_string_new(g_strstrip(raw));
	g_string_replace(value, "&amp;", "&", 0);
	g_string_replace(value, "&#38;", "&", 0);
	g_string_replace(value, "&quot;", "\"", 0);
	g_string_replace(value, "&#39;", "'", 0);
	return g_string_free(g_steal_pointer(&value), FALSE);
}

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && (g_ascii_isspace(*at) || *at == '/')) {
		at++;
	}
	return at;
}

char *html_attribute(const struct html_event *tag, const char *name)
{
	const char *at = tag->content.at, *end = at + tag->content.len;
	size_t wanted = strlen(name);
	for (at = skip_blanks(at, end); at < end; at = skip_blanks(at, end)) {
		const char *start = at;
		while (at < end && *at != '=' && *at != '/' && !g_ascii_isspace(*at)) {
			at++;
		}
		size_t len = (size_t)(at - start);
		bool match = len == wanted && g_ascii_strncasecmp(start, name, len) == 0;
		const char *value = at;
		while (value < end && g_ascii_isspace(*value)) {
			value++;
		}
		if (value == end || *value != '=') {
			if (match) {
				return g_strdup("");
			}
			at += len == 0;
			continue;
		}
		value++;
		while (value < end && g_ascii_isspace(*value)) {
			value++;
		}
		char quote = value < end && (*value == '"' || *value == '\'') ? *value : '\0';
		value += quote != '\0';
		const char *stop = value;
		while (stop < end && (quote ? *stop != quote : !g_ascii_isspace(*stop))) {
			stop++;
		}
		if (match) {
			return unescape(value, (size_t)(stop - value));
		}
		at = stop + (quote && stop < end);
	}
	return NULL;
}
