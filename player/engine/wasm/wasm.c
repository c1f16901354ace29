/* The exports of engine.wasm that make the engine do something: see wasm.h for how a page uses them. Nothing here decides
 * anything. */
#include "player/engine/inspect.h"
#include "player/engine/text.h"
#include "player/engine/wasm/page.h"

#define PAGE 65536u

extern unsigned char __heap_base;

struct wasm_page page;

static struct span span_at(uint32_t address, uint32_t length)
{
	return (struct span){at(address), length};
}

EXPORT(fad_alloc) uint32_t fad_alloc(uint32_t size)
{
	if (page.heap_top == 0) {
		page.heap_top = (uint32_t)(uintptr_t)&__heap_base;
		page.heap_end = (uint32_t)__builtin_wasm_memory_size(0) * PAGE;
	}
	uint32_t start = (page.heap_top + 15u) & ~15u;
	if (size > UINT32_MAX - PAGE - start) {
		return 0;
	}
	if (start + size > page.heap_end) {
		uint32_t pages = (start + size - page.heap_end + PAGE - 1) / PAGE;
		if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) {
			return 0;
		}
		page.heap_end += pages * PAGE;
	}
	page.heap_top = start + size;
	return start;
}

EXPORT(fad_scratch) uint32_t fad_scratch(uint32_t size)
{
	if (size > page.scratch_size || page.scratch == 0) {
		uint32_t room = size < PAGE ? PAGE : size > UINT32_MAX / 2 ? size : size * 2;
		uint32_t area = fad_alloc(room);
		if (area == 0) {
			return 0;
		}
		page.scratch = area;
		page.scratch_size = room;
	}
	return page.scratch;
}

EXPORT(fad_text_at) uint32_t fad_text_at(void)
{
	return (uint32_t)(uintptr_t)page.text.at;
}

EXPORT(fad_text_length) uint32_t fad_text_length(void)
{
	return page.text.len;
}

EXPORT(fad_open) uint32_t fad_open(uint32_t image, uint32_t length)
{
	size_t size = engine_memory_for(span_at(image, length));
	if (size == 0) {
		return ENGINE_BAD_IMAGE;
	}
	uint32_t memory = size > UINT32_MAX ? 0 : fad_alloc((uint32_t)size);
	if (memory == 0) {
		return ENGINE_NO_MEMORY;
	}
	return engine_open(at(memory), size, span_at(image, length), &page.engine);
}

EXPORT(fad_restore) uint32_t fad_restore(uint32_t snapshot, uint32_t length)
{
	return engine_restore(page.engine, span_at(snapshot, length));
}

EXPORT(fad_snapshot) uint32_t fad_snapshot(void)
{
	size_t size = engine_snapshot(page.engine, NULL, 0);
	uint32_t area = fad_scratch((uint32_t)size);
	if (area == 0) {
		return 0;
	}
	page.text = span_at(area, (uint32_t)engine_snapshot(page.engine, at(area), size));
	return 1;
}

EXPORT(fad_inspect) uint32_t fad_inspect(double now)
{
	size_t size = engine_inspect(page.engine, (int64_t)now, NULL, 0);
	uint32_t area = fad_scratch((uint32_t)size);
	if (area == 0) {
		return 0;
	}
	page.text = span_at(area, (uint32_t)engine_inspect(page.engine, (int64_t)now, at(area), size));
	return 1;
}

EXPORT(fad_globals) uint32_t fad_globals(void)
{
	size_t size = engine_globals(page.engine, NULL, 0);
	uint32_t area = fad_scratch((uint32_t)size);
	if (area == 0) {
		return 0;
	}
	page.text = span_at(area, (uint32_t)engine_globals(page.engine, at(area), size));
	return 1;
}

EXPORT(fad_adopt_globals) uint32_t fad_adopt_globals(double now, uint32_t globals, uint32_t length)
{
	return engine_adopt_globals(page.engine, (int64_t)now, span_at(globals, length));
}

EXPORT(fad_replay) uint32_t fad_replay(uint32_t records, uint32_t length)
{
	return engine_replay(page.engine, span_at(records, length), NULL);
}

EXPORT(fad_begin_session)
uint32_t fad_begin_session(double now, uint32_t texts, uint32_t id_length, uint32_t name_length,
	uint32_t language_length, uint32_t mode, uint32_t credit, uint32_t mastery_override,
	uint32_t seed_low, uint32_t seed_high, uint32_t status_rule)
{
	struct session_params params = {
		.learner_id = span_at(texts, id_length),
		.learner_name = span_at(texts + id_length, name_length),
		.language = span_at(texts + id_length + name_length, language_length),
		.mode = mode == 1   ? MODE_BROWSE
			: mode == 2 ? MODE_REVIEW
				    : MODE_NORMAL,
		.credit = credit != 0,
		.mastery_override = mastery_override != 0,
		.status_rule =
			status_rule <= STATUS_RULE_MASTERY ? (enum status_rule)status_rule : STATUS_RULE_ALL,
		.seed = (uint64_t)seed_high << 32 | seed_low,
	};
	return engine_begin_session(page.engine, (int64_t)now, &params);
}

EXPORT(fad_api)
uint32_t fad_api(double now, uint32_t function, uint32_t first, uint32_t first_length, uint32_t second,
	uint32_t second_length)
{
	page.text = engine_api(page.engine, (int64_t)now, (enum api_function)function,
		span_at(first, first_length), span_at(second, second_length));
	return span_equal(page.text, SPAN("true"))    ? 1
	       : span_equal(page.text, SPAN("false")) ? 2
	       : page.text.len == 0                   ? 3
						      : 0;
}

EXPORT(fad_navigate) uint32_t fad_navigate(double now, uint32_t request, uint32_t target)
{
	return engine_navigate(
		page.engine, (int64_t)now, (enum navigation_request)request, target, &page.outcome);
}

EXPORT(fad_navigate_pending) uint32_t fad_navigate_pending(double now)
{
	return engine_navigate_pending(page.engine, (int64_t)now, &page.outcome);
}

EXPORT(fad_outcome_accepted) uint32_t fad_outcome_accepted(void)
{
	return page.outcome.accepted;
}

EXPORT(fad_outcome_delivered) uint32_t fad_outcome_delivered(void)
{
	return page.outcome.delivered;
}

EXPORT(fad_outcome_session_ended) uint32_t fad_outcome_session_ended(void)
{
	return page.outcome.session_ended;
}

EXPORT(fad_outcome_exception) uint32_t fad_outcome_exception(void)
{
	return page.outcome.exception;
}

EXPORT(fad_pending_navigation) uint32_t fad_pending_navigation(void)
{
	return engine_pending_navigation(page.engine);
}

EXPORT(fad_may_navigate) uint32_t fad_may_navigate(double now, uint32_t request, uint32_t target)
{
	return engine_may_navigate(page.engine, (int64_t)now, (enum navigation_request)request, target);
}

EXPORT(fad_foresee) void fad_foresee(double now, uint32_t request, uint32_t target)
{
	engine_foresee(page.engine, (int64_t)now, (enum navigation_request)request, target, &page.outcome);
}

EXPORT(fad_unloaded) uint32_t fad_unloaded(double now)
{
	return engine_unloaded(page.engine, (int64_t)now);
}

EXPORT(fad_presence) uint32_t fad_presence(double now, uint32_t active_ms)
{
	return engine_presence(page.engine, (int64_t)now, active_ms);
}

EXPORT(fad_current_activity) uint32_t fad_current_activity(void)
{
	return engine_current_activity(page.engine);
}

EXPORT(fad_overtime) uint32_t fad_overtime(double now)
{
	return engine_overtime(page.engine, (int64_t)now);
}

EXPORT(fad_journal) uint32_t fad_journal(void)
{
	page.text = engine_journal(page.engine);
	return page.text.len;
}

EXPORT(fad_journal_taken) void fad_journal_taken(double up_to_sequence)
{
	engine_journal_taken(page.engine, (uint64_t)up_to_sequence);
}
