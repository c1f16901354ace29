/* One pass over the files of a course; then the questions that need all of them. */
#include <string.h>

#include "packages/check/inspect.h"
#include "packages/limits.h"
#include "packages/mime.h"

static void index_names(struct inspection *inspection)
{
	for (uint32_t i = 0; i < inspection->count; i++) {
		const char *name = inspection->entries[i].name;
		const char *slash = strrchr(name, '/');
		char *key = g_ascii_strdown(slash ? slash + 1 : name, -1);
		GArray *files = g_hash_table_lookup(inspection->by_base_name, key);
		inspection->files[i].below_root = g_str_has_prefix(name, inspection->checked->root);
		if (!inspection->files[i].below_root) {
			g_free(key);
			continue;
		}
		if (files) {
			g_free(key);
		} else {
			files = g_array_new(FALSE, FALSE, sizeof(uint32_t));
			g_hash_table_insert(inspection->by_base_name, key, files);
		}
		g_array_append_val(files, i);
	}
}

static void free_array(void *array)
{
	g_array_free(array, TRUE);
}

/* JSON that a course shows, not what its tool or its libraries keep for themselves. */
static bool is_course_data(const char *name)
{
	static const char *const others[] = {"package.json", "package-lock.json", "library.json",
		"semantics.json", "manifest.json", "tsconfig.json"};
	const char *slash = strrchr(name, '/');
	for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
		if (g_ascii_strcasecmp(slash ? slash + 1 : name, others[i]) == 0) {
			return false;
		}
	}
	return g_str_has_suffix(name, ".json") && !strstr(name, "/language/") && !strstr(name, "/locales/");
}

/* Reads a text file and looks into it; what is too large, or beyond the sum for one package, is passed over. */
static void inspect_text(
	struct inspection *inspection, uint32_t file, struct archive_reader *reader, uint64_t *budget)
{
	const struct archive_entry *entry = &inspection->entries[file];
	const char *type = mime_type(entry->name);
	bool page = strcmp(type, "text/html") == 0 || strcmp(type, "application/xhtml+xml") == 0;
	bool script = strcmp(type, "text/javascript") == 0;
	bool style = strcmp(type, "text/css") == 0;
	bool data = is_course_data(entry->name);
	if ((!page && !script && !style && !data) || entry->size > CONTENT_READ_FILE_BYTES ||
		entry->size > *budget) {
		return;
	}
	size_t len = 0;
	g_autofree char *bytes = archive_load(reader, entry, CONTENT_READ_FILE_BYTES, &len);
	if (!bytes) {
		struct place place = {entry->name, 0, 0};
		findings_add(inspection->findings, FINDING_ARCHIVE_ENTRY_DAMAGED, place, entry->name, NULL);
		return;
	}
	*budget -= len;
	struct span text = {bytes, (uint32_t)len};
	if (page) {
		inspect_page(inspection, file, text);
	} else if (script) {
		inspect_script(inspection, file, text, 1);
	} else if (data) {
		inspect_data(inspection, text, false);
	} else {
		inspect_style(inspection, file, text, 1);
	}
}

static void conclude(struct inspection *inspection, struct checked *checked)
{
	uint32_t images = 0;
	struct place place = {NULL, 0, 0};
	for (uint32_t i = 0; i < inspection->count; i++) {
		images += inspection->files[i].shown &&
			  inspection->entries[i].size >= CONTENT_IMAGE_COUNTS_FROM_BYTES;
	}
	checked->estimated_seconds = estimate_seconds(
		inspection->characters, inspection->has_sound ? 0 : images, inspection->media_seconds);
	if (checked->estimated_seconds > 0) {
		char minutes[16];
		g_snprintf(minutes, sizeof(minutes), "%u", (checked->estimated_seconds + 59) / 60);
		findings_add(inspection->findings, FINDING_DURATION_ESTIMATED, place, minutes, NULL);
	}
	if (inspection->videos > 0 && inspection->captions == 0) {
		char videos[16];
		g_snprintf(videos, sizeof(videos), "%u", inspection->videos);
		findings_add(inspection->findings, FINDING_CAPTIONS_NONE, place, videos, NULL);
	}
	if (checked->manifest->language.len == 0 && !inspection->page_language) {
		findings_add(inspection->findings, FINDING_LANGUAGE_MISSING, place, NULL, NULL);
	}
}

void check_contents(struct checked *checked, struct archive_reader *reader, struct findings *findings)
{
	struct inspection inspection = {.checked = checked, .findings = findings};
	uint64_t budget = CONTENT_READ_BYTES;
	inspection.entries = archive_entries(checked->archive, &inspection.count);
	inspection.files = g_new0(struct inspected, inspection.count);
	inspection.by_base_name = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_array);
	index_names(&inspection);
	for (uint32_t i = 0; i < inspection.count; i++) {
		if (inspection.files[i].below_root) {
			inspect_text(&inspection, i, reader, &budget);
			inspect_media(&inspection, i, reader);
		}
	}
	inspect_scos(&inspection);
	conclude(&inspection, checked);
	for (uint32_t i = 0; i < inspection.count; i++) {
		if (inspection.files[i].refers) {
			g_array_free(inspection.files[i].refers, TRUE);
		}
	}
	g_free(inspection.files);
	g_hash_table_destroy(inspection.by_base_name);
}
