/* A zip opened with all its entries checked; libzip does the unpacking. */
#include "packages/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "packages/archive_directory.h"
#include "packages/limits.h"

enum {
	FLAG_ENCRYPTED = 1 << 0,
	FLAG_STRONG = 1 << 6,
	METHOD_STORED = 0,
	METHOD_DEFLATED = 8,
	MADE_ON_UNIX = 3,
	MADE_ON_DARWIN = 19,
	PIECE = 128 * 1024,
};

struct archive {
	int fd;
	GArray *entries; /* of struct archive_entry, sorted by name */
	GHashTable *by_folded_name;
	GStringChunk *names;
	uint64_t total;
};

struct archive_reader {
	zip_t *zip;
	unsigned char *piece;
};

static void
find(struct findings *findings, enum finding_kind kind, const char *file, const char *first, const char *second)
{
	findings_add(findings, kind, (struct place){file, 0, 0}, first, second);
}

/* Links, devices, encryption and unknown packing refuse the archive. */
static bool
check_kind(const struct raw_entry *entry, const char *name, struct findings *findings)
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

static bool
check_size(const struct raw_entry *entry, const char *name, struct findings *findings)
{
	if (entry->size > ARCHIVE_MAX_FILE_BYTES) {
		g_autofree char *limit = g_format_size_full(ARCHIVE_MAX_FILE_BYTES, G_FORMAT_SIZE_IEC_UNITS);
		find(findings, FINDING_ARCHIVE_FILE_TOO_LARGE, name, name, limit);
		return false;
	}
	bool lies = entry->method == METHOD_STORED && entry->size != entry->packed;
	/* Deflate cannot do better than 1032 to 1. */
	lies = lies || entry->size / 1040 > entry->packed;
	bool bomb = entry->size > ARCHIVE_RATIO_FROM_BYTES && entry->size / ARCHIVE_MAX_FILE_RATIO > entry->packed;
	if (lies || bomb) {
		find(findings, FINDING_ARCHIVE_BOMB, name, name, NULL);
		return false;
	}
	return true;
}

/* Checks one entry and adds it. False refuses the archive; later entries are still looked at, so that the
 * report is whole. */
static bool
add_entry(struct archive *archive, const struct raw_entry *raw, uint64_t index, const char *where,
	struct findings *findings)
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
		.index = index,
	};
	archive->total += entry.size;
	g_array_append_val(archive->entries, entry);
	return true;
}

static int
by_name(const void *a, const void *b)
{
	const struct archive_entry *left = a, *right = b;
	return strcmp(left->name, right->name);
}

/* "a" and "a/b" cannot both be: a file whose name is another's folder. */
static bool
check_folders(const struct archive *archive, struct findings *findings)
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

static bool
check_duplicates(struct archive *archive, struct findings *findings)
{
	bool good = true;
	g_array_sort(archive->entries, by_name);
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
			find(findings, FINDING_ARCHIVE_DUPLICATE_CASE, entries[i].name, entries[i].name, same->name);
			g_free(folded);
		} else {
			g_hash_table_insert(archive->by_folded_name, folded, &entries[i]);
		}
	}
	return good && check_folders(archive, findings);
}

static bool
check_total(const struct archive *archive, uint64_t file_size, const char *where, struct findings *findings)
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
	if (archive->total > ARCHIVE_RATIO_FROM_BYTES && archive->total / ARCHIVE_MAX_TOTAL_RATIO > file_size) {
		find(findings, FINDING_ARCHIVE_BOMB, where, where, NULL);
		return false;
	}
	return true;
}

static bool
check_all(struct archive *archive, uint64_t file_size, const char *where, struct findings *findings)
{
	struct directory directory;
	bool good = directory_read(archive->fd, file_size, where, findings, &directory);
	for (guint i = 0; good && i < directory.entries->len; i++) {
		const struct raw_entry *raw = &g_array_index(directory.entries, struct raw_entry, i);
		if (!add_entry(archive, raw, i, where, findings) &&
			findings_count(findings, SEVERITY_ERROR) > FINDINGS_MAX_PER_CODE) {
			break;
		}
	}
	good = good && !findings_have_error(findings);
	good = good && directory_check_overlap(archive->fd, &directory, where, findings);
	good = good && check_total(archive, file_size, where, findings) && check_duplicates(archive, findings);
	directory_finish(&directory);
	return good;
}

struct archive *
archive_open(const char *path, struct findings *findings)
{
	g_autofree char *where = g_path_get_basename(path);
	struct stat stat;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
		const char *why = fd < 0 ? g_strerror(errno) : "?";
		find(findings, FINDING_ARCHIVE_UNREADABLE, where, where, why);
		if (fd >= 0) {
			close(fd);
		}
		return NULL;
	}
	struct archive *archive = g_new0(struct archive, 1);
	archive->fd = fd;
	archive->names = g_string_chunk_new(16384);
	archive->entries = g_array_new(FALSE, TRUE, sizeof(struct archive_entry));
	archive->by_folded_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	uint64_t size = (uint64_t)stat.st_size;
	bool good = size <= ARCHIVE_MAX_BYTES;
	if (!good) {
		g_autofree char *limit = g_format_size_full(ARCHIVE_MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS);
		find(findings, FINDING_ARCHIVE_TOO_LARGE, where, limit, NULL);
	}
	if (!good || !check_all(archive, size, where, findings)) {
		archive_close(archive);
		return NULL;
	}
	return archive;
}

void
archive_close(struct archive *archive)
{
	if (archive) {
		close(archive->fd);
		g_string_chunk_free(archive->names);
		g_array_free(archive->entries, TRUE);
		g_hash_table_destroy(archive->by_folded_name);
		g_free(archive);
	}
}

const struct archive_entry *
archive_entries(const struct archive *archive, uint32_t *ret_count)
{
	*ret_count = archive->entries->len;
	return (const struct archive_entry *)(const void *)archive->entries->data;
}

uint64_t
archive_total(const struct archive *archive)
{
	return archive->total;
}

const struct archive_entry *
archive_find(const struct archive *archive, const char *name)
{
	struct archive_entry wanted = {.name = name};
	return bsearch(&wanted, archive->entries->data, archive->entries->len, sizeof(wanted), by_name);
}

const struct archive_entry *
archive_find_nocase(const struct archive *archive, const char *name)
{
	g_autofree char *folded = g_utf8_casefold(name, -1);
	return g_hash_table_lookup(archive->by_folded_name, folded);
}

struct archive_reader *
archive_reader_open(const struct archive *archive)
{
	/* The same file, even when its name now belongs to another, with a position of its own. */
	char path[64];
	g_snprintf(path, sizeof(path), "/proc/self/fd/%d", archive->fd);
	zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
	if (!zip) {
		return NULL;
	}
	struct archive_reader *reader = g_new0(struct archive_reader, 1);
	reader->zip = zip;
	reader->piece = g_malloc(PIECE);
	return reader;
}

void
archive_reader_close(struct archive_reader *reader)
{
	if (reader) {
		zip_discard(reader->zip);
		g_free(reader->piece);
		g_free(reader);
	}
}

static enum archive_result
read_file(struct archive_reader *reader, zip_file_t *file, uint64_t size, archive_sink sink, void *data)
{
	uint64_t done = 0;
	for (;;) {
		zip_int64_t got = zip_fread(file, reader->piece, PIECE);
		if (got < 0 || (uint64_t)got > size - done) {
			return ARCHIVE_DAMAGED; /* zip_fread verifies the checksum at the end */
		}
		if (got == 0) {
			return done == size ? ARCHIVE_OK : ARCHIVE_DAMAGED;
		}
		done += (uint64_t)got;
		if (!sink(data, reader->piece, (size_t)got)) {
			return ARCHIVE_STOPPED;
		}
	}
}

enum archive_result
archive_read(struct archive_reader *reader, const struct archive_entry *entry, archive_sink sink, void *data)
{
	/* libzip must see the entry that was checked. */
	zip_stat_t stat;
	if (zip_stat_index(reader->zip, entry->index, 0, &stat) != 0 || stat.size != entry->size ||
		stat.comp_size != entry->packed) {
		return ARCHIVE_DAMAGED;
	}
	zip_file_t *file = zip_fopen_index(reader->zip, entry->index, 0);
	if (!file) {
		return ARCHIVE_DAMAGED;
	}
	enum archive_result result = read_file(reader, file, entry->size, sink, data);
	if (zip_fclose(file) != 0 && result == ARCHIVE_OK) {
		result = ARCHIVE_DAMAGED;
	}
	return result;
}

static bool
append(void *data, const void *bytes, size_t len)
{
	g_byte_array_append(data, bytes, (guint)len);
	return true;
}

char *
archive_load(struct archive_reader *reader, const struct archive_entry *entry, size_t limit, size_t *ret_len)
{
	if (entry->size > limit) {
		return NULL;
	}
	GByteArray *bytes = g_byte_array_sized_new((guint)entry->size + 1);
	enum archive_result result = archive_read(reader, entry, append, bytes);
	if (result == ARCHIVE_OK) {
		*ret_len = bytes->len;
		g_byte_array_append(bytes, (const guint8 *)"", 1);
		return (char *)g_byte_array_free(bytes, FALSE);
	}
	g_byte_array_free(bytes, TRUE);
	return NULL;
}
