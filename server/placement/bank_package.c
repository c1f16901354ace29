#include "server/placement/bank_package.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "packages/archive/archive.h"
#include "packages/archive/zip_write.h"
#include "server/limits.h"

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

/* The XML files of the archive, which Blackboard calls .dat, but for its manifest; the texts are in `owner`. */
static GArray *xml_files(const struct archive *archive, struct archive_reader *reader, GPtrArray *owner)
{
	GArray *files = g_array_new(FALSE, FALSE, sizeof(struct import_file));
	uint32_t count;
	size_t total = 0;
	const struct archive_entry *entries = archive_entries(archive, &count);
	for (uint32_t i = 0; i < count && files->len < BANK_ITEMS_MAX; i++) {
		g_autofree char *lower = g_ascii_strdown(entries[i].name, -1);
		const bool named = g_str_has_suffix(lower, ".xml") || g_str_has_suffix(lower, ".dat");
		if (!named || g_str_has_suffix(lower, "imsmanifest.xml")) {
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

static char *read_archive(const char *path, struct faults *faults, struct import_count *ret_count)
{
	struct findings *findings = findings_create();
	struct archive *archive = archive_open(path, "zip", findings);
	struct archive_reader *reader = archive ? archive_reader_open(archive) : NULL;
	char *json = NULL;
	if (reader) {
		g_autoptr(GPtrArray) owner = g_ptr_array_new_with_free_func(g_free);
		g_autoptr(GArray) files = xml_files(archive, reader, owner);
		json = import_read_files(
			(const struct import_file *)(void *)files->data, files->len, faults, ret_count);
	} else {
		tell_findings(findings, faults);
	}
	archive_reader_close(reader);
	archive_close(archive);
	findings_destroy(findings);
	return json;
}

char *bank_package_read(const char *bytes, size_t len, struct faults *faults, struct import_count *ret_count)
{
	*ret_count = (struct import_count){0};
	if (!bank_package_is_zip(bytes, len)) {
		return import_read(bytes, len, faults, ret_count);
	}
	g_autofree char *path = NULL;
	int file = g_file_open_tmp("fad-items-XXXXXX", &path, NULL);
	if (file < 0) {
		return NULL;
	}
	close(file);
	char *json = g_file_set_contents(path, bytes, (gssize)len, NULL) ? read_archive(path, faults, ret_count) : NULL;
	g_unlink(path);
	return json;
}

static char *manifest(const struct bank *bank)
{
	GString *xml = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<manifest xmlns=\"http://www.imsglobal.org/xsd/qti/"
				    "qtiv3p0/imscp_v1p1\" identifier=\"MANIFEST\">\n<metadata><schema>QTI Package</schema>"
				    "<schemaversion>3.0.0</schemaversion></metadata>\n<organizations/>\n<resources>\n");
	for (guint i = 0; i < bank->item_count; i++) {
		const char *id = bank->items[i].id;
		g_string_append_printf(xml,
			"<resource identifier=\"RES-%s\" type=\"imsqti_item_xmlv3p0\" href=\"%s.xml\"><file href=\"%s.xml\"/></resource>\n",
			id, id, id);
	}
	g_string_append(xml, "</resources>\n</manifest>\n");
	return g_string_free(xml, FALSE);
}

static bool write_one(const char *folder, GPtrArray *names, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_ptr_array_add(names, g_strdup(name));
	return g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

bool bank_package_write(const struct bank *bank, const char *path)
{
	g_autofree char *folder = g_dir_make_tmp("fad-items-XXXXXX", NULL);
	if (!folder) {
		return false;
	}
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *index = manifest(bank);
	bool good = write_one(folder, names, "imsmanifest.xml", index);
	for (guint i = 0; good && i < bank->item_count; i++) {
		g_autofree char *name = g_strdup_printf("%s.xml", bank->items[i].id);
		g_autofree char *text = bank_item_qti(bank, &bank->items[i]);
		good = write_one(folder, names, name, text);
	}
	good = good && zip_write_files(path, folder, (const char *const *)names->pdata, names->len);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *each = g_build_filename(folder, g_ptr_array_index(names, i), NULL);
		g_unlink(each);
	}
	g_rmdir(folder);
	return good;
}
