/* From each SCO's page along the references: does anything there look for the API of its edition? (RTE 3.3) */
#include "packages/check/inspect.h"
#include "packages/limits.h"

struct found {
	bool of_12, of_2004, any;
};

static struct found walk(const struct inspection *inspection, uint32_t start)
{
	struct found found = {0};
	g_autofree bool *seen = g_new0(bool, inspection->count);
	g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	g_array_append_val(open, start);
	seen[start] = true;
	for (guint next = 0; next < open->len; next++) {
		const struct inspected *file = &inspection->files[g_array_index(open, uint32_t, next)];
		found.of_12 |= file->finds_12;
		found.of_2004 |= file->finds_2004;
		found.any |= file->finds_any;
		for (guint i = 0; file->refers && i < file->refers->len; i++) {
			uint32_t to = g_array_index(file->refers, uint32_t, i);
			if (!seen[to]) {
				seen[to] = true;
				g_array_append_val(open, to);
			}
		}
	}
	return found;
}

void inspect_scos(struct inspection *inspection)
{
	const struct manifest *manifest = inspection->checked->manifest;
	g_autoptr(GHashTable) done = g_hash_table_new(NULL, NULL);
	bool wants_12 = manifest->edition == SCORM_12;
	for (uint32_t i = 0; i < manifest->launch_count && g_hash_table_size(done) < CONTENT_MAX_SCOS; i++) {
		const struct launch_file *launch = &manifest->launches[i];
		const struct archive_entry *entry = check_find(inspection->checked, launch->path.at, NULL);
		if (launch->kind != RESOURCE_SCO || !entry || !g_hash_table_add(done, (void *)entry)) {
			continue;
		}
		struct found found = walk(inspection, (uint32_t)(entry - inspection->entries));
		struct place place = {entry->name, 0, 0};
		if (!found.any) {
			findings_add(
				inspection->findings, FINDING_SCO_NO_API, place, launch->item_title.at, NULL);
		} else if (wants_12 ? found.of_2004 && !found.of_12 : found.of_12 && !found.of_2004) {
			findings_add(inspection->findings, FINDING_SCO_OTHER_API, place,
				launch->item_title.at, wants_12 ? "API" : "API_1484_11");
		}
	}
}
