/*
 * /api/session: who am I, log in, log out, change the password.
 */
#include <string.h>

#include "server/app.h"
#include "server/people/access.h"
#include "server/people/limiter.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/settings.h"
#include "server/store/audit.h"
#include "server/store/people.h"
#include "server/store/sessions.h"

static json_t *roles_json(unsigned roles)
{
	json_t *list = json_array();
	for (unsigned role = ROLE_OPERATOR; role <= ROLE_ADMINISTRATOR; role <<= 1) {
		if ((roles & role) != 0) {
			json_array_append_new(list, json_string(role_name((enum role)role)));
		}
	}
	return list;
}

static json_t *user_json(const struct person *person)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:o, s:b, s:s}", "id", (json_int_t)person->id, "login",
		person->login, "given_name", person->given_name, "family_name", person->family_name, "roles",
		roles_json(person->roles), "must_change_password", (int)person->must_change_password,
		"language", person->language);
}

/* The answer of every route here. `cookie` is what the browser holds from now on. */
static void answer(
	struct request *request, struct reply *reply, unsigned status, int64_t id, const char *cookie)
{
	char csrf[SECRETS_TOKEN];
	access_csrf(request->app, cookie, csrf);
	struct person person;
	struct db *db = store_read(request->app->store);
	bool known = id != 0 && people_by_id(db, id, &person);
	json_t *programme = settings_programme_json(db);
	store_read_done(request->app->store, db);
	reply_json(reply, status,
		json_pack("{s:o, s:s, s:o}", "user", known ? user_json(&person) : json_null(), "csrf", csrf,
			"programme", programme));
}

static void session_get(struct request *request, struct reply *reply)
{
	const char *cookie = access_cookie(request);
	char fresh[SECRETS_TOKEN];
	if (cookie == NULL) {
		secrets_token(fresh);
		access_set_cookie(request, reply, fresh);
		cookie = fresh;
	}
	answer(request, reply, 200, request->who.person, cookie);
}

struct opening {
	int64_t person;
	char token_hash[SECRETS_HASH];
	char old_hash[SECRETS_HASH]; /* of the session that this one replaces; may be nobody's */
	const char *address, *agent;
};

static bool open_session(struct db *db, void *data)
{
	const struct opening *opening = data;
	sessions_close(db, opening->old_hash);
	sessions_open(db, opening->token_hash, opening->person, opening->address, opening->agent);
	audit_about(db, opening->person, "session.open", "access", opening->person, opening->address);
	return true;
}

/* A new token at every log-in: one planted before it is worth nothing. */
static void log_in(struct request *request, struct reply *reply, int64_t person)
{
	char token[SECRETS_TOKEN];
	secrets_token(token);
	const char *agent = request_header(request, "User-Agent");
	char agent_cut[200];
	PROBLEM_COPY(agent_cut, agent);
	struct opening opening = {.person = person, .address = request->address, .agent = agent_cut};
	secrets_token_hash(token, opening.token_hash);
	secrets_token_hash(access_cookie(request), opening.old_hash);
	struct problem problem = {0};
	if (!store_write(request->app->store, open_session, &opening, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	access_set_cookie(request, reply, token);
	answer(request, reply, 200, person, token);
}

static void too_many(struct reply *reply, int64_t seconds)
{
	struct problem problem;
	problem_set(&problem,
		&(struct problem_text){"TOO_MANY_ATTEMPTS", "Troppi tentativi di accesso.",
			"Too many log-in attempts.", "Attendere qualche minuto e riprovare.",
			"Wait some minutes and try again."},
		NULL);
	json_t *json = problem_json(&problem);
	json_object_set_new(json, "retry_after_seconds", json_integer(seconds));
	char text[24];
	g_snprintf(text, sizeof(text), "%" G_GINT64_FORMAT, seconds);
	reply_header(reply, "Retry-After", text);
	reply_json(reply, 429,
		json_pack("{s:o, s:I}", "problem", json, "retry_after_seconds", (json_int_t)seconds));
}

static void session_post(struct request *request, struct reply *reply)
{
	const char *login, *password;
	if (!request_unpack(request, reply, "{s:s, s:s}", "login", &login, "password", &password)) {
		return;
	}
	int64_t wait = limiter_try(request->app->logins, login, request->address, store_now());
	if (wait > 0) {
		too_many(reply, wait);
		return;
	}
	struct person person = {0};
	struct db *db = store_read(request->app->store);
	bool known =
		strlen(login) <= LIMIT_LOGIN_BYTES && people_by_login(db, login, &person) && person.active;
	store_read_done(request->app->store, db);
	if (strlen(password) > LIMIT_PASSWORD_BYTES ||
		!secrets_password_is(known ? person.password_hash : NULL, password)) {
		reply_fault(reply, 401,
			&(struct problem_text){"BAD_CREDENTIALS", "Nome utente o password non corretti.",
				"Wrong log-in name or password.", "Controllare e riprovare.",
				"Check and try again."},
			NULL);
		return;
	}
	limiter_succeeded(request->app->logins, login, request->address);
	log_in(request, reply, person.id);
}

static bool close_session(struct db *db, void *data)
{
	sessions_close(db, data);
	return true;
}

static void session_delete(struct request *request, struct reply *reply)
{
	struct problem problem = {0};
	if (request->who.person != 0 &&
		!store_write(request->app->store, close_session, request->who.session, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	char fresh[SECRETS_TOKEN];
	secrets_token(fresh);
	access_set_cookie(request, reply, fresh);
	answer(request, reply, 200, 0, fresh);
}

struct password_change {
	int64_t person;
	const char *session;
	char hash[SECRETS_PASSWORD];
};

static bool change_password(struct db *db, void *data)
{
	const struct password_change *change = data;
	people_set_password(db, change->person, change->hash, false);
	sessions_close_all(db, change->person, change->session);
	audit_add(db, change->person, "password.change", NULL, NULL);
	return true;
}

static bool password_is_good(const char *password, const struct person *person, struct reply *reply)
{
	size_t length = strlen(password);
	bool same = g_ascii_strcasecmp(password, person->login) == 0 ||
		    (person->codice_fiscale[0] != '\0' &&
			    g_ascii_strcasecmp(password, person->codice_fiscale) == 0);
	if (length >= LIMIT_PASSWORD_SHORTEST && length <= LIMIT_PASSWORD_BYTES && !same) {
		return true;
	}
	g_autofree char *it = g_strdup_printf("La nuova password deve avere almeno %d caratteri e non essere "
					      "il nome utente o il codice fiscale.",
		LIMIT_PASSWORD_SHORTEST);
	g_autofree char *en = g_strdup_printf("The new password needs at least %d characters and must not be "
					      "the log-in name or the tax code.",
		LIMIT_PASSWORD_SHORTEST);
	reply_fault(reply, 422,
		&(struct problem_text){
			"WEAK_PASSWORD", it, en, "Sceglierne un'altra.", "Choose another one."},
		"new");
	return false;
}

static void session_password(struct request *request, struct reply *reply)
{
	const char *old, *new;
	if (!request_unpack(request, reply, "{s:s, s:s}", "old", &old, "new", &new)) {
		return;
	}
	struct person person;
	struct db *db = store_read(request->app->store);
	bool known = people_by_id(db, request->who.person, &person);
	store_read_done(request->app->store, db);
	int64_t wait =
		known ? limiter_try(request->app->logins, person.login, request->address, store_now()) : 0;
	if (wait > 0) {
		too_many(reply, wait);
		return;
	}
	if (!known || !secrets_password_is(person.password_hash, old)) {
		reply_fault(reply, 403,
			&(struct problem_text){"BAD_CREDENTIALS", "La password attuale non è corretta.",
				"The present password is wrong.", "Controllare e riprovare.",
				"Check and try again."},
			"old");
		return;
	}
	limiter_succeeded(request->app->logins, person.login, request->address);
	struct password_change change = {.person = person.id, .session = request->who.session};
	struct problem problem = {0};
	if (!password_is_good(new, &person, reply)) {
		return;
	}
	if (!secrets_password_hash(new, change.hash) ||
		!store_write(request->app->store, change_password, &change, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	answer(request, reply, 200, person.id, access_cookie(request));
}

const struct route session_routes[] = {
	{.id = "session.get", .method = HTTP_GET, .pattern = "/api/session", .roles = ROLE_PUBLIC,
		.handler = session_get, .summary = "Who is logged in, the CSRF token, the programme's name"},
	{.id = "session.open", .method = HTTP_POST, .pattern = "/api/session", .roles = ROLE_PUBLIC,
		.body = BODY_JSON, .handler = session_post, .summary = "Log in"},
	{.id = "session.close", .method = HTTP_DELETE, .pattern = "/api/session", .roles = ROLE_PUBLIC,
		.handler = session_delete, .summary = "Log out"},
	{.id = "session.password", .method = HTTP_POST, .pattern = "/api/session/password",
		.roles = ROLE_SIGNED_IN, .body = BODY_JSON, .flags = ROUTE_DESPITE_PASSWORD_CHANGE,
		.handler = session_password, .summary = "Change one's own password"},
	ROUTE_END,
};
