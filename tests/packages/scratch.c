/* Small helpers over the file system. */
#include "tests/packages/scratch.h"

#include <ftw.h>
#include <glib.h>
#include <stdio.h>

char *scratch_create(void)
{
	char *folder = g_dir_make_tmp("fad-packages-XXXXXX", NULL);
	g_assert(folder);
	return folder;
}

static int remove_one(const char *path, const struct stat *stat, int type, struct FTW *ftw)
{
	return remove(path);
}

void scratch_remove(const char *folder)
{
	nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

uint32_t scratch_count(const char *folder)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	uint32_t count = 0;
	while (dir && g_dir_read_name(dir)) {
		count++;
	}
	return count;
}
