/*
 * Two workers unpack, the calling thread watches. Workers take the next entry by an atomic counter; all folders
 * exist before they start. Memory stays at a few pieces however large the course is.
 */
#include "packages/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	WORKERS = 2,
	WATCH_EVERY_US = 100 * 1000,
	SYNC_EACH_UP_TO = 64, /* files: above that one sync of the file system is far cheaper */
};

struct work {
	const struct checked *checked;
	const struct archive_entry *entries;
	uint32_t count;
	int folder;
	gint next;    /* atomic: entry to take */
	gint ended;   /* atomic: stop, or a failure */
	guint64 done; /* under `mutex` */
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

struct output {
	struct work *work;
	int fd;
	int error;
};

static bool write_piece(void *data, const void *bytes, size_t len)
{
	struct output *output = data;
	const char *at = bytes;
	size_t left = len;
	while (left > 0) {
		ssize_t put = write(output->fd, at, left);
		if (put < 0 && errno != EINTR) {
			output->error = errno;
			return false;
		}
		at += put > 0 ? put : 0;
		left -= put > 0 ? (size_t)put : 0;
	}
	g_mutex_lock(&output->work->mutex);
	output->work->done += len;
	g_mutex_unlock(&output->work->mutex);
	return !g_atomic_int_get(&output->work->ended);
}

static void unpack_entry(struct work *work, struct archive_reader *reader, const struct archive_entry *entry)
{
	const char *name = entry->name + strlen(work->checked->root);
	struct output output = {.work = work};
	output.fd = openat(work->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (output.fd < 0) {
		end_with(work, UNPACK_FAILED, name, errno);
		return;
	}
	enum archive_result result = archive_read(reader, entry, write_piece, &output);
	if (close(output.fd) != 0 && output.error == 0) {
		output.error = errno;
	}
	if (output.error != 0) {
		end_with(work, UNPACK_FAILED, name, output.error);
	} else if (result == ARCHIVE_DAMAGED) {
		end_with(work, UNPACK_DAMAGED, entry->name, 0);
	}
}

static void *worker(void *data)
{
	struct work *work = data;
	struct archive_reader *reader = archive_reader_open(work->checked->archive);
	if (!reader) {
		end_with(work, UNPACK_FAILED, "zip", errno);
	}
	while (reader && !g_atomic_int_get(&work->ended)) {
		uint32_t index = (uint32_t)g_atomic_int_add(&work->next, 1);
		if (index >= work->count) {
			break;
		}
		if (g_str_has_prefix(work->entries[index].name, work->checked->root)) {
			unpack_entry(work, reader, &work->entries[index]);
		}
	}
	archive_reader_close(reader);
	g_mutex_lock(&work->mutex);
	work->running--;
	g_cond_signal(&work->changed);
	g_mutex_unlock(&work->mutex);
	return NULL;
}

/* Entries are sorted by name, so a folder's files follow each other. */
static bool make_folders(struct work *work)
{
	size_t root = strlen(work->checked->root);
	g_autoptr(GHashTable) made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (uint32_t i = 0; i < work->count; i++) {
		if (!g_str_has_prefix(work->entries[i].name, work->checked->root)) {
			continue;
		}
		const char *name = work->entries[i].name + root;
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
static void watch_workers(
	struct work *work, const struct import_watch *watch, bool (*stop)(void *), void *stop_data)
{
	bool over = false;
	while (!over) {
		g_mutex_lock(&work->mutex);
		if (work->running > 0) {
			g_cond_wait_until(
				&work->changed, &work->mutex, g_get_monotonic_time() + WATCH_EVERY_US);
		}
		uint64_t done = work->done;
		over = work->running == 0;
		g_mutex_unlock(&work->mutex);
		bool go_on = !watch || !watch->progress ||
			     watch->progress(watch->data, done, work->checked->bytes);
		if (!go_on || (stop && !over && stop(stop_data))) {
			end_with(work, UNPACK_STOPPED, "", 0);
		}
	}
}

static void run_workers(
	struct work *work, const struct import_watch *watch, bool (*stop)(void *), void *stop_data)
{
	GThread *threads[WORKERS] = {0};
	g_mutex_lock(&work->mutex);
	for (size_t i = 0; i < WORKERS; i++) {
		threads[i] = g_thread_try_new("unpack", worker, work, NULL);
		work->running += threads[i] != NULL;
	}
	uint32_t running = work->running;
	g_mutex_unlock(&work->mutex);
	if (running == 0) {
		end_with(work, UNPACK_FAILED, "thread", EAGAIN);
	}
	watch_workers(work, watch, stop, stop_data);
	for (size_t i = 0; i < WORKERS; i++) {
		if (threads[i]) {
			g_thread_join(threads[i]);
		}
	}
}

enum unpack_result unpack(const struct checked *checked, const char *folder, const struct import_watch *watch,
	bool (*stop)(void *), void *stop_data, struct findings *findings)
{
	struct work work = {.checked = checked};
	work.entries = archive_entries(checked->archive, &work.count);
	g_mutex_init(&work.mutex);
	g_cond_init(&work.changed);
	work.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (work.folder < 0) {
		end_with(&work, UNPACK_FAILED, folder, errno);
	} else if (make_folders(&work)) {
		run_workers(&work, watch, stop, stop_data);
	}
	if (work.folder >= 0) {
		close(work.folder);
	}
	g_mutex_clear(&work.mutex);
	g_cond_clear(&work.changed);
	struct place place = {work.file, 0, 0};
	if (work.result == UNPACK_DAMAGED) {
		findings_add(findings, FINDING_ARCHIVE_ENTRY_DAMAGED, place, work.file, NULL);
	} else if (work.result == UNPACK_FAILED) {
		findings_add(findings, FINDING_IMPORT_WRITE, place, work.file, g_strerror(work.error));
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
