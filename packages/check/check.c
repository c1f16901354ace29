/* The order of the check: archive, manifest, what the manifest names, what the files hold. */
#include "packages/check/check.h"

#include <glib.h>
#include <string.h>

#include "packages/check/parts.h"
#include "packages/limits.h"

static bool is_manifest(const char *name)
{
	const char *slash = strrchr(name, '/');
	return g_ascii_strcasecmp(slash ? slash + 1 : name, "imsmanifest.xml") == 0;
}

static uint32_t depth_of(const char *name)
{
	uint32_t depth = 0;
	for (; *name; name++) {
		depth += *name == '/';
	}
	return depth;
}

/* AICC courses come as a set of files with these endings. */
static const char *find_aicc(const struct archive *archive)
{
	static const char *const endings[] = {".crs", ".au", ".des", ".cst"};
	uint32_t count = 0;
	const struct archive_entry *entries = archive_entries(archive, &count);
	for (uint32_t i = 0; i < count; i++) {
		const char *dot = strrchr(entries[i].name, '.');
		for (size_t k = 0; dot && k < G_N_ELEMENTS(endings); k++) {
			if (g_ascii_strcasecmp(dot, endings[k]) == 0) {
				return entries[i].name;
			}
		}
	}
	return NULL;
}

/* The manifest nearest to the root; of several at one depth the first by name. */
static const struct archive_entry *find_manifest(const struct archive *archive, struct findings *findings)
{
	uint32_t count = 0;
	const struct archive_entry *entries = archive_entries(archive, &count), *best = NULL;
	for (uint32_t i = 0; i < count; i++) {
		if (is_manifest(entries[i].name) &&
			(!best || depth_of(entries[i].name) < depth_of(best->name))) {
			best = &entries[i];
		}
	}
	if (!best) {
		const char *aicc = find_aicc(archive);
		findings_add(findings, aicc ? FINDING_MANIFEST_AICC : FINDING_MANIFEST_MISSING,
			(struct place){NULL, 0, 0}, aicc, NULL);
		return NULL;
	}
	for (uint32_t i = 0; i < count; i++) {
		if (&entries[i] != best && is_manifest(entries[i].name)) {
			struct place place = {entries[i].name, 0, 0};
			findings_add(findings, FINDING_MANIFEST_SEVERAL, place, entries[i].name, NULL);
		}
	}
	return best;
}

static bool read_manifest(struct checked *checked, struct archive_reader *reader, struct findings *findings)
{
	const struct archive_entry *entry = find_manifest(checked->archive, findings);
	if (!entry) {
		return false;
	}
	const char *slash = strrchr(entry->name, '/');
	checked->root = slash ? g_strndup(entry->name, (gsize)(slash - entry->name) + 1) : g_strdup("");
	if (slash) {
		struct place place = {entry->name, 0, 0};
		findings_add(findings, FINDING_MANIFEST_IN_FOLDER, place, checked->root, NULL);
	}
	if (entry->size > MANIFEST_MAX_BYTES) {
		char limit[32];
		g_snprintf(limit, sizeof(limit), "%u MiB", MANIFEST_MAX_BYTES >> 20);
		findings_add(
			findings, FINDING_MANIFEST_TOO_LARGE, (struct place){entry->name, 0, 0}, limit, NULL);
		return false;
	}
	size_t len = 0;
	g_autofree char *bytes = archive_load(reader, entry, MANIFEST_MAX_BYTES, &len);
	if (!bytes) {
		struct place place = {entry->name, 0, 0};
		findings_add(findings, FINDING_ARCHIVE_ENTRY_DAMAGED, place, entry->name, NULL);
		return false;
	}
	checked->manifest = manifest_read((struct span){bytes, (uint32_t)len}, entry->name, findings);
	return checked->manifest != NULL;
}

static void count_files(struct checked *checked)
{
	uint32_t count = 0;
	const struct archive_entry *entries = archive_entries(checked->archive, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (g_str_has_prefix(entries[i].name, checked->root)) {
			checked->file_count++;
			checked->bytes += entries[i].size;
		}
	}
}

bool check_package(
	const char *zip_path, const char *name, struct findings *findings, struct checked *ret)
{
	*ret = (struct checked){0};
	ret->archive = archive_open(zip_path, name, findings);
	if (!ret->archive) {
		return false;
	}
	struct archive_reader *reader = archive_reader_open(ret->archive);
	if (!reader) {
		findings_add(findings, FINDING_ARCHIVE_DAMAGED, (struct place){NULL, 0, 0}, "zlib", NULL);
		return false;
	}
	bool good = read_manifest(ret, reader, findings);
	if (good) {
		count_files(ret);
		check_declared(ret, findings);
		check_contents(ret, reader, findings);
		good = !findings_have_error(findings);
	}
	archive_reader_close(reader);
	return good;
}

void checked_finish(struct checked *checked)
{
	archive_close(checked->archive);
	manifest_destroy(checked->manifest);
	g_free(checked->root);
	*checked = (struct checked){0};
}
