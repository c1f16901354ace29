/*
 * The listening socket, opened by ourselves so that a fault can be told in words.
 */
#include "server/http/listen.h"

#include <errno.h>
#include <glib.h>
#include <netdb.h>
#include <unistd.h>

#include "server/problem.h"

static int fault(const char *where, int error, struct problem *ret)
{
	bool used = error == EADDRINUSE;
	g_autofree char *it =
		used ? g_strdup_printf("La porta %s è già usata da un altro programma.", where)
		     : g_strdup_printf("Impossibile ascoltare su %s: %s", where, g_strerror(error));
	g_autofree char *en = used ? g_strdup_printf("Port %s is used by another program already.", where)
				   : g_strdup_printf("Cannot listen on %s: %s", where, g_strerror(error));
	problem_set(ret,
		&(struct problem_text){used ? "PORT_IN_USE" : "CANNOT_LISTEN", it, en,
			"Fermare l'altro programma, o sceglierne un'altra con --port.",
			"Stop the other program, or choose another port with --port."},
		where);
	return -1;
}

int listen_open(const char *address, uint16_t port, struct problem *ret)
{
	char service[8];
	g_snprintf(service, sizeof(service), "%u", port);
	g_autofree char *where = g_strdup_printf("%s:%s", address, service);
	struct addrinfo *found = NULL;
	const struct addrinfo hints = {
		.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV,
		.ai_socktype = SOCK_STREAM,
	};
	if (getaddrinfo(address, service, &hints, &found) != 0) {
		return fault(where, EADDRNOTAVAIL, ret);
	}
	int file = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int error = file < 0 ? errno : 0;
	if (error == 0) {
		setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
		if (bind(file, found->ai_addr, found->ai_addrlen) != 0 || listen(file, 4096) != 0) {
			error = errno;
			close(file);
		}
	}
	freeaddrinfo(found);
	return error == 0 ? file : fault(where, error, ret);
}

uint16_t listen_port(int file)
{
	struct sockaddr_storage bound;
	socklen_t size = sizeof(bound);
	char service[8];
	if (getsockname(file, (struct sockaddr *)&bound, &size) != 0 ||
		getnameinfo((struct sockaddr *)&bound, size, NULL, 0, service, sizeof(service),
			NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
		return 0;
	}
	return (uint16_t)g_ascii_strtoull(service, NULL, 10);
}

void address_text(const struct sockaddr *address, char *ret, size_t size)
{
	socklen_t length =
		address->sa_family == AF_INET6 ? sizeof(struct sockaddr_in6) : sizeof(struct sockaddr_in);
	if (getnameinfo(address, length, ret, (socklen_t)size, NULL, 0, NI_NUMERICHOST) != 0) {
		g_strlcpy(ret, "?", size);
	}
}
