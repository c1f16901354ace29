/* A journal played back: the same calls, which must come to the same results. */
#include "player/engine/record/journal.h"
#include "player/engine/state.h"

static enum engine_result replay_record(struct engine *engine, const struct journal_record *record)
{
	struct navigation_outcome outcome = {.delivered = NO_INDEX};
	switch (record->kind) {
	case RECORD_SESSION:
		return engine_begin_session(engine, record->now, &record->session);
	case RECORD_NAVIGATE:
		return engine_navigate(engine, record->now, record->request, record->target, &outcome);
	case RECORD_PENDING:
		return engine_navigate_pending(engine, record->now, &outcome);
	case RECORD_UNLOADED:
		return engine_unloaded(engine, record->now);
	case RECORD_PRESENCE:
		return engine_presence(engine, record->now, record->active_ms);
	case RECORD_CALL:
		if (record->function != API_INITIALIZE && record->function != API_TERMINATE &&
			record->function != API_SET_VALUE && record->function != API_COMMIT) {
			return ENGINE_BAD_RECORD;
		}
		(void)engine_api(engine, record->now, record->function, record->first, record->second);
		return ENGINE_OK;
	case RECORD_GLOBALS:
		return engine_adopt_globals(engine, record->now, record->first);
	}
	return ENGINE_BAD_RECORD;
}

static bool agrees(const struct engine *engine, const struct journal_record *record)
{
	bool navigation = record->kind == RECORD_NAVIGATE || record->kind == RECORD_PENDING;
	return engine->replayed_error == record->error &&
	       (!navigation || engine->replayed_delivered == record->delivered);
}

static enum engine_result apply(struct engine *engine, const struct journal_record *record)
{
	if (record->sequence != engine->attempt.last_sequence + 1) {
		return ENGINE_SEQUENCE_GAP;
	}
	engine->replaying = true;
	enum engine_result result = replay_record(engine, record);
	engine->replaying = false;
	return result == ENGINE_OK && !agrees(engine, record) ? ENGINE_DISAGREES : result;
}

enum engine_result engine_replay(struct engine *engine, struct span records, uint32_t *ret_applied)
{
	enum engine_result result = ENGINE_OK;
	uint32_t applied = 0;
	while (records.len > 0 && result == ENGINE_OK) {
		struct journal_record record;
		if (!journal_read(&records, &record)) {
			result = ENGINE_BAD_RECORD;
		} else if (record.sequence > engine->attempt.last_sequence) {
			result = apply(engine, &record);
			applied += result == ENGINE_OK;
		}
	}
	if (ret_applied) {
		*ret_applied = applied;
	}
	return result;
}
