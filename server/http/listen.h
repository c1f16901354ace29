/*
 * The listening socket.
 */
#ifndef SERVER_HTTP_LISTEN_H
#define SERVER_HTTP_LISTEN_H

#include <netinet/in.h>
#include <sys/socket.h>

#include "player/engine/base.h"

/* A non-blocking socket, or -1 with PORT_IN_USE or CANNOT_LISTEN. */
int listen_open(const char *address, uint16_t port, struct problem *ret);
uint16_t listen_port(int file);
void address_text(const struct sockaddr *address, char *ret, size_t size);

#endif
