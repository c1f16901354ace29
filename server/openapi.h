/*
 * The API described in OpenAPI 3.1, made from the table of routes itself: it cannot fall behind it.
 */
#ifndef SERVER_OPENAPI_H
#define SERVER_OPENAPI_H

#include <jansson.h>

/* A new reference. */
json_t *openapi_json(void);

#endif
