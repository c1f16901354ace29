#include "server/learning/globals.h"

#include <string.h>

#include "player/engine/record/snapshot.h"
#include "player/engine/tracking/tracking.h"
#include "server/learning/replay.h"

static const char magic[4] = {'F', 'A', 'D', 'G'};

enum kind { OBJECTIVES, SHARED_DATA, KINDS };

/* Both borrowed; the value as it stands in the bytes, a text with the length before it. */
struct entry {
	struct span name, value;
};

struct sheet {
	GArray *entries[KINDS]; /* struct entry */
};

static void sheet_init(struct sheet *sheet)
{
	for (int kind = 0; kind < KINDS; kind++) {
		sheet->entries[kind] = g_array_new(FALSE, FALSE, sizeof(struct entry));
	}
}

static void sheet_finish(struct sheet *sheet)
{
	for (int kind = 0; kind < KINDS; kind++) {
		g_array_unref(sheet->entries[kind]);
	}
}

static void read_entries(struct byte_reader *reader, enum kind kind, GArray *entries)
{
	for (uint64_t left = get_number(reader); left > 0 && !reader->failed; left--) {
		struct entry entry = {.name = get_string(reader)};
		const unsigned char *from = reader->at;
		if (kind == OBJECTIVES) {
			(void)objective_values_load(reader);
		} else {
			(void)get_string(reader);
		}
		if (!reader->failed) {
			entry.value = (struct span){(const char *)from, (uint32_t)(reader->at - from)};
			g_array_append_val(entries, entry);
		}
	}
}

/* Borrows from `bytes`. Of damaged bytes, nothing. */
static void sheet_read(struct sheet *sheet, GBytes *bytes)
{
	sheet_init(sheet);
	struct byte_reader reader = byte_reader_of(bytes_span(bytes));
	struct span name = get_raw(&reader, sizeof(magic));
	unsigned char version = get_byte(&reader);
	if (reader.failed || memcmp(name.at, magic, sizeof(magic)) != 0 || version != GLOBALS_VERSION) {
		return;
	}
	for (int kind = 0; kind < KINDS; kind++) {
		read_entries(&reader, (enum kind)kind, sheet->entries[kind]);
	}
	if (reader.failed || reader.left > 0) {
		sheet_finish(sheet);
		sheet_init(sheet);
	}
}

static size_t sheet_put(const struct sheet *sheet, void *buffer, size_t room)
{
	struct byte_writer writer = {.at = buffer, .room = room};
	put_raw(&writer, magic, sizeof(magic));
	put_byte(&writer, GLOBALS_VERSION);
	for (int kind = 0; kind < KINDS; kind++) {
		const GArray *entries = sheet->entries[kind];
		put_number(&writer, entries->len);
		for (guint i = 0; i < entries->len; i++) {
			const struct entry *entry = &g_array_index(entries, struct entry, i);
			put_string(&writer, entry->name);
			put_raw(&writer, entry->value.at, entry->value.len);
		}
	}
	return writer.used;
}

/* NULL when nothing stands in it. */
static GBytes *sheet_bytes(const struct sheet *sheet)
{
	if (sheet->entries[OBJECTIVES]->len == 0 && sheet->entries[SHARED_DATA]->len == 0) {
		return NULL;
	}
	size_t size = sheet_put(sheet, NULL, 0);
	void *bytes = g_malloc(size);
	sheet_put(sheet, bytes, size);
	return g_bytes_new_take(bytes, size);
}

/* --- Looking up by name --- */

static guint span_hash(gconstpointer key)
{
	return (guint)bytes_hash(*(const struct span *)key);
}

static bool same(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static gboolean span_same(gconstpointer a, gconstpointer b)
{
	return same(*(const struct span *)a, *(const struct span *)b);
}

/* Name → struct entry, borrowed from `entries`. */
static GHashTable *index_of(const GArray *entries)
{
	GHashTable *table = g_hash_table_new(span_hash, span_same);
	for (guint i = 0; i < entries->len; i++) {
		struct entry *entry = &g_array_index(entries, struct entry, i);
		g_hash_table_replace(table, &entry->name, entry);
	}
	return table;
}

/* --- What changed, and what comes of it --- */

bool globals_matter(const struct engine *engine)
{
	const struct course *course = engine_course(engine);
	return (course->objectives_global_to_system && course->map_count > 0) ||
	       (course->shared_data_global_to_system && course->shared_data_count > 0);
}

GBytes *globals_known(const struct engine *engine)
{
	size_t size = engine_globals(engine, NULL, 0);
	void *bytes = g_malloc(size);
	size_t written = engine_globals(engine, bytes, size);
	g_assert(written == size);
	return g_bytes_new_take(bytes, size);
}

/* The value that says "not known", an objective without values or a text without characters. */
static struct span unknown_value(enum kind kind, unsigned char room[64])
{
	struct byte_writer writer = {.at = room, .room = 64};
	if (kind == OBJECTIVES) {
		objective_values_save(&(struct objective_values){0}, &writer);
	} else {
		put_string(&writer, SPAN(""));
	}
	g_assert(writer.used <= writer.room);
	return (struct span){(const char *)room, (uint32_t)writer.used};
}

static void append_changes(const GArray *before, const GArray *after, struct span unknown, GArray *changes)
{
	g_autoptr(GHashTable) gone = index_of(before);
	for (guint i = 0; i < after->len; i++) {
		const struct entry *now = &g_array_index(after, struct entry, i);
		const struct entry *then = g_hash_table_lookup(gone, &now->name);
		if (then == NULL || !same(then->value, now->value)) {
			g_array_append_val(changes, *now);
		}
		g_hash_table_remove(gone, &now->name);
	}
	for (guint i = 0; i < before->len; i++) {
		struct entry then = g_array_index(before, struct entry, i);
		if (g_hash_table_contains(gone, &then.name)) {
			then.value = unknown;
			g_array_append_val(changes, then);
		}
	}
}

GBytes *globals_changes(GBytes *before, GBytes *after)
{
	if (g_bytes_equal(before, after)) {
		return NULL;
	}
	struct sheet then, now, changes;
	unsigned char room[KINDS][64];
	sheet_read(&then, before);
	sheet_read(&now, after);
	sheet_init(&changes);
	for (int kind = 0; kind < KINDS; kind++) {
		append_changes(then.entries[kind], now.entries[kind],
			unknown_value((enum kind)kind, room[kind]), changes.entries[kind]);
	}
	GBytes *bytes = sheet_bytes(&changes);
	sheet_finish(&changes);
	sheet_finish(&now);
	sheet_finish(&then);
	return bytes;
}

static void append_merged(const GArray *older, const GArray *newer, GArray *merged)
{
	g_autoptr(GHashTable) fresh = index_of(newer);
	for (guint i = 0; i < older->len; i++) {
		const struct entry *entry = &g_array_index(older, struct entry, i);
		const struct entry *instead = g_hash_table_lookup(fresh, &entry->name);
		g_array_append_val(merged, *(instead == NULL ? entry : instead));
		g_hash_table_remove(fresh, &entry->name);
	}
	for (guint i = 0; i < newer->len; i++) {
		const struct entry *entry = &g_array_index(newer, struct entry, i);
		if (g_hash_table_contains(fresh, &entry->name)) {
			g_array_append_val(merged, *entry);
		}
	}
}

GBytes *globals_merge(GBytes *older, GBytes *newer)
{
	struct sheet then, now, merged;
	sheet_read(&then, older);
	sheet_read(&now, newer);
	sheet_init(&merged);
	for (int kind = 0; kind < KINDS; kind++) {
		append_merged(then.entries[kind], now.entries[kind], merged.entries[kind]);
	}
	GBytes *bytes = sheet_bytes(&merged);
	sheet_finish(&merged);
	sheet_finish(&now);
	sheet_finish(&then);
	return bytes;
}

/* --- What is news to a course --- */

/* The names that it shares with others, as a set borrowed from the course. */
static GHashTable *shared_names(const struct course *course, enum kind kind)
{
	GHashTable *names = g_hash_table_new(span_hash, span_same);
	if (kind == OBJECTIVES) {
		uint32_t count = course->objectives_global_to_system ? course->map_count : 0;
		for (uint32_t i = 0; i < count; i++) {
			g_hash_table_add(names, (gpointer)&course->maps[i].target);
		}
	} else {
		uint32_t count = course->shared_data_global_to_system ? course->shared_data_count : 0;
		for (uint32_t i = 0; i < count; i++) {
			g_hash_table_add(names, (gpointer)&course->shared_data[i].target);
		}
	}
	return names;
}

static void append_news(
	GHashTable *names, const GArray *stored, const GArray *known, struct span unknown, GArray *news)
{
	g_autoptr(GHashTable) has = index_of(known);
	for (guint i = 0; i < stored->len; i++) {
		const struct entry *entry = &g_array_index(stored, struct entry, i);
		const struct entry *now = g_hash_table_lookup(has, &entry->name);
		if (g_hash_table_contains(names, &entry->name) &&
			!same(entry->value, now == NULL ? unknown : now->value)) {
			g_array_append_val(news, *entry);
		}
	}
}

static GBytes *news_of(const struct engine *engine, GBytes *known, GBytes *stored)
{
	struct sheet all, now, news;
	sheet_read(&all, stored);
	sheet_read(&now, known);
	sheet_init(&news);
	for (int kind = 0; kind < KINDS; kind++) {
		unsigned char room[64];
		g_autoptr(GHashTable) names = shared_names(engine_course(engine), (enum kind)kind);
		append_news(names, all.entries[kind], now.entries[kind], unknown_value((enum kind)kind, room),
			news.entries[kind]);
	}
	GBytes *bytes = sheet_bytes(&news);
	sheet_finish(&news);
	sheet_finish(&now);
	sheet_finish(&all);
	return bytes;
}

GBytes *globals_news(struct engine *engine, GBytes *stored)
{
	const struct session_params nobody = {
		.learner_id = SPAN(""), .learner_name = SPAN(""), .language = SPAN("")};
	g_autoptr(GBytes) before = globals_known(engine);
	engine_begin_session(engine, g_get_real_time() / 1000, &nobody);
	g_autoptr(GBytes) known = globals_known(engine);
	g_autoptr(GBytes) said = globals_changes(before, known);
	g_autoptr(GBytes) newest = globals_merge(stored, said);
	return news_of(engine, known, newest);
}
