/* What every entry of a zip must satisfy before any of it is read: kinds, sizes, names that stand beside others. */
#include <string.h>
#include <sys/stat.h>

#include "packages/archive/parts.h"
#include "packages/limits.h"

enum {
	FLAG_ENCRYPTED = 1 << 0,
	FLAG_STRONG = 1 << 6,
	METHOD_STORED = 0,
	METHOD_DEFLATED = 8,
	MADE_ON_UNIX = 3,
	MADE_ON_DARWIN = 19,
};

static void find(struct findings *findings, enum finding_kind kind, const char *file, const char *first,
	const char *second)
{
	findings_add(findings, kind, (struct place){file, 0, 0}, first, second);
}

/* Links, devices, encryption and unknown packing refuse the archive. */
static bool check_kind(const struct raw_entry *entry, const char *name, struct findings *findings)
{
	unsigned host = entry->made_by >> 8;
	mode_t mode = host == MADE_ON_UNIX || host == MADE_ON_DARWIN ? entry->external >> 16 : 0;
	mode_t type = mode & S_IFMT;
	if (type == S_IFLNK) {
		find(findings, FINDING_ARCHIVE_LINK, name, name, NULL);
		return false;
	}
	if (type != 0 && type != S_IFREG && type != S_IFDIR) {
		find(findings, FINDING_ARCHIVE_SPECIAL, name, name, NULL);
		return false;
	}
	if (entry->flags & (FLAG_ENCRYPTED | FLAG_STRONG)) {
		find(findings, FINDING_ARCHIVE_ENCRYPTED, name, name, NULL);
		return false;
	}
	if (entry->method != METHOD_STORED && entry->method != METHOD_DEFLATED) {
		g_autofree char *method = g_strdup_printf("%u", entry->method);
		find(findings, FINDING_ARCHIVE_METHOD, name, name, method);
		return false;
	}
	return true;
}

static bool check_size(const struct raw_entry *entry, const char *name, struct findings *findings)
{
	if (entry->size > ARCHIVE_MAX_FILE_BYTES) {
		g_autofree char *limit = g_format_size_full(ARCHIVE_MAX_FILE_BYTES, G_FORMAT_SIZE_IEC_UNITS);
		find(findings, FINDING_ARCHIVE_FILE_TOO_LARGE, name, name, limit);
		return false;
	}
	bool lies = entry->method == METHOD_STORED && entry->size != entry->packed;
	/* Deflate cannot do better than 1032 to 1. */
	lies = lies || entry->size / 1040 > entry->packed;
	bool bomb = entry->size > ARCHIVE_RATIO_FROM_BYTES &&
		    entry->size / ARCHIVE_MAX_FILE_RATIO > entry->packed;
	if (lies || bomb) {
		find(findings, FINDING_ARCHIVE_BOMB, name, name, NULL);
		return false;
	}
	return true;
}

/* Checks one entry and adds it. False refuses the archive; later entries are still looked at, so that the
 * report is whole. */
static bool add_entry(
	struct archive *archive, const struct raw_entry *raw, const char *where, struct findings *findings)
{
	g_autofree char *name = archive_name(raw, where, findings);
	if (!name || !check_kind(raw, name, findings)) {
		return false;
	}
	size_t len = strlen(name);
	if (len == 0 || name[len - 1] == '/') {
		if (raw->size > 0) {
			find(findings, FINDING_ARCHIVE_NAME_BAD, where, name, NULL);
			return false;
		}
		return true;
	}
	if (!check_size(raw, name, findings)) {
		return false;
	}
	if (archive_name_is_litter(name)) {
		return true;
	}
	struct archive_entry entry = {
		.name = g_string_chunk_insert(archive->names, name),
		.size = raw->size,
		.packed = raw->packed,
		.offset = raw->offset,
		.crc = raw->crc,
		.deflated = raw->method == METHOD_DEFLATED,
	};
	archive->total += entry.size;
	g_array_append_val(archive->entries, entry);
	return true;
}

/* "a" and "a/b" cannot both be: a file whose name is another's folder. */
static bool check_folders(const struct archive *archive, struct findings *findings)
{
	for (guint i = 0; i < archive->entries->len; i++) {
		const char *name = g_array_index(archive->entries, struct archive_entry, i).name;
		g_autofree char *folder = g_strdup(name);
		for (char *slash = strrchr(folder, '/'); slash; slash = strrchr(folder, '/')) {
			*slash = '\0';
			if (archive_find(archive, folder)) {
				find(findings, FINDING_ARCHIVE_FILE_IS_FOLDER, folder, folder, NULL);
				return false;
			}
		}
	}
	return true;
}

static bool check_duplicates(struct archive *archive, struct findings *findings)
{
	bool good = true;
	g_array_sort(archive->entries, archive_by_name);
	struct archive_entry *entries = (struct archive_entry *)(void *)archive->entries->data;
	for (guint i = 0; i < archive->entries->len; i++) {
		if (i > 0 && strcmp(entries[i - 1].name, entries[i].name) == 0) {
			find(findings, FINDING_ARCHIVE_DUPLICATE, entries[i].name, entries[i].name, NULL);
			good = false;
			continue;
		}
		char *folded = g_utf8_casefold(entries[i].name, -1);
		const struct archive_entry *same = g_hash_table_lookup(archive->by_folded_name, folded);
		if (same) {
			find(findings, FINDING_ARCHIVE_DUPLICATE_CASE, entries[i].name, entries[i].name,
				same->name);
			g_free(folded);
		} else {
			g_hash_table_insert(archive->by_folded_name, folded, &entries[i]);
		}
	}
	return good && check_folders(archive, findings);
}

static bool check_total(
	const struct archive *archive, uint64_t file_size, const char *where, struct findings *findings)
{
	if (archive->entries->len == 0) {
		find(findings, FINDING_ARCHIVE_EMPTY, where, NULL, NULL);
		return false;
	}
	if (archive->total > ARCHIVE_MAX_TOTAL_BYTES) {
		g_autofree char *limit = g_format_size_full(ARCHIVE_MAX_TOTAL_BYTES, G_FORMAT_SIZE_IEC_UNITS);
		find(findings, FINDING_ARCHIVE_TOTAL_TOO_LARGE, where, limit, NULL);
		return false;
	}
	if (archive->total > ARCHIVE_RATIO_FROM_BYTES &&
		archive->total / ARCHIVE_MAX_TOTAL_RATIO > file_size) {
		find(findings, FINDING_ARCHIVE_BOMB, where, where, NULL);
		return false;
	}
	return true;
}

bool archive_check(struct archive *archive, uint64_t file_size, const char *where, struct findings *findings)
{
	struct directory directory;
	bool good = directory_read(archive->fd, file_size, where, findings, &directory);
	for (guint i = 0; good && i < directory.entries->len; i++) {
		const struct raw_entry *raw = &g_array_index(directory.entries, struct raw_entry, i);
		if (!add_entry(archive, raw, where, findings) &&
			findings_count(findings, SEVERITY_ERROR) > FINDINGS_MAX_PER_CODE) {
			break;
		}
	}
	good = good && !findings_have_error(findings);
	good = good && directory_check_overlap(archive->fd, &directory, where, findings);
	good = good && check_total(archive, file_size, where, findings) &&
	       check_duplicates(archive, findings);
	directory_finish(&directory);
	return good;
}
