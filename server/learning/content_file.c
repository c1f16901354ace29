#include "server/learning/content_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The entry of an open folder with this name, whatever its case; NULL when there is none. g_free() it. */
static char *find_nocase(int folder, const char *name)
{
	int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = again < 0 ? NULL : fdopendir(again);
	if (list == NULL) {
		return NULL;
	}
	g_autofree char *wanted = g_utf8_casefold(name, -1);
	char *found = NULL;
	const struct dirent *entry;
	while (found == NULL && (entry = readdir(list)) != NULL) {
		if (g_utf8_validate(entry->d_name, -1, NULL)) {
			g_autofree char *folded = g_utf8_casefold(entry->d_name, -1);
			found = strcmp(folded, wanted) == 0 ? g_strdup(entry->d_name) : NULL;
		}
	}
	closedir(list);
	return found;
}

static int open_part(int folder, const char *name, int flags, char ret_name[256])
{
	if (name[0] == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strlen(name) > 255) {
		return -1;
	}
	g_strlcpy(ret_name, name, 256);
	int file = openat(folder, name, flags | O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (file < 0) {
		g_autofree char *other = find_nocase(folder, name);
		if (other != NULL) {
			g_strlcpy(ret_name, other, 256);
			file = openat(folder, other, flags | O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
		}
	}
	return file;
}

bool content_open(const char *folder, const char *path, struct content_file *ret)
{
	g_auto(GStrv) parts = g_strsplit(path, "/", -1);
	struct content_file found = {.file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
	for (char **part = parts; *part != NULL && found.file >= 0; part++) {
		int below = open_part(found.file, *part, part[1] != NULL ? O_DIRECTORY : 0, found.name);
		close(found.file);
		found.file = below;
	}
	struct stat about;
	if (found.file < 0) {
		return false;
	}
	if (fstat(found.file, &about) != 0 || !S_ISREG(about.st_mode)) {
		close(found.file);
		return false;
	}
	found.size = about.st_size;
	*ret = found;
	return true;
}

enum range_result range_read(const char *header, int64_t size, int64_t *ret_from, int64_t *ret_length)
{
	if (header == NULL || !g_str_has_prefix(header, "bytes=") || strchr(header, ',') != NULL) {
		return RANGE_NONE;
	}
	const char *at = header + strlen("bytes=");
	const char *dash = strchr(at, '-');
	if (dash == NULL) {
		return RANGE_NONE;
	}
	g_autofree char *first = g_strndup(at, (gsize)(dash - at));
	int64_t from = 0, to = size - 1;
	if (first[0] == '\0') {
		if (!g_ascii_string_to_signed(dash + 1, 10, 0, G_MAXINT64, &to, NULL)) {
			return RANGE_NONE;
		}
		if (to == 0) {
			return RANGE_OUTSIDE;
		}
		from = to >= size ? 0 : size - to;
		to = size - 1;
	} else if (!g_ascii_string_to_signed(first, 10, 0, G_MAXINT64, &from, NULL) ||
		   (dash[1] != '\0' &&
			   !g_ascii_string_to_signed(dash + 1, 10, from, G_MAXINT64, &to, NULL))) {
		return RANGE_NONE;
	}
	if (from >= size) {
		return RANGE_OUTSIDE;
	}
	*ret_from = from;
	*ret_length = MIN(to, size - 1) - from + 1;
	return RANGE_PART;
}
