/* Unpacking one entry: from its place in the zip, which was checked, through zlib. */
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "packages/archive/parts.h"

enum {
	PIECE = 128 * 1024,
	LOCAL_SIZE = 30,
	USUAL_HEAD = 512, /* a local header with its name and extra fields; longer ones cost one more read */
};

struct archive_reader {
	int fd; /* the archive's */
	z_stream stream;
	unsigned char *packed, *piece;
};

/* Where one entry's reading stands. */
struct reading {
	struct archive_reader *reader;
	const struct archive_entry *entry;
	archive_sink sink, packed_sink;
	void *data;
	unsigned char *at; /* in reader->packed: read and not yet used */
	size_t have;
	uint64_t next; /* of the zip: to be read */
	uint64_t left; /* of the entry's packed bytes, those in `have` not counted */
	uint64_t done; /* bytes unpacked */
	uLong crc;
};

struct archive_reader *archive_reader_open(const struct archive *archive)
{
	struct archive_reader *reader = g_new0(struct archive_reader, 1);
	reader->fd = archive->fd;
	if (inflateInit2(&reader->stream, -MAX_WBITS) != Z_OK) {
		g_free(reader);
		return NULL;
	}
	reader->packed = g_malloc(PIECE);
	reader->piece = g_malloc(PIECE);
	return reader;
}

void archive_reader_close(struct archive_reader *reader)
{
	if (reader) {
		inflateEnd(&reader->stream);
		g_free(reader->packed);
		g_free(reader->piece);
		g_free(reader);
	}
}

/* Fills the buffer; false when the file ends, or cannot be read. */
static bool fill(struct reading *reading, size_t want)
{
	struct archive_reader *reader = reading->reader;
	reading->at = reader->packed;
	reading->have = 0;
	while (reading->have == 0) {
		ssize_t got = pread(reader->fd, reader->packed, want, (off_t)reading->next);
		if (got <= 0) {
			return false;
		}
		reading->have = (size_t)got;
	}
	reading->next += reading->have;
	return true;
}

/* The first read brings the local header and, of a small file, all of it. */
static bool find_data(struct reading *reading)
{
	const struct archive_entry *entry = reading->entry;
	reading->next = entry->offset;
	size_t want = (size_t)MIN(entry->packed + LOCAL_SIZE + USUAL_HEAD, (uint64_t)PIECE);
	if (!fill(reading, want) || reading->have < LOCAL_SIZE || memcmp(reading->at, "PK\3\4", 4) != 0) {
		return false;
	}
	const unsigned char *local = reading->at;
	size_t head = LOCAL_SIZE + (size_t)(local[26] | local[27] << 8) + (size_t)(local[28] | local[29] << 8);
	if (head >= reading->have) {
		reading->next = entry->offset + head;
		reading->have = 0;
		reading->left = entry->packed;
		return true;
	}
	reading->at += head;
	reading->have = (size_t)MIN((uint64_t)(reading->have - head), entry->packed);
	reading->next = entry->offset + head + reading->have;
	reading->left = entry->packed - reading->have;
	return true;
}

static bool more(struct reading *reading)
{
	if (reading->left == 0 || !fill(reading, (size_t)MIN(reading->left, (uint64_t)PIECE))) {
		return false;
	}
	reading->left -= reading->have;
	return true;
}

static enum archive_result hand_out(struct reading *reading, const unsigned char *bytes, size_t len)
{
	if (len > reading->entry->size - reading->done) {
		return ARCHIVE_DAMAGED;
	}
	reading->done += len;
	reading->crc = crc32(reading->crc, bytes, (uInt)len);
	return reading->sink(reading->data, bytes, len) ? ARCHIVE_OK : ARCHIVE_STOPPED;
}

static enum archive_result copy_stored(struct reading *reading)
{
	enum archive_result result = ARCHIVE_OK;
	while (result == ARCHIVE_OK && (reading->have > 0 || reading->left > 0)) {
		if (reading->have == 0 && !more(reading)) {
			return ARCHIVE_DAMAGED;
		}
		result = hand_out(reading, reading->at, reading->have);
		reading->have = 0;
	}
	return result;
}

static enum archive_result inflate_all(struct reading *reading)
{
	struct archive_reader *reader = reading->reader;
	z_stream *stream = &reader->stream;
	int state = inflateReset(stream);
	while (state == Z_OK) {
		if (reading->have == 0 && reading->left > 0 && !more(reading)) {
			return ARCHIVE_DAMAGED;
		}
		/* Without input it may still have output; with neither it says so. */
		stream->next_in = reading->at;
		stream->avail_in = (uInt)reading->have;
		stream->next_out = reader->piece;
		stream->avail_out = PIECE;
		state = inflate(stream, Z_NO_FLUSH);
		size_t used = reading->have - stream->avail_in;
		if (state != Z_OK && state != Z_STREAM_END) {
			return ARCHIVE_DAMAGED;
		}
		if (used > 0 && reading->packed_sink && !reading->packed_sink(reading->data, reading->at, used)) {
			return ARCHIVE_STOPPED;
		}
		reading->at += used;
		reading->have -= used;
		enum archive_result result = hand_out(reading, reader->piece, PIECE - stream->avail_out);
		if (result != ARCHIVE_OK) {
			return result;
		}
	}
	return state == Z_STREAM_END ? ARCHIVE_OK : ARCHIVE_DAMAGED;
}

enum archive_result archive_read_both(struct archive_reader *reader, const struct archive_entry *entry,
	archive_sink sink, archive_sink packed, void *data)
{
	struct reading reading = {
		.reader = reader,
		.entry = entry,
		.sink = sink,
		.packed_sink = packed,
		.data = data,
		.crc = crc32(0, NULL, 0),
	};
	if (!find_data(&reading)) {
		return ARCHIVE_DAMAGED;
	}
	enum archive_result result = entry->deflated ? inflate_all(&reading) : copy_stored(&reading);
	bool whole = reading.done == entry->size && (uint32_t)reading.crc == entry->crc;
	return result == ARCHIVE_OK && !whole ? ARCHIVE_DAMAGED : result;
}

enum archive_result archive_read(
	struct archive_reader *reader, const struct archive_entry *entry, archive_sink sink, void *data)
{
	return archive_read_both(reader, entry, sink, NULL, data);
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
