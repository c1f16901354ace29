/*
 * The vocabulary every folder shares: a borrowed piece of bytes, an arena, and a problem told to a
 * person. Portable: no libc calls, so the same file compiles into engine.wasm.
 */
#ifndef PLAYER_ENGINE_BASE_H
#define PLAYER_ENGINE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Borrowed bytes, not terminated by NUL. The owner is named where one is handed out. */
struct span {
	const char *at;
	uint32_t len;
};

#define SPAN(literal) ((struct span){(literal), sizeof(literal) - 1})

/* A block of memory given by the caller; what is taken from it is freed with it, all at once. */
struct arena {
	unsigned char *block;
	size_t size;
	size_t used;
	bool exhausted; /* latched: a request did not fit; every later request fails too */
};

enum severity {
	SEVERITY_HINT,
	SEVERITY_WARNING,
	SEVERITY_ERROR,
};

/*
 * One fault of an input, in the caller's frame: what, where, and how to mend it, in both languages.
 * Texts are UTF-8, always NUL-terminated, cut at a character's edge when too long.
 */
struct problem {
	char code[48]; /* stable, for programs: "MANIFEST_ENTITY" */
	enum severity severity;
	char where[256]; /* file, person, item or column that is at fault */
	uint32_t line;   /* 1-based; 0 when it has no line */
	uint32_t column; /* 1-based; 0 when it has no column */
	char clause[48]; /* the rule it breaks: "CAM 3.4.1.4", "ECM 1.6"; may be empty */
	char it[384];
	char en[384];
	char mend_it[384];
	char mend_en[384];
};

#endif
