/* Global objectives and shared data across courses: not kept yet. */
#include "player/engine/engine.h"

enum engine_result engine_adopt_globals(struct engine *engine, int64_t now, struct span globals)
{
	return ENGINE_OK;
}

size_t engine_globals(const struct engine *engine, void *buffer, size_t room)
{
	return 0;
}
