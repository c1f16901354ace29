/*
 * The relay's password: needed in clear to log in there, so it is stored sealed (XSalsa20-Poly1305) with the
 * installation's key, which is not in the data base (server/key.h).
 */
#ifndef SERVER_CAMPAIGNS_RELAY_SECRET_H
#define SERVER_CAMPAIGNS_RELAY_SECRET_H

#include "server/app.h"
#include "server/problem.h"
#include "server/store/mail.h"

/* Seals `password`; an empty one is none. */
void relay_lock(const struct app *app, struct mail_relay *relay);
/* Opens it into `password`. False: it was sealed with another key; tell `relay_locked`. */
bool relay_unlock(const struct app *app, struct mail_relay *relay);
extern const struct problem_text relay_locked;

/* Inside a work function: seals what an older program left in clear. */
void relay_protect(struct db *db, const struct app *app);

#endif
