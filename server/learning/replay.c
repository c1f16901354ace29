#include "server/learning/replay.h"

#include "player/engine/record/journal.h"
#include "server/learning/globals.h"

GBytes *image_load(const struct app *app, const char *sha256, const char *image)
{
	g_autofree char *path = g_build_filename(app->content, sha256, image, NULL);
	g_autoptr(GMappedFile) file = g_mapped_file_new(path, FALSE, NULL);
	return file == NULL ? NULL : g_mapped_file_get_bytes(file);
}

struct span bytes_span(GBytes *bytes)
{
	if (bytes == NULL) {
		return SPAN("");
	}
	gsize size;
	const char *at = g_bytes_get_data(bytes, &size);
	return (struct span){at == NULL ? "" : at, (uint32_t)size};
}

enum engine_result replay_init(struct replay *replay, GBytes *image, const struct attempt_state *state)
{
	*replay = (struct replay){0};
	struct span course = bytes_span(image);
	size_t size = engine_memory_for(course);
	if (size == 0) {
		return ENGINE_BAD_IMAGE;
	}
	replay->memory = g_malloc(size); /* glibc aligns to 16 */
	replay->image = g_bytes_ref(image);
	enum engine_result result = engine_open(replay->memory, size, course, &replay->engine);
	if (result == ENGINE_OK && state->snapshot != NULL) {
		result = engine_restore(replay->engine, bytes_span(state->snapshot));
	}
	if (result == ENGINE_OK && g_bytes_get_size(state->tail) > 0) {
		result = engine_replay(replay->engine, bytes_span(state->tail), NULL);
	}
	if (result != ENGINE_OK) {
		replay_finish(replay);
	}
	return result;
}

void replay_finish(struct replay *replay)
{
	g_clear_pointer(&replay->memory, g_free);
	g_clear_pointer(&replay->image, g_bytes_unref);
	replay->engine = NULL;
}

/* Takes from the front of `records` either all that stand before the next adoption of what other courses left,
 * or that one alone. What cannot be read stays with the last part: the engine says what is wrong with it. */
static struct span take_part(struct span *records, bool *ret_adopts)
{
	struct span rest = *records, part = *records;
	struct journal_record record;
	uint32_t before = 0;
	bool found = false;
	while (!found && journal_read(&rest, &record)) {
		found = record.kind == RECORD_GLOBALS;
		before = found ? before : records->len - rest.len;
	}
	*ret_adopts = found && before == 0;
	if (found) {
		part.len = before > 0 ? before : records->len - rest.len;
	}
	*records = (struct span){records->at + part.len, records->len - part.len};
	return part;
}

/* More adoptions than a player ever sends at once: what comes behind them reaches no other course. */
#define MOST_PARTS 64

enum engine_result replay_records(const struct replay *replay, struct span records, GBytes **ret_left)
{
	struct engine *engine = replay->engine;
	*ret_left = NULL;
	if (!globals_matter(engine)) {
		return engine_replay(engine, records, NULL);
	}
	struct span rest = records;
	enum engine_result result = ENGINE_OK;
	for (int parts = 0; result == ENGINE_OK && rest.len > 0; parts++) {
		if (parts == MOST_PARTS) {
			return engine_replay(engine, rest, NULL);
		}
		bool adopts;
		struct span part = take_part(&rest, &adopts);
		g_autoptr(GBytes) before = globals_known(engine);
		result = engine_replay(engine, part, NULL);
		g_autoptr(GBytes) after = globals_known(engine);
		g_autoptr(GBytes) changes = adopts ? NULL : globals_changes(before, after);
		g_autoptr(GBytes) left = *ret_left;
		*ret_left = globals_merge(left, changes);
	}
	return result;
}

GBytes *replay_snapshot(const struct replay *replay)
{
	size_t size = engine_snapshot(replay->engine, NULL, 0);
	void *bytes = g_malloc(size);
	size_t written = engine_snapshot(replay->engine, bytes, size);
	g_assert(written == size);
	return g_bytes_new_take(bytes, size);
}

const char *engine_result_code(enum engine_result result)
{
	static const char *const codes[] = {
		[ENGINE_OK] = "OK",
		[ENGINE_NO_MEMORY] = "NO_MEMORY",
		[ENGINE_BAD_IMAGE] = "BAD_IMAGE",
		[ENGINE_BAD_SNAPSHOT] = "BAD_SNAPSHOT",
		[ENGINE_BAD_RECORD] = "BAD_RECORD",
		[ENGINE_SEQUENCE_GAP] = "SEQUENCE_GAP",
		[ENGINE_DISAGREES] = "DISAGREES",
	};
	return codes[result];
}
