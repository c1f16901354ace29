#include "server/certificates/colours.h"

#include <string.h>

/* Its tags [ICC.1:2001, 6.4]: where each lies, after a header of 128 bytes and a table of nine rows. */
#define TAGS 9u
#define DATA (128u + 4u + TAGS * 12u)
#define DESCRIPTION_BYTES 96u
#define XYZ_BYTES 20u
#define CURVE_BYTES 16u
#define COPYRIGHT_BYTES 12u

static void put(GByteArray *to, guint32 value)
{
	guint32 big = GUINT32_TO_BE(value);
	g_byte_array_append(to, (const guint8 *)&big, 4);
}

static void put_name(GByteArray *to, const char name[5])
{
	g_byte_array_append(to, (const guint8 *)name, 4);
}

static void pad(GByteArray *to, guint len)
{
	guint from = to->len;
	g_byte_array_set_size(to, len);
	memset(to->data + from, 0, len - from);
}

/* D50, the illuminant of every profile, in 1/65536. */
static const guint32 d50[3] = {0xF6D6, 0x10000, 0xD32D};

static void put_header(GByteArray *to, guint32 size)
{
	put(to, size);
	put(to, 0);
	put(to, 0x02100000);
	put_name(to, "mntr");
	put_name(to, "RGB ");
	put_name(to, "XYZ ");
	pad(to, 36);
	put_name(to, "acsp");
	pad(to, 68);
	for (int i = 0; i < 3; i++) {
		put(to, d50[i]);
	}
	pad(to, 128);
}

static void put_xyz(GByteArray *to, const guint32 value[3])
{
	put_name(to, "XYZ ");
	put(to, 0);
	for (int i = 0; i < 3; i++) {
		put(to, value[i]);
	}
}

static void put_description(GByteArray *to)
{
	guint end = to->len + DESCRIPTION_BYTES;
	put_name(to, "desc");
	put(to, 0);
	put(to, 5);
	g_byte_array_append(to, (const guint8 *)"sRGB", 5);
	pad(to, end);
}

GByteArray *srgb_profile(void)
{
	static const guint32 primaries[3][3] = {
		{0x6FA2, 0x38F5, 0x0390}, {0x6299, 0xB785, 0x18DA}, {0x24A0, 0x0F84, 0xB6CF}};
	enum { xyz = DATA + DESCRIPTION_BYTES, curve = xyz + 4 * XYZ_BYTES, copyright = curve + CURVE_BYTES };
	static const struct {
		char name[5];
		guint32 at, size;
	} tags[TAGS] = {{"desc", DATA, DESCRIPTION_BYTES}, {"wtpt", xyz, XYZ_BYTES}, {"rXYZ", xyz + XYZ_BYTES, XYZ_BYTES},
		{"gXYZ", xyz + 2 * XYZ_BYTES, XYZ_BYTES}, {"bXYZ", xyz + 3 * XYZ_BYTES, XYZ_BYTES}, {"rTRC", curve, 14},
		{"gTRC", curve, 14}, {"bTRC", curve, 14}, {"cprt", copyright, COPYRIGHT_BYTES}};
	GByteArray *to = g_byte_array_new();
	put_header(to, copyright + COPYRIGHT_BYTES);
	put(to, TAGS);
	for (guint i = 0; i < TAGS; i++) {
		put_name(to, tags[i].name);
		put(to, tags[i].at);
		put(to, tags[i].size);
	}
	put_description(to);
	put_xyz(to, d50);
	for (int i = 0; i < 3; i++) {
		put_xyz(to, primaries[i]);
	}
	put_name(to, "curv");
	put(to, 0);
	put(to, 1);
	put(to, 0x02330000); /* 2.2, in 1/256, and two bytes of nothing */
	put_name(to, "text");
	put(to, 0);
	g_byte_array_append(to, (const guint8 *)"CC0", 4);
	g_assert(to->len == copyright + COPYRIGHT_BYTES);
	return to;
}
