#include "packages/archive/zip_write.h"

#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include <zip.h>

static bool add(zip_t *zip, const char *name, zip_source_t *source, zip_int32_t method)
{
	if (!source) {
		return false;
	}
	zip_int64_t index = zip_file_add(zip, name, source, ZIP_FL_ENC_UTF_8);
	if (index < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)index, method, 0) == 0;
}

static bool sync_file(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	bool good = file >= 0 && fsync(file) == 0;
	if (file >= 0) {
		close(file);
	}
	return good;
}

/* Closing writes everything; a zip that could not be filled or closed leaves nothing. */
static bool publish(zip_t *zip, bool good, const char *partial, const char *zip_path)
{
	if (!good || zip_close(zip) != 0) {
		zip_discard(zip);
		g_unlink(partial);
		return false;
	}
	if (!sync_file(partial) || g_rename(partial, zip_path) != 0) {
		g_unlink(partial);
		return false;
	}
	return true;
}

bool zip_write_files(const char *zip_path, const char *folder, const char *const *names, size_t count)
{
	g_autofree char *partial = g_strconcat(zip_path, ".part", NULL);
	zip_t *zip = zip_open(partial, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	bool good = zip != NULL;
	for (size_t i = 0; i < count && good; i++) {
		g_autofree char *path = g_build_filename(folder, names[i], NULL);
		good = add(zip, names[i], zip_source_file(zip, path, 0, -1), ZIP_CM_STORE);
	}
	return zip && publish(zip, good, partial, zip_path);
}

bool zip_write_bytes(const char *zip_path, const char *name, const void *bytes, size_t len)
{
	g_autofree char *partial = g_strconcat(zip_path, ".part", NULL);
	zip_t *zip = zip_open(partial, ZIP_CREATE | ZIP_TRUNCATE, NULL);
	bool good = zip && add(zip, name, zip_source_buffer(zip, bytes, len, 0), ZIP_CM_DEFLATE);
	return zip && publish(zip, good, partial, zip_path);
}
