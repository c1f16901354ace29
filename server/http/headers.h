/*
 * Security headers by origin and by what is served.
 */
#ifndef SERVER_HTTP_HEADERS_H
#define SERVER_HTTP_HEADERS_H

#include "server/http/request.h"

/* The Content-Security-Policy of a course's page that may also load scripts and styles from these hosts (names
 * separated by blanks, as the setting content_hosts has them). Yours (g_free). */
char *headers_course_policy(const char *hosts);

/* Adds what the origin demands unless the handler already set that header. */
/* `address` is the origin's own: "http://127.0.0.1:8080". */
void headers_add(struct reply *reply, enum http_origin origin, const char *address, bool course_content);

#endif
