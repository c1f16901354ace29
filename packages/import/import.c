/* From a zip to a course folder: checked, unpacked aside, and handed to publish.c. */
#include "packages/import/import.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "packages/check/check.h"
#include "packages/import/digest.h"
#include "packages/files.h"
#include "packages/package_json.h"
#include "packages/import/publish.h"
#include "packages/import/tree.h"
#include "packages/import/unpack.h"
#include "player/engine/course/image.h"

#define TMP_PREFIX ".tmp-"

enum {
	ABANDONED_AFTER_S = 5, /* a folder that young may just not be locked yet */
};

/* One import under way. */
struct job {
	const char *content;
	const struct import_watch *watch;
	struct findings *findings;
	struct digest *digest;
	struct checked checked;
	struct package_file *files; /* one an entry of the archive, once unpacked */
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
void package_sweep(const char *content)
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
	package_sweep(job->content);
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

/* files.json: the archive's entries below the manifest's folder, in their order, which is by path. */
static bool write_files(struct job *job)
{
	uint32_t count = 0, kept = 0;
	archive_entries(job->checked.archive, &count);
	for (uint32_t i = 0; i < count; i++) {
		if (job->files[i].path) {
			job->files[kept++] = job->files[i];
		}
	}
	g_autofree char *text = files_text(job->files, kept);
	return write_whole(job, FILES_NAME, text, strlen(text));
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

static enum import_result unpack_it(struct job *job)
{
	struct unpack_order order = {
		.checked = &job->checked,
		.content = job->content,
		.folder = job->tmp,
		.watch = job->watch,
		.stop = known_by_now,
		.stop_data = job,
	};
	switch (unpack(&order, job->findings, &job->files)) {
	case UNPACK_DAMAGED:
		return IMPORT_REFUSED;
	case UNPACK_FAILED:
		return IMPORT_FAILED;
	case UNPACK_STOPPED:
		return known_by_now(job) ? IMPORT_OK : IMPORT_CANCELLED;
	case UNPACK_OK:
		break;
	}
	return IMPORT_OK;
}

static enum import_result publish_it(struct job *job, const char *sha256, uint64_t bytes, struct package **ret)
{
	if (!write_images(job)) {
		return IMPORT_REFUSED;
	}
	struct package *package = package_create(&job->checked, job->findings, sha256);
	package->archive_bytes = bytes;
	struct publication publication = {.content = job->content, .watch = job->watch, .findings = job->findings};
	struct import_progress progress = {.phase = IMPORT_PUBLISHING,
		.bytes_done = package->bytes,
		.bytes_total = package->bytes,
		.files_done = package->file_count,
		.files_total = package->file_count,
		.sha256 = sha256};
	enum import_result result = IMPORT_FAILED;
	if (!import_tell(job->watch, &progress)) {
		result = IMPORT_CANCELLED;
	} else if (write_files(job) && write_summary(job, package)) {
		result = package_publish(&publication, &job->tmp, &job->checked, package);
	}
	*ret = package;
	return result;
}

static enum import_result unpack_and_publish(struct job *job, struct package **ret)
{
	g_autofree char *files = NULL;
	if (!publish_has_room(job->content, job->checked.bytes, job->findings) || !make_tmp(job, &files)) {
		return IMPORT_FAILED;
	}
	enum import_result result = unpack_it(job);
	if (result != IMPORT_OK) {
		return result;
	}
	uint64_t bytes = 0;
	const char *sha256 = digest_wait(job->digest, &bytes);
	if (!sha256) {
		failed(job, "zip");
		return IMPORT_FAILED;
	}
	*ret = find_known(job);
	if (*ret) {
		return publish_known(job->content, job->watch, *ret);
	}
	result = publish_it(job, sha256, bytes, ret);
	if (result != IMPORT_OK && *ret) {
		/* Made again, with what publishing had against it. */
		package_destroy(*ret);
		*ret = NULL;
	}
	return result;
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
	g_free(job->files);
}

bool import_tell(const struct import_watch *watch, const struct import_progress *progress)
{
	return !watch || !watch->progress || watch->progress(watch->data, progress);
}

enum import_result package_import(const char *zip_path, const char *content_folder,
	const struct import_watch *watch, struct package **ret)
{
	struct job job = {.content = content_folder, .watch = watch, .lock = -1};
	const char *name = watch ? watch->name : NULL;
	*ret = NULL;
	job.findings = findings_create();
	enum import_result result = IMPORT_CANCELLED;
	if (import_tell(watch, &(struct import_progress){.phase = IMPORT_CHECKING})) {
		job.digest = digest_start(zip_path);
		result = IMPORT_REFUSED;
		if (check_package(zip_path, name, job.findings, &job.checked)) {
			*ret = find_known(&job);
			result = *ret ? publish_known(content_folder, watch, *ret)
				      : unpack_and_publish(&job, ret);
		}
	}
	if (!*ret) {
		const char *sha256 = job.digest ? digest_ready(job.digest) : NULL;
		*ret = package_create(&job.checked, job.findings, sha256 ? sha256 : "");
	}
	job_finish(&job);
	return result;
}

enum import_result package_check(const char *zip_path, struct package **ret)
{
	return package_check_as(zip_path, NULL, ret);
}

enum import_result package_check_as(const char *zip_path, const char *name, struct package **ret)
{
	struct checked checked;
	struct findings *findings = findings_create();
	struct digest *digest = digest_start(zip_path);
	bool good = check_package(zip_path, name, findings, &checked);
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
