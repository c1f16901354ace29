/*
 * The few helpers for spans, characters and arenas that the engine's files share. No libc: the mem*
 * functions are the compiler's own natively, and wasm/memory.c's in WebAssembly.
 */
#ifndef PLAYER_ENGINE_TEXT_H
#define PLAYER_ENGINE_TEXT_H

#include "player/engine/base.h"

#define SPAN_NOT_FOUND UINT32_MAX

/* Freestanding: declared here, because there is no <string.h>. */
void *memcpy(void *restrict to, const void *restrict from, size_t size);
void *memmove(void *to, const void *from, size_t size);
void *memset(void *to, int byte, size_t size);
int memcmp(const void *a, const void *b, size_t size);

bool span_equal(struct span a, struct span b);
bool span_starts(struct span text, struct span prefix);
struct span span_from(struct span text, uint32_t offset); /* without the first `offset` bytes */
struct span span_first(struct span text, uint32_t count); /* at most the first `count` bytes */
uint32_t span_find(struct span text, struct span part);   /* offset, or SPAN_NOT_FOUND */

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Uninitialised memory from the arena, NULL when it does not fit; `align` is a power of two. */
void *arena_take(struct arena *arena, size_t size, size_t align);
/* The same for `count` zeroed members. */
void *arena_take_array(struct arena *arena, size_t count, size_t size, size_t align);

#endif
