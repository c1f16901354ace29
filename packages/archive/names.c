/*
 * Names inside a zip: whatever encoding and separators, they come out as relative UTF-8 paths or are refused.
 * Refused is what could leave the folder, hide in a terminal, or mean different files to different readers.
 */
#include <string.h>

#include "packages/archive/directory.h"
#include "packages/limits.h"

enum {
	FLAG_UTF8 = 1 << 11,
};

/* The raw name as UTF-8, or NULL. Yours. */
static char *decode(const struct raw_entry *entry, bool *ret_guessed)
{
	const char *name = (const char *)entry->name;
	gssize len = entry->name_len;
	*ret_guessed = false;
	if (entry->unicode_name &&
		g_utf8_validate((const char *)entry->unicode_name, entry->unicode_len, NULL)) {
		return g_strndup((const char *)entry->unicode_name, entry->unicode_len);
	}
	if (g_utf8_validate(name, len, NULL)) {
		return g_strndup(name, (gsize)len);
	}
	if (entry->flags & FLAG_UTF8) {
		return NULL; /* says UTF-8 and is not: overlong forms, for one */
	}
	*ret_guessed = true;
	return memchr(name, 0, (size_t)len) ? NULL : g_convert(name, len, "UTF-8", "CP437", NULL, NULL, NULL);
}

/* For the finding about a name that cannot be decoded. */
static char *printable(const struct raw_entry *entry)
{
	g_autofree char *copy = g_strndup((const char *)entry->name, entry->name_len);
	return g_utf8_make_valid(copy, -1);
}

static bool has_control(const char *name)
{
	for (const char *at = name; *at; at = g_utf8_next_char(at)) {
		gunichar c = g_utf8_get_char(at);
		if (g_unichar_iscntrl(c) || c == 0xFFFD) {
			return true;
		}
	}
	return false;
}

enum verdict {
	NAME_FINE,
	NAME_OUTSIDE,
	NAME_LONG,
};

/* Joins the parts again without empty ones and "."; a folder keeps its "/" at the end. */
static enum verdict normalise(const char *name, GString *ret)
{
	bool drive = g_ascii_isalpha(name[0]) && name[1] == ':';
	if (name[0] == '/' || drive) {
		return NAME_OUTSIDE;
	}
	g_auto(GStrv) parts = g_strsplit(name, "/", -1);
	for (char **part = parts; *part; part++) {
		if (strcmp(*part, "..") == 0) {
			return NAME_OUTSIDE;
		}
		if (strlen(*part) > ARCHIVE_MAX_NAME_PART) {
			return NAME_LONG;
		}
		if (**part && strcmp(*part, ".") != 0) {
			g_string_append(ret, *part);
			if (part[1]) {
				g_string_append_c(ret, '/');
			}
		}
	}
	return ret->len > ARCHIVE_MAX_NAME ? NAME_LONG : NAME_FINE;
}

char *archive_name(const struct raw_entry *entry, const char *where, struct findings *findings)
{
	struct place place = {where, 0, 0};
	bool guessed = false;
	g_autofree char *shown = printable(entry);
	g_autofree char *decoded = decode(entry, &guessed);
	if (!decoded || entry->name_len == 0 || has_control(decoded) ||
		memchr(entry->name, 0, entry->name_len)) {
		findings_add(findings, FINDING_ARCHIVE_NAME_BAD, place, shown, NULL);
		return NULL;
	}
	if (guessed) {
		findings_add(findings, FINDING_ARCHIVE_NAME_CP437, place, decoded, NULL);
	}
	if (strchr(decoded, '\\')) {
		findings_add(findings, FINDING_ARCHIVE_NAME_BACKSLASH, place, decoded, NULL);
		g_strdelimit(decoded, "\\", '/');
	}
	g_autofree char *composed = g_utf8_normalize(decoded, -1, G_NORMALIZE_NFC);
	g_autoptr(GString) path = g_string_new(NULL);
	switch (normalise(composed ? composed : decoded, path)) {
	case NAME_FINE:
		return g_string_free(g_steal_pointer(&path), FALSE);
	case NAME_OUTSIDE:
		findings_add(findings, FINDING_ARCHIVE_NAME_OUTSIDE, place, shown, NULL);
		return NULL;
	case NAME_LONG:
		findings_add(findings, FINDING_ARCHIVE_NAME_LONG, place, shown, NULL);
		return NULL;
	}
	return NULL;
}

bool archive_name_is_litter(const char *name)
{
	static const char *const litter[] = {
		".DS_Store", "Thumbs.db", "desktop.ini", ".Spotlight-V100", ".Trashes"};
	if (g_str_has_prefix(name, "__MACOSX/") || strstr(name, "/__MACOSX/")) {
		return true;
	}
	const char *slash = strrchr(name, '/');
	const char *last = slash ? slash + 1 : name;
	for (size_t i = 0; i < G_N_ELEMENTS(litter); i++) {
		if (g_ascii_strcasecmp(last, litter[i]) == 0) {
			return true;
		}
	}
	return false;
}
