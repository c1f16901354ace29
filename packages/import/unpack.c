/*
 * Two workers unpack, the calling thread watches. Workers take the next entry by an atomic counter; all folders
 * exist before they start. Memory stays at a few pieces however large the course is. What is done with one file is
 * in unpack_file.c.
 */
#include "packages/import/unpack_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	WORKERS = 2,
	ALONE_BELOW = 64 << 10, /* mean size of a file: two that make small files in one folder stand in each other's way */
	WATCH_EVERY_US = 100 * 1000,
};

void unpack_end_with(struct work *work, enum unpack_result result, const char *file, int error)
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

static void *worker(void *data)
{
	struct work *work = data;
	struct output output = {.work = work};
	output.reader = archive_reader_open(work->order->checked->archive);
	output.hasher = hasher_create();
	if (!output.reader) {
		unpack_end_with(work, UNPACK_FAILED, "zip", errno);
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
				unpack_end_with(work, UNPACK_FAILED, folder, errno);
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
			unpack_end_with(work, UNPACK_STOPPED, "", 0);
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
		unpack_end_with(work, UNPACK_FAILED, "thread", EAGAIN);
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
		unpack_end_with(work, UNPACK_FAILED, "files", errno);
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
		unpack_end_with(work, UNPACK_FAILED, FILES_PACK_NAME, errno);
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
