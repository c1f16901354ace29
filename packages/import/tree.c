#include "packages/import/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	SYNC_EACH_UP_TO = 64, /* files: above that one sync of the file system is far cheaper */
};

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
