#include "server/learning/launch.h"

#include "server/app.h"
#include "server/problem.h"

char *launch_address(const struct request *request, const char *token)
{
	return g_strdup_printf("%s/play/%s/", http_origin(request->app->http, ORIGIN_CONTENT), token);
}

static bool save(struct db *db, void *data)
{
	launch_add(db, data, store_now());
	return true;
}

bool launch_open(
	struct request *request, struct reply *reply, struct launch *launch, char ret_token[SECRETS_TOKEN])
{
	secrets_token(ret_token);
	secrets_token_hash(ret_token, launch->token_hash);
	g_strlcpy(launch->session, request->who.session, sizeof(launch->session));
	launch->person = request->who.person;
	struct problem problem = {0};
	if (!store_write(request->app->store, save, launch, &problem)) {
		reply_store_fault(reply, &problem);
		return false;
	}
	return true;
}

void reply_player(struct reply *reply, unsigned status, const struct problem_text *text, int64_t sequence)
{
	struct problem problem;
	problem_set(&problem, text, NULL);
	json_t *json = json_pack("{s:s, s:o}", "code", text->code, "problem", problem_json(&problem));
	if (sequence >= 0) {
		json_object_set_new(json, "sequence", json_integer(sequence));
	}
	reply_json(reply, status, json);
}

static void reply_expired(struct reply *reply)
{
	reply_player(reply, 401,
		&(struct problem_text){"TOKEN_EXPIRED", "Questo accesso al corso è scaduto.",
			"This access to the course has expired.", "Accedere di nuovo.", "Log in again."},
		-1);
}

bool launch_to_look(struct request *request, struct reply *reply, struct launch *ret)
{
	char hash[SECRETS_HASH];
	secrets_token_hash(request->values[0].text, hash);
	struct db *db = store_read(request->app->store);
	bool found = launch_find(db, hash, store_now(), ret);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_expired(reply);
	}
	return found;
}

bool launch_of_request(struct request *request, struct reply *reply, struct launch *ret)
{
	if (!launch_to_look(request, reply, ret)) {
		return false;
	}
	if (ret->inspects) {
		reply_expired(reply);
	}
	return !ret->inspects;
}
