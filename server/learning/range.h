/* Byte ranges of a file that is sent. */
#ifndef SERVER_LEARNING_RANGE_H
#define SERVER_LEARNING_RANGE_H

#include <stdint.h>

/* One byte range, RFC 9110 14.1.2. */
enum range_result {
	RANGE_NONE, /* absent, several, or not understood: the whole file is the answer */
	RANGE_PART,
	RANGE_OUTSIDE, /* 416 */
};
enum range_result range_read(const char *header, int64_t size, int64_t *ret_from, int64_t *ret_length);

#endif
