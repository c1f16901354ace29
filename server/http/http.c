#include "server/http/exchange.h"

#include <unistd.h>

#include "server/http/listen.h"
#include "server/limits.h"

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
	return exchange_send(exchange);
}

static enum MHD_Result answer(void *data, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size, void **place)
{
	struct exchange *exchange = *place;
	if (exchange->state == EXCHANGE_NEW) {
		if (!exchange_look(exchange, method)) {
			return refuse(exchange);
		}
		exchange->state = EXCHANGE_READING;
		return MHD_YES;
	}
	if (*upload_size > 0) {
		size_t size = *upload_size;
		*upload_size = 0;
		return body_read(exchange, upload, size);
	}
	switch (exchange->state) {
	case EXCHANGE_READING:
	case EXCHANGE_DRAINING:
		return body_complete(exchange);
	case EXCHANGE_READY:
		return exchange_send(exchange);
	case EXCHANGE_NEW:
	case EXCHANGE_WORKING:
		break;
	}
	return MHD_YES;
}

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
	http->workers = g_thread_pool_new(exchange_work, http, LIMIT_WORKERS, FALSE, NULL);
	if (options->place != NULL) {
		*options->place = http;
	}
	http->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME, 0, NULL, NULL,
		answer, http, MHD_OPTION_LISTEN_SOCKET, file, MHD_OPTION_THREAD_POOL_SIZE, 2u,
		MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIMIT_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)LIMIT_CONNECTION_IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)LIMIT_CONNECTION_BYTES, MHD_OPTION_URI_LOG_CALLBACK, exchange_create, http,
		MHD_OPTION_NOTIFY_COMPLETED, exchange_destroy, http, MHD_OPTION_END);
	if (http->daemon == NULL) {
		close(file);
		problem_set(ret,
			&(struct problem_text){"CANNOT_LISTEN", "Il servizio HTTP non si avvia.",
				"The HTTP service does not start.", NULL, NULL},
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
