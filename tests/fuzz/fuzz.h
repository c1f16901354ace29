/*
 * Fuzz targets of the engine. Each takes any bytes and must neither crash nor break a promise of
 * engine.h; abort() is a finding. Built by clang's libFuzzer, or with replay.c into a program that plays
 * a stored corpus.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "player/engine/engine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes of the input, one after the other; zeros behind its end. */
struct feed {
	const uint8_t *at;
	size_t left;
};

uint8_t feed_byte(struct feed *feed);
struct span feed_text(struct feed *feed); /* a length byte, then so many bytes */

/* A course of the given edition with clusters, rules, objectives, maps and shared data; static memory. */
struct span course_image(enum scorm_edition edition);

/* An engine on an image in fresh memory of `size` bytes (0: as much as engine_memory_for() says). NULL
 * when it does not open. The memory is the engine's own allocation: free(engine). */
struct engine *open_engine(struct span image, size_t size);

/* The state's snapshot; the caller frees `at`. */
struct span snapshot_of(const struct engine *engine);
void require(bool holds); /* aborts */

/* Calls, navigation, questions as the feed says, on an open engine. */
void live(struct engine *engine, struct feed *feed);

#endif
