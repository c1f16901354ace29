/* Hashing in a thread, so that a large package is hashed while it is unpacked. */
#include "packages/import/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <nettle/sha2.h>
#include <unistd.h>

enum {
	PIECE = 256 * 1024,
};

struct digest {
	char *path;
	GThread *thread;
	gint ready, stop; /* atomic */
	int error;
	uint64_t bytes;
	char *hex;
};

struct hasher {
	struct sha256_ctx state;
};

struct hasher *hasher_create(void)
{
	struct hasher *hasher = g_new0(struct hasher, 1);
	sha256_init(&hasher->state);
	return hasher;
}

void hasher_update(struct hasher *hasher, const void *bytes, size_t len)
{
	sha256_update(&hasher->state, len, bytes);
}

void hasher_finish(struct hasher *hasher, unsigned char ret[DIGEST_BYTES])
{
	sha256_digest(&hasher->state, DIGEST_BYTES, ret); /* which begins anew */
}

void hasher_destroy(struct hasher *hasher)
{
	g_free(hasher);
}

void digest_hex(const unsigned char bytes[DIGEST_BYTES], char ret[65])
{
	for (unsigned i = 0; i < DIGEST_BYTES; i++) {
		g_snprintf(ret + (size_t)i * 2, 3, "%02x", bytes[i]);
	}
}

static void read_all(struct digest *digest, int fd, struct hasher *sum)
{
	g_autofree unsigned char *piece = g_malloc(PIECE);
	while (!g_atomic_int_get(&digest->stop)) {
		ssize_t got = read(fd, piece, PIECE);
		if (got < 0) {
			digest->error = errno;
			return;
		}
		if (got == 0) {
			unsigned char bytes[DIGEST_BYTES];
			hasher_finish(sum, bytes);
			digest->hex = g_malloc(65);
			digest_hex(bytes, digest->hex);
			return;
		}
		digest->bytes += (uint64_t)got;
		hasher_update(sum, piece, (size_t)got);
	}
}

static void *run(void *data)
{
	struct digest *digest = data;
	struct hasher *sum = hasher_create();
	int fd = open(digest->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		digest->error = errno;
	} else {
		read_all(digest, fd, sum);
		close(fd);
	}
	hasher_destroy(sum);
	g_atomic_int_set(&digest->ready, 1);
	return NULL;
}

struct digest *digest_start(const char *path)
{
	struct digest *digest = g_new0(struct digest, 1);
	digest->path = g_strdup(path);
	digest->thread = g_thread_new("digest", run, digest);
	return digest;
}

const char *digest_ready(struct digest *digest)
{
	return g_atomic_int_get(&digest->ready) ? digest->hex : NULL;
}

const char *digest_wait(struct digest *digest, uint64_t *ret_bytes)
{
	if (digest->thread) {
		g_thread_join(digest->thread);
		digest->thread = NULL;
	}
	errno = digest->error;
	*ret_bytes = digest->bytes;
	return digest->hex;
}

void digest_destroy(struct digest *digest)
{
	if (digest) {
		uint64_t bytes = 0;
		g_atomic_int_set(&digest->stop, 1);
		digest_wait(digest, &bytes);
		g_free(digest->path);
		g_free(digest->hex);
		g_free(digest);
	}
}
