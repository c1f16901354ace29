#include "player/engine/record/snapshot.h"
#include "player/engine/bytes.h"
#include "player/engine/limits.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

#define HEAD_SIZE (4 + 1 + 8 + 8)

enum section {
	SECTION_ATTEMPT = 1,
	SECTION_SCOS,
	SECTION_TRACKING,
	SECTION_VALUES,
};

static const char magic[4] = {'F', 'A', 'D', 'S'};

/* --- Writing --- */

static void put_index(struct byte_writer *writer, uint32_t index)
{
	put_number(writer, (uint32_t)(index + 1));
}

static void write_attempt(struct byte_writer *writer, const struct attempt *attempt)
{
	put_number(writer, attempt->session_open);
	put_number(writer, attempt->mode);
	put_number(writer, attempt->credit);
	put_number(writer, attempt->mastery_override);
	put_fixed64(writer, attempt->seed);
	put_index(writer, attempt->current);
	put_index(writer, attempt->last);
	put_number(writer, attempt->phase);
	put_number(writer, attempt->pending);
	put_index(writer, attempt->pending_target);
	put_signed(writer, attempt->session_cs);
	put_signed(writer, attempt->active_ms);
	put_number(writer, attempt->last_sequence);
	put_number(writer, attempt->claim.completed);
	put_number(writer, attempt->claim.success);
	put_number(writer, attempt->claim.has_score);
	put_double(writer, attempt->claim.score);
	put_number(writer, attempt->claim.has_progress);
	put_double(writer, attempt->claim.progress);
	put_number(writer, attempt->status_rule);
}

static void write_scos(struct byte_writer *writer, const struct engine *engine)
{
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		const struct sco_state *sco = &engine->scos[i];
		put_byte(writer, (unsigned char)(sco->launched | sco->suspended << 1 | sco->resumed << 2 |
						 sco->status_set << 3));
		put_number(writer, sco->status);
		put_number(writer, sco->status_before);
		put_signed(writer, sco->total_cs);
	}
}

static void write_content(struct byte_writer *writer, const struct engine *engine, enum section section)
{
	switch (section) {
	case SECTION_ATTEMPT:
		write_attempt(writer, &engine->attempt);
		break;
	case SECTION_SCOS:
		write_scos(writer, engine);
		break;
	case SECTION_TRACKING:
		tracking_save(&engine->tracking, writer);
		break;
	case SECTION_VALUES:
		values_save(&engine->values, writer);
		break;
	}
}

static void write_body(struct byte_writer *writer, const struct engine *engine)
{
	for (enum section section = SECTION_ATTEMPT; section <= SECTION_VALUES; section++) {
		struct byte_writer size = {0};
		write_content(&size, engine, section);
		put_number(writer, section);
		put_number(writer, size.used);
		write_content(writer, engine, section);
	}
}

size_t engine_snapshot(const struct engine *engine, void *buffer, size_t room)
{
	unsigned char *bytes = buffer;
	size_t body_room = room > HEAD_SIZE ? room - HEAD_SIZE : 0;
	struct byte_writer body = {.at = body_room > 0 ? bytes + HEAD_SIZE : bytes, .room = body_room};
	write_body(&body, engine);
	if (body_room > 0 && body.used <= body_room) {
		struct byte_writer head = {.at = bytes, .room = HEAD_SIZE};
		put_raw(&head, magic, sizeof(magic));
		put_byte(&head, SNAPSHOT_VERSION);
		put_fixed64(&head, engine->image_hash);
		put_fixed64(&head, bytes_hash((struct span){(char *)bytes + HEAD_SIZE, (uint32_t)body.used}));
	}
	return HEAD_SIZE + body.used;
}

/* --- Reading: all is read and checked beside the state before anything of it changes --- */

static uint32_t get_index(struct byte_reader *reader, uint32_t count)
{
	uint32_t index = (uint32_t)get_number_up_to(reader, count) - 1;
	return index;
}

static int64_t get_time(struct byte_reader *reader)
{
	int64_t time = get_signed(reader);
	reader->failed = reader->failed || time < 0 || time > LIMIT_TIME_CS;
	return reader->failed ? 0 : time;
}

static bool read_attempt(
	struct byte_reader *reader, const struct engine *engine, unsigned version, struct attempt *ret)
{
	uint32_t count = engine->course.activity_count;
	struct attempt attempt = {0};
	attempt.session_open = get_bool(reader);
	attempt.mode = (enum session_mode)get_number_up_to(reader, MODE_REVIEW);
	attempt.credit = get_bool(reader);
	attempt.mastery_override = get_bool(reader);
	attempt.seed = get_fixed64(reader);
	attempt.current = get_index(reader, count);
	attempt.last = get_index(reader, count);
	attempt.phase = (enum sco_phase)get_number_up_to(reader, PHASE_GONE);
	attempt.pending = (enum navigation_request)get_number_up_to(reader, NAVIGATION_SUSPEND_ALL);
	attempt.pending_target = get_index(reader, count);
	attempt.session_cs = get_time(reader);
	attempt.active_ms = get_time(reader);
	attempt.last_sequence = get_number(reader);
	attempt.claim.completed = get_bool(reader);
	attempt.claim.success = (enum success_status)get_number_up_to(reader, SUCCESS_FAILED);
	attempt.claim.has_score = get_bool(reader);
	attempt.claim.score = get_double(reader);
	attempt.claim.has_progress = get_bool(reader);
	attempt.claim.progress = get_double(reader);
	attempt.status_rule = version < 2 ? STATUS_RULE_ALL
					  : (enum status_rule)get_number_up_to(reader, STATUS_RULE_MASTERY);
	*ret = attempt;
	return !reader->failed && (attempt.phase == PHASE_NONE) == (attempt.current == NO_INDEX) &&
	       (attempt.session_open || attempt.current == NO_INDEX);
}

/* With `scos` NULL only looks whether they can be read. */
static bool read_scos(struct byte_reader *reader, uint32_t count, struct sco_state *scos)
{
	for (uint32_t i = 0; i < count; i++) {
		unsigned char flags = get_byte(reader);
		struct sco_state sco = {
			.launched = flags & 1,
			.suspended = flags >> 1 & 1,
			.resumed = flags >> 2 & 1,
			.status_set = flags >> 3 & 1,
		};
		sco.status = (enum lesson_status)get_number_up_to(reader, LESSON_BROWSED);
		sco.status_before = (enum lesson_status)get_number_up_to(reader, LESSON_BROWSED);
		sco.total_cs = get_time(reader);
		if (reader->failed || flags > 15) {
			return false;
		}
		if (scos) {
			scos[i] = sco;
		}
	}
	return true;
}

static bool open_snapshot(
	const struct engine *engine, struct span snapshot, struct byte_reader *ret, unsigned *ret_version)
{
	*ret = byte_reader_of(snapshot);
	struct span name = get_raw(ret, sizeof(magic));
	unsigned version = *ret_version = get_byte(ret);
	uint64_t image = get_fixed64(ret);
	uint64_t hash = get_fixed64(ret);
	return !ret->failed && memcmp(name.at, magic, sizeof(magic)) == 0 && version >= 1 &&
	       version <= SNAPSHOT_VERSION && image == engine->image_hash &&
	       hash == bytes_hash(span_from(snapshot, HEAD_SIZE));
}

static bool take_section(struct byte_reader *reader, enum section section, struct byte_reader *ret)
{
	uint64_t number = get_number(reader);
	*ret = byte_reader_of(get_string(reader));
	return !reader->failed && number == (uint64_t)section;
}

enum engine_result engine_restore(struct engine *engine, struct span snapshot)
{
	struct byte_reader reader, sections[SECTION_VALUES + 1];
	unsigned version;
	if (!open_snapshot(engine, snapshot, &reader, &version)) {
		return ENGINE_BAD_SNAPSHOT;
	}
	for (enum section section = SECTION_ATTEMPT; section <= SECTION_VALUES; section++) {
		if (!take_section(&reader, section, &sections[section])) {
			return ENGINE_BAD_SNAPSHOT;
		}
	}
	struct attempt attempt;
	struct byte_reader scos = sections[SECTION_SCOS], values = sections[SECTION_VALUES];
	struct tracking tracking;
	tracking_copy(&tracking, engine->trial_block, &engine->tracking);
	if (!read_attempt(&sections[SECTION_ATTEMPT], engine, version, &attempt) ||
		!read_scos(&scos, engine->course.activity_count, NULL) ||
		!tracking_load(&tracking, &sections[SECTION_TRACKING])) {
		return ENGINE_BAD_SNAPSHOT;
	}
	enum values_verdict verdict = values_check(&engine->values, &values);
	if (verdict != VALUES_LOADABLE) {
		return verdict == VALUES_TOO_LARGE ? ENGINE_NO_MEMORY : ENGINE_BAD_SNAPSHOT;
	}
	engine->attempt = attempt;
	(void)read_scos(&sections[SECTION_SCOS], engine->course.activity_count, engine->scos);
	engine->trial_block = engine->tracking.block;
	engine->tracking = tracking;
	values_load(&engine->values, &sections[SECTION_VALUES]);
	overlong_recount(engine);
	engine->launched_at = 0;
	engine->journal.used = 0;
	engine->last_error = ERROR_NONE;
	return ENGINE_OK;
}
