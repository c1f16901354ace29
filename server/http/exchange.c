#include "server/http/exchange.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "server/http/headers.h"
#include "server/limits.h"

enum {
	SENDFILE_PIECE = 128 * 1024, /* libmicrohttpd's, of a file */
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

void *exchange_create(void *data, const char *uri, struct MHD_Connection *connection)
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

void exchange_destroy(
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
	__atomic_fetch_sub(&exchange->http->copied, exchange->copied, __ATOMIC_RELAXED);
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

static bool read_whole(int file, void *bytes, int64_t length, int64_t from)
{
	int64_t done = 0;
	while (done < length) {
		ssize_t got = pread(file, (char *)bytes + done, (size_t)(length - done), (off_t)(from + done));
		if (got <= 0) {
			return false;
		}
		done += got;
	}
	return true;
}

/*
 * A file of more than one piece takes a turn of libmicrohttpd's loop for each, and its headers a packet of their own.
 * What is little more than one, as the parts of a video, is sent sooner from memory, headers and all in one call.
 */
static void copy_file(struct exchange *exchange)
{
	struct reply *reply = &exchange->reply;
	int64_t length = reply->file_length;
	if (reply->file < 0 || length <= SENDFILE_PIECE || length > LIMIT_REPLY_COPIED_BYTES ||
		exchange->request.head) {
		return;
	}
	exchange->copied = length;
	int64_t all = __atomic_add_fetch(&exchange->http->copied, length, __ATOMIC_RELAXED);
	g_autofree void *bytes = all <= LIMIT_REPLIES_COPIED_BYTES ? g_try_malloc((gsize)length) : NULL;
	if (bytes == NULL || !read_whole(reply->file, bytes, length, reply->file_from)) {
		__atomic_fetch_sub(&exchange->http->copied, length, __ATOMIC_RELAXED);
		exchange->copied = 0;
		return;
	}
	reply->body = g_bytes_new_take(g_steal_pointer(&bytes), (gsize)length);
	close(reply->file);
	reply->file = -1;
}

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

enum MHD_Result exchange_send(struct exchange *exchange)
{
	struct reply *reply = &exchange->reply;
	bool content = exchange->request.route != NULL && strncmp(exchange->uri, "/content/", 9) == 0;
	headers_add(reply, exchange->request.origin, exchange->http->origins[exchange->request.origin], content);
	if (reply->status >= 500) {
		const char *method = exchange->request.method;
		fprintf(stderr, "fad: %u %s %s\n", reply->status, method,
			exchange->request.route != NULL ? exchange->request.route->pattern : exchange->uri);
	}
	copy_file(exchange);
	struct MHD_Response *response = response_create(reply);
	enum MHD_Result result = MHD_queue_response(exchange->connection, reply->status, response);
	MHD_destroy_response(response);
	return result;
}
