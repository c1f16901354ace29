/*
 * The body comes in, into memory or a file; then a worker takes over.
 */
#include "server/http/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "server/limits.h"

void spool_finish(struct exchange *exchange)
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

void exchange_work(void *item, void *data)
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
	return exchange_send(exchange);
}

static bool spool_open(struct exchange *exchange)
{
	exchange->spool_path = g_build_filename(exchange->http->options.spool, "upload-XXXXXX", NULL);
	exchange->spool = g_mkstemp_full(exchange->spool_path, O_RDWR | O_CLOEXEC, 0600);
	if (exchange->spool < 0) {
		g_clear_pointer(&exchange->spool_path, g_free);
		reply_fault(&exchange->reply, 500,
			&(struct problem_text){"DATA_UNWRITABLE",
				"Il server non riesce a scrivere nella cartella dati.",
				"The server cannot write to its data folder.", "Avvisare l'amministratore.",
				"Tell the administrator."},
			"incoming");
	}
	return exchange->spool >= 0;
}

bool body_begin(struct exchange *exchange)
{
	if (exchange->request.route->body == BODY_FILE) {
		return spool_open(exchange);
	}
	exchange->body = g_byte_array_new();
	return true;
}

static bool spool_write(struct exchange *exchange, const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(exchange->spool, bytes, size);
		if (written < 0 && errno != EINTR) {
			reply_fault(&exchange->reply, 507,
				&(struct problem_text){"STORE_NO_ROOM",
					"Lo spazio sul disco del server è finito.",
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

enum MHD_Result body_read(struct exchange *exchange, const char *bytes, size_t size)
{
	struct request *request = &exchange->request;
	request->body_size += (int64_t)size;
	if (exchange->state == EXCHANGE_DRAINING) {
		return request->body_size > LIMIT_BODY_DRAINED ? MHD_NO : MHD_YES;
	}
	if (request->body_size > exchange->limit) {
		exchange_too_large(exchange);
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

enum MHD_Result body_complete(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	if (exchange->state == EXCHANGE_DRAINING) {
		exchange->state = EXCHANGE_READY;
		return exchange_send(exchange);
	}
	if (exchange->body != NULL) {
		request->body = g_byte_array_free_to_bytes(g_steal_pointer(&exchange->body));
	}
	request->body_file = exchange->spool_path;
	if ((request->route->flags & ROUTE_QUICK) != 0) {
		request->route->handler(request, &exchange->reply);
		exchange->state = EXCHANGE_READY;
		return exchange_send(exchange);
	}
	return hand_over(exchange);
}
