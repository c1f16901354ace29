/* A zip opened with all its entries checked; libzip does the unpacking. */
#include "packages/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "packages/archive_parts.h"
#include "packages/limits.h"

enum {
	PIECE = 128 * 1024,
};

struct archive_reader {
	zip_t *zip;
	unsigned char *piece;
};

int archive_by_name(const void *a, const void *b)
{
	const struct archive_entry *left = a, *right = b;
	return strcmp(left->name, right->name);
}

static void find(struct findings *findings, enum finding_kind kind, const char *file, const char *first,
	const char *second)
{
	findings_add(findings, kind, (struct place){file, 0, 0}, first, second);
}

struct archive *archive_open(const char *path, struct findings *findings)
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
	if (!good || !archive_check(archive, size, where, findings)) {
		archive_close(archive);
		return NULL;
	}
	return archive;
}

void archive_close(struct archive *archive)
{
	if (archive) {
		close(archive->fd);
		g_string_chunk_free(archive->names);
		g_array_free(archive->entries, TRUE);
		g_hash_table_destroy(archive->by_folded_name);
		g_free(archive);
	}
}

const struct archive_entry *archive_entries(const struct archive *archive, uint32_t *ret_count)
{
	*ret_count = archive->entries->len;
	return (const struct archive_entry *)(const void *)archive->entries->data;
}

uint64_t archive_total(const struct archive *archive)
{
	return archive->total;
}

const struct archive_entry *archive_find(const struct archive *archive, const char *name)
{
	struct archive_entry wanted = {.name = name};
	return bsearch(
		&wanted, archive->entries->data, archive->entries->len, sizeof(wanted), archive_by_name);
}

const struct archive_entry *archive_find_nocase(const struct archive *archive, const char *name)
{
	g_autofree char *folded = g_utf8_casefold(name, -1);
	return g_hash_table_lookup(archive->by_folded_name, folded);
}

struct archive_reader *archive_reader_open(const struct archive *archive)
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

void archive_reader_close(struct archive_reader *reader)
{
	if (reader) {
		zip_discard(reader->zip);
		g_free(reader->piece);
		g_free(reader);
	}
}

static enum archive_result read_file(
	struct archive_reader *reader, zip_file_t *file, uint64_t size, archive_sink sink, void *data)
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

enum archive_result archive_read(
	struct archive_reader *reader, const struct archive_entry *entry, archive_sink sink, void *data)
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

static bool append(void *data, const void *bytes, size_t len)
{
	g_byte_array_append(data, bytes, (guint)len);
	return true;
}

char *archive_load(
	struct archive_reader *reader, const struct archive_entry *entry, size_t limit, size_t *ret_len)
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
