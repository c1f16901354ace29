/* One table, sorted by ending (a test holds it so). */
#include "packages/mime.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const char *ending; /* small letters, without the dot */
	const char *type;
	bool packed;
};

static const struct row rows[] = {
	{"3gp", "video/3gpp", true},
	{"7z", "application/x-7z-compressed", true},
	{"aac", "audio/aac", true},
	{"apng", "image/apng", true},
	{"avi", "video/x-msvideo", true},
	{"avif", "image/avif", true},
	{"bin", "application/octet-stream", false},
	{"bmp", "image/bmp", false},
	{"css", "text/css", false},
	{"csv", "text/csv", false},
	{"cur", "image/x-icon", false},
	{"dae", "model/vnd.collada+xml", false},
	{"doc", "application/msword", false},
	{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true},
	{"dtd", "application/xml-dtd", false},
	{"eot", "application/vnd.ms-fontobject", false},
	{"epub", "application/epub+zip", true},
	{"f4v", "video/mp4", true},
	{"flac", "audio/flac", true},
	{"flv", "video/x-flv", true},
	{"gif", "image/gif", true},
	{"glb", "model/gltf-binary", false},
	{"gltf", "model/gltf+json", false},
	{"gz", "application/gzip", true},
	{"heic", "image/heic", true},
	{"htm", "text/html", false},
	{"html", "text/html", false},
	{"ico", "image/x-icon", false},
	{"jpe", "image/jpeg", true},
	{"jpeg", "image/jpeg", true},
	{"jpg", "image/jpeg", true},
	{"js", "text/javascript", false},
	{"json", "application/json", false},
	{"jsonld", "application/ld+json", false},
	{"jxl", "image/jxl", true},
	{"m3u8", "application/vnd.apple.mpegurl", false},
	{"m4a", "audio/mp4", true},
	{"m4v", "video/mp4", true},
	{"map", "application/json", false},
	{"markdown", "text/markdown", false},
	{"md", "text/markdown", false},
	{"mid", "audio/midi", false},
	{"mjs", "text/javascript", false},
	{"mov", "video/quicktime", true},
	{"mp3", "audio/mpeg", true},
	{"mp4", "video/mp4", true},
	{"mpd", "application/dash+xml", false},
	{"mpeg", "video/mpeg", true},
	{"mpg", "video/mpeg", true},
	{"oga", "audio/ogg", true},
	{"ogg", "audio/ogg", true},
	{"ogv", "video/ogg", true},
	{"opus", "audio/ogg", true},
	{"otf", "font/otf", false},
	{"pdf", "application/pdf", true},
	{"png", "image/png", true},
	{"ppt", "application/vnd.ms-powerpoint", false},
	{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", true},
	{"properties", "text/plain", false},
	{"rtf", "application/rtf", false},
	{"srt", "application/x-subrip", false},
	{"svg", "image/svg+xml", false},
	{"svgz", "image/svg+xml", true},
	{"swf", "application/x-shockwave-flash", true},
	{"tif", "image/tiff", false},
	{"tiff", "image/tiff", false},
	{"ts", "video/mp2t", true},
	{"ttc", "font/collection", false},
	{"ttf", "font/ttf", false},
	{"txt", "text/plain", false},
	{"vtt", "text/vtt", false},
	{"wasm", "application/wasm", false},
	{"wav", "audio/wav", false},
	{"weba", "audio/webm", true},
	{"webm", "video/webm", true},
	{"webmanifest", "application/manifest+json", false},
	{"webp", "image/webp", true},
	{"wma", "audio/x-ms-wma", true},
	{"wmv", "video/x-ms-wmv", true},
	{"woff", "font/woff", true},
	{"woff2", "font/woff2", true},
	{"xap", "application/x-silverlight-app", true},
	{"xht", "application/xhtml+xml", false},
	{"xhtml", "application/xhtml+xml", false},
	{"xls", "application/vnd.ms-excel", false},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true},
	{"xml", "application/xml", false},
	{"xsd", "application/xml", false},
	{"xsl", "application/xml", false},
	{"zip", "application/zip", true},
};

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct row *)row)->ending);
}

static const struct row *find(const char *file_name)
{
	const char *slash = strrchr(file_name, '/');
	const char *dot = strrchr(slash ? slash : file_name, '.');
	if (!dot) {
		return NULL;
	}
	g_autofree char *ending = g_ascii_strdown(dot + 1, -1);
	return bsearch(ending, rows, G_N_ELEMENTS(rows), sizeof(rows[0]), compare);
}

const char *mime_type(const char *file_name)
{
	const struct row *row = find(file_name);
	return row ? row->type : "application/octet-stream";
}

bool mime_is_packed(const char *file_name)
{
	const struct row *row = find(file_name);
	return row && row->packed;
}

bool mime_table_is_sorted(void)
{
	for (size_t i = 1; i < G_N_ELEMENTS(rows); i++) {
		if (strcmp(rows[i - 1].ending, rows[i].ending) >= 0) {
			return false;
		}
	}
	return true;
}
