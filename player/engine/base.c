#include "player/engine/base.h"
#include "player/engine/text.h"

bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool span_starts(struct span text, struct span prefix)
{
	return text.len >= prefix.len && (prefix.len == 0 || memcmp(text.at, prefix.at, prefix.len) == 0);
}

struct span span_from(struct span text, uint32_t offset)
{
	if (offset >= text.len) {
		return (struct span){text.at, 0};
	}
	return (struct span){text.at + offset, text.len - offset};
}

struct span span_first(struct span text, uint32_t count)
{
	return (struct span){text.at, count < text.len ? count : text.len};
}

uint32_t span_find(struct span text, struct span part)
{
	if (part.len > text.len) {
		return SPAN_NOT_FOUND;
	}
	for (uint32_t i = 0; i <= text.len - part.len; i++) {
		if (part.len == 0 || memcmp(text.at + i, part.at, part.len) == 0) {
			return i;
		}
	}
	return SPAN_NOT_FOUND;
}

void *arena_take(struct arena *arena, size_t size, size_t align)
{
	size_t start = (arena->used + align - 1) & ~(align - 1);
	if (arena->exhausted || start < arena->used || start > arena->size || size > arena->size - start) {
		arena->exhausted = true;
		return NULL;
	}
	arena->used = start + size;
	return arena->block + start;
}

void *arena_take_array(struct arena *arena, size_t count, size_t size, size_t align)
{
	if (size != 0 && count > SIZE_MAX / size) {
		arena->exhausted = true;
		return NULL;
	}
	void *block = arena_take(arena, count * size, align);
	if (block) {
		memset(block, 0, count * size);
	}
	return block;
}
