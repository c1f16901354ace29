/* Any bytes as journal records, renumbered so that they are not only gaps. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "player/engine/bytes.h"
#include "player/engine/record/journal.h"

/* The input replayed as it is, then record by record as the next in line. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1 || size > 100000) {
		return 0;
	}
	struct engine *engine = open_engine(course_image((enum scorm_edition)(data[0] & 3)), 400000);
	struct span records = {(const char *)data + 1, (uint32_t)size - 1};
	(void)engine_replay(engine, records, NULL);
	struct journal_record record;
	unsigned char *room = malloc(size + 256);
	while (journal_read(&records, &record)) {
		struct engine_summary summary;
		engine_summarise(engine, &summary);
		record.sequence = summary.last_sequence + 1;
		struct byte_writer writer = {.at = room, .room = size + 256};
		journal_write(&writer, &record);
		require(writer.used <= writer.room);
		(void)engine_replay(engine, (struct span){(char *)room, (uint32_t)writer.used}, NULL);
	}
	free(room);
	struct span snapshot = snapshot_of(engine);
	require(engine_restore(engine, snapshot) == ENGINE_OK);
	free((void *)snapshot.at);
	free(engine);
	return 0;
}
