#include "packages/import/share.h"

#include <fcntl.h>
#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

static char *group_path(const char *content_folder, uint32_t crc, uint64_t size)
{
	return g_strdup_printf("%s/" SHARE_FOLDER "/%08x-%" G_GUINT64_FORMAT, content_folder, crc, size);
}

bool share_likely(const char *content_folder, uint32_t crc, uint64_t size)
{
	g_autofree char *group = group_path(content_folder, crc, size);
	return access(group, F_OK) == 0;
}

bool share_take(const char *content_folder, uint32_t crc, uint64_t size, const char *sha256, int folder,
	const char *name)
{
	g_autofree char *group = group_path(content_folder, crc, size);
	g_autofree char *path = g_build_filename(group, sha256, NULL);
	struct stat stat;
	/* The length is looked at again: a disk that lost power long ago may hold a shorter one. */
	return lstat(path, &stat) == 0 && S_ISREG(stat.st_mode) && (uint64_t)stat.st_size == size &&
	       linkat(AT_FDCWD, path, folder, name, 0) == 0;
}

void share_give(const char *content_folder, uint32_t crc, uint64_t size, const char *sha256, const char *path)
{
	g_autofree char *group = group_path(content_folder, crc, size);
	g_autofree char *shared = g_build_filename(group, sha256, NULL);
	if (g_mkdir_with_parents(group, 0755) == 0) {
		(void)!link(path, shared);
	}
}

void share_sweep(const char *content_folder)
{
	g_autofree char *all = g_build_filename(content_folder, SHARE_FOLDER, NULL);
	g_autoptr(GDir) groups = g_dir_open(all, 0, NULL);
	for (const char *name = groups ? g_dir_read_name(groups) : NULL; name;
		name = g_dir_read_name(groups)) {
		g_autofree char *group = g_build_filename(all, name, NULL);
		g_autoptr(GDir) files = g_dir_open(group, 0, NULL);
		for (const char *file = files ? g_dir_read_name(files) : NULL; file;
			file = g_dir_read_name(files)) {
			g_autofree char *path = g_build_filename(group, file, NULL);
			struct stat stat;
			if (lstat(path, &stat) == 0 && stat.st_nlink <= 1) {
				unlink(path);
			}
		}
		rmdir(group); /* if it is empty now */
	}
}
