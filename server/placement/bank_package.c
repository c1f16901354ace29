#include "server/placement/bank_package.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "packages/archive/archive.h"
#include "packages/archive/zip_write.h"
#include "server/limits.h"
#include "server/store/item_media.h"

bool bank_package_is_zip(const char *bytes, size_t len)
{
	return len >= 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

static void tell_findings(const struct findings *findings, struct faults *faults)
{
	uint32_t count;
	const struct problem *list = findings_list(findings, &count);
	for (uint32_t i = 0; i < count; i++) {
		faults_add_problem(faults, &list[i], list[i].where);
	}
}

static bool has_suffix_of(const char *name, const char *const *suffixes)
{
	g_autofree char *lower = g_ascii_strdown(name, -1);
	for (guint i = 0; suffixes[i]; i++) {
		if (g_str_has_suffix(lower, suffixes[i])) {
			return true;
		}
	}
	return false;
}

/* The files of the archive that may be items (XML, which Blackboard calls .dat) or what items show; the bytes are in
 * `owner`. */
static GArray *item_files(const struct archive *archive, struct archive_reader *reader, GPtrArray *owner)
{
	static const char *const wanted[] = {".xml", ".dat", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".mp3", ".ogg", ".oga",
		".wav", ".m4a", NULL};
	static const char *const left_alone[] = {"imsmanifest.xml", NULL};
	GArray *files = g_array_new(FALSE, FALSE, sizeof(struct import_file));
	uint32_t count;
	size_t total = 0;
	const struct archive_entry *entries = archive_entries(archive, &count);
	for (uint32_t i = 0; i < count && files->len < BANK_ITEMS_MAX; i++) {
		if (!has_suffix_of(entries[i].name, wanted) || has_suffix_of(entries[i].name, left_alone)) {
			continue;
		}
		struct import_file file = {.name = entries[i].name};
		char *text = archive_load(reader, &entries[i], LIMIT_BANK_BYTES, &file.len);
		total += file.len;
		if (text && total <= BANK_BYTES_MAX) {
			file.bytes = text;
			g_array_append_val(files, file);
		}
		if (text) {
			g_ptr_array_add(owner, text);
		}
	}
	return files;
}

static char *read_archive(const char *path, GHashTable *media, struct faults *faults, struct import_count *ret_count)
{
	struct findings *findings = findings_create();
	struct archive *archive = archive_open(path, "zip", findings);
	struct archive_reader *reader = archive ? archive_reader_open(archive) : NULL;
	char *json = NULL;
	if (reader) {
		g_autoptr(GPtrArray) owner = g_ptr_array_new_with_free_func(g_free);
		g_autoptr(GArray) files = item_files(archive, reader, owner);
		json = import_read_files(
			(const struct import_file *)(void *)files->data, files->len, media, faults, ret_count);
	} else {
		tell_findings(findings, faults);
	}
	archive_reader_close(reader);
	archive_close(archive);
	findings_destroy(findings);
	return json;
}

char *bank_package_read(
	const char *bytes, size_t len, GHashTable *media, struct faults *faults, struct import_count *ret_count)
{
	*ret_count = (struct import_count){0};
	if (!bank_package_is_zip(bytes, len)) {
		return import_read(bytes, len, media, faults, ret_count);
	}
	g_autofree char *path = NULL;
	int file = g_file_open_tmp("fad-items-XXXXXX", &path, NULL);
	if (file < 0) {
		return NULL;
	}
	close(file);
	char *json = g_file_set_contents(path, bytes, (gssize)len, NULL) ? read_archive(path, media, faults, ret_count) : NULL;
	g_unlink(path);
	return json;
}

static void name_file_of(const char *sha256, const char *type, const char *alt, void *data)
{
	char name[BANK_MEDIA_NAME];
	bank_media_name(sha256, type, name);
	g_string_append_printf(data, "<file href=\"%s\"/>", name);
}

static char *manifest(const struct bank *bank)
{
	GString *xml = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns=\"http://www.imsglobal.org/xsd/qti/"
				    "qtiv3p0/imscp_v1p1\" identifier=\"MANIFEST\">\n<metadata><schema>QTI Package</schema>"
				    "<schemaversion>3.0.0</schemaversion></metadata>\n<organizations/>\n<resources>\n");
	for (guint i = 0; i < bank->item_count; i++) {
		const char *id = bank->items[i].id;
		g_string_append_printf(xml,
			"<resource identifier=\"RES-%s\" type=\"imsqti_item_xmlv3p0\" href=\"%s.xml\"><file href=\"%s.xml\"/>", id, id, id);
		bank_item_each_media(&bank->items[i], name_file_of, xml);
		g_string_append(xml, "</resource>\n");
	}
	g_string_append(xml, "</resources>\n</manifest>\n");
	return g_string_free(xml, FALSE);
}

/* A folder that is filled and then packed. */
struct packing {
	struct db *db;
	char *folder;
	GPtrArray *names; /* char * */
	GHashTable *known; /* those of images and sounds, borrowed from names */
	bool good;
};

static void write_one(struct packing *packing, const char *name, const void *bytes, size_t len)
{
	g_autofree char *path = g_build_filename(packing->folder, name, NULL);
	g_ptr_array_add(packing->names, g_strdup(name));
	packing->good = packing->good &&
			g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

static void write_media(const char *sha256, const char *type, const char *alt, void *data)
{
	struct packing *packing = data;
	char name[BANK_MEDIA_NAME], stored[32];
	bank_media_name(sha256, type, name);
	g_autoptr(GBytes) bytes = g_hash_table_contains(packing->known, name) ? NULL : item_media_get(packing->db, sha256, stored);
	if (bytes) {
		gsize len;
		const void *at = g_bytes_get_data(bytes, &len);
		write_one(packing, name, at, len);
		g_hash_table_add(packing->known, g_ptr_array_index(packing->names, packing->names->len - 1));
	}
}

bool bank_package_write(const struct bank *bank, struct db *db, const char *path)
{
	struct packing packing = {.db = db, .folder = g_dir_make_tmp("fad-items-XXXXXX", NULL), .good = true};
	if (!packing.folder) {
		return false;
	}
	packing.names = g_ptr_array_new_with_free_func(g_free);
	packing.known = g_hash_table_new(g_str_hash, g_str_equal);
	g_autofree char *index = manifest(bank);
	write_one(&packing, "imsmanifest.xml", index, strlen(index));
	for (guint i = 0; packing.good && i < bank->item_count; i++) {
		g_autofree char *name = g_strdup_printf("%s.xml", bank->items[i].id);
		g_autofree char *text = bank_item_qti(bank, &bank->items[i]);
		write_one(&packing, name, text, strlen(text));
		bank_item_each_media(&bank->items[i], write_media, &packing);
	}
	const bool good = packing.good &&
			  zip_write_files(path, packing.folder, (const char *const *)packing.names->pdata, packing.names->len);
	for (guint i = 0; i < packing.names->len; i++) {
		g_autofree char *each = g_build_filename(packing.folder, g_ptr_array_index(packing.names, i), NULL);
		g_unlink(each);
	}
	g_rmdir(packing.folder);
	g_hash_table_unref(packing.known);
	g_ptr_array_unref(packing.names);
	g_free(packing.folder);
	return good;
}
