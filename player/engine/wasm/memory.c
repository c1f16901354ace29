/*
 * The memory functions that the compiler may call, for WebAssembly only. The bulk instructions are calls into the
 * browser, which cost more than the copying of a short text: those are done here, word by word.
 */
#include "player/engine/text.h"

#define SHORT 64u
#define BULK __attribute__((target("bulk-memory"), noinline))
/* A loop that copies must not be compiled into a call of the very function it stands in. */
#define BY_HAND __attribute__((no_builtin("memcpy", "memmove", "memset", "memcmp")))

struct word {
	uint64_t bytes;
} __attribute__((packed, may_alias));

static uint64_t word_at(const unsigned char *at)
{
	return ((const struct word *)(const void *)at)->bytes;
}

static void put_word(unsigned char *at, uint64_t bytes)
{
	((struct word *)(void *)at)->bytes = bytes;
}

BULK static void copy_long(void *to, const void *from, size_t size)
{
	__builtin_memmove(to, from, size);
}

BULK static void fill_long(void *to, int byte, size_t size)
{
	__builtin_memset(to, byte, size);
}

/* From the first byte on: right also where the target lies before the source and overlaps it. */
BY_HAND static inline void copy_forward(unsigned char *target, const unsigned char *source, size_t size)
{
	for (; size >= 8; size -= 8, target += 8, source += 8) {
		put_word(target, word_at(source));
	}
	for (; size > 0; size--) {
		*target++ = *source++;
	}
}

BY_HAND void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
	if (size > SHORT) {
		copy_long(to, from, size);
	} else {
		copy_forward(to, from, size);
	}
	return to;
}

BY_HAND void *memmove(void *to, const void *from, size_t size)
{
	if (size > SHORT) {
		copy_long(to, from, size);
		return to;
	}
	unsigned char *target = to;
	const unsigned char *source = from;
	if ((uintptr_t)target - (uintptr_t)source >=
		size) { /* also where it lies before: the difference wraps */
		copy_forward(target, source, size);
		return to;
	}
	while (size > 0) {
		size--;
		target[size] = source[size];
	}
	return to;
}

BY_HAND void *memset(void *to, int byte, size_t size)
{
	if (size > 4 * SHORT) {
		fill_long(to, byte, size);
		return to;
	}
	unsigned char *target = to;
	uint64_t word = (unsigned char)byte * UINT64_C(0x0101010101010101);
	for (; size >= 8; size -= 8, target += 8) {
		put_word(target, word);
	}
	for (; size > 0; size--) {
		*target++ = (unsigned char)byte;
	}
	return to;
}

BY_HAND int memcmp(const void *a, const void *b, size_t size)
{
	const unsigned char *left = a, *right = b;
	for (; size >= 8 && word_at(left) == word_at(right); size -= 8) {
		left += 8;
		right += 8;
	}
	for (; size > 0; size--, left++, right++) {
		if (*left != *right) {
			return *left < *right ? -1 : 1;
		}
	}
	return 0;
}
