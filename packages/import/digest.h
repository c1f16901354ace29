/* SHA-256: of a file beside other work, and piece by piece. Included by import.c and unpack*.c only. */
#ifndef PACKAGES_DIGEST_H
#define PACKAGES_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	DIGEST_BYTES = 32,
};

struct digest;

/* Starts reading the file in a thread of its own. */
struct digest *digest_start(const char *path);
/* The digest when it is ready, NULL when it is not. Borrowed. */
const char *digest_ready(struct digest *digest);
/* Waits. NULL with errno when the file could not be read. Borrowed. */
const char *digest_wait(struct digest *digest, uint64_t *ret_bytes);
/* Gives up if it is not through yet. */
void digest_destroy(struct digest *digest);

/* Piece by piece; finishing makes it ready for the next. */
struct hasher;
struct hasher *hasher_create(void);
void hasher_update(struct hasher *hasher, const void *bytes, size_t len);
void hasher_finish(struct hasher *hasher, unsigned char ret[DIGEST_BYTES]);
void hasher_destroy(struct hasher *hasher);

void digest_hex(const unsigned char bytes[DIGEST_BYTES], char ret[65]);

#endif
