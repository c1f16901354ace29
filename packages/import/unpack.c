/*
 * Two workers unpack, the calling thread watches. Workers take the next entry by an atomic counter; all folders
 * exist before they start. Memory stays at a few pieces however large the course is. Each byte is read once: the
 * same pass unpacks, checks, hashes, writes the file, and copies the deflate stream for those whom it saves time.
 */
#include "packages/import/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "packages/import/digest.h"
#include "packages/mime.h"
#include "packages/import/share.h"

enum {
	WORKERS = 2,
	ALONE_BELOW = 64 << 10, /* mean size of a file: two that make small files in one folder stand in each other's way */
	WATCH_EVERY_US = 100 * 1000,
	SYNC_EACH_UP_TO = 64, /* files: above that one sync of the file system is far cheaper */
	GZIP_HEAD = 10,
	GZIP_TAIL = 8,
	GZIP_FROM_BYTES = 512, /* smaller files fit one packet anyway */
	WRITE_OUT_EVERY = 8 << 20, /* the disk works while the rest is unpacked */
};

struct work {
	const struct unpack_order *order;
	const struct archive_entry *entries;
	uint32_t count;
	size_t root; /* length of the manifest's folder */
	int folder;  /* files/ */
	int pack;
	struct package_file *files; /* one an entry; those outside the manifest's folder stay empty */
	uint64_t pack_next;         /* atomic, like what follows */
	uint64_t bytes_done;
	uint32_t files_done;
	gint next;  /* entry to take */
	gint ended; /* stop, or a failure */
	GMutex mutex;
	GCond changed;
	uint32_t running; /* workers, under `mutex` */
	enum unpack_result result;
	char file[1024]; /* what failed */
	int error;       /* errno of a failed write */
};

static void end_with(struct work *work, enum unpack_result result, const char *file, int error)
{
	g_mutex_lock(&work->mutex);
	if (work->result == UNPACK_OK) {
		work->result = result;
		g_strlcpy(work->file, file, sizeof(work->file));
		work->error = error;
	}
	g_mutex_unlock(&work->mutex);
	g_atomic_int_set(&work->ended, 1);
}

/* One worker and the file it is at. */
struct output {
	struct work *work;
	struct archive_reader *reader;
	struct hasher *hasher;
	const struct archive_entry *entry;
	int fd; /* -1: only looked at */
	uint64_t written;
	bool packing;
	uint64_t pack_from, pack_at;
	int error;
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

static void unpack_entry(struct output *output, struct package_file *file)
{
	enum archive_result result;
	output->error = 0;
	*file = (struct package_file){
		.path = output->entry->name + output->work->root, .size = output->entry->size};
	if (!take_shared(output, file, &result)) {
		result = write_entry(output, file);
	}
	if (output->error != 0) {
		end_with(output->work, UNPACK_FAILED, file->path, output->error);
	} else if (result == ARCHIVE_DAMAGED) {
		end_with(output->work, UNPACK_DAMAGED, output->entry->name, 0);
	} else {
		__atomic_fetch_add(&output->work->files_done, 1, __ATOMIC_RELAXED);
	}
}

static void *worker(void *data)
{
	struct work *work = data;
	struct output output = {.work = work};
	output.reader = archive_reader_open(work->order->checked->archive);
	output.hasher = hasher_create();
	if (!output.reader) {
		end_with(work, UNPACK_FAILED, "zip", errno);
	}
	while (output.reader && !g_atomic_int_get(&work->ended)) {
		uint32_t index = (uint32_t)g_atomic_int_add(&work->next, 1);
		if (index >= work->count) {
			break;
		}
		output.entry = &work->entries[index];
		if (g_str_has_prefix(output.entry->name, work->order->checked->root)) {
			unpack_entry(&output, &work->files[index]);
		}
	}
	archive_reader_close(output.reader);
	hasher_destroy(output.hasher);
	g_mutex_lock(&work->mutex);
	work->running--;
	g_cond_signal(&work->changed);
	g_mutex_unlock(&work->mutex);
	return NULL;
}

/* Entries are sorted by name, so a folder's files follow each other. */
static bool make_folders(struct work *work)
{
	g_autoptr(GHashTable) made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (uint32_t i = 0; i < work->count; i++) {
		if (!g_str_has_prefix(work->entries[i].name, work->order->checked->root)) {
			continue;
		}
		const char *name = work->entries[i].name + work->root;
		for (const char *slash = strchr(name, '/'); slash; slash = strchr(slash + 1, '/')) {
			char *folder = g_strndup(name, (gsize)(slash - name));
			if (g_hash_table_contains(made, folder)) {
				g_free(folder);
				continue;
			}
			if (mkdirat(work->folder, folder, 0755) != 0) {
				end_with(work, UNPACK_FAILED, folder, errno);
				g_free(folder);
				return false;
			}
			g_hash_table_add(made, folder);
		}
	}
	return true;
}

/* Until the workers are through, tells how far they are and asks whether to go on: at least once, however fast
 * they are. */
static void watch_workers(struct work *work)
{
	const struct unpack_order *order = work->order;
	struct import_progress progress = {.phase = IMPORT_UNPACKING,
		.bytes_total = order->checked->bytes,
		.files_total = order->checked->file_count};
	bool over = false;
	while (!over) {
		g_mutex_lock(&work->mutex);
		if (work->running > 0) {
			g_cond_wait_until(
				&work->changed, &work->mutex, g_get_monotonic_time() + WATCH_EVERY_US);
		}
		over = work->running == 0;
		g_mutex_unlock(&work->mutex);
		progress.bytes_done = __atomic_load_n(&work->bytes_done, __ATOMIC_RELAXED);
		progress.files_done = __atomic_load_n(&work->files_done, __ATOMIC_RELAXED);
		if (!import_tell(order->watch, &progress) || (order->stop && !over && order->stop(order->stop_data))) {
			end_with(work, UNPACK_STOPPED, "", 0);
		}
	}
}

static size_t worker_count(const struct work *work)
{
	uint64_t files = MAX(work->order->checked->file_count, 1);
	return work->order->checked->bytes / files < ALONE_BELOW ? 1 : WORKERS;
}

static void run_workers(struct work *work)
{
	GThread *threads[WORKERS] = {0};
	size_t workers = worker_count(work);
	g_mutex_lock(&work->mutex);
	for (size_t i = 0; i < workers; i++) {
		threads[i] = g_thread_try_new("unpack", worker, work, NULL);
		work->running += threads[i] != NULL;
	}
	uint32_t running = work->running;
	g_mutex_unlock(&work->mutex);
	if (running == 0) {
		end_with(work, UNPACK_FAILED, "thread", EAGAIN);
	}
	watch_workers(work);
	for (size_t i = 0; i < WORKERS; i++) {
		if (threads[i]) {
			g_thread_join(threads[i]);
		}
	}
}

static bool open_outputs(struct work *work)
{
	g_autofree char *files = g_build_filename(work->order->folder, "files", NULL);
	g_autofree char *pack = g_build_filename(work->order->folder, FILES_PACK_NAME, NULL);
	work->folder = open(files, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	work->pack = open(pack, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
	if (work->folder < 0 || work->pack < 0) {
		end_with(work, UNPACK_FAILED, "files", errno);
		return false;
	}
	return true;
}

static void close_outputs(struct work *work)
{
	if (work->folder >= 0) {
		close(work->folder);
	}
	if (work->pack >= 0 && close(work->pack) != 0) {
		end_with(work, UNPACK_FAILED, FILES_PACK_NAME, errno);
	}
}

enum unpack_result unpack(
	const struct unpack_order *order, struct findings *findings, struct package_file **ret_files)
{
	struct work work = {.order = order, .root = strlen(order->checked->root)};
	work.entries = archive_entries(order->checked->archive, &work.count);
	work.files = g_new0(struct package_file, work.count);
	g_mutex_init(&work.mutex);
	g_cond_init(&work.changed);
	if (open_outputs(&work) && make_folders(&work)) {
		run_workers(&work);
	}
	close_outputs(&work);
	g_mutex_clear(&work.mutex);
	g_cond_clear(&work.changed);
	struct place place = {work.file, 0, 0};
	if (work.result == UNPACK_DAMAGED) {
		findings_add(findings, FINDING_ARCHIVE_ENTRY_DAMAGED, place, work.file, NULL);
	} else if (work.result == UNPACK_FAILED) {
		findings_add(findings, FINDING_IMPORT_WRITE, place, work.file, g_strerror(work.error));
	}
	if (work.result == UNPACK_OK) {
		*ret_files = work.files;
	} else {
		g_free(work.files);
	}
	return work.result;
}

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
	remove(path);
	return 0;
}

void remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static bool sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0) {
		close(fd);
	}
	errno = error;
	return good;
}

static int sync_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
	return sync_path(path) ? 0 : -1;
}

bool sync_tree(const char *folder, uint32_t file_count)
{
	if (file_count <= SYNC_EACH_UP_TO) {
		return nftw(folder, sync_one, 16, FTW_DEPTH | FTW_PHYS) == 0;
	}
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = fd >= 0 && syncfs(fd) == 0;
	int error = errno;
	if (fd >= 0) {
		close(fd);
	}
	errno = error;
	return good;
}
