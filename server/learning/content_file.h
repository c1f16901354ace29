/*
 * A file of a published course, opened below its folder and nowhere else.
 */
#ifndef SERVER_LEARNING_CONTENT_FILE_H
#define SERVER_LEARNING_CONTENT_FILE_H

#include <stdbool.h>
#include <stdint.h>

struct content_file {
	int file; /* close() it */
	int64_t size;
	char name[256]; /* as it is on disk */
};

/*
 * `path` is relative, its parts separated by "/", already percent-decoded. A part that is not there is looked
 * for without regard to case, as on the machine the course was made on. Links are not followed.
 */
bool content_open(const char *folder, const char *path, struct content_file *ret);

/* One byte range, RFC 9110 14.1.2. */
enum range_result {
	RANGE_NONE, /* absent, several, or not understood: the whole file is the answer */
	RANGE_PART,
	RANGE_OUTSIDE, /* 416 */
};
enum range_result range_read(const char *header, int64_t size, int64_t *ret_from, int64_t *ret_length);

#endif
