/* Any bytes as a report to be read back: it ends, says why when it cannot, and what was read is like itself. */
#include <stdlib.h>

#include "server/ecm/report_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void no_difference(enum report_difference what, const struct report_line *first,
	const struct report_line *second, unsigned fields, void *data)
{
	abort();
}

static const struct report_schema *schema(void)
{
	static struct report_schema *loaded;
	struct problem problem;
	if (!loaded && !(loaded = report_schema_load(NULL, REPORT_SCHEMA_CURRENT, &problem))) {
		abort();
	}
	return loaded;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct faults faults;
	struct report_file file;
	faults_init(&faults, 50);
	struct report_reader *reader = report_reader_create(schema(), &faults);
	size_t piece = len ? 1 + bytes[len - 1] : 1; /* a file comes in pieces that may end anywhere */
	bool whole = true;
	for (size_t at = 0; whole && at < len; at += piece) {
		whole = report_reader_feed(reader, bytes + at, MIN(piece, len - at));
	}
	if (report_reader_end(reader, true, &file)) {
		if (report_compare(&file, &file, no_difference, NULL) != file.lines->len) {
			abort();
		}
		report_file_finish(&file);
	} else if (faults.list->len == 0) {
		abort();
	}
	faults_finish(&faults);
	return 0;
}
