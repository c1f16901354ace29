/* Any life on any edition: its journal replays to the same state, and its snapshot restores to itself. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void require_same(const struct engine *a, const struct engine *b)
{
	struct span one = snapshot_of(a), other = snapshot_of(b);
	require(one.len == other.len && memcmp(one.at, other.at, one.len) == 0);
	free((void *)one.at);
	free((void *)other.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct feed feed = {data, size};
	uint8_t head = feed_byte(&feed);
	struct span image = course_image((enum scorm_edition)(head & 3));
	/* Now and then too little memory. */
	bool small = head & 4;
	struct engine *engine = open_engine(image, small ? 9000 + (size_t)feed_byte(&feed) * 64 : 400000);
	if (engine == NULL) {
		return 0;
	}
	live(engine, &feed);
	struct engine *twin = open_engine(image, 400000);
	enum engine_result replayed = engine_replay(twin, engine_journal(engine), NULL);
	if (!small) {
		require(replayed == ENGINE_OK);
		require_same(engine, twin);
	}
	struct span snapshot = snapshot_of(engine);
	if (engine_restore(twin, snapshot) == ENGINE_OK) {
		require_same(engine, twin);
	} else {
		require(false);
	}
	free((void *)snapshot.at);
	free(twin);
	free(engine);
	return 0;
}
