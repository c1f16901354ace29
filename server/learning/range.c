#include "server/learning/range.h"

#include <glib.h>
#include <string.h>

enum range_result range_read(const char *header, int64_t size, int64_t *ret_from, int64_t *ret_length)
{
	if (header == NULL || !g_str_has_prefix(header, "bytes=") || strchr(header, ',') != NULL) {
		return RANGE_NONE;
	}
	const char *at = header + strlen("bytes=");
	const char *dash = strchr(at, '-');
	if (dash == NULL) {
		return RANGE_NONE;
	}
	g_autofree char *first = g_strndup(at, (gsize)(dash - at));
	int64_t from = 0, to = size - 1;
	if (first[0] == '\0') {
		if (!g_ascii_string_to_signed(dash + 1, 10, 0, G_MAXINT64, &to, NULL)) {
			return RANGE_NONE;
		}
		if (to == 0) {
			return RANGE_OUTSIDE;
		}
		from = to >= size ? 0 : size - to;
		to = size - 1;
	} else if (!g_ascii_string_to_signed(first, 10, 0, G_MAXINT64, &from, NULL) ||
		   (dash[1] != '\0' &&
			   !g_ascii_string_to_signed(dash + 1, 10, from, G_MAXINT64, &to, NULL))) {
		return RANGE_NONE;
	}
	if (from >= size) {
		return RANGE_OUTSIDE;
	}
	*ret_from = from;
	*ret_length = MIN(to, size - 1) - from + 1;
	return RANGE_PART;
}
