/* What the files of engine.wasm share: an instance is one engine, and this is its one mutable object. */
#ifndef PLAYER_ENGINE_WASM_PAGE_H
#define PLAYER_ENGINE_WASM_PAGE_H

#include "player/engine/engine.h"
#include "player/engine/wasm/wasm.h"

#define EXPORT(name) __attribute__((export_name(#name), visibility("default")))

struct wasm_page {
	uint32_t heap_top, heap_end;
	uint32_t scratch, scratch_size;
	struct engine *engine;
	struct span text; /* the last answer that is a text */
	struct navigation_outcome outcome;
	struct engine_summary summary;
	struct activity_view *rows; /* of the table of contents */
	uint32_t row_room, row_count;
};

extern struct wasm_page page;

/* An address of this module's memory. */
static inline void *at(uint32_t address)
{
	return (void *)(uintptr_t)address;
}

#endif
