#include "server/http/assets.h"

#include <string.h>
#include <sys/stat.h>

#include "server/problem.h"

struct asset {
	GBytes *bytes;
	const char *type;
	char etag[36];
};

struct assets {
	GHashTable *files; /* "app/index.html" → struct asset */
};

static void asset_destroy(void *data)
{
	struct asset *asset = data;
	g_bytes_unref(asset->bytes);
	g_free(asset);
}

static const char *asset_type(const char *name)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
		{".html", "text/html; charset=utf-8"},
		{".js", "text/javascript; charset=utf-8"},
		{".mjs", "text/javascript; charset=utf-8"},
		{".css", "text/css; charset=utf-8"},
		{".json", "application/json"},
		{".webmanifest", "application/manifest+json"},
		{".map", "application/json"},
		{".svg", "image/svg+xml"},
		{".png", "image/png"},
		{".jpg", "image/jpeg"},
		{".ico", "image/x-icon"},
		{".webp", "image/webp"},
		{".woff2", "font/woff2"},
		{".woff", "font/woff"},
		{".ttf", "font/ttf"},
		{".wasm", "application/wasm"},
		{".txt", "text/plain; charset=utf-8"},
		{".md", "text/plain; charset=utf-8"},
		{".pdf", "application/pdf"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
		if (g_str_has_suffix(name, types[i].ending)) {
			return types[i].type;
		}
	}
	return "application/octet-stream";
}

static bool tell_unreadable(const char *path, const GError *error, struct problem *ret)
{
	g_autofree char *it = g_strdup_printf("I file dell'applicazione non si leggono: %s", error->message);
	g_autofree char *en = g_strdup_printf("The application's files cannot be read: %s", error->message);
	problem_set(ret,
		&(struct problem_text){"ASSETS_UNREADABLE", it, en,
			"Ricompilare con ./fad build, o indicarli con --assets.",
			"Build again with ./fad build, or name them with --assets."},
		path);
	return false;
}

static bool read_file(struct assets *assets, const char *path, const char *name, struct problem *ret)
{
	g_autoptr(GError) error = NULL;
	char *bytes;
	gsize size;
	if (!g_file_get_contents(path, &bytes, &size, &error)) {
		return tell_unreadable(path, error, ret);
	}
	struct asset *asset = g_new0(struct asset, 1);
	asset->bytes = g_bytes_new_take(bytes, size);
	asset->type = asset_type(name);
	g_autofree char *sum = g_compute_checksum_for_bytes(G_CHECKSUM_SHA256, asset->bytes);
	g_snprintf(asset->etag, sizeof(asset->etag), "\"%.32s\"", sum);
	g_hash_table_insert(assets->files, g_strdup(name), asset);
	return true;
}

static bool read_folder(
	struct assets *assets, const char *path, const char *name, int depth, struct problem *ret)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(GDir) folder = g_dir_open(path, 0, &error);
	if (folder == NULL) {
		return tell_unreadable(path, error, ret);
	}
	const char *entry;
	while ((entry = g_dir_read_name(folder)) != NULL) {
		g_autofree char *below = g_build_filename(path, entry, NULL);
		g_autofree char *key = g_strdup_printf("%s/%s", name, entry);
		bool is_folder = g_file_test(below, G_FILE_TEST_IS_DIR);
		if (depth > 0 && is_folder ? !read_folder(assets, below, key, depth - 1, ret)
					   : !is_folder && !read_file(assets, below, key, ret)) {
			return false;
		}
	}
	return true;
}

struct assets *assets_create(const char *folder, struct problem *ret)
{
	struct assets *assets = g_new0(struct assets, 1);
	assets->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, asset_destroy);
	static const char *const parts[] = {"app", "player"};
	for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autofree char *path = g_build_filename(folder, parts[i], NULL);
		if (g_file_test(path, G_FILE_TEST_IS_DIR) && !read_folder(assets, path, parts[i], 8, ret)) {
			assets_destroy(assets);
			return NULL;
		}
	}
	return assets;
}

void assets_destroy(struct assets *assets)
{
	if (assets != NULL) {
		g_hash_table_unref(assets->files);
		g_free(assets);
	}
}

/* The same file as gzip, made by the build, when the browser takes it. */
static const struct asset *packed(
	const struct assets *assets, const char *path, const struct request *request)
{
	const char *accepted = request_header(request, "Accept-Encoding");
	g_autofree char *name = g_strconcat(path, ".gz", NULL);
	return accepted != NULL && strstr(accepted, "gzip") != NULL ? g_hash_table_lookup(assets->files, name)
								    : NULL;
}

bool assets_answer(
	const struct assets *assets, const char *path, const struct request *request, struct reply *reply)
{
	const struct asset *asset = g_hash_table_lookup(assets->files, path);
	if (asset == NULL) {
		return false;
	}
	const struct asset *gzip = packed(assets, path, request);
	const struct asset *sent = gzip == NULL ? asset : gzip;
	/* The build puts a hash of all files into the address of each. */
	bool for_ever = g_str_has_prefix(path, "app/assets/v-");
	reply_header(reply, "ETag", sent->etag);
	reply_header(reply, "Cache-Control", for_ever ? "public, max-age=31536000, immutable" : "no-cache");
	reply_header(reply, "Vary", "Accept-Encoding");
	const char *known = request_header(request, "If-None-Match");
	if (known != NULL && strstr(known, sent->etag) != NULL) {
		reply_empty(reply, 304);
		return true;
	}
	if (gzip != NULL) {
		reply_header(reply, "Content-Encoding", "gzip");
	}
	reply_bytes(reply, 200, asset->type, sent->bytes);
	return true;
}
