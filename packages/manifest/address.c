/* Addresses in a manifest (RFC 3986, but forgiving): joined to xml:base, kept inside the package. */
#include "packages/manifest/reader.h"

#include <string.h>

static bool has_scheme(const char *address)
{
	const char *at = address;
	if (!g_ascii_isalpha(*at)) {
		return false;
	}
	while (g_ascii_isalnum(*at) || *at == '+' || *at == '-' || *at == '.') {
		at++;
	}
	return *at == ':';
}

bool address_is_absolute(const char *address)
{
	return g_ascii_strncasecmp(address, "http://", 7) == 0 ||
	       g_ascii_strncasecmp(address, "https://", 8) == 0 || g_str_has_prefix(address, "//");
}

/* Encodes what may not stand in an address, and leaves what is encoded already. */
static void append_encoded(GString *to, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		bool stray_percent = c == '%' && !(i + 2 < len && g_ascii_isxdigit(text[i + 1]) &&
							 g_ascii_isxdigit(text[i + 2]));
		if (c <= ' ' || c == 0x7F || strchr("\"<>\\^`{|}", c) || stray_percent) {
			g_string_append_printf(to, "%%%02X", c);
		} else {
			g_string_append_c(to, (char)c);
		}
	}
}

/* "%2e" is "." to a browser, so it is one here. */
static bool is_dots(const char *part, size_t len, size_t dots)
{
	while (dots > 0 && len > 0) {
		size_t take = *part == '.' ? 1 : len >= 3 && g_ascii_strncasecmp(part, "%2e", 3) == 0 ? 3 : 0;
		if (take == 0) {
			return false;
		}
		part += take;
		len -= take;
		dots--;
	}
	return dots == 0 && len == 0;
}

/* Appends the path's segments without "." and ".."; false when ".." leaves the root. */
static bool append_path(GString *to, const char *path, size_t len)
{
	const char *end = path + len;
	while (path < end) {
		const char *slash = memchr(path, '/', (size_t)(end - path));
		size_t part = (size_t)((slash ? slash : end) - path);
		bool up = is_dots(path, part, 2);
		bool here = part == 0 || is_dots(path, part, 1);
		if (up) {
			if (to->len == 0) {
				return false;
			}
			g_string_truncate(to, to->len - 1);
			const char *before = strrchr(to->str, '/');
			g_string_truncate(to, before ? (gsize)(before - to->str) + 1 : 0);
		} else if (!here) {
			append_encoded(to, path, part);
			if (slash) {
				g_string_append_c(to, '/');
			}
		}
		path = slash ? slash + 1 : end;
	}
	return true;
}

char *address_join(const char *base, const char *address)
{
	if (address_is_absolute(address)) {
		return g_strdup(address);
	}
	if (has_scheme(address)) {
		return NULL;
	}
	if (address_is_absolute(base)) {
		return g_strconcat(base, address, NULL);
	}
	g_autofree char *path = g_strdup(address);
	size_t len = strcspn(path, "?#");
	for (size_t i = 0; i < len; i++) {
		path[i] = path[i] == '\\' ? '/' : path[i];
	}
	g_autoptr(GString) joined = g_string_new(*path == '/' ? "" : base);
	if (!append_path(joined, path, len)) {
		return NULL;
	}
	append_encoded(joined, path + len, strlen(path + len));
	return g_string_free(g_steal_pointer(&joined), FALSE);
}

char *address_with_parameters(const char *address, const char *parameters)
{
	while (*parameters == '?' || *parameters == '&') {
		parameters++;
	}
	const char *fragment = strchr(address, '#');
	if (!*parameters) {
		return g_strdup(address);
	}
	g_autoptr(GString) encoded = g_string_new(NULL);
	append_encoded(encoded, parameters, strlen(parameters));
	if (*parameters == '#') {
		return fragment ? NULL : g_strconcat(address, encoded->str, NULL);
	}
	if (fragment && strchr(parameters, '#')) {
		return NULL;
	}
	size_t len = fragment ? (size_t)(fragment - address) : strlen(address);
	GString *ret = g_string_new_len(address, (gssize)len);
	char last = len ? address[len - 1] : '\0';
	if (!memchr(address, '?', len)) {
		g_string_append_c(ret, '?');
	} else if (last != '?' && last != '&') {
		g_string_append_c(ret, '&');
	}
	g_string_append(ret, encoded->str);
	g_string_append(ret, fragment ? fragment : "");
	return g_string_free(ret, FALSE);
}

char *address_file(const char *address)
{
	if (address_is_absolute(address)) {
		return NULL;
	}
	g_autofree char *path = g_strndup(address, strcspn(address, "?#"));
	char *decoded = g_uri_unescape_string(path, NULL);
	if (decoded && !g_utf8_validate(decoded, -1, NULL)) {
		g_clear_pointer(&decoded, g_free);
	}
	return decoded ? decoded : g_steal_pointer(&path);
}
