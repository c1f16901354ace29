/* Local headers, central directory, end record: APPNOTE.TXT 4.3. */
#include "tests/packages/zip_builder.h"

#include <gio/gio.h>
#include <string.h>

struct zip_build {
	GByteArray *bytes, *central;
	uint16_t count;
	uint32_t last_offset;
};

static void put16(GByteArray *to, uint32_t value)
{
	guint8 bytes[] = {(guint8)value, (guint8)(value >> 8)};
	g_byte_array_append(to, bytes, sizeof(bytes));
}

static void put32(GByteArray *to, uint32_t value)
{
	put16(to, value & 0xFFFF);
	put16(to, value >> 16);
}

static void put64(GByteArray *to, uint64_t value)
{
	put32(to, (uint32_t)value);
	put32(to, (uint32_t)(value >> 32));
}

static uint32_t crc32_of(const unsigned char *bytes, size_t len)
{
	uint32_t crc = UINT32_MAX;
	for (size_t i = 0; i < len; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++) {
			crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
		}
	}
	return ~crc;
}

static GByteArray *deflate(const void *data, size_t len)
{
	g_autoptr(GZlibCompressor) packer = g_zlib_compressor_new(G_ZLIB_COMPRESSOR_FORMAT_RAW, 9);
	g_autoptr(GInputStream) memory = g_memory_input_stream_new_from_data(data, (gssize)len, NULL);
	g_autoptr(GInputStream) packed = g_converter_input_stream_new(memory, G_CONVERTER(packer));
	GByteArray *ret = g_byte_array_new();
	guint8 piece[4096];
	for (;;) {
		gssize got = g_input_stream_read(packed, piece, sizeof(piece), NULL, NULL);
		g_assert(got >= 0);
		if (got == 0) {
			return ret;
		}
		g_byte_array_append(ret, piece, (guint)got);
	}
}

struct zip_build *zip_build_create(void)
{
	struct zip_build *build = g_new0(struct zip_build, 1);
	build->bytes = g_byte_array_new();
	build->central = g_byte_array_new();
	return build;
}

enum {
	STREAMED = 1 << 3,
	EXTRA64_DIRECTORY = 4 + 24,
	EXTRA64_LOCAL = 4 + 16,
};

/* What local header and directory share. */
static void put_common(GByteArray *to, const struct zip_part *part, uint32_t crc, uint32_t packed,
	uint32_t size, size_t name, size_t extra)
{
	put16(to, part->zip64 ? 45 : 20);
	put16(to, part->flags | (part->streamed ? STREAMED : 0));
	put16(to, part->method ? part->method : part->deflate ? 8 : 0);
	put32(to, 0x58000000);
	put32(to, crc);
	put32(to, part->zip64 ? UINT32_MAX : packed);
	put32(to, part->zip64 ? UINT32_MAX : size);
	put16(to, (uint32_t)name);
	put16(to, part->zip64 ? (uint32_t)extra : 0);
}

/* APPNOTE 4.5.3, without its own length and the offset. */
static void put_extra64(GByteArray *to, size_t len, uint64_t size, uint64_t packed)
{
	put16(to, 1);
	put16(to, (uint32_t)len - 4);
	put64(to, size);
	put64(to, packed);
}

/* APPNOTE 4.3.9. */
static void put_descriptor(
	GByteArray *to, const struct zip_part *part, uint32_t crc, uint32_t packed, uint32_t size)
{
	g_byte_array_append(to, (const guint8 *)"PK\7\10", 4);
	put32(to, crc);
	if (part->zip64) {
		put64(to, packed);
		put64(to, size);
	} else {
		put32(to, packed);
		put32(to, size);
	}
}

/* Local header, name, data. */
static void put_local(GByteArray *to, const struct zip_part *part, uint32_t crc, uint32_t packed,
	uint32_t size, size_t name, const guint8 *data, uint32_t len)
{
	bool known = !part->streamed;
	g_byte_array_append(to, (const guint8 *)"PK\3\4", 4);
	put_common(to, part, known ? crc : 0, known ? packed : 0, known ? size : 0, name, EXTRA64_LOCAL);
	g_byte_array_append(to, (const guint8 *)part->name, (guint)name);
	if (part->zip64) {
		put_extra64(to, EXTRA64_LOCAL, known ? size : 0, known ? packed : 0);
	}
	if (len > 0) {
		g_byte_array_append(to, data, len);
	}
	if (part->streamed) {
		put_descriptor(to, part, crc, packed, size);
	}
}

void zip_build_add(struct zip_build *build, struct zip_part part)
{
	size_t name = part.name_len ? part.name_len : strlen(part.name);
	uint32_t crc = crc32_of(part.data, part.len) ^ (part.wrong_crc ? 1 : 0);
	GByteArray *packed = part.deflate ? deflate(part.data, part.len) : NULL;
	uint32_t packed_len = packed ? packed->len : (uint32_t)part.len;
	uint32_t say_packed = part.say_packed ? part.say_packed : packed_len;
	uint32_t say_size = part.say_size ? part.say_size : (uint32_t)part.len;
	uint32_t offset = part.same_offset ? build->last_offset : build->bytes->len;

	build->last_offset = offset;
	g_byte_array_append(build->central, (const guint8 *)"PK\1\2", 4);
	put16(build->central, part.made_by);
	put_common(build->central, &part, crc, say_packed, say_size, name, EXTRA64_DIRECTORY);
	put16(build->central, 0);
	put16(build->central, 0);
	put16(build->central, 0);
	put32(build->central, part.external);
	put32(build->central, part.zip64 ? UINT32_MAX : offset);
	g_byte_array_append(build->central, (const guint8 *)part.name, (guint)name);
	if (part.zip64) {
		put_extra64(build->central, EXTRA64_DIRECTORY, say_size, say_packed);
		put64(build->central, offset);
	}
	build->count++;
	if (!part.same_offset) {
		put_local(build->bytes, &part, crc, say_packed, say_size, name,
			packed ? packed->data : part.data, packed_len);
	}
	if (packed) {
		g_byte_array_free(packed, TRUE);
	}
}

void zip_build_text(struct zip_build *build, const char *name, const char *text)
{
	zip_build_add(
		build, (struct zip_part){.name = name, .data = text, .len = strlen(text), .deflate = true});
}

/* APPNOTE 4.3.14 and 4.3.15. */
static void put_end64(GByteArray *to, uint16_t count, uint64_t size, uint64_t offset)
{
	uint64_t at = to->len;
	g_byte_array_append(to, (const guint8 *)"PK\6\6", 4);
	put64(to, 56 - 12);
	put16(to, 45);
	put16(to, 45);
	put64(to, 0); /* disks */
	put64(to, count);
	put64(to, count);
	put64(to, size);
	put64(to, offset);
	g_byte_array_append(to, (const guint8 *)"PK\6\7\0\0\0\0", 8);
	put64(to, at);
	put32(to, 1);
}

static GByteArray *end(struct zip_build *build, bool zip64)
{
	GByteArray *bytes = build->bytes;
	uint32_t offset = bytes->len, size = build->central->len;
	g_byte_array_append(bytes, build->central->data, size);
	if (zip64) {
		put_end64(bytes, build->count, size, offset);
	}
	g_byte_array_append(bytes, (const guint8 *)"PK\5\6\0\0\0\0", 8);
	put16(bytes, zip64 ? UINT16_MAX : build->count);
	put16(bytes, zip64 ? UINT16_MAX : build->count);
	put32(bytes, zip64 ? UINT32_MAX : size);
	put32(bytes, zip64 ? UINT32_MAX : offset);
	put16(bytes, 0);
	g_byte_array_free(build->central, TRUE);
	g_free(build);
	return bytes;
}

GByteArray *zip_build_end(struct zip_build *build)
{
	return end(build, false);
}

GByteArray *zip_build_end64(struct zip_build *build)
{
	return end(build, true);
}

const char plain_manifest[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<manifest identifier=\"M\" xmlns=\"http://www.imsproject.org/xsd/imscp_rootv1p1p2\"\n"
	"  xmlns:adlcp=\"http://www.adlnet.org/xsd/adlcp_rootv1p2\">\n"
	"<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>\n"
	"<organizations default=\"O\"><organization identifier=\"O\"><title>Prova</title>\n"
	"<item identifier=\"I\" "
	"identifierref=\"R\"><title>Lezione</title></item></organization></organizations>\n"
	"<resources><resource identifier=\"R\" type=\"webcontent\" adlcp:scormtype=\"sco\" "
	"href=\"index.html\">\n"
	"<file href=\"index.html\"/></resource></resources></manifest>\n";

struct zip_build *zip_build_course(void)
{
	struct zip_build *build = zip_build_create();
	zip_build_text(build, "imsmanifest.xml", plain_manifest);
	zip_build_text(build, "index.html",
		"<!DOCTYPE html><html lang=\"it\"><title>Prova</title><script>var api = parent.API;"
		"api.LMSInitialize('');</script><p>Testo</p></html>");
	return build;
}

char *zip_write(const char *folder, const GByteArray *bytes)
{
	static guint number;
	g_autofree char *name = g_strdup_printf("course-%u.zip", ++number);
	char *path = g_build_filename(folder, name, NULL);
	g_assert(g_file_set_contents(path, (const char *)bytes->data, bytes->len, NULL));
	return path;
}
