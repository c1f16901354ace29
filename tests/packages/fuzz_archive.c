/* Any bytes as a zip: opened or refused with an error; no name leaves, no entry gives more than it said. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "packages/archive/archive.h"

enum {
	READ_AT_MOST = 1 << 20, /* of one input, so that the fuzzer stays fast */
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

struct tally {
	uint64_t seen, limit, total;
};

static bool count(void *data, const void *bytes, size_t len)
{
	struct tally *tally = data;
	tally->seen += len;
	tally->total += len;
	if (tally->seen > tally->limit) {
		abort();
	}
	return tally->total < READ_AT_MOST;
}

static void check_name(const char *name)
{
	if (*name == '/' || !*name || strchr(name, '\\') || !g_utf8_validate(name, -1, NULL)) {
		abort();
	}
	g_auto(GStrv) parts = g_strsplit(name, "/", -1);
	for (char **part = parts; *part; part++) {
		if (strcmp(*part, "..") == 0 || strcmp(*part, ".") == 0 || !**part) {
			abort();
		}
	}
}

static void read_all(const struct archive *archive)
{
	struct archive_reader *reader = archive_reader_open(archive);
	uint32_t entries_count = 0;
	const struct archive_entry *entries = archive_entries(archive, &entries_count);
	struct tally tally = {0};
	for (uint32_t i = 0; reader && i < entries_count && tally.total < READ_AT_MOST; i++) {
		check_name(entries[i].name);
		tally.seen = 0;
		tally.limit = entries[i].size;
		if (archive_read(reader, &entries[i], count, &tally) == ARCHIVE_OK &&
			tally.seen != entries[i].size) {
			abort();
		}
	}
	archive_reader_close(reader);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	int fd = memfd_create("zip", MFD_CLOEXEC);
	if (fd < 0 || write(fd, bytes, len) != (ssize_t)len) {
		abort();
	}
	char path[64];
	g_snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	struct findings *findings = findings_create();
	struct archive *archive = archive_open(path, NULL, findings);
	if (!archive && !findings_have_error(findings)) {
		abort();
	}
	if (archive) {
		read_all(archive);
		archive_close(archive);
	}
	findings_destroy(findings);
	close(fd);
	return 0;
}
