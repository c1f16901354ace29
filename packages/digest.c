/* Hashing in a thread, so that a large package is hashed while it is unpacked. */
#include "packages/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
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

static void read_all(struct digest *digest, int fd, GChecksum *sum)
{
	g_autofree unsigned char *piece = g_malloc(PIECE);
	while (!g_atomic_int_get(&digest->stop)) {
		ssize_t got = read(fd, piece, PIECE);
		if (got < 0) {
			digest->error = errno;
			return;
		}
		if (got == 0) {
			digest->hex = g_strdup(g_checksum_get_string(sum));
			return;
		}
		digest->bytes += (uint64_t)got;
		g_checksum_update(sum, piece, got);
	}
}

static void *run(void *data)
{
	struct digest *digest = data;
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	int fd = open(digest->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		digest->error = errno;
	} else {
		read_all(digest, fd, sum);
		close(fd);
	}
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
