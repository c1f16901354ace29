/* The SHA-256 of a file, computed beside other work. Included by import.c only. */
#ifndef PACKAGES_DIGEST_H
#define PACKAGES_DIGEST_H

#include <stdbool.h>
#include <stdint.h>

struct digest;

/* Starts reading the file in a thread of its own. */
struct digest *digest_start(const char *path);
/* The digest when it is ready, NULL when it is not. Borrowed. */
const char *digest_ready(struct digest *digest);
/* Waits. NULL with errno when the file could not be read. Borrowed. */
const char *digest_wait(struct digest *digest, uint64_t *ret_bytes);
/* Gives up if it is not through yet. */
void digest_destroy(struct digest *digest);

#endif
