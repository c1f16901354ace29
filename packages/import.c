/* Publishing a course folder: checked, unpacked aside, synced, renamed. */
#include "packages/import.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "packages/check.h"
#include "packages/digest.h"
#include "packages/package_json.h"
#include "packages/unpack.h"
#include "player/engine/image.h"

#define TMP_PREFIX ".tmp-"

enum {
	ABANDONED_AFTER_S = 60, /* a folder that young may just not be locked yet */
};

/* One import under way. */
struct job {
	const char *content;
	const struct import_watch *watch;
	struct findings *findings;
	struct digest *digest;
	struct checked checked;
	char *tmp; /* NULL before it exists and once it is published */
	int lock;  /* held on tmp, so that nobody takes it for abandoned */
};

static void failed(struct job *job, const char *what)
{
	int error = errno;
	findings_add(
		job->findings, FINDING_IMPORT_WRITE, (struct place){NULL, 0, 0}, what, g_strerror(error));
}

static bool already_there(const char *content, const char *sha256)
{
	g_autofree char *path = g_build_filename(content, sha256, "course.json", NULL);
	return g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* An import that died (kill -9, power) left its folder unlocked. */
static void sweep(const char *content)
{
	g_autoptr(GDir) dir = g_dir_open(content, 0, NULL);
	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
		g_autofree char *path = g_build_filename(content, name, NULL);
		struct stat stat;
		if (!g_str_has_prefix(name, TMP_PREFIX) || lstat(path, &stat) != 0 ||
			g_get_real_time() / G_USEC_PER_SEC - stat.st_mtime < ABANDONED_AFTER_S) {
			continue;
		}
		int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0) {
			remove_tree(path);
		}
		if (fd >= 0) {
			close(fd);
		}
	}
}

static bool make_tmp(struct job *job, char **ret_files)
{
	if (g_mkdir_with_parents(job->content, 0755) != 0) {
		failed(job, job->content);
		return false;
	}
	sweep(job->content);
	g_autofree char *tmp = g_build_filename(job->content, TMP_PREFIX "XXXXXX", NULL);
	if (!g_mkdtemp_full(tmp, 0755)) {
		failed(job, job->content);
		return false;
	}
	job->tmp = g_steal_pointer(&tmp);
	job->lock = open(job->tmp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	*ret_files = g_build_filename(job->tmp, "files", NULL);
	if (job->lock < 0 || flock(job->lock, LOCK_EX) != 0 || mkdir(*ret_files, 0755) != 0) {
		failed(job, "files");
		return false;
	}
	return true;
}

static bool write_whole(struct job *job, const char *name, const void *bytes, size_t len)
{
	g_autofree char *path = g_build_filename(job->tmp, name, NULL);
	GError *error = NULL;
	if (!g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0644, &error)) {
		findings_add(job->findings, FINDING_IMPORT_WRITE, (struct place){NULL, 0, 0}, name,
			error->message);
		g_error_free(error);
		return false;
	}
	return true;
}

static bool write_images(struct job *job)
{
	const struct manifest *manifest = job->checked.manifest;
	for (uint32_t i = 0; i < manifest->course_count; i++) {
		const struct course *course = &manifest->courses[i];
		size_t size = image_write(course, NULL, 0);
		if (size == 0) {
			findings_add(job->findings, FINDING_IMPORT_IMAGE, (struct place){NULL, 0, 0},
				course->organization.at, NULL);
			return false;
		}
		g_autofree char *bytes = g_malloc(size);
		g_autofree char *name = g_strdup_printf("course-%u.img", i);
		image_write(course, bytes, size);
		if (!write_whole(job, name, bytes, size)) {
			return false;
		}
	}
	return true;
}

static bool write_summary(struct job *job, const struct package *package)
{
	json_t *json = package_to_json(package);
	g_autofree char *text = json_dumps(json, JSON_INDENT(1));
	json_decref(json);
	return write_whole(job, "course.json", text, strlen(text));
}

/* The rename is the publication: before it nothing is there, after it everything is. */
static bool publish(struct job *job, const struct package *package)
{
	if (!sync_tree(job->tmp, package->file_count)) {
		failed(job, package->sha256);
		return false;
	}
	g_autofree char *final = g_build_filename(job->content, package->sha256, NULL);
	if (rename(job->tmp, final) != 0) {
		if ((errno == ENOTEMPTY || errno == EEXIST) && already_there(job->content, package->sha256)) {
			return true; /* another import of the same zip was first; ours is removed by job_finish() */
		}
		failed(job, final);
		return false;
	}
	g_clear_pointer(&job->tmp, g_free);
	int folder = open(job->content, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool good = folder >= 0 && fsync(folder) == 0;
	if (!good) {
		failed(job, job->content);
	}
	if (folder >= 0) {
		close(folder);
	}
	return good;
}

/* While unpacking: is it known by now that this package is here already? */
static bool known_by_now(void *data)
{
	struct job *job = data;
	const char *sha256 = digest_ready(job->digest);
	return sha256 && already_there(job->content, sha256);
}

/* The package as it was imported before, if it was. */
static struct package *find_known(struct job *job)
{
	const char *sha256 = digest_ready(job->digest);
	struct package *package = sha256 ? package_load(job->content, sha256) : NULL;
	if (package) {
		package->already_known = true;
	}
	return package;
}

static enum import_result unpack_and_publish(struct job *job, struct package **ret)
{
	g_autofree char *files = NULL;
	if (!make_tmp(job, &files)) {
		return IMPORT_FAILED;
	}
	enum unpack_result unpacked =
		unpack(&job->checked, files, job->watch, known_by_now, job, job->findings);
	if (unpacked == UNPACK_DAMAGED) {
		return IMPORT_REFUSED;
	}
	if (unpacked == UNPACK_FAILED) {
		return IMPORT_FAILED;
	}
	if (unpacked == UNPACK_STOPPED && !known_by_now(job)) {
		return IMPORT_CANCELLED;
	}
	uint64_t bytes = 0;
	const char *sha256 = digest_wait(job->digest, &bytes);
	if (!sha256) {
		failed(job, "zip");
		return IMPORT_FAILED;
	}
	if (already_there(job->content, sha256)) {
		*ret = find_known(job);
		return *ret ? IMPORT_OK : IMPORT_FAILED;
	}
	if (!write_images(job)) {
		return IMPORT_REFUSED;
	}
	struct package *package = package_create(&job->checked, job->findings, sha256);
	package->archive_bytes = bytes;
	if (!write_summary(job, package) || !publish(job, package)) {
		package_destroy(package);
		return IMPORT_FAILED;
	}
	*ret = package;
	return IMPORT_OK;
}

static void job_finish(struct job *job)
{
	if (job->tmp) {
		remove_tree(job->tmp);
		g_free(job->tmp);
	}
	if (job->lock >= 0) {
		close(job->lock);
	}
	checked_finish(&job->checked);
	digest_destroy(job->digest);
	findings_destroy(job->findings);
}

enum import_result package_import(const char *zip_path, const char *content_folder,
	const struct import_watch *watch, struct package **ret)
{
	struct job job = {.content = content_folder, .watch = watch, .lock = -1};
	job.findings = findings_create();
	job.digest = digest_start(zip_path);
	*ret = NULL;
	enum import_result result = IMPORT_REFUSED;
	if (check_package(zip_path, job.findings, &job.checked)) {
		*ret = find_known(&job);
		result = *ret ? IMPORT_OK : unpack_and_publish(&job, ret);
	}
	if (!*ret) {
		const char *sha256 = digest_ready(job.digest);
		*ret = package_create(&job.checked, job.findings, sha256 ? sha256 : "");
	}
	job_finish(&job);
	return result;
}

enum import_result package_check(const char *zip_path, struct package **ret)
{
	struct checked checked;
	struct findings *findings = findings_create();
	struct digest *digest = digest_start(zip_path);
	bool good = check_package(zip_path, findings, &checked);
	uint64_t bytes = 0;
	const char *sha256 = digest_wait(digest, &bytes);
	*ret = package_create(&checked, findings, sha256 ? sha256 : "");
	(*ret)->archive_bytes = bytes;
	checked_finish(&checked);
	digest_destroy(digest);
	findings_destroy(findings);
	return good ? IMPORT_OK : IMPORT_REFUSED;
}

struct package *package_load(const char *content_folder, const char *sha256)
{
	if (strlen(sha256) != 64 || strspn(sha256, "0123456789abcdef") != 64) {
		return NULL;
	}
	g_autofree char *path = g_build_filename(content_folder, sha256, "course.json", NULL);
	json_t *json = json_load_file(path, 0, NULL);
	struct package *package = json ? package_from_json(json) : NULL;
	json_decref(json);
	return package;
}
