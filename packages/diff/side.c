/* One side of a comparison: a zip as it is checked, or a published folder. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "packages/diff/parts.h"
#include "packages/package_json.h"
#include "player/engine/course/image.h"

enum {
	PIECE = 256 * 1024,
};

static struct diff_side *side_create(void)
{
	struct diff_side *side = g_new0(struct diff_side, 1);
	side->files = g_array_new(FALSE, TRUE, sizeof(struct diff_file));
	side->names = g_ptr_array_new_with_free_func(g_free);
	side->images = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
	side->arenas = g_ptr_array_new_with_free_func(g_free);
	side->opened = g_array_new(FALSE, TRUE, sizeof(struct course));
	return side;
}

void diff_side_close(struct diff_side *side)
{
	if (!side) {
		return;
	}
	archive_reader_close(side->reader);
	checked_finish(&side->checked);
	findings_destroy(side->list);
	package_destroy(side->package);
	g_array_unref(side->files);
	g_array_unref(side->opened);
	g_ptr_array_unref(side->names);
	g_ptr_array_unref(side->arenas);
	g_ptr_array_unref(side->images);
	g_free(side->folder);
	g_free(side);
}

static int by_path(const void *one, const void *two)
{
	return strcmp(((const struct diff_file *)one)->path, ((const struct diff_file *)two)->path);
}

struct diff_side *diff_side_zip(const char *path)
{
	struct diff_side *side = side_create();
	side->list = findings_create();
	check_package(path, NULL, side->list, &side->checked);
	side->package = package_create(&side->checked, side->list, "");
	side->reader = side->checked.archive ? archive_reader_open(side->checked.archive) : NULL;
	const char *root = side->checked.root ? side->checked.root : "";
	uint32_t count = 0;
	const struct archive_entry *entries =
		side->checked.archive ? archive_entries(side->checked.archive, &count) : NULL;
	for (uint32_t i = 0; i < count; i++) {
		if (g_str_has_prefix(entries[i].name, root)) {
			struct diff_file file = {
				entries[i].name + strlen(root), entries[i].size, &entries[i]};
			g_array_append_val(side->files, file);
		}
	}
	if (side->checked.manifest) {
		side->courses = side->checked.manifest->courses;
		side->course_count = side->checked.manifest->course_count;
	}
	return side;
}

static void list_files(struct diff_side *side, const char *folder, const char *prefix)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
		g_autofree char *path = g_build_filename(folder, name, NULL);
		char *shown = g_strconcat(prefix, name, NULL);
		struct stat stat;
		g_ptr_array_add(side->names, shown);
		if (lstat(path, &stat) == 0 && S_ISREG(stat.st_mode)) {
			struct diff_file file = {shown, (uint64_t)stat.st_size, NULL};
			g_array_append_val(side->files, file);
		} else if (S_ISDIR(stat.st_mode)) {
			g_autofree char *below = g_strconcat(shown, "/", NULL);
			list_files(side, path, below);
		}
	}
}

static bool open_image(struct diff_side *side, const char *folder, const char *name)
{
	char *bytes;
	gsize len;
	g_autofree char *path = g_build_filename(folder, name, NULL);
	if (!g_file_get_contents(path, &bytes, &len, NULL)) {
		return false;
	}
	g_ptr_array_add(side->images, g_bytes_new_take(bytes, len));
	struct span image = {bytes, (uint32_t)len};
	struct arena arena = {.size = image_arena_size(image)};
	arena.block = g_malloc(MAX(arena.size, 1));
	g_ptr_array_add(side->arenas, arena.block);
	struct course course;
	if (!image_open(image, &arena, &course)) {
		return false;
	}
	g_array_append_val(side->opened, course);
	return true;
}

struct diff_side *diff_side_folder(const char *content_folder, const char *sha256)
{
	struct diff_side *side = side_create();
	side->package = package_load(content_folder, sha256);
	bool good = side->package != NULL;
	g_autofree char *folder = g_build_filename(content_folder, sha256, NULL);
	for (uint32_t i = 0; good && i < side->package->organization_count; i++) {
		good = open_image(side, folder, side->package->organizations[i].image);
	}
	if (!good) {
		diff_side_close(side);
		return NULL;
	}
	side->courses = (const struct course *)(void *)side->opened->data;
	side->course_count = side->opened->len;
	side->folder = g_build_filename(folder, "files", NULL);
	list_files(side, side->folder, "");
	g_array_sort(side->files, by_path);
	return side;
}

static int open_file(const struct diff_side *side, const struct diff_file *file)
{
	g_autofree char *path = g_build_filename(side->folder, file->path, NULL);
	return open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
}

static bool take_piece(void *data, const void *bytes, size_t len)
{
	g_checksum_update(data, bytes, (gssize)len);
	return true;
}

static bool digest_file(const struct diff_side *side, const struct diff_file *file, GChecksum *sum)
{
	g_autofree unsigned char *piece = g_malloc(PIECE);
	int fd = open_file(side, file);
	ssize_t got = fd < 0 ? -1 : 1;
	while (got > 0) {
		got = read(fd, piece, PIECE);
		if (got > 0) {
			g_checksum_update(sum, piece, got);
		}
	}
	if (fd >= 0) {
		close(fd);
	}
	return got == 0;
}

char *diff_digest(struct diff_side *side, const struct diff_file *file)
{
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	bool good = file->entry ? side->reader && archive_read(side->reader, file->entry, take_piece, sum) ==
							  ARCHIVE_OK
				: digest_file(side, file, sum);
	return good ? g_strdup(g_checksum_get_string(sum)) : NULL;
}

/* False also when one cannot be read: then they are told as changed. */
static bool same_content(int one, int two)
{
	struct stat first, second;
	if (fstat(one, &first) != 0 || fstat(two, &second) != 0) {
		return false;
	}
	if (first.st_dev == second.st_dev && first.st_ino == second.st_ino) {
		return true;
	}
	g_autofree char *left = g_malloc(PIECE), *right = g_malloc(PIECE);
	for (off_t at = 0;; at += PIECE) {
		ssize_t got = pread(one, left, PIECE, at);
		if (got < 0 || pread(two, right, PIECE, at) != got || memcmp(left, right, (size_t)got) != 0) {
			return false;
		}
		if (got < PIECE) {
			return true;
		}
	}
}

bool diff_same_bytes(struct diff_side *from, const struct diff_file *one, struct diff_side *to,
	const struct diff_file *two)
{
	if (from->folder && to->folder) {
		int first = open_file(from, one), second = open_file(to, two);
		bool same = first >= 0 && second >= 0 && same_content(first, second);
		if (first >= 0) {
			close(first);
		}
		if (second >= 0) {
			close(second);
		}
		return same;
	}
	g_autofree char *left = diff_digest(from, one);
	g_autofree char *right = diff_digest(to, two);
	return left && right && strcmp(left, right) == 0;
}
