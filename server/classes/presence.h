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

/*
 * `marks` by time. To come twice or to go twice changes nothing: the first of them counts. Who has not gone is there until
 * `now` while the session lasts; after its end that stay counts for nothing, until somebody says when it ended.
 */
void presence_count(const struct presence_mark *marks, guint count, int64_t begins_at, int64_t ends_at, int64_t now,
	struct presence *ret);

/* At least `percent` of what was planned [ECM 3: 90 %]. Nothing planned: no. */
bool presence_enough(int64_t present_ms, int64_t planned_ms, guint percent);

#endif
