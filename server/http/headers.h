/*
 * Security headers by origin and by what is served.
 */
#ifndef SERVER_HTTP_HEADERS_H
#define SERVER_HTTP_HEADERS_H

#include "server/http/request.h"

/* Adds what the origin demands unless the handler already set that header. */
void headers_add(struct reply *reply, enum http_origin origin, bool course_content);

#endif
