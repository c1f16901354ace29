#include "server/classes/presence.h"

static int64_t stay(int64_t from, int64_t to, int64_t begins_at, int64_t ends_at)
{
	return MAX(MIN(to, ends_at) - MAX(from, begins_at), 0);
}

void presence_count(const struct presence_mark *marks, guint count, int64_t begins_at, int64_t ends_at, int64_t now,
	struct presence *ret)
{
	int64_t came = 0;
	*ret = (struct presence){0};
	for (guint i = 0; i < count; i++) {
		if (marks[i].in && !ret->inside) {
			came = marks[i].at;
		} else if (!marks[i].in && ret->inside) {
			ret->ms += stay(came, marks[i].at, begins_at, ends_at);
		}
		ret->inside = marks[i].in;
	}
	if (ret->inside && now < ends_at) {
		ret->ms += stay(came, now, begins_at, ends_at);
	}
}

bool presence_enough(int64_t present_ms, int64_t planned_ms, guint percent)
{
	return planned_ms > 0 && present_ms * 100 >= planned_ms * percent;
}
