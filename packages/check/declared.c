/* What the manifest names against what the zip holds (CAM 3.4.1.11 to 3.4.1.13). */
#include <glib.h>
#include <string.h>

#include "packages/check/parts.h"

const struct archive_entry *check_find(const struct checked *checked, const char *path, bool *ret_case)
{
	g_autofree char *name = g_strconcat(checked->root, path, NULL);
	g_autofree char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_NFC);
	const char *wanted = composed ? composed : name;
	const struct archive_entry *entry = archive_find(checked->archive, wanted);
	if (ret_case) {
		*ret_case = false;
	}
	if (!entry) {
		entry = archive_find_nocase(checked->archive, wanted);
		if (ret_case) {
			*ret_case = entry != NULL;
		}
	}
	return entry;
}

static const char *manifest_name(const struct checked *checked, char *buffer, size_t room)
{
	g_snprintf(buffer, room, "%simsmanifest.xml", checked->root);
	return buffer;
}

static void check_launches(const struct checked *checked, const char *where, struct findings *findings)
{
	const struct manifest *manifest = checked->manifest;
	uint32_t present = 0;
	g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
	for (uint32_t i = 0; i < manifest->launch_count; i++) {
		const struct launch_file *launch = &manifest->launches[i];
		bool by_case = false;
		const struct archive_entry *entry = check_find(checked, launch->path.at, &by_case);
		struct place place = {where, launch->line, launch->column};
		present += entry != NULL;
		if (!g_hash_table_add(told, (void *)launch->path.at)) {
			continue;
		}
		if (!entry) {
			findings_add(findings, FINDING_FILE_LAUNCH_MISSING, place, launch->path.at,
				launch->item_title.at);
		} else if (by_case) {
			findings_add(findings, FINDING_FILE_CASE, place, launch->path.at,
				entry->name + strlen(checked->root));
		}
	}
	/* Addresses on other hosts are no launch files. */
	if (manifest->launch_count > 0 && present == 0) {
		findings_add(findings, FINDING_FILE_NONE_LAUNCHABLE, (struct place){where, 0, 0}, NULL, NULL);
	}
}

static void check_files(const struct checked *checked, const char *where, struct findings *findings)
{
	const struct manifest *manifest = checked->manifest;
	for (uint32_t i = 0; i < manifest->file_count; i++) {
		const struct declared_file *file = &manifest->files[i];
		bool by_case = false;
		const struct archive_entry *entry = check_find(checked, file->path.at, &by_case);
		struct place place = {where, file->line, file->column};
		if (file->launched) {
			continue; /* told by check_launches() */
		}
		if (!entry) {
			findings_add(findings, FINDING_FILE_MISSING, place, file->path.at, NULL);
		} else if (by_case) {
			findings_add(findings, FINDING_FILE_CASE, place, file->path.at,
				entry->name + strlen(checked->root));
		}
	}
}

/* Files that no resource declares; schemas and the manifest need not be. One finding for all. */
static void check_undeclared(const struct checked *checked, const char *where, struct findings *findings)
{
	static const char *const free_endings[] = {".xsd", ".dtd", ".xml", ".txt", ".ent", ".mod"};
	const struct manifest *manifest = checked->manifest;
	g_autoptr(GHashTable) declared = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, NULL);
	for (uint32_t i = 0; i < manifest->file_count; i++) {
		const struct archive_entry *entry = check_find(checked, manifest->files[i].path.at, NULL);
		if (entry) {
			g_hash_table_add(declared, (void *)entry->name);
		}
	}
	for (uint32_t i = 0; i < manifest->launch_count; i++) {
		const struct archive_entry *entry = check_find(checked, manifest->launches[i].path.at, NULL);
		if (entry) {
			g_hash_table_add(declared, (void *)entry->name);
		}
	}
	uint32_t count = 0, undeclared = 0;
	const char *first = NULL;
	const struct archive_entry *entries = archive_entries(checked->archive, &count);
	for (uint32_t i = 0; i < count; i++) {
		const char *dot = strrchr(entries[i].name, '.');
		bool is_free = false;
		for (size_t k = 0; dot && k < G_N_ELEMENTS(free_endings); k++) {
			is_free |= g_ascii_strcasecmp(dot, free_endings[k]) == 0;
		}
		bool below = g_str_has_prefix(entries[i].name, checked->root);
		if (below && !is_free && !g_hash_table_contains(declared, entries[i].name)) {
			first = first ? first : entries[i].name + strlen(checked->root);
			undeclared++;
		}
	}
	if (undeclared > 0) {
		char number[16];
		g_snprintf(number, sizeof(number), "%u", undeclared);
		findings_add(findings, FINDING_FILE_UNDECLARED, (struct place){where, 0, 0}, number, first);
	}
}

void check_declared(const struct checked *checked, struct findings *findings)
{
	char name[2048];
	const char *where = manifest_name(checked, name, sizeof(name));
	check_launches(checked, where, findings);
	check_files(checked, where, findings);
	check_undeclared(checked, where, findings);
}
