/*
 * The inside of the HTTP door: one request and its reply on their way through it. Only files of server/http
 * that speak to libmicrohttpd include this.
 *
 *   http.c     starting, stopping, and libmicrohttpd's callback
 *   exchange.c an exchange's life; what a handler asks of its request; sending
 *   look.c     the first look: origin, route, limit, who asks
 *   body.c     the body comes in, and the worker takes over
 */
#ifndef SERVER_HTTP_EXCHANGE_H
#define SERVER_HTTP_EXCHANGE_H

#include <microhttpd.h>

#include "server/http/http.h"

struct http {
	struct http_options options;
	struct MHD_Daemon *daemon;
	GThreadPool *workers;
	GMutex lock; /* of what follows */
	GCond answered;
	bool stopping;
	unsigned busy; /* exchanges handed over and not yet sent */
	int64_t copied; /* bytes of files in memory that wait to be sent; atomic */
	uint16_t port;
	char *origins[2];
};

enum exchange_state {
	EXCHANGE_NEW,
	EXCHANGE_READING,  /* the body comes in */
	EXCHANGE_DRAINING, /* refused; the rest of the body is thrown away */
	EXCHANGE_WORKING,  /* suspended, with a worker */
	EXCHANGE_READY,    /* the reply waits to be sent */
};

struct exchange {
	struct http *http;
	struct MHD_Connection *connection;
	char *uri; /* as sent, with the query */
	enum exchange_state state;
	struct route_path path;
	struct request request;
	struct reply reply;
	GHashTable *query; /* read when first asked */
	GByteArray *body;
	int spool; /* -1 */
	char *spool_path;
	int64_t limit;
	int64_t copied; /* of http->copied, this one's */
	bool handed_over;
	char address[64];
};

/* libmicrohttpd's callbacks for a request's begin and end. */
void *exchange_create(void *data, const char *uri, struct MHD_Connection *connection);
void exchange_destroy(
	void *data, struct MHD_Connection *connection, void **place, enum MHD_RequestTerminationCode code);
/* Queues the reply. */
enum MHD_Result exchange_send(struct exchange *exchange);

/* Everything that can be said before the body. True when the body may come; else the reply is set. */
bool exchange_look(struct exchange *exchange, const char *method_name);
/* 413, also while the body comes in. */
void exchange_too_large(struct exchange *exchange);

/* Makes ready for the body. False: the reply is set. */
bool body_begin(struct exchange *exchange);
enum MHD_Result body_read(struct exchange *exchange, const char *bytes, size_t size);
enum MHD_Result body_complete(struct exchange *exchange);
void spool_finish(struct exchange *exchange);
/* What the pool's threads do. */
void exchange_work(void *item, void *data);

#endif
