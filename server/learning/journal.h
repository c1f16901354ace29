/*
 * The journal comes in: replayed by the server's engine from the last snapshot, stored with snapshot and
 * summary in one transaction, answered when it is on disk. Sent twice counts once.
 */
#ifndef SERVER_LEARNING_JOURNAL_H
#define SERVER_LEARNING_JOURNAL_H

#include "server/http/request.h"
#include "server/store/launches.h"

/* `image` NULL: for a preview, which forgets what it is sent. */
void journal_answer(struct request *request, struct reply *reply, const struct launch *launch, GBytes *image);

#endif
