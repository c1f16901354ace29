/* Addresses inside pages, styles and scripts: where they lead. */
#include <string.h>

#include "packages/check/inspect.h"
#include "packages/limits.h"
#include "packages/manifest/reader.h"

void inspect_refer(struct inspection *inspection, uint32_t from, uint32_t to)
{
	struct inspected *file = &inspection->files[from];
	if (from == to) {
		return;
	}
	if (!file->refers) {
		file->refers = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	}
	if (inspection->references < CONTENT_MAX_REFERENCES) {
		inspection->references++;
		g_array_append_val(file->refers, to);
	}
}

static bool another_host(struct inspection *inspection, const char *where, const char *address, uint32_t line)
{
	if (!address_is_absolute(address)) {
		return false;
	}
	const char *host = strstr(address, "//") + 2;
	g_autofree char *name = g_strndup(host, strcspn(host, "/?#"));
	bool insecure = g_ascii_strncasecmp(address, "http:", 5) == 0;
	findings_add(inspection->findings, insecure ? FINDING_LINK_INSECURE : FINDING_LINK_OTHER_HOST,
		(struct place){where, line, 0}, name, NULL);
	return true;
}

/* Schemes, templates and fragments are no files. */
static bool names_no_file(const char *address)
{
	size_t colon = strcspn(address, ":/?#");
	return !*address || *address == '#' || *address == '?' || address[colon] == ':' ||
	       strpbrk(address, "{}<>'\"+$");
}

static void note_broken(struct broken_style *style, const char *address, uint32_t line)
{
	if (g_hash_table_add(style->addresses, g_strdup(address)) && !style->first) {
		style->first = g_strdup(address);
		style->line = line;
	}
}

uint32_t inspect_link(
	struct inspection *inspection, uint32_t file, const char *address, uint32_t line, enum link_kind kind)
{
	const char *where = inspection->entries[file].name;
	if ((kind != LINK_GOES && another_host(inspection, where, address, line)) ||
		address_is_absolute(address) || names_no_file(address)) {
		return UINT32_MAX;
	}
	const char *inner = where + strlen(inspection->checked->root);
	const char *slash = strrchr(inner, '/');
	g_autofree char *folder = slash ? g_strndup(inner, (gsize)(slash - inner) + 1) : g_strdup("");
	g_autofree char *joined = address_join(folder, address);
	g_autofree char *path = joined ? address_file(joined) : NULL;
	bool by_case = false;
	const struct archive_entry *entry = path ? check_find(inspection->checked, path, &by_case) : NULL;
	struct place place = {where, line, 0};
	if (!entry) {
		bool folder_named = path && (!*path || g_str_has_suffix(path, "/"));
		if (!folder_named && kind == LINK_DECORATES) {
			note_broken(inspection->style, address, line);
		} else if (!folder_named) {
			findings_add(inspection->findings, FINDING_LINK_BROKEN, place, address, NULL);
		}
		return UINT32_MAX;
	}
	if (by_case) {
		findings_add(inspection->findings, FINDING_LINK_CASE, place, address, entry->name);
	}
	uint32_t to = (uint32_t)(entry - inspection->entries);
	inspect_refer(inspection, file, to);
	return to;
}
