/*
 * The first look at a request: everything that can be said before its body.
 */
#include "server/http/exchange.h"

#include <string.h>

#include "server/http/listen.h"
#include "server/limits.h"

static bool host_is(const char *host, const char *origin)
{
	const char *begin = strstr(origin, "://");
	return begin != NULL && g_ascii_strcasecmp(host, begin + 3) == 0;
}

static bool find_origin(struct exchange *exchange)
{
	const char *host = MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, "Host");
	for (int i = 0; host != NULL && i < 2; i++) {
		if (host_is(host, exchange->http->origins[i])) {
			exchange->request.origin = (enum http_origin)i;
			return true;
		}
	}
	g_autofree char *it = g_strdup_printf("Questo server risponde a %s e non a «%s».",
		exchange->http->origins[0], host == NULL ? "" : host);
	g_autofree char *en = g_strdup_printf("This server answers as %s and not as \"%s\".",
		exchange->http->origins[0], host == NULL ? "" : host);
	reply_fault(&exchange->reply, 421,
		&(struct problem_text){"OTHER_HOST", it, en,
			"Aprire l'indirizzo indicato, o impostare --app-origin e --content-origin.",
			"Open the address given, or set --app-origin and --content-origin."},
		NULL);
	return false;
}

/* Nothing here is meant to be one, and one of a course would answer in the place of every other. */
static bool is_no_service_worker(struct exchange *exchange)
{
	if (request_header(&exchange->request, "Service-Worker") == NULL) {
		return true;
	}
	reply_fault(&exchange->reply, 403,
		&(struct problem_text){"NO_SERVICE_WORKER", "Qui non si installano service worker.",
			"No service worker is installed from here.", NULL, NULL},
		exchange->request.path);
	return false;
}

static enum http_method read_method(struct request *request, const char *method)
{
	request->head = strcmp(method, "HEAD") == 0;
	request->method = request->head ? "GET" : method;
	for (enum http_method each = HTTP_GET; each <= HTTP_DELETE; each++) {
		if (strcmp(request->method, http_method_name(each)) == 0) {
			return each;
		}
	}
	return HTTP_NO_METHOD;
}

static bool find_route(struct exchange *exchange, enum http_method method)
{
	struct request *request = &exchange->request;
	enum route_match match = ROUTE_BAD_PATH;
	if (strlen(exchange->uri) <= LIMIT_PATH_BYTES && route_path_init(&exchange->path, exchange->uri)) {
		match = route_find(exchange->http->options.tables, exchange->request.origin, method,
			&exchange->path, &request->route, request->values);
	}
	switch (match) {
	case ROUTE_FOUND:
		return true;
	case ROUTE_UNKNOWN:
		if (method == HTTP_GET) {
			exchange->http->options.otherwise(request, &exchange->reply);
		}
		if (exchange->reply.status == 0) {
			reply_not_found(&exchange->reply, request->path);
		}
		return false;
	case ROUTE_OTHER_METHOD:
		reply_fault(&exchange->reply, 405,
			&(struct problem_text){"OTHER_METHOD", "Questo indirizzo non accetta questo metodo.",
				"This address does not take this method.", NULL, NULL},
			request->path);
		return false;
	case ROUTE_BAD_PATH:
		reply_fault(&exchange->reply, 400,
			&(struct problem_text){"BAD_PATH", "L'indirizzo non è valido.",
				"The address is not valid.", NULL, NULL},
			NULL);
		return false;
	}
	g_assert_not_reached();
}

static int64_t body_limit(const struct route *route)
{
	if (route->body == BODY_NONE) {
		return 4096; /* "{}" and the like, ignored */
	}
	return route->body_limit > 0 ? route->body_limit : LIMIT_JSON_BYTES;
}

void exchange_too_large(struct exchange *exchange)
{
	g_autofree char *it = g_strdup_printf(
		"Il corpo della richiesta supera il massimo di %" G_GINT64_FORMAT " byte.", exchange->limit);
	g_autofree char *en = g_strdup_printf(
		"The body of the request is larger than the maximum of %" G_GINT64_FORMAT " bytes.",
		exchange->limit);
	reply_fault(&exchange->reply, 413, &(struct problem_text){"TOO_LARGE", it, en, NULL, NULL},
		exchange->request.path);
}

bool exchange_look(struct exchange *exchange, const char *method_name)
{
	struct request *request = &exchange->request;
	request->app = exchange->http->options.app;
	request->exchange = exchange;
	enum http_method method = read_method(request, method_name);
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	address_text(info->client_addr, exchange->address, sizeof(exchange->address));
	request->address = exchange->address;
	request->path = exchange->uri;
	if (!find_origin(exchange) || !is_no_service_worker(exchange) || !find_route(exchange, method)) {
		return false;
	}
	exchange->limit = body_limit(request->route);
	const char *length = request_header(request, "Content-Length");
	if (length != NULL && g_ascii_strtoll(length, NULL, 10) > MAX(exchange->limit, 0)) {
		exchange_too_large(exchange);
		return false;
	}
	if (!exchange->http->options.admit(request, &exchange->reply)) {
		return false;
	}
	return body_begin(exchange);
}
