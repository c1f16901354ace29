#include "player/engine/record/journal.h"
#include "player/engine/bytes.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

/* The most that a record takes beside its texts: seven numbers of ten bytes, and the texts' lengths. */
#define RECORD_OVERHEAD 128u

static void put_index(struct byte_writer *writer, uint32_t index)
{
	put_number(writer, (uint32_t)(index + 1));
}

static uint32_t get_index(struct byte_reader *reader)
{
	return (uint32_t)get_number_up_to(reader, UINT32_MAX) - 1;
}

static void write_session(struct byte_writer *writer, const struct session_params *session)
{
	put_number(writer, JOURNAL_VERSION);
	put_string(writer, session->learner_id);
	put_string(writer, session->learner_name);
	put_string(writer, session->language);
	put_number(writer, session->mode);
	put_number(writer, session->credit);
	put_number(writer, session->mastery_override);
	put_fixed64(writer, session->seed);
	put_number(writer, session->status_rule);
}

static void read_session(struct byte_reader *reader, struct session_params *session)
{
	uint64_t version = get_number(reader);
	reader->failed = reader->failed || version < 1 || version > JOURNAL_VERSION;
	session->learner_id = get_string(reader);
	session->learner_name = get_string(reader);
	session->language = get_string(reader);
	session->mode = (enum session_mode)get_number_up_to(reader, MODE_REVIEW);
	session->credit = get_bool(reader);
	session->mastery_override = get_bool(reader);
	session->seed = get_fixed64(reader);
	session->status_rule = version < 2 ? STATUS_RULE_ALL
					   : (enum status_rule)get_number_up_to(reader, STATUS_RULE_MASTERY);
}

static void write_arguments(struct byte_writer *writer, const struct journal_record *record)
{
	switch (record->kind) {
	case RECORD_SESSION:
		write_session(writer, &record->session);
		break;
	case RECORD_NAVIGATE:
		put_number(writer, record->request);
		put_index(writer, record->target);
		put_index(writer, record->delivered);
		break;
	case RECORD_PENDING:
		put_index(writer, record->delivered);
		break;
	case RECORD_UNLOADED:
		break;
	case RECORD_PRESENCE:
		put_number(writer, record->active_ms);
		break;
	case RECORD_CALL:
		put_number(writer, record->function);
		put_string(writer, record->first);
		put_string(writer, record->second);
		break;
	case RECORD_GLOBALS:
		put_string(writer, record->first);
		break;
	}
}

static void read_arguments(struct byte_reader *reader, struct journal_record *record)
{
	switch (record->kind) {
	case RECORD_SESSION:
		read_session(reader, &record->session);
		break;
	case RECORD_NAVIGATE:
		record->request = (enum navigation_request)get_number_up_to(reader, NAVIGATION_SUSPEND_ALL);
		record->target = get_index(reader);
		record->delivered = get_index(reader);
		break;
	case RECORD_PENDING:
		record->delivered = get_index(reader);
		break;
	case RECORD_UNLOADED:
		break;
	case RECORD_PRESENCE:
		record->active_ms = (uint32_t)get_number_up_to(reader, UINT32_MAX);
		break;
	case RECORD_CALL:
		record->function = (enum api_function)get_number_up_to(reader, API_GET_DIAGNOSTIC);
		record->first = get_string(reader);
		record->second = get_string(reader);
		break;
	case RECORD_GLOBALS:
		record->first = get_string(reader);
		break;
	}
}

static void write_body(struct byte_writer *writer, const struct journal_record *record)
{
	put_number(writer, record->sequence);
	put_number(writer, record->kind);
	put_number(writer, record->now < 0 ? 0 : (uint64_t)record->now);
	put_number(writer, record->error);
	write_arguments(writer, record);
}

/* A call is by far the commonest record, and need not be written twice to know how long it is. */
static size_t body_size(const struct journal_record *record)
{
	if (record->kind == RECORD_CALL && record->now >= 0) {
		return (size_t)number_size(record->sequence) + number_size(RECORD_CALL) +
		       number_size((uint64_t)record->now) + number_size(record->error) +
		       number_size(record->function) + number_size(record->first.len) + record->first.len +
		       number_size(record->second.len) + record->second.len;
	}
	struct byte_writer size = {0};
	write_body(&size, record);
	return size.used;
}

void journal_write(struct byte_writer *writer, const struct journal_record *record)
{
	put_number(writer, body_size(record));
	write_body(writer, record);
}

bool journal_read(struct span *records, struct journal_record *ret)
{
	struct byte_reader reader = byte_reader_of(*records);
	struct span body = get_string(&reader);
	if (reader.failed) {
		return false;
	}
	struct byte_reader inner = byte_reader_of(body);
	struct journal_record record = {.target = NO_INDEX, .delivered = NO_INDEX};
	record.sequence = get_number(&inner);
	record.kind = (enum record_kind)get_number_up_to(&inner, RECORD_GLOBALS);
	record.now = (int64_t)get_number_up_to(&inner, INT64_MAX);
	record.error = (uint32_t)get_number_up_to(&inner, UINT16_MAX);
	if (record.kind < RECORD_SESSION) {
		return false;
	}
	read_arguments(&inner, &record);
	if (inner.failed || inner.left > 0) {
		return false;
	}
	*records = (struct span){(const char *)reader.at, (uint32_t)reader.left};
	*ret = record;
	return true;
}

/* --- The engine's own journal --- */

bool journal_has_room(const struct engine *engine, size_t argument_bytes)
{
	size_t left = engine->journal.room - engine->journal.used;
	return engine->replaying || (left >= RECORD_OVERHEAD && argument_bytes <= left - RECORD_OVERHEAD);
}

void journal_append(struct engine *engine, struct journal_record *record)
{
	record->sequence = ++engine->attempt.last_sequence;
	if (engine->replaying) {
		engine->replayed_error = record->error;
		engine->replayed_delivered = record->delivered;
		return;
	}
	struct byte_writer writer = {.at = engine->journal.at + engine->journal.used,
		.room = engine->journal.room - engine->journal.used};
	journal_write(&writer, record);
	engine->journal.used += writer.used;
}

struct span engine_journal(const struct engine *engine)
{
	return (struct span){(const char *)engine->journal.at, (uint32_t)engine->journal.used};
}

void engine_journal_taken(struct engine *engine, uint64_t up_to_sequence)
{
	struct span left = engine_journal(engine);
	struct span next = left;
	struct journal_record record;
	while (journal_read(&next, &record) && record.sequence <= up_to_sequence) {
		left = next;
	}
	memmove(engine->journal.at, left.at, left.len);
	engine->journal.used = left.len;
}
