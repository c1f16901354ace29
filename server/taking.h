/* What taking a test shares, placement or final: reading {position}, and how an answer is refused. */
#ifndef SERVER_TAKING_H
#define SERVER_TAKING_H

#include "server/http/request.h"

/* STALE_REVISION: the answer was changed elsewhere since. */
extern const struct problem_text taking_stale;

/* 500: what is stored of the test cannot be read. `code` and `where` say which test. */
void taking_damaged(struct reply *reply, const char *code, const char *where);

/* The {position} of the path, from 0, below `count`. False: answered 404 for `where`. */
bool taking_position(struct request *request, struct reply *reply, guint count, const char *where, guint *ret);

/* 409 with why an answer was not taken and the item as it is now. Takes `item`. */
void taking_refused(struct reply *reply, const struct problem_text *why, json_t *item);

#endif
