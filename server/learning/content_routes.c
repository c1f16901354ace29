/*
 * /content/TOKEN/… : the files of the launched course, from its immutable folder.
 */
#include <string.h>
#include <unistd.h>

#include "packages/mime.h"
#include "server/app.h"
#include "server/http/headers.h"
#include "server/learning/content_file.h"
#include "server/learning/launch.h"
#include "server/routes.h"
#include "server/settings.h"

static void refuse_text(struct reply *reply, unsigned status, const char *text)
{
	reply_header(reply, "Cache-Control", "no-store");
	reply_text(reply, status, text);
}

/* The zip never changes, so the path in it names one content for ever. */
static void add_headers(struct reply *reply, const struct launch *launch, const char *path)
{
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, path, -1);
	g_autofree char *etag = g_strdup_printf("\"%.16s-%.16s\"", launch->sha256, sum);
	reply_header(reply, "ETag", etag);
	reply_header(reply, "Cache-Control", "private, max-age=31536000, immutable");
	reply_header(reply, "Accept-Ranges", "bytes");
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

static bool is_known(const struct request *request, const struct reply *reply)
{
	const char *known = request_header(request, "If-None-Match");
	const char *etag = reply->headers->pdata[1];
	return known != NULL && strstr(known, etag) != NULL;
}

static void answer_file(struct request *request, struct reply *reply, const struct content_file *file)
{
	const char *type = mime_type(file->name);
	const char *etag = reply->headers->pdata[1];
	const char *condition = request_header(request, "If-Range");
	const char *range =
		condition != NULL && strcmp(condition, etag) != 0 ? NULL : request_header(request, "Range");
	int64_t from = 0, length = file->size;
	enum range_result result = range_read(range, file->size, &from, &length);
	g_autofree char *header = NULL;
	switch (result) {
	case RANGE_NONE:
		reply_file(reply, 200, type, file->file, 0, file->size);
		return;
	case RANGE_PART:
		header = g_strdup_printf("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT,
			from, from + length - 1, file->size);
		reply_header(reply, "Content-Range", header);
		reply_file(reply, 206, type, file->file, from, length);
		return;
	case RANGE_OUTSIDE:
		header = g_strdup_printf("bytes */%" G_GINT64_FORMAT, file->size);
		reply_header(reply, "Content-Range", header);
		close(file->file);
		reply_empty(reply, 416);
		return;
	}
}

static void content_get(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (request_header(request, "Service-Worker") != NULL) {
		/* A course's service worker would outlive the launch and answer in its place. */
		refuse_text(reply, 403, "Un corso non può installare un service worker.\n");
		return;
	}
	if (!launch_of_request(request, reply, &launch)) {
		refuse_text(reply, 401,
			"Questo accesso al corso è scaduto: riaprire il corso dalla propria pagina.\n");
		return;
	}
	g_autofree char *folder = g_build_filename(request->app->content, launch.sha256, "files", NULL);
	struct content_file file;
	if (!content_open(folder, request->values[1].text, &file)) {
		refuse_text(reply, 404, "Questo file non c'è nel corso.\n");
		return;
	}
	add_headers(reply, &launch, request->values[1].text);
	if (is_known(request, reply)) {
		close(file.file);
		reply_empty(reply, 304);
		return;
	}
	add_policy(request, reply, mime_type(file.name));
	answer_file(request, reply, &file);
}

const struct route content_routes[] = {
	{.id = "content.file",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/content/{token:token}/{path:rest}",
		.roles = ROLE_LAUNCH,
		.handler = content_get,
		.summary = "A file of the launched course"},
	ROUTE_END,
};
