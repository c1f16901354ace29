/* Any bytes as a snapshot's body: refused with the state untouched, or a state to live on. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "player/engine/bytes.h"

#define HEAD_SIZE 21

static void put_hash(char *at, struct span of)
{
	uint64_t hash = bytes_hash(of);
	for (int i = 0; i < 8; i++) {
		at[i] = (char)(hash >> (8 * i));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t life[] = {4, 3, 3, 1, 0, 0, 5, 0, 5, 2, 1, 5, 3, 9, 13, 5, 3, 14, 31, 5, 1, 2, 0,
		0, 1 + (2 << 3), 0xff, 1 + (1 << 3), 0xff, 5, 0, 5, 3, 0, 1, 5, 2, 40, 1 + (3 << 3), 0xff, 4,
		6, 3, 1, 0, 0, 1 + (8 << 3), 0xff};
	if (size < 1 || size > 100000) {
		return 0;
	}
	struct span image = course_image((enum scorm_edition)(data[0] & 3));
	struct engine *engine = open_engine(image, 400000);
	size_t total = HEAD_SIZE + size - 1;
	char *snapshot = malloc(total);
	memcpy(snapshot, "FADS\1", 5);
	memcpy(snapshot + HEAD_SIZE, data + 1, size - 1);
	put_hash(snapshot + 5, image);
	put_hash(snapshot + 13, (struct span){snapshot + HEAD_SIZE, (uint32_t)size - 1});
	struct span before = snapshot_of(engine);
	enum engine_result result = engine_restore(engine, (struct span){snapshot, (uint32_t)total});
	if (result != ENGINE_OK) {
		struct span after = snapshot_of(engine);
		require(before.len == after.len && memcmp(before.at, after.at, before.len) == 0);
		free((void *)after.at);
	}
	struct feed feed = {life, sizeof(life)};
	live(engine, &feed);
	free((void *)before.at);
	free(snapshot);
	free(engine);
	return 0;
}
