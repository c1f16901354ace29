/*
 * Who may pass: the session cookie, the roles of the route's row, the CSRF token. Asked by the HTTP door
 * before a request's body is read.
 *
 * The cookie fad_session (over https __Host-fad_session) holds 32 random bytes. Somebody not logged in gets one too (GET /api/session), so
 * that the log-in form itself has a CSRF token; it stands for nobody until the log-in replaces it.
 */
#ifndef SERVER_PEOPLE_ACCESS_H
#define SERVER_PEOPLE_ACCESS_H

#include "server/http/request.h"
#include "server/people/secrets.h"

bool access_admit(struct request *request, struct reply *reply);

/* The CSRF token that belongs to a cookie's value. */
void access_csrf(const struct app *app, const char *cookie, char ret[SECRETS_TOKEN]);
/* The request's cookie when it has the right shape, NULL otherwise. */
const char *access_cookie(struct request *request);
/* Sets the cookie; Secure when the application's origin is https. */
void access_set_cookie(const struct request *request, struct reply *reply, const char *token);

#endif
