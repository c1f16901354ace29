/*
 * /content/TOKEN/… : the files of the launched course, from its immutable folder.
 */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "packages/mime.h"
#include "server/app.h"
#include "server/http/headers.h"
#include "server/learning/content_cache.h"
#include "server/learning/range.h"
#include "server/routes.h"
#include "server/settings.h"

static void refuse_text(struct reply *reply, unsigned status, const char *text)
{
	reply_header(reply, "Cache-Control", "no-store");
	reply_text(reply, status, text);
}

/* Which form of a file is sent: as it is, or packed as the zip had it. */
struct variant {
	const char *file; /* below the course's folder */
	int64_t from, length;
	bool gzip;
	char etag[80];
};

static bool takes_gzip(const struct request *request)
{
	const char *accepts = request_header(request, "Accept-Encoding");
	return accepts && strstr(accepts, "gzip") && !strstr(accepts, "gzip;q=0");
}

/* A part is always one of the file as it is. */
static void choose_variant(
	const struct request *request, const struct content_record *record, struct variant *ret)
{
	bool part = request_header(request, "Range") != NULL;
	ret->gzip = record->gzip_length > 0 && !part && takes_gzip(request);
	ret->from = ret->gzip ? (int64_t)record->gzip_from : 0;
	ret->length = (int64_t)(ret->gzip ? record->gzip_length : record->size);
	g_snprintf(ret->etag, sizeof(ret->etag), "\"%.40s%s\"", record->sha256, ret->gzip ? "-gz" : "");
}

/* A course's folder never changes: what its files hold is known by their digest. */
static void add_headers(
	struct reply *reply, const struct content_record *record, const struct variant *variant)
{
	if (record->sha256[0] != '\0') {
		reply_header(reply, "ETag", variant->etag);
	}
	reply_header(reply, "Cache-Control", "private, max-age=31536000, immutable");
	reply_header(reply, "Accept-Ranges", "bytes");
	if (record->gzip_length > 0) {
		reply_header(reply, "Vary", "Accept-Encoding");
	}
	if (variant->gzip) {
		reply_header(reply, "Content-Encoding", "gzip");
	}
}

/* Pages of courses may load scripts and styles from the hosts that the administrator allows: by default none. */
static void add_policy(struct request *request, struct reply *reply, const char *type)
{
	if (!g_str_has_prefix(type, "text/html") && !g_str_has_prefix(type, "application/xhtml")) {
		return; /* a policy counts for documents */
	}
	char hosts[SETTING_BYTES];
	struct db *db = store_read(request->app->store);
	settings_value(db, "content_hosts", hosts);
	store_read_done(request->app->store, db);
	if (hosts[0] != '\0') {
		g_autofree char *policy = headers_course_policy(hosts);
		reply_header(reply, "Content-Security-Policy", policy);
	}
}

static bool is_known(const struct request *request, const struct variant *variant)
{
	const char *known = request_header(request, "If-None-Match");
	return known != NULL && strstr(known, variant->etag) != NULL;
}

/* Takes the open file. */
static void answer_file(struct request *request, struct reply *reply, const struct content_record *record,
	const struct variant *variant, int file)
{
	const char *type = mime_type(record->path);
	const char *condition = request_header(request, "If-Range");
	const char *range = condition != NULL && strcmp(condition, variant->etag) != 0
				    ? NULL
				    : request_header(request, "Range");
	int64_t from = 0, length = variant->length;
	g_autofree char *header = NULL;
	switch (range_read(range, (int64_t)record->size, &from, &length)) {
	case RANGE_NONE:
		reply_file(reply, 200, type, file, variant->from, variant->length);
		return;
	case RANGE_PART:
		header = g_strdup_printf("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GUINT64_FORMAT,
			from, from + length - 1, record->size);
		reply_header(reply, "Content-Range", header);
		reply_file(reply, 206, type, file, from, length);
		return;
	case RANGE_OUTSIDE:
		header = g_strdup_printf("bytes */%" G_GUINT64_FORMAT, record->size);
		reply_header(reply, "Content-Range", header);
		close(file);
		reply_empty(reply, 416);
		return;
	}
}

static int open_variant(struct request *request, const char *course, const struct content_record *record,
	const struct variant *variant)
{
	char path[4096];
	g_snprintf(path, sizeof(path), "%s/%s/%s%s", request->app->content, course,
		variant->gzip ? FILES_PACK_NAME : "files/", variant->gzip ? "" : record->path);
	return open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
}

static void answer_record(
	struct request *request, struct reply *reply, const char *course, const struct content_record *record)
{
	struct variant variant;
	choose_variant(request, record, &variant);
	if (record->sha256[0] != '\0' && is_known(request, &variant)) {
		add_headers(reply, record, &variant);
		reply_empty(reply, 304);
		return;
	}
	int file = open_variant(request, course, record, &variant);
	if (file < 0) {
		refuse_text(reply, 404, "Questo file non c'è nel corso.\n");
		return;
	}
	add_headers(reply, record, &variant);
	add_policy(request, reply, mime_type(record->path));
	answer_file(request, reply, record, &variant, file);
}

static void content_get(struct request *request, struct reply *reply)
{
	char course[65];
	struct content_record record;
	if (request_header(request, "Service-Worker") != NULL) {
		/* A course's service worker would outlive the launch and answer in its place. */
		refuse_text(reply, 403, "Un corso non può installare un service worker.\n");
	} else if (!content_cache_token(request->app->files, request->values[0].text, course)) {
		refuse_text(reply, 401,
			"Questo accesso al corso è scaduto: riaprire il corso dalla propria pagina.\n");
	} else if (!content_cache_file(request->app->files, course, request->values[1].text, &record)) {
		refuse_text(reply, 404, "Questo file non c'è nel corso.\n");
	} else {
		answer_record(request, reply, course, &record);
		g_free(record.path);
	}
}

const struct route content_routes[] = {
	{.id = "content.file",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/content/{token:token}/{path:rest}",
		.roles = ROLE_LAUNCH,
		.flags = ROUTE_QUICK,
		.handler = content_get,
		.summary = "A file of the launched course"},
	ROUTE_END,
};
