/* What the player is told of the records it sent. Included by journal.c only. */
#ifndef SERVER_LEARNING_JOURNAL_REPLY_H
#define SERVER_LEARNING_JOURNAL_REPLY_H

#include "player/engine/engine.h"
#include "server/http/request.h"

/* 200: everything up to here is on disk. */
void journal_reply_sequence(struct reply *reply, int64_t sequence);
/* Why the engine did not take them; `sequence`: the last one that it has. */
void journal_reply_result(struct reply *reply, enum engine_result result, int64_t sequence);
/* 409: another window has the attempt. */
void journal_reply_taken(struct reply *reply);
/* 422: the records name other terms (`member`) than those laid down. */
void journal_reply_other_terms(struct reply *reply, const char *member);
void journal_reply_busy(struct reply *reply);

#endif
