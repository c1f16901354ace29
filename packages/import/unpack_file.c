/*
 * One file of an archive. Each byte is read once: the same pass unpacks, checks, hashes, writes the file, and copies
 * the deflate stream for those whom it saves time.
 */
#include "packages/import/unpack_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "packages/import/share.h"
#include "packages/mime.h"

enum {
	GZIP_HEAD = 10,
	GZIP_TAIL = 8,
	GZIP_FROM_BYTES = 512, /* smaller files fit one packet anyway */
	WRITE_OUT_EVERY = 8 << 20, /* the disk works while the rest is unpacked */
};

static bool write_at(struct output *output, int fd, const void *bytes, size_t len, uint64_t at)
{
	const char *from = bytes;
	while (len > 0) {
		ssize_t put = pwrite(fd, from, len, (off_t)at);
		if (put < 0 && errno != EINTR) {
			output->error = errno;
			return false;
		}
		size_t done = put > 0 ? (size_t)put : 0;
		from += done;
		at += done;
		len -= done;
	}
	return true;
}

static bool take_piece(void *data, const void *bytes, size_t len)
{
	struct output *output = data;
	hasher_update(output->hasher, bytes, len);
	if (output->fd >= 0) {
		if (!write_at(output, output->fd, bytes, len, output->written)) {
			return false;
		}
		uint64_t before = output->written / WRITE_OUT_EVERY;
		output->written += len;
		uint64_t now = output->written / WRITE_OUT_EVERY;
		if (now != before) {
			sync_file_range(output->fd, (off64_t)(before * WRITE_OUT_EVERY),
				(off64_t)((now - before) * WRITE_OUT_EVERY), SYNC_FILE_RANGE_WRITE);
		}
	}
	__atomic_fetch_add(&output->work->bytes_done, len, __ATOMIC_RELAXED);
	return !g_atomic_int_get(&output->work->ended);
}

static bool take_packed(void *data, const void *bytes, size_t len)
{
	struct output *output = data;
	uint64_t at = output->pack_at;
	output->pack_at += len;
	return write_at(output, output->work->pack, bytes, len, at);
}

/* Is the zip's own deflate stream worth keeping? Sound and video are asked for in ranges, which it has not. */
static bool is_worth_packing(const struct archive_entry *entry)
{
	const char *type = mime_type(entry->name);
	return entry->deflated && entry->size >= GZIP_FROM_BYTES && entry->size <= UINT32_MAX &&
	       entry->packed + GZIP_HEAD + GZIP_TAIL < entry->size - entry->size / 10 &&
	       !mime_is_packed(entry->name) && !g_str_has_prefix(type, "audio/") &&
	       !g_str_has_prefix(type, "video/");
}

static void pack_begin(struct output *output)
{
	output->packing = is_worth_packing(output->entry);
	if (output->packing) {
		uint64_t room = output->entry->packed + GZIP_HEAD + GZIP_TAIL;
		output->pack_from = __atomic_fetch_add(&output->work->pack_next, room, __ATOMIC_RELAXED);
		output->pack_at = output->pack_from + GZIP_HEAD;
	}
}

/* RFC 1952: a head without name and time; at the end checksum and length of the unpacked bytes. */
static bool pack_end(struct output *output, struct package_file *file)
{
	static const unsigned char head[GZIP_HEAD] = {0x1f, 0x8b, 8, [9] = 255};
	uint32_t tail[2] = {GUINT32_TO_LE(output->entry->crc), GUINT32_TO_LE((uint32_t)output->entry->size)};
	file->gzip_from = output->pack_from;
	file->gzip_length = output->pack_at + GZIP_TAIL - output->pack_from;
	return write_at(output, output->work->pack, head, sizeof(head), output->pack_from) &&
	       write_at(output, output->work->pack, tail, sizeof(tail), output->pack_at);
}

static enum archive_result read_entry(struct output *output, struct package_file *file)
{
	output->written = 0;
	pack_begin(output);
	enum archive_result result = archive_read_both(
		output->reader, output->entry, take_piece, output->packing ? take_packed : NULL, output);
	unsigned char digest[DIGEST_BYTES];
	hasher_finish(output->hasher, digest);
	digest_hex(digest, file->sha256);
	if (result == ARCHIVE_OK && output->packing && !pack_end(output, file)) {
		result = ARCHIVE_STOPPED;
	}
	return result;
}

/* A file that another course seems to have is hashed first, and linked when it is that one. */
static bool take_shared(struct output *output, struct package_file *file, enum archive_result *ret)
{
	const struct archive_entry *entry = output->entry;
	const char *content = output->work->order->content;
	*ret = ARCHIVE_OK;
	if (entry->size < SHARE_FROM_BYTES || !share_likely(content, entry->crc, entry->size)) {
		return false;
	}
	output->fd = -1;
	*ret = read_entry(output, file);
	if (*ret != ARCHIVE_OK ||
		share_take(content, entry->crc, entry->size, file->sha256, output->work->folder, file->path)) {
		return true;
	}
	__atomic_fetch_sub(&output->work->bytes_done, entry->size, __ATOMIC_RELAXED);
	return false;
}

static enum archive_result write_entry(struct output *output, struct package_file *file)
{
	output->fd = openat(output->work->folder, file->path,
		O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0444);
	if (output->fd < 0) {
		output->error = errno;
		return ARCHIVE_STOPPED;
	}
	enum archive_result result = read_entry(output, file);
	if (close(output->fd) != 0 && output->error == 0) {
		output->error = errno;
	}
	return result;
}

void unpack_entry(struct output *output, struct package_file *file)
{
	enum archive_result result;
	output->error = 0;
	*file = (struct package_file){
		.path = output->entry->name + output->work->root, .size = output->entry->size};
	if (!take_shared(output, file, &result)) {
		result = write_entry(output, file);
	}
	if (output->error != 0) {
		unpack_end_with(output->work, UNPACK_FAILED, file->path, output->error);
	} else if (result == ARCHIVE_DAMAGED) {
		unpack_end_with(output->work, UNPACK_DAMAGED, output->entry->name, 0);
	} else {
		__atomic_fetch_add(&output->work->files_done, 1, __ATOMIC_RELAXED);
	}
}
