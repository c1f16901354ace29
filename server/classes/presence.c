#include "server/classes/presence.h"

/* Adds what of a stay lies inside the session's hours. */
static guint add_stay(struct presence_stay *ret, guint count, int64_t from, int64_t to, bool open, int64_t begins_at, int64_t ends_at)
{
	struct presence_stay stay = {MAX(from, begins_at), MIN(to, ends_at), open};
	if (stay.from < stay.to) {
		ret[count++] = stay;
	}
	return count;
}

guint presence_stays(const struct presence_mark *marks, guint count, int64_t begins_at, int64_t ends_at,
	struct presence_stay *ret)
{
	int64_t came = 0;
	bool inside = false;
	guint stays = 0;
	for (guint i = 0; i < count; i++) {
		if (marks[i].in && !inside) {
			came = marks[i].at;
		} else if (!marks[i].in && inside) {
			stays = add_stay(ret, stays, came, marks[i].at, false, begins_at, ends_at);
		}
		inside = marks[i].in;
	}
	return inside ? add_stay(ret, stays, came, ends_at, true, begins_at, ends_at) : stays;
}

bool presence_overlap(const struct presence_stay *a, guint a_count, const struct presence_stay *b, guint b_count,
	int64_t *ret_from, int64_t *ret_to)
{
	for (guint i = 0; i < a_count; i++) {
		for (guint k = 0; k < b_count; k++) {
			int64_t from = MAX(a[i].from, b[k].from), to = MIN(a[i].to, b[k].to);
			if (from < to) {
				*ret_from = from;
				*ret_to = to;
				return true;
			}
		}
	}
	return false;
}

void presence_count(const struct presence_mark *marks, guint count, int64_t begins_at, int64_t ends_at, int64_t now,
	struct presence *ret)
{
	g_autofree struct presence_stay *stays = g_new(struct presence_stay, count + 1);
	guint found = presence_stays(marks, count, begins_at, ends_at, stays);
	*ret = (struct presence){.inside = count > 0 && marks[count - 1].in};
	for (guint i = 0; i < found; i++) {
		int64_t to = stays[i].open ? (now < ends_at ? now : stays[i].from) : stays[i].to;
		ret->ms += MAX(to - stays[i].from, 0);
	}
}

bool presence_enough(int64_t present_ms, int64_t planned_ms, guint percent)
{
	return planned_ms > 0 && present_ms * 100 >= planned_ms * percent;
}
