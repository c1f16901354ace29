/*
 * /api/media: the images and sounds of items. They are served by the application's own host, so only what cannot run
 * gets in (told by its bytes, never SVG), and it leaves with a policy of its own that lets nothing run.
 */
#include "assessment/import/import.h"
#include "server/app.h"
#include "server/learning/range.h"
#include "server/placement/bank_reply.h"
#include "server/routes.h"
#include "server/store/item_media.h"

static void get_media(struct request *request, struct reply *reply)
{
	char type[32];
	struct db *db = store_read(request->app->store);
	g_autoptr(GBytes) bytes = item_media_get(db, request->values[0].text, type);
	store_read_done(request->app->store, db);
	if (!bytes || !bank_media_type(type)) {
		reply_not_found(reply, "media");
		return;
	}
	int64_t from, length;
	const int64_t size = (int64_t)g_bytes_get_size(bytes);
	reply_header(reply, "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
	reply_header(reply, "Accept-Ranges", "bytes");
	g_autofree char *range = NULL;
	switch (range_read(request_header(request, "Range"), size, &from, &length)) {
	case RANGE_NONE:
		reply_header(reply, "Cache-Control", "private, max-age=31536000, immutable");
		reply_bytes(reply, 200, g_intern_string(type), bytes);
		break;
	case RANGE_PART: {
		g_autoptr(GBytes) part = g_bytes_new_from_bytes(bytes, (gsize)from, (gsize)length);
		range = g_strdup_printf("bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, from, from + length - 1, size);
		reply_header(reply, "Content-Range", range);
		reply_bytes(reply, 206, g_intern_string(type), part);
		break;
	}
	case RANGE_OUTSIDE:
		range = g_strdup_printf("bytes */%" G_GINT64_FORMAT, size);
		reply_header(reply, "Content-Range", range);
		reply_empty(reply, 416);
		break;
	}
}

static json_t *item_of(json_t *bank, const char *id)
{
	size_t i;
	json_t *item;
	json_array_foreach(json_object_get(bank, "items"), i, item)
	{
		if (g_strcmp0(json_string_value(json_object_get(item, "id")), id) == 0) {
			return item;
		}
	}
	return NULL;
}

/* The bank with one more image or sound after an item's stem: a new version. */
static char *with_media(json_t *bank, json_t *item, const char *sum, const char *type, const char *alt)
{
	json_t *list = json_object_get(item, "media");
	if (!list) {
		list = json_array();
		json_object_set_new(item, "media", list);
	}
	json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "sha256", sum, "type", type, "alt", alt));
	const char *version = json_string_value(json_object_get(bank, "version"));
	g_autofree char *fresh = g_strdup_printf("%.180s+%.8s", version ? version : "", sum);
	json_object_set_new(bank, "version", json_string(fresh));
	char *dumped = json_dumps(bank, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	char *text = g_strdup(dumped);
	free(dumped);
	return text;
}

static void add_media(struct request *request, struct reply *reply)
{
	static const struct fault_text refused = {"BANK_MEDIA_REFUSED", SEVERITY_ERROR, NULL, "Il file non si può usare: $1.",
		"The file cannot be used: $1.", "Scegli un’immagine PNG, JPEG, GIF o WebP o un suono MP3, Ogg, WAV o M4A.",
		"Choose a PNG, JPEG, GIF or WebP image or an MP3, Ogg, WAV or M4A sound."};
	struct db *db = store_read(request->app->store);
	g_autofree char *body = bank_body(db, request->values[0].number, NULL);
	store_read_done(request->app->store, db);
	json_auto_t *bank = body ? json_loads(body, 0, NULL) : NULL;
	json_t *item = item_of(bank, request->values[1].text);
	if (!item) {
		reply_not_found(reply, "item");
		return;
	}
	gsize len = 0;
	const void *bytes = g_bytes_get_data(request->body, &len);
	const char *alt = request_query(request, "alt");
	g_autoptr(GHashTable) media = import_media_new();
	struct faults faults;
	struct bank_row row;
	struct problem problem = {0};
	char sum[65] = "";
	faults_init(&faults, BANK_FAULTS_MAX);
	const char *why = import_media_add(media, bytes ? bytes : "", len, sum);
	enum bank_import result = BANK_IMPORT_FAULTS;
	if (why) {
		faults_add(&faults, &refused, request->values[1].text, why, NULL);
	} else {
		g_autofree char *fresh = with_media(bank, item, sum, import_media_type(bytes, len), alt ? alt : "");
		result = bank_import_media(request->app->store, fresh, media, request->who.person, &row, &faults, &problem);
	}
	bank_import_reply(request, reply, result, &row, &faults, &problem);
	faults_finish(&faults);
}

const struct route item_media_routes[] = {
	{.id = "media.get",
		.method = HTTP_GET,
		.pattern = "/api/media/{sha256:name}",
		.roles = ROLE_SIGNED_IN,
		.handler = get_media,
		.summary = "An image or a sound of an item"},
	{.id = "media.add",
		.method = HTTP_POST,
		.pattern = "/api/banks/{bank:id}/items/{item:name}/media",
		.roles = ROLE_DESIGNER,
		.body = BODY_BYTES,
		.body_limit = ITEM_AUDIO_BYTES_MAX,
		.handler = add_media,
		.summary = "Puts an image or a sound after an item's stem (its alternative in the query, `alt`): a new version of the bank"},
	ROUTE_END,
};
