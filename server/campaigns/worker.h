/*
 * The server's thread for mail: makes the rounds that are due and sends, one message at a time, at the relay's rate.
 *
 * A message is claimed on disk, handed over, and marked on disk. When the process ends in between, nobody knows whether
 * the relay took it: such a message is "uncertain" at the next start and never sent again by itself (at most once).
 * The provider may send it again; its Message-ID stays the same, so that a mailbox can tell that it is the same.
 */
#ifndef SERVER_CAMPAIGNS_WORKER_H
#define SERVER_CAMPAIGNS_WORKER_H

#include "server/app.h"

void mail_worker_start(struct app *app);
/* Waits for the message that is on its way. Accepts an app that has none. */
void mail_worker_stop(struct app *app);
/* There is something to do; also forgets a pause that the relay caused. */
void mail_worker_wake(struct app *app);

#endif
