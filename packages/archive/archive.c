/* A zip opened with all its entries checked. */
#include "packages/archive/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "packages/archive/parts.h"
#include "packages/limits.h"

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

struct archive *archive_open(const char *path, const char *name, struct findings *findings)
{
	g_autofree char *where = name ? g_strdup(name) : g_path_get_basename(path);
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
