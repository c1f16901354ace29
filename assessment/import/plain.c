/* HTML as plain text: no browser ever sees the markup of an imported item. */
#include "assessment/import/parts.h"

#include <string.h>

static bool tag_is(const char *tag, const char *names)
{
	size_t len = 0;
	while (g_ascii_isalnum(tag[len])) {
		len++;
	}
	g_autofree char *name = g_ascii_strdown(tag, (gssize)len);
	g_autofree char *framed = g_strdup_printf(" %s ", name);
	return len && strstr(names, framed);
}

static size_t entity(const char *at, GString *to)
{
	static const struct {
		const char *name, *text;
	} known[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"},
		{"&nbsp;", " "}, {"&agrave;", "à"}, {"&egrave;", "è"}, {"&eacute;", "é"}, {"&igrave;", "ì"},
		{"&ograve;", "ò"}, {"&ugrave;", "ù"}, {"&Egrave;", "È"}, {"&rsquo;", "’"}, {"&lsquo;", "‘"},
		{"&laquo;", "«"}, {"&raquo;", "»"}, {"&hellip;", "…"}, {"&ndash;", "–"}, {"&euro;", "€"}};
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (g_str_has_prefix(at, known[i].name)) {
			g_string_append(to, known[i].text);
			return strlen(known[i].name);
		}
	}
	if (at[1] == '#') {
		bool hex = at[2] == 'x' || at[2] == 'X';
		char *end;
		guint64 code = g_ascii_strtoull(at + (hex ? 3 : 2), &end, hex ? 16 : 10);
		if (*end == ';' && code >= 32 && code < 0x110000 && g_unichar_validate((gunichar)code)) {
			g_string_append_unichar(to, (gunichar)code);
			return (size_t)(end - at) + 1;
		}
	}
	g_string_append_c(to, '&');
	return 1;
}

/* Where a tag ends; quotes may hold a ">". NULL: it is no tag. */
static const char *tag_end(const char *at)
{
	char quote = 0;
	for (; *at; at++) {
		if (quote ? *at == quote : *at == '"' || *at == '\'') {
			quote = quote ? 0 : *at;
		} else if (!quote && *at == '>') {
			return at;
		}
	}
	return NULL;
}

static void space(GString *to)
{
	if (to->len && to->str[to->len - 1] != ' ' && to->str[to->len - 1] != '\n') {
		g_string_append_c(to, ' ');
	}
}

static void newline(GString *to)
{
	while (to->len && to->str[to->len - 1] == ' ') {
		g_string_truncate(to, to->len - 1);
	}
	if (to->len && to->str[to->len - 1] != '\n') {
		g_string_append_c(to, '\n');
	}
}

/* Behind the closing tag of the element that opens at `name`. */
static const char *skip_element(const char *name, const char *end)
{
	bool script = g_ascii_strncasecmp(name, "script", 6) == 0;
	const char *close = script ? "</script" : "</style";
	for (const char *at = end; *at; at++) {
		if (g_ascii_strncasecmp(at, close, strlen(close)) == 0) {
			const char *last = tag_end(at);
			return last ? last + 1 : at + strlen(at);
		}
	}
	return end + strlen(end);
}

char *import_plain(const char *html, bool *ret_media, bool *ret_script)
{
	GString *to = g_string_new(NULL);
	for (const char *at = html; *at;) {
		const char *name = at[0] == '<' ? at + 1 + (at[1] == '/') : NULL;
		const char *end = name && (g_ascii_isalpha(*name) || *name == '!') ? tag_end(name) : NULL;
		if (end) {
			at = g_str_has_prefix(at, "<!--") && strstr(at, "-->") ? strstr(at, "-->") + 3
									       : end + 1;
			*ret_media |=
				tag_is(name, " img audio video object embed iframe svg math canvas source ");
			if (tag_is(name, " script style ")) {
				*ret_script = true;
				at = skip_element(name, at);
			} else if (tag_is(name,
					   " p div br li ul ol tr table h1 h2 h3 h4 h5 h6 pre blockquote ")) {
				newline(to);
			}
		} else if (*at == '&') {
			at += entity(at, to);
		} else if (g_ascii_isspace(*at)) {
			space(to);
			at++;
		} else {
			g_string_append_c(to, *at++);
		}
	}
	char *text = g_string_free(to, FALSE);
	return g_strstrip(text);
}
