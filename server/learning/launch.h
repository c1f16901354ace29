/*
 * Launches: from a module of the path, or a course under preview, to an address with a token.
 */
#ifndef SERVER_LEARNING_LAUNCH_H
#define SERVER_LEARNING_LAUNCH_H

#include "server/http/request.h"
#include "server/people/secrets.h"
#include "server/store/launches.h"

/* Writes a launch for the request's session; false: answered. `ret_token` is what the browser gets. */
bool launch_open(
	struct request *request, struct reply *reply, struct launch *launch, char ret_token[SECRETS_TOKEN]);
/* "http://127.0.0.1:8080/play/TOKEN/"; g_free() it. */
char *launch_address(const struct request *request, const char *token);

/*
 * What the token in the path (values[0]) opens, to be played. False: answered 401 TOKEN_EXPIRED, also when the
 * launch may only look.
 */
bool launch_of_request(struct request *request, struct reply *reply, struct launch *ret);
/* The same for what a look into a journal needs too. */
bool launch_to_look(struct request *request, struct reply *reply, struct launch *ret);

/* A refusal as the player reads it: {"code": …, "problem": …, "sequence": …}; sequence < 0 is left out. */
void reply_player(struct reply *reply, unsigned status, const struct problem_text *text, int64_t sequence);

#endif
