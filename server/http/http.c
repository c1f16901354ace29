#include "server/http/http.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/http/headers.h"
#include "server/http/listen.h"
#include "server/limits.h"
#include "server/problem.h"

struct http {
	struct http_options options;
	struct MHD_Daemon *daemon;
	GThreadPool *workers;
	GMutex lock; /* of what follows */
	GCond answered;
	bool stopping;
	unsigned busy; /* exchanges handed over and not yet sent */
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
	bool handed_over;
	char address[64];
};

const char *request_header(const struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->exchange->connection, MHD_HEADER_KIND, name);
}

const char *request_cookie(struct request *request, const char *name)
{
	return MHD_lookup_connection_value(request->exchange->connection, MHD_COOKIE_KIND, name);
}

const char *request_query(struct request *request, const char *name)
{
	struct exchange *exchange = request->exchange;
	if (exchange->query == NULL) {
		const char *mark = strchr(exchange->uri, '?');
		exchange->query = g_uri_parse_params(
			mark == NULL ? "" : mark + 1, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
		if (exchange->query == NULL) {
			exchange->query = g_hash_table_new(g_str_hash, g_str_equal);
		}
	}
	const char *value = g_hash_table_lookup(exchange->query, name);
	return value != NULL && g_utf8_validate(value, -1, NULL) ? value : NULL;
}

static void *exchange_create(void *data, const char *uri, struct MHD_Connection *connection)
{
	struct exchange *exchange = g_new0(struct exchange, 1);
	exchange->http = data;
	exchange->connection = connection;
	exchange->uri = g_strdup(uri);
	exchange->spool = -1;
	exchange->reply.file = -1;
	exchange->reply.headers = g_ptr_array_new_with_free_func(g_free);
	return exchange;
}

static void spool_finish(struct exchange *exchange)
{
	if (exchange->spool >= 0) {
		close(exchange->spool);
		exchange->spool = -1;
	}
	if (exchange->spool_path != NULL) {
		unlink(exchange->spool_path);
		g_clear_pointer(&exchange->spool_path, g_free);
	}
}

static void exchange_destroy(
	void *data, struct MHD_Connection *connection, void **place, enum MHD_RequestTerminationCode code)
{
	struct exchange *exchange = *place;
	if (exchange == NULL) {
		return;
	}
	*place = NULL;
	if (exchange->handed_over) {
		g_mutex_lock(&exchange->http->lock);
		exchange->http->busy--;
		g_cond_signal(&exchange->http->answered);
		g_mutex_unlock(&exchange->http->lock);
	}
	spool_finish(exchange);
	reply_finish(&exchange->reply);
	route_path_finish(&exchange->path);
	json_decref(exchange->request.json);
	g_clear_pointer(&exchange->request.body, g_bytes_unref);
	g_clear_pointer(&exchange->body, g_byte_array_unref);
	g_clear_pointer(&exchange->query, g_hash_table_unref);
	g_free(exchange->uri);
	g_free(exchange);
}

/* --- Sending --- */

static struct MHD_Response *response_create(struct reply *reply)
{
	struct MHD_Response *response;
	if (reply->file >= 0 && reply->file_length > 0) {
		response = MHD_create_response_from_fd_at_offset64(
			(uint64_t)reply->file_length, reply->file, (uint64_t)reply->file_from);
		reply->file = -1; /* libmicrohttpd closes it */
	} else {
		gsize size = 0;
		const void *bytes = reply->body == NULL ? "" : g_bytes_get_data(reply->body, &size);
		/* The exchange outlives the response: it is destroyed after it was sent. */
		response = MHD_create_response_from_buffer(size, (void *)bytes, MHD_RESPMEM_PERSISTENT);
	}
	if (reply->content_type != NULL) {
		MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, reply->content_type);
	}
	for (guint i = 0; i + 1 < reply->headers->len; i += 2) {
		MHD_add_response_header(response, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
	}
	return response;
}

static enum MHD_Result send_reply(struct exchange *exchange)
{
	struct reply *reply = &exchange->reply;
	bool content = exchange->request.route != NULL && strncmp(exchange->uri, "/content/", 9) == 0;
	headers_add(reply, exchange->request.origin, content);
	if (reply->status >= 500) {
		const char *method = exchange->request.method;
		fprintf(stderr, "fad: %u %s %s\n", reply->status, method,
			exchange->request.route != NULL ? exchange->request.route->pattern : exchange->uri);
	}
	struct MHD_Response *response = response_create(reply);
	enum MHD_Result result = MHD_queue_response(exchange->connection, reply->status, response);
	MHD_destroy_response(response);
	return result;
}

/* --- Working --- */

static void parse_json(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	json_error_t error;
	gsize size = 0;
	const char *bytes = request->body == NULL ? "" : g_bytes_get_data(request->body, &size);
	request->json = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &error);
	if (json_is_object(request->json)) {
		return;
	}
	struct problem problem;
	problem_set(&problem,
		&(struct problem_text){"BAD_JSON", "Il corpo della richiesta non è un oggetto JSON.",
			"The body of the request is not a JSON object.", NULL, NULL},
		request->route->pattern);
	problem.line = error.line > 0 ? (uint32_t)error.line : 0;
	problem.column = error.column > 0 ? (uint32_t)error.column : 0;
	reply_problem(&exchange->reply, 400, &problem);
}

static void work(void *item, void *data)
{
	struct exchange *exchange = item;
	struct request *request = &exchange->request;
	if (request->route->body == BODY_JSON) {
		parse_json(exchange);
	}
	if (exchange->reply.status == 0) {
		request->route->handler(request, &exchange->reply);
	}
	g_assert(exchange->reply.status != 0);
	spool_finish(exchange);
	exchange->state = EXCHANGE_READY;
	MHD_resume_connection(exchange->connection);
}

static enum MHD_Result hand_over(struct exchange *exchange)
{
	struct http *http = exchange->http;
	g_mutex_lock(&http->lock);
	bool stopping = http->stopping;
	if (!stopping) {
		exchange->state = EXCHANGE_WORKING;
		exchange->handed_over = true;
		http->busy++;
		MHD_suspend_connection(exchange->connection);
		g_thread_pool_push(http->workers, exchange, NULL);
	}
	g_mutex_unlock(&http->lock);
	if (!stopping) {
		return MHD_YES;
	}
	reply_header(&exchange->reply, "Connection", "close");
	reply_fault(&exchange->reply, 503,
		&(struct problem_text){"STOPPING", "Il servizio si sta fermando.", "The service is stopping.",
			"Riprovare tra qualche istante.", "Try again in a moment."},
		NULL);
	return send_reply(exchange);
}

/* --- Reading --- */

static bool spool_open(struct exchange *exchange)
{
	exchange->spool_path = g_build_filename(exchange->http->options.spool, "upload-XXXXXX", NULL);
	exchange->spool = g_mkstemp_full(exchange->spool_path, O_RDWR | O_CLOEXEC, 0600);
	if (exchange->spool < 0) {
		g_clear_pointer(&exchange->spool_path, g_free);
		reply_fault(&exchange->reply, 500,
			&(struct problem_text){"DATA_UNWRITABLE", "Il server non riesce a scrivere nella cartella dati.",
				"The server cannot write to its data folder.", "Avvisare l'amministratore.",
				"Tell the administrator."},
			"incoming");
	}
	return exchange->spool >= 0;
}

static bool spool_write(struct exchange *exchange, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(exchange->spool, bytes, size);
		if (written < 0 && errno != EINTR) {
			reply_fault(&exchange->reply, 507,
				&(struct problem_text){"STORE_NO_ROOM", "Lo spazio sul disco del server è finito.",
					"The server's disk is full.", "Avvisare l'amministratore.",
					"Tell the administrator."},
				"incoming");
			return false;
		}
		bytes += written < 0 ? 0 : written;
		size -= written < 0 ? 0 : (size_t)written;
	}
	return true;
}

static void too_large(struct exchange *exchange)
{
	g_autofree char *it = g_strdup_printf("Il corpo della richiesta supera il massimo di %" G_GINT64_FORMAT " byte.",
		exchange->limit);
	g_autofree char *en = g_strdup_printf("The body of the request is larger than the maximum of %" G_GINT64_FORMAT
					      " bytes.",
		exchange->limit);
	reply_fault(&exchange->reply, 413, &(struct problem_text){"TOO_LARGE", it, en, NULL, NULL},
		exchange->request.path);
}

static enum MHD_Result read_on(struct exchange *exchange, const char *bytes, size_t size)
{
	struct request *request = &exchange->request;
	request->body_size += (int64_t)size;
	if (exchange->state == EXCHANGE_DRAINING) {
		return request->body_size > LIMIT_BODY_DRAINED ? MHD_NO : MHD_YES;
	}
	if (request->body_size > exchange->limit) {
		too_large(exchange);
		exchange->state = EXCHANGE_DRAINING;
	} else if (request->route->body == BODY_FILE) {
		if (!spool_write(exchange, bytes, size)) {
			exchange->state = EXCHANGE_DRAINING;
		}
	} else {
		g_byte_array_append(exchange->body, (const guint8 *)bytes, (guint)size);
	}
	return MHD_YES;
}

static enum MHD_Result body_complete(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	if (exchange->state == EXCHANGE_DRAINING) {
		exchange->state = EXCHANGE_READY;
		return send_reply(exchange);
	}
	if (exchange->body != NULL) {
		request->body = g_byte_array_free_to_bytes(g_steal_pointer(&exchange->body));
	}
	request->body_file = exchange->spool_path;
	return hand_over(exchange);
}

/* --- The first look at a request: everything that can be said before its body --- */

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
	g_autofree char *it = g_strdup_printf("Questo server risponde a %s e non a «%s».", exchange->http->origins[0],
		host == NULL ? "" : host);
	g_autofree char *en = g_strdup_printf("This server answers as %s and not as \"%s\".", exchange->http->origins[0],
		host == NULL ? "" : host);
	reply_fault(&exchange->reply, 421,
		&(struct problem_text){"OTHER_HOST", it, en,
			"Aprire l'indirizzo indicato, o impostare --app-origin e --content-origin.",
			"Open the address given, or set --app-origin and --content-origin."},
		NULL);
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
		match = route_find(exchange->http->options.tables, exchange->request.origin, method, &exchange->path,
			&request->route, request->values);
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
			&(struct problem_text){"BAD_PATH", "L'indirizzo non è valido.", "The address is not valid.", NULL,
				NULL},
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

/* True when the body may come. */
static bool first_look(struct exchange *exchange, const char *method_name)
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
	if (!find_origin(exchange) || !find_route(exchange, method)) {
		return false;
	}
	exchange->limit = body_limit(request->route);
	const char *length = request_header(request, "Content-Length");
	if (length != NULL && g_ascii_strtoll(length, NULL, 10) > MAX(exchange->limit, 0)) {
		too_large(exchange);
		return false;
	}
	if (!exchange->http->options.admit(request, &exchange->reply)) {
		return false;
	}
	if (request->route->body == BODY_FILE) {
		return spool_open(exchange);
	}
	exchange->body = g_byte_array_new();
	return true;
}

static enum MHD_Result refuse(struct exchange *exchange)
{
	const char *length = request_header(&exchange->request, "Content-Length");
	bool chunked = request_header(&exchange->request, "Transfer-Encoding") != NULL;
	int64_t size = length == NULL ? 0 : g_ascii_strtoll(length, NULL, 10);
	if (size <= LIMIT_BODY_DRAINED || chunked) {
		/* Answering at once would make libmicrohttpd close the connection. */
		exchange->state = EXCHANGE_DRAINING;
		return MHD_YES;
	}
	exchange->state = EXCHANGE_READY;
	return send_reply(exchange);
}

static enum MHD_Result answer(void *data, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *upload, size_t *upload_size, void **place)
{
	struct exchange *exchange = *place;
	if (exchange->state == EXCHANGE_NEW) {
		if (!first_look(exchange, method)) {
			return refuse(exchange);
		}
		exchange->state = EXCHANGE_READING;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		size_t size = *upload_size;
		*upload_size = 0;
		return read_on(exchange, upload, size);
	}
	switch (exchange->state) {
	case EXCHANGE_READING:
	case EXCHANGE_DRAINING:
		return body_complete(exchange);
	case EXCHANGE_READY:
		return send_reply(exchange);
	case EXCHANGE_NEW:
	case EXCHANGE_WORKING:
		break;
	}
	return MHD_YES;
}

/* --- Starting and stopping --- */

static char *origin_or(const char *origin, const char *host, uint16_t port)
{
	if (origin == NULL) {
		return g_strdup_printf("http://%s:%u", host, port);
	}
	char *copy = g_strdup(origin);
	size_t length = strlen(copy);
	if (length > 0 && copy[length - 1] == '/') {
		copy[length - 1] = '\0';
	}
	return copy;
}

struct http *http_start(const struct http_options *options, struct problem *ret)
{
	int file = listen_open(options->listen, options->port, ret);
	if (file < 0) {
		return NULL;
	}
	struct http *http = g_new0(struct http, 1);
	g_mutex_init(&http->lock);
	g_cond_init(&http->answered);
	http->options = *options;
	http->port = listen_port(file);
	http->origins[ORIGIN_APPLICATION] = origin_or(options->application_origin, "localhost", http->port);
	http->origins[ORIGIN_CONTENT] = origin_or(options->content_origin, "127.0.0.1", http->port);
	http->workers = g_thread_pool_new(work, http, LIMIT_WORKERS, FALSE, NULL);
	if (options->place != NULL) {
		*options->place = http;
	}
	http->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME, 0, NULL, NULL, answer, http,
		MHD_OPTION_LISTEN_SOCKET, file, MHD_OPTION_THREAD_POOL_SIZE, 2u, MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)LIMIT_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_CONNECTION_IDLE_SECONDS,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)(64 * 1024), MHD_OPTION_URI_LOG_CALLBACK, exchange_create, http,
		MHD_OPTION_NOTIFY_COMPLETED, exchange_destroy, http, MHD_OPTION_END);
	if (http->daemon == NULL) {
		close(file);
		problem_set(ret,
			&(struct problem_text){"CANNOT_LISTEN", "Il servizio HTTP non si avvia.", "The HTTP service does not start.",
				NULL, NULL},
			options->listen);
		if (options->place != NULL) {
			*options->place = NULL;
		}
		http_stop(http);
		return NULL;
	}
	return http;
}

/* What was worked out is sent too; but a browser that does not read holds nothing up for long. */
static void wait_for_answers(struct http *http)
{
	int64_t until = g_get_monotonic_time() + 5 * G_TIME_SPAN_SECOND;
	g_mutex_lock(&http->lock);
	while (http->busy > 0 && g_cond_wait_until(&http->answered, &http->lock, until)) {
	}
	g_mutex_unlock(&http->lock);
}

void http_stop(struct http *http)
{
	if (http == NULL) {
		return;
	}
	int file = http->daemon == NULL ? -1 : MHD_quiesce_daemon(http->daemon);
	g_mutex_lock(&http->lock);
	http->stopping = true;
	g_mutex_unlock(&http->lock);
	g_thread_pool_free(http->workers, FALSE, TRUE);
	wait_for_answers(http);
	if (http->daemon != NULL) {
		MHD_stop_daemon(http->daemon);
	}
	if (file >= 0) {
		close(file);
	}
	g_free(http->origins[0]);
	g_free(http->origins[1]);
	g_cond_clear(&http->answered);
	g_mutex_clear(&http->lock);
	g_free(http);
}

uint16_t http_port(const struct http *http)
{
	return http->port;
}

const char *http_origin(const struct http *http, enum http_origin origin)
{
	return http->origins[origin];
}
