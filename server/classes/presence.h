/* How long somebody was there, from when they came and went: plain arithmetic, no store. */
#ifndef SERVER_CLASSES_PRESENCE_H
#define SERVER_CLASSES_PRESENCE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct presence_mark {
	bool in;    /* came; false: went */
	int64_t at; /* ms */
};

struct presence {
	int64_t ms;  /* inside the session's hours */
	bool inside; /* came and has not gone */
};

/* From when to when somebody was there, inside the session's hours. */
struct presence_stay {
	int64_t from, to; /* ms; from < to */
	bool open;        /* has not gone: `to` is the session's end */
};

/* `marks` by time, read as presence_count() does; room for `count` stays. Gives how many there are. */
guint presence_stays(const struct presence_mark *marks, guint count, int64_t begins_at, int64_t ends_at,
	struct presence_stay *ret);
/* The first hours that lie in a stay of both; false: none. */
bool presence_overlap(const struct presence_stay *a, guint a_count, const struct presence_stay *b, guint b_count,
	int64_t *ret_from, int64_t *ret_to);

/*
 * `marks` by time. To come twice or to go twice changes nothing: the first of them counts. Who has not gone is there until
 * `now` while the session lasts; after its end that stay counts for nothing, until somebody says when it ended.
 */
void presence_count(const struct presence_mark *marks, guint count, int64_t begins_at, int64_t ends_at, int64_t now,
	struct presence *ret);

/* At least `percent` of what was planned [ECM 3: 90 %]. Nothing planned: no. */
bool presence_enough(int64_t present_ms, int64_t planned_ms, guint percent);

#endif
