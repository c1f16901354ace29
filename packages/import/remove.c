#include "packages/import/remove.h"

#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "packages/import/share.h"
#include "packages/import/tree.h"

char *package_hide(const char *content_folder, const char *sha256)
{
	if (strlen(sha256) != 64 || strspn(sha256, "0123456789abcdef") != 64) {
		return NULL;
	}
	/* The name of what import.c sweeps. */
	g_autofree char *from = g_build_filename(content_folder, sha256, NULL);
	g_autofree char *to = g_strdup_printf("%s/.tmp-removed-%s", content_folder, sha256);
	remove_tree(to); /* left by a crash */
	return rename(from, to) == 0 ? g_steal_pointer(&to) : NULL;
}

void package_discard(const char *path)
{
	if (path) {
		g_autofree char *content = g_path_get_dirname(path);
		remove_tree(path);
		share_sweep(content);
	}
}
