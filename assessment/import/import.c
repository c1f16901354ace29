/* From a file, or the files of a package, to a bank: each is read as what it is, then the bank is put together. */
#include "assessment/import/parts.h"

#include <string.h>

static bool is_xml(enum import_format format)
{
	return format == IMPORT_QTI || format == IMPORT_QTI12 || format == IMPORT_MOODLE;
}

/* What Windows calls "Unicode", as UTF-8 without what XML says of its encoding; yours, NULL when it is no such text. */
static char *from_utf16(const char *bytes, size_t *len)
{
	const bool little = *len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0, big = *len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0;
	gsize written = 0;
	char *text = little || big ? g_convert(bytes + 2, (gssize)*len - 2, "UTF-8", little ? "UTF-16LE" : "UTF-16BE", NULL, &written, NULL)
				   : NULL;
	if (!text) {
		return NULL;
	}
	char *declared = g_strstr_len(text, (gssize)MIN(written, 200), "encoding=");
	const char *end = declared ? strstr(declared, "?>") : NULL;
	if (end) {
		memset(declared, ' ', (size_t)(end - declared));
	}
	*len = written;
	return text;
}

static void read_as(struct import *import, enum import_format format, const char *bytes, size_t len)
{
	if (is_xml(format)) {
		import_xml(import, bytes, len);
		return;
	}
	/* Older programs write Latin-1: what is no UTF-8 is read as that. */
	g_autofree char *text =
		g_utf8_validate(bytes, (gssize)len, NULL)
			? g_strndup(bytes, len)
			: g_convert(bytes, (gssize)len, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
	if (!text) {
		text = g_utf8_make_valid(bytes, (gssize)len);
	}
	const char *at = g_str_has_prefix(text, "\xEF\xBB\xBF") ? text + 3 : text;
	if (format == IMPORT_GIFT) {
		import_gift(import, at);
	} else if (format == IMPORT_AIKEN) {
		import_aiken(import, at);
	} else {
		import_csv(import, at);
	}
}

/* Areas that got no item are left out: a bank refuses them. */
static json_t *used_areas(const struct import *import)
{
	g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
	size_t i;
	json_t *value;
	json_array_foreach(import->items, i, value)
	{
		g_hash_table_add(used, (void *)json_string_value(json_object_get(value, "area")));
	}
	json_t *areas = json_array();
	json_array_foreach(import->areas, i, value)
	{
		if (g_hash_table_contains(used, json_string_value(json_object_get(value, "id")))) {
			json_array_append(areas, value);
		}
	}
	return areas;
}

static char *finish(struct import *import, enum import_format format, const char *bytes, size_t len)
{
	char *text = NULL;
	if (import->count.imported) {
		g_autofree char *sum =
			g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, len);
		g_autofree char *name = g_strdup_printf("Quesiti importati (%s)", import_format_name(format));
		sum[8] = '\0'; /* the same file always makes the same bank */
		json_auto_t *root = json_pack("{s:s, s:s, s:s, s:s, s:o, s:O}", "format", "fad-bank-1",
			"name", name, "version", sum, "language", "it", "areas", used_areas(import), "items",
			import->items);
		char *dumped = json_dumps(root, JSON_COMPACT);
		text = g_strdup(dumped);
		free(dumped);
	} else if (!import->faults->errors) {
		import_note(import, IMPORT_FAULT_NOTHING, 0, "", NULL, NULL);
	}
	return text;
}

/* Where a fault is, with the file's name in front. */
static void name_file(struct faults *faults, guint from, const char *name)
{
	for (guint i = from; i < faults->list->len; i++) {
		struct problem *problem = &g_array_index(faults->list, struct problem, i);
		g_autofree char *where = g_strdup_printf("%s: %s", name, problem->where);
		g_autofree char *valid = g_utf8_make_valid(where, (gssize)MIN(strlen(where), sizeof(problem->where) - 8));
		g_strlcpy(problem->where, valid, sizeof(problem->where));
	}
}

static void import_init(struct import *ret, GHashTable *media, struct faults *faults)
{
	*ret = (struct import){
		.faults = faults,
		.media = media,
		.areas = json_array(),
		.items = json_array(),
		.area_ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
}

static void import_clear(struct import *import)
{
	json_decref(import->areas);
	json_decref(import->items);
	g_hash_table_unref(import->area_ids);
	g_hash_table_unref(import->ids);
}

char *import_path(const char *base, const char *reference)
{
	g_autofree char *bare = g_uri_unescape_string(reference, NULL);
	if (bare) {
		g_strdelimit(bare, "\\", '/'); /* Brightspace's */
	}
	g_autofree char *folder = base && bare ? g_path_get_dirname(base) : NULL;
	g_autofree char *root = folder ? g_strdup_printf("/%s", folder) : NULL;
	g_autofree char *full = root ? g_canonicalize_filename(bare, root) : NULL;
	return full ? g_strdup(full + 1) : NULL;
}

const struct import_file *import_file_named(const struct import *import, const char *reference)
{
	g_autofree char *path = import_path(import->base, reference);
	for (guint i = 0; path && i < import->package_count; i++) {
		if (strcmp(import->package[i].name, path) == 0) {
			return &import->package[i];
		}
	}
	return NULL;
}

char *import_read_files(const struct import_file *files, guint count, GHashTable *media, struct faults *faults,
	struct import_count *ret_count)
{
	struct import import;
	import_init(&import, media, faults);
	import.package = files;
	import.package_count = count;
	enum import_format last = IMPORT_UNKNOWN;
	g_autoptr(GString) whole = g_string_new(NULL);
	for (guint i = 0; i < count; i++) {
		const enum import_format format = import_recognise(files[i].bytes, files[i].len);
		if (is_xml(format)) {
			const guint before = faults->list->len;
			last = format;
			g_autofree char *sum = g_compute_checksum_for_data(
				G_CHECKSUM_SHA256, (const guchar *)files[i].bytes, files[i].len);
			g_string_append(whole, sum);
			import.base = files[i].name;
			read_as(&import, format, files[i].bytes, files[i].len);
			name_file(faults, before, files[i].name);
		}
	}
	char *text = finish(&import, last, whole->str, whole->len);
	*ret_count = import.count;
	import_clear(&import);
	return text;
}

char *import_read(const char *bytes, size_t len, GHashTable *media, struct faults *faults, struct import_count *ret_count)
{
	struct import import;
	import_init(&import, media, faults);
	g_autofree char *wide = from_utf16(bytes, &len);
	bytes = wide ? wide : bytes;
	enum import_format format = import_recognise(bytes, len);
	char *text = NULL;
	if (len > BANK_BYTES_MAX || format == IMPORT_BANK) {
		import_note(&import, IMPORT_FAULT_FORMAT, 0, "", NULL, NULL);
	} else if (format == IMPORT_UNKNOWN) {
		const char *name = NULL;
		const enum import_fault why = import_why_unknown(bytes, len, &name);
		import_note(&import, why, 0, "", name, NULL);
	} else {
		read_as(&import, format, bytes, len);
		text = finish(&import, format, bytes, len);
	}
	*ret_count = import.count;
	import_clear(&import);
	return text;
}
