/* Images and sounds that come with items: told by their bytes, never by their names. */
#include <string.h>

#include "assessment/import/import.h"

static void media_free(void *data)
{
	struct import_media *media = data;
	g_bytes_unref(media->bytes);
	g_free(media);
}

GHashTable *import_media_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, media_free);
}

const char *import_media_type(const void *bytes, size_t len)
{
	static const struct {
		size_t at;
		const char *magic;
		size_t len;
		size_t also_at;
		const char *also; /* NULL: nothing more */
		const char *type;
	} rows[] = {
		{0, "\x89PNG\r\n\x1a\n", 8, 0, NULL, "image/png"},
		{0, "\xFF\xD8\xFF", 3, 0, NULL, "image/jpeg"},
		{0, "GIF87a", 6, 0, NULL, "image/gif"},
		{0, "GIF89a", 6, 0, NULL, "image/gif"},
		{0, "RIFF", 4, 8, "WEBP", "image/webp"},
		{0, "RIFF", 4, 8, "WAVE", "audio/wav"},
		{0, "ID3", 3, 0, NULL, "audio/mpeg"},
		{0, "\xFF\xFB", 2, 0, NULL, "audio/mpeg"},
		{0, "\xFF\xF3", 2, 0, NULL, "audio/mpeg"},
		{0, "OggS", 4, 0, NULL, "audio/ogg"},
		{4, "ftypM4A", 7, 0, NULL, "audio/mp4"},
	};
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		const char *at = bytes;
		if (len >= 16 && memcmp(at + rows[i].at, rows[i].magic, rows[i].len) == 0 &&
			(!rows[i].also || memcmp(at + rows[i].also_at, rows[i].also, strlen(rows[i].also)) == 0)) {
			return rows[i].type;
		}
	}
	return NULL;
}

const char *import_media_add(GHashTable *media, const void *bytes, size_t len, char ret[65])
{
	const char *type = import_media_type(bytes, len);
	if (!type) {
		return "formato non ammesso / format not allowed";
	}
	if (len > (g_str_has_prefix(type, "image/") ? ITEM_IMAGE_BYTES_MAX : ITEM_AUDIO_BYTES_MAX)) {
		return "oltre 2 MiB (immagine) o 8 MiB (suono) / above 2 MiB (image) or 8 MiB (sound)";
	}
	g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes, len);
	g_strlcpy(ret, sum, 65);
	if (!g_hash_table_contains(media, sum)) {
		struct import_media *one = g_new(struct import_media, 1);
		*one = (struct import_media){type, g_bytes_new(bytes, len)};
		g_hash_table_insert(media, g_steal_pointer(&sum), one);
	}
	return NULL;
}
