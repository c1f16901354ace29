/* Any bytes as a course image, with its check made right so that the reader behind it is reached. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "player/engine/bytes.h"
#include "player/engine/course/image.h"

#define HEAD_SIZE 13

static void mend_check(char *image, size_t size)
{
	memcpy(image, "FADC\1", 5);
	uint64_t hash = bytes_hash((struct span){image + HEAD_SIZE, (uint32_t)(size - HEAD_SIZE)});
	for (int i = 0; i < 8; i++) {
		image[5 + i] = (char)(hash >> (8 * i));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t life[] = {0, 0, 1 + (1 << 3), 0xff, 5, 0, 5, 3, 2, 1, 5, 3, 4, 5, 4, 0, 0, 0, 0,
		0, 5, 1, 1 + (3 << 3), 0xff, 2, 1 + (5 << 3), 1, 4, 6, 3, 1, 0, 0, 1 + (8 << 3), 0xff,
		1 + (1 << 3), 0xff};
	if (size < HEAD_SIZE || size > 100000) {
		return 0;
	}
	char *image = malloc(size);
	memcpy(image, data, size);
	mend_check(image, size);
	struct span span = {image, (uint32_t)size};
	struct engine *engine = engine_memory_for(span) < (size_t)64 << 20 ? open_engine(span, 0) : NULL;
	if (engine != NULL) {
		/* What could be opened is written again as it was. */
		char *again = malloc(size);
		require(image_write(engine_course(engine), again, size) == size);
		require(memcmp(again, image, size) == 0);
		free(again);
		struct feed feed = {life, sizeof(life)};
		live(engine, &feed);
		free(engine);
	}
	free(image);
	return 0;
}
