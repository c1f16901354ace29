/*
 * The application's and the player's own files, read into memory at start and served with an ETag.
 */
#ifndef SERVER_HTTP_ASSETS_H
#define SERVER_HTTP_ASSETS_H

#include "server/http/request.h"

struct assets;

/* Reads FOLDER/app and FOLDER/player. NULL: `ret` says what cannot be read. */
struct assets *assets_create(const char *folder, struct problem *ret);
void assets_destroy(struct assets *assets);

/*
 * `path` is "app/…" or "player/…". False when there is no such file. A file whose address changes with its
 * content may be kept for ever; the others are asked for again with their ETag.
 */
bool assets_answer(
	const struct assets *assets, const char *path, const struct request *request, struct reply *reply);

#endif
