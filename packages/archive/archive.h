/*
 * A zip, safe to read: all entries are checked when it is opened, before anything is read out of it or written.
 * What cannot be trusted (names that leave the folder, links, bombs, overlaps, encryption, double names) refuses
 * the whole archive.
 *
 * What comes from macOS and Windows without being content (__MACOSX, .DS_Store, Thumbs.db, desktop.ini) is left
 * out. Zips inside the zip are plain files.
 */
#ifndef PACKAGES_ARCHIVE_H
#define PACKAGES_ARCHIVE_H

#include "packages/check/findings.h"

struct archive;

struct archive_entry {
	const char *name; /* UTF-8 (NFC), "/" between parts, relative, without "." and ".." */
	uint64_t size;    /* unpacked; enforced while reading */
	uint64_t packed;
	uint64_t offset; /* of its local header in the zip */
	uint32_t crc;    /* of the unpacked bytes */
	bool deflated;   /* else it is stored */
};

/* NULL with at least one error finding when it cannot be read or trusted. Findings call it `name`; NULL: as the
 * path ends. */
struct archive *archive_open(const char *path, const char *name, struct findings *findings);
void archive_close(struct archive *archive);

/* The regular files, sorted by name (bytewise); folders are implied. */
const struct archive_entry *archive_entries(const struct archive *archive, uint32_t *ret_count);

const struct archive_entry *archive_find(const struct archive *archive, const char *name);
/* The first entry whose name differs in letter case only. */
const struct archive_entry *archive_find_nocase(const struct archive *archive, const char *name);

/* A reader of the same open archive, for use in one thread. NULL when the system has no more. */
struct archive_reader;
struct archive_reader *archive_reader_open(const struct archive *archive);
void archive_reader_close(struct archive_reader *reader);

/* Called with each piece; false stops. */
typedef bool (*archive_sink)(void *data, const void *bytes, size_t len);

enum archive_result {
	ARCHIVE_OK,
	ARCHIVE_STOPPED, /* the sink said so */
	ARCHIVE_DAMAGED, /* checksum, length or compressed data do not agree */
};

/* Unpacks one entry: never more than its size, checksum verified at its end. */
enum archive_result archive_read(
	struct archive_reader *reader, const struct archive_entry *entry, archive_sink sink, void *data);

/* The same, and hands the entry's deflate stream as it stands to `packed`, piece by piece (stored entries have
 * none). What follows the stream's own end inside the entry is left out. */
enum archive_result archive_read_both(struct archive_reader *reader, const struct archive_entry *entry,
	archive_sink sink, archive_sink packed, void *data);

/* The whole entry in memory, NUL-terminated; NULL when damaged or larger than `limit`. Yours (g_free). */
char *archive_load(
	struct archive_reader *reader, const struct archive_entry *entry, size_t limit, size_t *ret_len);

#endif
