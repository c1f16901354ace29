#include "packages/files.h"

#include <glib.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct files_memory {
	GStringChunk *paths;
	GHashTable *by_folded; /* folded path -> struct package_file */
};

char *files_text(const struct package_file *list, uint32_t count)
{
	GString *text = g_string_sized_new(64 + (gsize)count * 160);
	g_string_append(text, "{\"files\": [");
	for (uint32_t i = 0; i < count; i++) {
		json_t *path = json_string(list[i].path);
		char *quoted = json_dumps(path, JSON_ENCODE_ANY);
		json_decref(path);
		g_string_append_printf(text, "%s\n {\"path\": %s, \"size\": %" G_GUINT64_FORMAT ", \"sha256\": \"%s\"",
			i == 0 ? "" : ",", quoted, list[i].size, list[i].sha256);
		free(quoted);
		if (list[i].gzip_length > 0) {
			g_string_append_printf(text, ", \"gzip\": [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "]",
				list[i].gzip_from, list[i].gzip_length);
		}
		g_string_append_c(text, '}');
	}
	g_string_append(text, "\n]}\n");
	return g_string_free(text, FALSE);
}

static struct package_files *create(uint32_t count)
{
	struct package_files *files = g_new0(struct package_files, 1);
	files->list = g_new0(struct package_file, count + 1);
	files->memory = g_new0(struct files_memory, 1);
	files->memory->paths = g_string_chunk_new(16384);
	return files;
}

void files_destroy(struct package_files *files)
{
	if (files) {
		g_string_chunk_free(files->memory->paths);
		g_clear_pointer(&files->memory->by_folded, g_hash_table_destroy);
		g_free(files->memory);
		g_free(files->list);
		g_free(files);
	}
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct package_file *)a)->path, ((const struct package_file *)b)->path);
}

static bool read_one(struct package_files *files, json_t *json)
{
	const char *path, *sha256;
	json_int_t size, from = 0, length = 0;
	if (json_unpack(json, "{s:s, s:I, s:s, s?[I, I]}", "path", &path, "size", &size, "sha256", &sha256,
		    "gzip", &from, &length) != 0) {
		return false;
	}
	struct package_file *file = &files->list[files->count++];
	*file = (struct package_file){.path = g_string_chunk_insert(files->memory->paths, path),
		.size = (uint64_t)size,
		.gzip_from = (uint64_t)from,
		.gzip_length = (uint64_t)length};
	g_strlcpy(file->sha256, sha256, sizeof(file->sha256));
	return true;
}

static struct package_files *from_json(json_t *json)
{
	json_t *list = json_object_get(json, "files"), *one;
	if (!json_is_array(list)) {
		return NULL;
	}
	struct package_files *files = create((uint32_t)json_array_size(list));
	size_t index;
	json_array_foreach(list, index, one)
	{
		if (!read_one(files, one)) {
			files_destroy(files);
			return NULL;
		}
	}
	return files;
}

static void walk(GArray *ret, GStringChunk *paths, const char *folder, const char *below)
{
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	for (const char *name = dir ? g_dir_read_name(dir) : NULL; name; name = g_dir_read_name(dir)) {
		g_autofree char *full = g_build_filename(folder, name, NULL);
		g_autofree char *path = below[0] ? g_strconcat(below, "/", name, NULL) : g_strdup(name);
		struct stat stat;
		if (lstat(full, &stat) != 0) {
			continue;
		}
		if (S_ISDIR(stat.st_mode)) {
			walk(ret, paths, full, path);
		} else if (S_ISREG(stat.st_mode)) {
			struct package_file file = {
				.path = g_string_chunk_insert(paths, path), .size = (uint64_t)stat.st_size};
			g_array_append_val(ret, file);
		}
	}
}

static struct package_files *from_folder(const char *content_folder, const char *sha256)
{
	g_autofree char *folder = g_build_filename(content_folder, sha256, "files", NULL);
	if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
		return NULL;
	}
	struct package_files *files = create(0);
	GArray *list = g_array_new(FALSE, TRUE, sizeof(struct package_file));
	walk(list, files->memory->paths, folder, "");
	g_free(files->list);
	files->count = list->len;
	files->list = (struct package_file *)(void *)g_array_free(list, FALSE);
	return files;
}

static void fold_all(struct package_files *files)
{
	files->memory->by_folded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (uint32_t i = 0; i < files->count; i++) {
		char *folded = g_utf8_casefold(files->list[i].path, -1);
		if (!g_hash_table_contains(files->memory->by_folded, folded)) {
			g_hash_table_insert(files->memory->by_folded, folded, &files->list[i]);
		} else {
			g_free(folded);
		}
	}
}

struct package_files *files_load(const char *content_folder, const char *sha256)
{
	if (strlen(sha256) != 64 || strspn(sha256, "0123456789abcdef") != 64) {
		return NULL;
	}
	g_autofree char *path = g_build_filename(content_folder, sha256, FILES_NAME, NULL);
	struct package_files *files;
	if (g_file_test(path, G_FILE_TEST_EXISTS)) {
		json_t *json = json_load_file(path, 0, NULL);
		files = from_json(json);
		json_decref(json);
	} else {
		files = from_folder(content_folder, sha256);
	}
	if (files) {
		if (files->count > 0) {
			qsort(files->list, files->count, sizeof(files->list[0]), by_path);
		}
		fold_all(files);
	}
	return files;
}

const struct package_file *files_find(const struct package_files *files, const char *path)
{
	struct package_file wanted = {.path = path};
	return bsearch(&wanted, files->list, files->count, sizeof(wanted), by_path);
}

const struct package_file *files_find_nocase(const struct package_files *files, const char *path)
{
	g_autofree char *folded = g_utf8_casefold(path, -1);
	return g_hash_table_lookup(files->memory->by_folded, folded);
}
