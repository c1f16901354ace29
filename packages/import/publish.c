/* The rename is the publication: before it nothing is there, after it everything is. */
#include "packages/import/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "packages/import/remove.h"
#include "packages/import/share.h"
#include "packages/import/tree.h"

#define ROOM_KEPT (UINT64_C(64) << 20) /* for the data base and everybody else */

static enum import_result failed(const struct publication *publication, const char *what)
{
	int error = errno;
	findings_add(publication->findings, FINDING_IMPORT_WRITE, (struct place){NULL, 0, 0}, what,
		g_strerror(error));
	return IMPORT_FAILED;
}

bool publish_has_room(const char *content, uint64_t bytes, struct findings *findings)
{
	struct statvfs disk;
	if (statvfs(content, &disk) != 0) {
		return true; /* not there yet: writing will tell */
	}
	uint64_t room = (uint64_t)disk.f_bavail * disk.f_frsize;
	if (room >= bytes + ROOM_KEPT) {
		return true;
	}
	g_autofree char *lacks = g_format_size_full(bytes + ROOM_KEPT - room, G_FORMAT_SIZE_IEC_UNITS);
	g_autofree char *takes = g_format_size_full(bytes, G_FORMAT_SIZE_IEC_UNITS);
	findings_add(findings, FINDING_IMPORT_NO_ROOM, (struct place){NULL, 0, 0}, lacks, takes);
	return false;
}

/* Held from the rename until it is noted: threads and processes publish one after the other. */
static int take_turn(const char *content)
{
	int lock = open(content, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (lock >= 0 && flock(lock, LOCK_EX) != 0) {
		close(lock);
		return -1;
	}
	return lock;
}

static bool note(const struct import_watch *watch, struct package *package)
{
	return !watch || !watch->published || watch->published(watch->data, package);
}

enum import_result publish_known(
	const char *content, const struct import_watch *watch, struct package *package)
{
	int lock = take_turn(content);
	bool good = note(watch, package);
	if (lock >= 0) {
		close(lock);
	}
	return good ? IMPORT_OK : IMPORT_FAILED;
}

static void share_large(const char *content, const struct checked *checked, const char *folder)
{
	uint32_t count = 0;
	const struct archive_entry *entries = archive_entries(checked->archive, &count);
	g_autofree char *name = g_path_get_basename(folder);
	struct package_files *files = files_load(content, name);
	for (uint32_t i = 0; files && i < count; i++) {
		if (entries[i].size < SHARE_FROM_BYTES || !g_str_has_prefix(entries[i].name, checked->root)) {
			continue;
		}
		const struct package_file *file = files_find(files, entries[i].name + strlen(checked->root));
		g_autofree char *path = file ? g_build_filename(folder, "files", file->path, NULL) : NULL;
		if (path) {
			share_give(content, entries[i].crc, entries[i].size, file->sha256, path);
		}
	}
	files_destroy(files);
}

static bool sync_folder(const char *path)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = folder >= 0 && fsync(folder) == 0;
	if (folder >= 0) {
		close(folder);
	}
	return good;
}

/* With the turn taken. */
static enum import_result rename_and_note(
	const struct publication *publication, char **tmp, struct package *package)
{
	g_autofree char *final = g_build_filename(publication->content, package->sha256, NULL);
	bool first = rename(*tmp, final) == 0;
	if (!first && errno != ENOTEMPTY && errno != EEXIST) {
		return failed(publication, package->sha256);
	}
	if (first) {
		g_clear_pointer(tmp, g_free);
		if (!sync_folder(publication->content)) {
			enum import_result result = failed(publication, publication->content);
			g_autofree char *hidden = package_hide(publication->content, package->sha256);
			package_discard(hidden);
			return result;
		}
	}
	package->already_known = !first;
	if (note(publication->watch, package)) {
		return IMPORT_OK;
	}
	if (first) {
		g_autofree char *hidden = package_hide(publication->content, package->sha256);
		package_discard(hidden);
	}
	return IMPORT_FAILED;
}

enum import_result package_publish(const struct publication *publication, char **tmp, const struct checked *checked,
	struct package *package)
{
	struct import_progress progress = {.phase = IMPORT_PUBLISHING,
		.bytes_done = package->bytes,
		.bytes_total = package->bytes,
		.files_done = package->file_count,
		.files_total = package->file_count,
		.sha256 = package->sha256};
	if (!sync_tree(*tmp, package->file_count)) {
		return failed(publication, package->sha256);
	}
	if (!import_tell(publication->watch, &progress)) {
		return IMPORT_CANCELLED;
	}
	int lock = take_turn(publication->content);
	if (lock < 0) {
		return failed(publication, publication->content);
	}
	enum import_result result = rename_and_note(publication, tmp, package);
	close(lock);
	if (result == IMPORT_OK && !package->already_known) {
		g_autofree char *final = g_build_filename(publication->content, package->sha256, NULL);
		share_large(publication->content, checked, final);
	}
	return result;
}

void package_withdraw(const char *content_folder, const char *sha256, bool (*wanted)(void *data), void *data)
{
	int lock = take_turn(content_folder);
	if (lock < 0) {
		return;
	}
	g_autofree char *hidden = wanted(data) ? NULL : package_hide(content_folder, sha256);
	close(lock);
	package_discard(hidden);
}
