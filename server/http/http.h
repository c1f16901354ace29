/*
 * The one door to libmicrohttpd (this folder's exchange.h). Its threads (epoll) only move bytes: a complete request is suspended and
 * handed to a pool of workers, where handlers may block on the disk; the answer resumes the connection.
 *
 * One port, two origins told apart by the Host header: the application's and the content's; any other
 * Host is answered 421. Every answer carries the security headers of its origin (headers.c).
 */
#ifndef SERVER_HTTP_HTTP_H
#define SERVER_HTTP_HTTP_H

#include "server/http/request.h"

struct http;

struct http_options {
	struct app *app;
	struct http **place; /* set before the first request comes; may be NULL */
	const char *listen;  /* address: "127.0.0.1", "0.0.0.0", "::" */
	uint16_t port;       /* 0: any free one */
	const char *application_origin,
		*content_origin; /* "http://localhost:8080"; NULL: localhost, 127.0.0.1 */
	const char *spool;       /* folder for BODY_FILE */
	const struct route *const *tables;
	/*
	 * Asked before the body is read, on a thread that must not wait long: fills request->who, or answers
	 * the refusal and gives false.
	 */
	bool (*admit)(struct request *request, struct reply *reply);
	/* Answers GET of what is no route: the application's and the player's static files. */
	route_handler otherwise;
};

/* NULL: `ret` says why (PORT_IN_USE, …). */
struct http *http_start(const struct http_options *options, struct problem *ret);
/* Takes no new connection, waits for requests in work, closes. Accepts NULL. */
void http_stop(struct http *http);

uint16_t http_port(const struct http *http);
const char *http_origin(const struct http *http, enum http_origin origin); /* without a slash at the end */

#endif
