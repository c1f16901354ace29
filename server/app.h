/*
 * What every handler shares, made once at start and handed down; nothing else is global.
 */
#ifndef SERVER_APP_H
#define SERVER_APP_H

#include "server/http/assets.h"
#include "server/http/http.h"
#include "server/store/store.h"

struct batch_worker;
struct board_keeper;
struct content_cache;
struct import_pool;
struct limiter;
struct mail_worker;
struct prepared_cache;

struct app {
	struct store *store;
	struct http *http;      /* for the origins; NULL in commands that serve nothing */
	struct assets *assets;  /* NULL likewise */
	struct limiter *logins; /* wrong passwords, by account and by address */
	struct batch_worker *certificates; /* NULL likewise */
	struct mail_worker *mail; /* NULL likewise */
	struct import_pool *imports; /* NULL likewise */
	struct prepared_cache *prepared; /* of adaptive placements */
	struct board_keeper *board; /* the programme's numbers */
	struct content_cache *files; /* who may read which files of courses */
	char *folder;           /* the data folder; below it: */
	char *content;          /* content/: immutable course folders */
	char *incoming;         /* incoming/: bodies being received */
	char *exports;          /* exports/: reports made */
	unsigned char key[32];  /* this installation's own, in its data base: CSRF tokens */
	unsigned char vault[32]; /* the key outside the data base (server/key.h) */
};

/*
 * Opens the data folder, making what is missing. NULL: DATA_UNWRITABLE, SCHEMA_NEWER, …
 * Several processes may have it open at once (fad serve and fad import).
 */
struct app *app_open(const char *folder, struct problem *ret);
/* Accepts NULL. */
void app_close(struct app *app);

#endif
