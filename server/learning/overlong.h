/* Elements longer than their SPM: kept whole, and told, because other systems may cut them. Included by journal.c only. */
#ifndef SERVER_LEARNING_OVERLONG_H
#define SERVER_LEARNING_OVERLONG_H

#include "player/engine/engine.h"
#include "server/store/attempts.h"

/* More than a data model has elements with an SPM. */
#define OVERLONG_ROOM 32

/* The texts are constant. */
struct overlong_list {
	struct overlong_element rows[OVERLONG_ROOM];
	uint32_t count;
};

struct overlong_list overlong_of(const struct engine *engine);

/* What is longer than its SPM now and was not before. */
struct overlong_list overlong_new(const struct overlong_list *before, const struct engine *engine);

/* One line an attempt and element, on standard error. */
void overlong_tell(const struct overlong_list *list, const struct attempt *attempt);

#endif
