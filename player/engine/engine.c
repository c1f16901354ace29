#include "player/engine/engine.h"

size_t engine_memory_for(struct span course_image)
{
	return 0;
}

enum engine_result engine_open(void *memory, size_t size, struct span course_image, struct engine **ret)
{
	return ENGINE_BAD_IMAGE;
}

const struct course *engine_course(const struct engine *engine)
{
	return NULL;
}

enum engine_result engine_begin_session(struct engine *engine, int64_t now, const struct session_params *params)
{
	return ENGINE_NO_MEMORY;
}

enum engine_result engine_navigate(struct engine *engine, int64_t now, enum navigation_request request,
	uint32_t target, struct navigation_outcome *ret)
{
	return ENGINE_NO_MEMORY;
}

enum navigation_request engine_pending_navigation(const struct engine *engine)
{
	return NAVIGATION_NONE;
}

enum engine_result engine_navigate_pending(struct engine *engine, int64_t now, struct navigation_outcome *ret)
{
	return ENGINE_NO_MEMORY;
}

enum engine_result engine_unloaded(struct engine *engine, int64_t now)
{
	return ENGINE_NO_MEMORY;
}

enum engine_result engine_presence(struct engine *engine, int64_t now, uint32_t active_ms)
{
	return ENGINE_NO_MEMORY;
}

struct span engine_api(struct engine *engine, int64_t now, enum api_function function, struct span first,
	struct span second)
{
	return SPAN("false");
}

bool engine_may_navigate(struct engine *engine, int64_t now, enum navigation_request request, uint32_t target)
{
	return false;
}

uint32_t engine_current_activity(const struct engine *engine)
{
	return NO_INDEX;
}

uint32_t engine_table_of_contents(struct engine *engine, int64_t now, struct activity_view *rows, uint32_t room)
{
	return 0;
}

void engine_summarise(const struct engine *engine, struct engine_summary *ret)
{
	*ret = (struct engine_summary){0};
}

struct span engine_journal(const struct engine *engine)
{
	return SPAN("");
}

void engine_journal_taken(struct engine *engine, uint64_t up_to_sequence)
{
}

enum engine_result engine_replay(struct engine *engine, struct span records, uint32_t *ret_applied)
{
	return ENGINE_NO_MEMORY;
}

size_t engine_snapshot(const struct engine *engine, void *buffer, size_t room)
{
	return 0;
}

enum engine_result engine_restore(struct engine *engine, struct span snapshot)
{
	return ENGINE_NO_MEMORY;
}
