/* Reading the end of a zip. Every number is checked against the file's size before it is used. */
#include "packages/archive/directory.h"

#include <string.h>
#include <unistd.h>

#include "packages/limits.h"

enum {
	END_SIZE = 22,
	END64_SIZE = 56,
	LOCATOR_SIZE = 20,
	ENTRY_SIZE = 46,
	LOCAL_SIZE = 30,
	COMMENT_MAX = 65535,
};

static uint16_t get16(const unsigned char *at)
{
	return (uint16_t)(at[0] | at[1] << 8);
}

static uint32_t get32(const unsigned char *at)
{
	return (uint32_t)get16(at) | (uint32_t)get16(at + 2) << 16;
}

static uint64_t get64(const unsigned char *at)
{
	return (uint64_t)get32(at) | (uint64_t)get32(at + 4) << 32;
}

static bool read_at(int fd, uint64_t offset, void *ret, size_t len)
{
	unsigned char *to = ret;
	while (len > 0) {
		ssize_t got = pread(fd, to, len, (off_t)offset);
		if (got <= 0) {
			return false;
		}
		to += got;
		offset += (uint64_t)got;
		len -= (size_t)got;
	}
	return true;
}

static bool damaged(struct findings *findings, const char *where, const char *what)
{
	findings_add(findings, FINDING_ARCHIVE_DAMAGED, (struct place){where, 0, 0}, what, NULL);
	return false;
}

struct end {
	uint64_t entries, size, offset;
	uint64_t at; /* where the directory must end */
};

/* Zip64: the counts that do not fit stand in a record of their own. */
static bool read_end64(int fd, uint64_t end_at, struct end *ret)
{
	unsigned char locator[LOCATOR_SIZE], record[END64_SIZE];
	if (end_at < LOCATOR_SIZE || !read_at(fd, end_at - LOCATOR_SIZE, locator, sizeof(locator)) ||
		memcmp(locator, "PK\6\7", 4) != 0) {
		return true; /* none: the plain record counts */
	}
	uint64_t at = get64(locator + 8);
	if (at > end_at - LOCATOR_SIZE || end_at - LOCATOR_SIZE - at < END64_SIZE ||
		!read_at(fd, at, record, sizeof(record)) || memcmp(record, "PK\6\6", 4) != 0) {
		return false;
	}
	*ret = (struct end){get64(record + 32), get64(record + 40), get64(record + 48), at};
	return true;
}

static bool find_end(
	int fd, uint64_t file_size, const char *where, struct findings *findings, struct end *ret)
{
	struct place place = {where, 0, 0};
	size_t len = (size_t)MIN(file_size, (uint64_t)(END_SIZE + COMMENT_MAX));
	g_autofree unsigned char *tail = g_malloc(len + 1);
	if (len < END_SIZE || !read_at(fd, file_size - len, tail, len)) {
		findings_add(findings, FINDING_ARCHIVE_NOT_ZIP, place, NULL, NULL);
		return false;
	}
	for (size_t at = len - END_SIZE + 1; at-- > 0;) {
		const unsigned char *end = tail + at;
		if (memcmp(end, "PK\5\6", 4) != 0 || get16(end + 20) > len - at - END_SIZE) {
			continue;
		}
		uint64_t end_at = file_size - len + at;
		*ret = (struct end){get16(end + 10), get32(end + 12), get32(end + 16), end_at};
		if (!read_end64(fd, end_at, ret)) {
			return damaged(findings, where, "Zip64");
		}
		return true;
	}
	bool zip = memcmp(tail, "PK\3\4", 4) == 0;
	unsigned char head[4];
	zip = zip || (read_at(fd, 0, head, 4) && memcmp(head, "PK\3\4", 4) == 0);
	if (zip) {
		return damaged(findings, where, "end of central directory");
	}
	findings_add(findings, FINDING_ARCHIVE_NOT_ZIP, place, NULL, NULL);
	return false;
}

/* The check value of zip and of the Unicode name field. */
static uint32_t crc32_of(const unsigned char *bytes, size_t len)
{
	uint32_t crc = UINT32_MAX;
	for (size_t i = 0; i < len; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
		}
	}
	return ~crc;
}

/* Sizes that do not fit in 32 bits stand in extra field 1, in this order, only those that are needed. */
static bool read_zip64(const unsigned char *field, size_t len, struct raw_entry *entry)
{
	uint64_t *values[] = {&entry->size, &entry->packed, &entry->offset};
	for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
		if (*values[i] == UINT32_MAX) {
			if (len < 8) {
				return false;
			}
			*values[i] = get64(field);
			field += 8;
			len -= 8;
		}
	}
	return true;
}

static bool read_extra(const unsigned char *extra, size_t len, struct raw_entry *entry)
{
	while (len >= 4) {
		size_t field = get16(extra + 2);
		if (field > len - 4) {
			return true; /* some tools leave rubbish here; nothing in it is needed then */
		}
		if (get16(extra) == 0x0001 && !read_zip64(extra + 4, field, entry)) {
			return false;
		}
		if (get16(extra) == 0x7075 && field > 5 && extra[4] == 1 &&
			get32(extra + 5) == crc32_of(entry->name, entry->name_len)) {
			entry->unicode_name = extra + 9;
			entry->unicode_len = (uint16_t)(field - 5);
		}
		extra += 4 + field;
		len -= 4 + field;
	}
	return true;
}

static bool read_entries(
	const unsigned char *bytes, size_t len, const char *where, struct findings *findings, GArray *ret)
{
	while (len >= ENTRY_SIZE && memcmp(bytes, "PK\1\2", 4) == 0) {
		size_t name = get16(bytes + 28), extra = get16(bytes + 30), comment = get16(bytes + 32);
		size_t whole = ENTRY_SIZE + name + extra + comment;
		if (whole > len) {
			return damaged(findings, where, "central directory");
		}
		struct raw_entry entry = {
			.name = bytes + ENTRY_SIZE,
			.name_len = (uint16_t)name,
			.made_by = get16(bytes + 4),
			.flags = get16(bytes + 8),
			.method = get16(bytes + 10),
			.crc = get32(bytes + 16),
			.packed = get32(bytes + 20),
			.size = get32(bytes + 24),
			.external = get32(bytes + 38),
			.offset = get32(bytes + 42),
		};
		if (!read_extra(bytes + ENTRY_SIZE + name, extra, &entry)) {
			return damaged(findings, where, "Zip64");
		}
		if (ret->len == ARCHIVE_MAX_ENTRIES) {
			g_autofree char *limit = g_strdup_printf("%u", ARCHIVE_MAX_ENTRIES);
			findings_add(
				findings, FINDING_ARCHIVE_TOO_MANY, (struct place){where, 0, 0}, limit, NULL);
			return false;
		}
		g_array_append_val(ret, entry);
		bytes += whole;
		len -= whole;
	}
	return true;
}

bool directory_read(
	int fd, uint64_t file_size, const char *where, struct findings *findings, struct directory *ret)
{
	struct end end;
	*ret = (struct directory){0};
	if (!find_end(fd, file_size, where, findings, &end)) {
		return false;
	}
	if (end.size > end.at || end.offset != end.at - end.size) {
		return damaged(findings, where, "central directory");
	}
	if (end.entries > ARCHIVE_MAX_ENTRIES || end.size > ARCHIVE_MAX_DIRECTORY_BYTES) {
		g_autofree char *limit = g_strdup_printf("%u", ARCHIVE_MAX_ENTRIES);
		findings_add(findings, FINDING_ARCHIVE_TOO_MANY, (struct place){where, 0, 0}, limit, NULL);
		return false;
	}
	ret->start = end.offset;
	ret->bytes = g_malloc(end.size + 1);
	ret->entries = g_array_sized_new(FALSE, TRUE, sizeof(struct raw_entry), (guint)end.entries);
	if (!read_at(fd, end.offset, ret->bytes, end.size)) {
		return damaged(findings, where, "central directory");
	}
	if (!read_entries(ret->bytes, end.size, where, findings, ret->entries)) {
		return false;
	}
	if (ret->entries->len != end.entries) {
		return damaged(findings, where, "central directory");
	}
	return true;
}

struct extent {
	uint64_t offset, packed;
};

static int by_offset(const void *a, const void *b)
{
	const struct extent *left = a, *right = b;
	return (left->offset > right->offset) - (left->offset < right->offset);
}

bool directory_check_overlap(
	int fd, const struct directory *directory, const char *where, struct findings *findings)
{
	g_autoptr(GArray) extents = g_array_new(FALSE, TRUE, sizeof(struct extent));
	for (guint i = 0; i < directory->entries->len; i++) {
		const struct raw_entry *entry = &g_array_index(directory->entries, struct raw_entry, i);
		struct extent extent = {entry->offset, entry->packed};
		g_array_append_val(extents, extent);
	}
	g_array_sort(extents, by_offset);
	for (guint i = 0; i < extents->len; i++) {
		const struct extent *extent = &g_array_index(extents, struct extent, i);
		uint64_t limit = i + 1 < extents->len ? extent[1].offset : directory->start;
		unsigned char local[LOCAL_SIZE];
		if (extent->offset > directory->start || !read_at(fd, extent->offset, local, sizeof(local)) ||
			memcmp(local, "PK\3\4", 4) != 0) {
			return damaged(findings, where, "local header");
		}
		uint64_t head = LOCAL_SIZE + (uint64_t)get16(local + 26) + get16(local + 28);
		if (limit < extent->offset || limit - extent->offset < head ||
			limit - extent->offset - head < extent->packed) {
			findings_add(
				findings, FINDING_ARCHIVE_OVERLAP, (struct place){where, 0, 0}, NULL, NULL);
			return false;
		}
	}
	return true;
}

void directory_finish(struct directory *directory)
{
	g_free(directory->bytes);
	if (directory->entries) {
		g_array_free(directory->entries, TRUE);
	}
	*directory = (struct directory){0};
}
