#include "server/learning/overlong.h"

#include <stdio.h>
#include <string.h>

#include "player/engine/text.h"

struct overlong_list overlong_of(const struct engine *engine)
{
	struct overlong_list list;
	list.count = MIN(engine_overlong(engine, list.rows, OVERLONG_ROOM), OVERLONG_ROOM);
	return list;
}

static bool overlong_has(const struct overlong_list *list, struct span element)
{
	bool has = false;
	for (uint32_t i = 0; i < list->count; i++) {
		has = has || span_equal(list->rows[i].element, element);
	}
	return has;
}

struct overlong_list overlong_new(const struct overlong_list *before, const struct engine *engine)
{
	struct overlong_list after = overlong_of(engine), ret = {.count = 0};
	for (uint32_t i = 0; i < after.count; i++) {
		if (!overlong_has(before, after.rows[i].element)) {
			ret.rows[ret.count++] = after.rows[i];
		}
	}
	return ret;
}

void overlong_tell(const struct overlong_list *list, const struct attempt *attempt)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct overlong_element *row = &list->rows[i];
		bool counts = row->element.len > 6 &&
			      memcmp(row->element.at + row->element.len - 6, "_count", 6) == 0;
		fprintf(stderr,
			"fad: corso %" G_GINT64_FORMAT ", tentativo %" G_GINT64_FORMAT
			": %.*s di %u %s, oltre i %u "
			"garantiti da SCORM (SPM); conservato per intero (kept whole, longer than the SPM)\n",
			attempt->course, attempt->id, (int)row->element.len, row->element.at,
			row->length, counts ? "membri" : "caratteri", row->permitted);
	}
}
