/* What a course leaves to the learner's other courses: global objectives and shared data; format in
 * record/snapshot.h. */
#include "player/engine/bytes.h"
#include "player/engine/record/journal.h"
#include "player/engine/record/snapshot.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

static const char magic[4] = {'F', 'A', 'D', 'G'};

static bool is_known(const struct objective_values *values)
{
	return values->success != SUCCESS_UNKNOWN || values->completion != COMPLETION_UNKNOWN ||
	       values->has_measure || values->has_raw || values->has_min || values->has_max ||
	       values->has_progress;
}

static value_key bucket_key(uint32_t bucket)
{
	return value_key_of(OWNER_BUCKETS + bucket, STORED_BUCKET, 0, 0);
}

static void write_objectives(struct byte_writer *writer, const struct engine *engine)
{
	uint32_t globals = engine->course.objectives_global_to_system ? engine->layout.globals : 0, count = 0;
	for (uint32_t i = 0; i < globals; i++) {
		count += is_known(&engine->tracking.globals[i]);
	}
	put_number(writer, count);
	for (uint32_t i = 0; i < globals; i++) {
		if (is_known(&engine->tracking.globals[i])) {
			put_string(writer, engine->layout.global_name[i]);
			objective_values_save(&engine->tracking.globals[i], writer);
		}
	}
}

static void write_buckets(struct byte_writer *writer, const struct engine *engine)
{
	uint32_t buckets = engine->course.shared_data_global_to_system ? engine->layout.buckets : 0,
		 count = 0;
	for (uint32_t i = 0; i < buckets; i++) {
		count += values_has(&engine->values, bucket_key(i));
	}
	put_number(writer, count);
	for (uint32_t i = 0; i < buckets; i++) {
		struct span text;
		if (values_get(&engine->values, bucket_key(i), &text)) {
			put_string(writer, engine->layout.bucket_name[i]);
			put_string(writer, text);
		}
	}
}

size_t engine_globals(const struct engine *engine, void *buffer, size_t room)
{
	struct byte_writer writer = {.at = buffer, .room = room};
	put_raw(&writer, magic, sizeof(magic));
	put_byte(&writer, GLOBALS_VERSION);
	write_objectives(&writer, engine);
	write_buckets(&writer, engine);
	return writer.used;
}

static uint32_t find_bucket(const struct engine *engine, struct span name)
{
	for (uint32_t i = 0; i < engine->layout.buckets; i++) {
		if (span_equal(engine->layout.bucket_name[i], name)) {
			return i;
		}
	}
	return NO_INDEX;
}

/* Twice over the same bytes: first only to see that all can be taken. */
static enum engine_result read_globals(struct engine *engine, struct span globals, bool take)
{
	struct byte_reader reader = byte_reader_of(globals);
	struct span name = get_raw(&reader, sizeof(magic));
	unsigned char version = get_byte(&reader);
	if (reader.failed || memcmp(name.at, magic, sizeof(magic)) != 0 || version != GLOBALS_VERSION) {
		return ENGINE_BAD_RECORD;
	}
	for (uint64_t left = get_number(&reader); left > 0 && !reader.failed; left--) {
		name = get_string(&reader);
		struct objective_values values = objective_values_load(&reader);
		if (take && engine->course.objectives_global_to_system) {
			(void)tracking_adopt_global(&engine->tracking, name, &values);
		}
	}
	uint32_t count = 0;
	uint64_t bytes = 0;
	for (uint64_t left = get_number(&reader); left > 0 && !reader.failed; left--) {
		uint32_t bucket = find_bucket(engine, get_string(&reader));
		struct span text = get_string(&reader);
		if (bucket == NO_INDEX || !engine->course.shared_data_global_to_system) {
			continue;
		}
		count++;
		bytes += text.len;
		if (take) {
			(void)values_set(&engine->values, bucket_key(bucket), text);
		}
	}
	if (reader.failed || reader.left > 0) {
		return ENGINE_BAD_RECORD;
	}
	return take || values_fit(&engine->values, count, bytes) ? ENGINE_OK : ENGINE_NO_MEMORY;
}

enum engine_result engine_adopt_globals(struct engine *engine, int64_t now, struct span globals)
{
	if (!journal_has_room(engine, globals.len)) {
		return ENGINE_NO_MEMORY;
	}
	enum engine_result result = read_globals(engine, globals, false);
	if (result != ENGINE_OK) {
		return result;
	}
	(void)read_globals(engine, globals, true);
	struct journal_record record = {.kind = RECORD_GLOBALS, .now = now, .first = globals};
	journal_append(engine, &record);
	return ENGINE_OK;
}
