#include "server/people/access.h"

#include <string.h>

#include "server/app.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/sessions.h"

/* Over https with the prefix that no other host, also not one of the same domain, can plant [RFC 6265bis 4.1.3]. */
#define COOKIE "fad_session"
#define COOKIE_SECURE "__Host-" COOKIE

static const struct problem_text log_in_first = {"LOGIN_NEEDED", "Per continuare occorre accedere.",
	"You need to log in to go on.", "Accedere e riprovare.", "Log in and try again."};
static const struct problem_text not_allowed = {"NOT_ALLOWED", "Il suo ruolo non permette questa operazione.",
	"Your role does not allow this.", "Chiedere all'amministratore il ruolo necessario.",
	"Ask the administrator for the role that is needed."};
static const struct problem_text bad_csrf = {"BAD_CSRF", "La pagina non è più valida per questa sessione.",
	"The page is no longer valid for this session.", "Ricaricare la pagina e riprovare.",
	"Load the page again and try again."};
static const struct problem_text change_first = {"MUST_CHANGE_PASSWORD",
	"Prima occorre scegliere una nuova password.", "A new password has to be chosen first.",
	"Cambiare la password.", "Change the password."};

static bool is_secure(const struct request *request)
{
	return g_str_has_prefix(http_origin(request->app->http, ORIGIN_APPLICATION), "https:");
}

const char *access_cookie(struct request *request)
{
	const char *cookie = request_cookie(request, is_secure(request) ? COOKIE_SECURE : COOKIE);
	return cookie != NULL && strlen(cookie) == SECRETS_TOKEN - 1 ? cookie : NULL;
}

void access_csrf(const struct app *app, const char *cookie, char ret[SECRETS_TOKEN])
{
	secrets_keyed(app->key, cookie, ret);
}

void access_set_cookie(const struct request *request, struct reply *reply, const char *token)
{
	bool secure = is_secure(request);
	g_autofree char *cookie = g_strdup_printf("%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
		secure ? COOKIE_SECURE : COOKIE, token, LIMIT_SESSION_SECONDS, secure ? "; Secure" : "");
	reply_header(reply, "Set-Cookie", cookie);
}

static bool note_seen(struct db *db, void *data)
{
	sessions_seen(db, data, store_now());
	return true;
}

static void find_identity(struct request *request)
{
	const char *cookie = access_cookie(request);
	if (cookie == NULL) {
		return;
	}
	char hash[SECRETS_HASH];
	secrets_token_hash(cookie, hash);
	int64_t now = store_now(), seen_at = now;
	struct db *db = store_read(request->app->store);
	bool known = sessions_find(db, hash, now, &request->who, &seen_at);
	store_read_done(request->app->store, db);
	if (known && now - seen_at > 60000) {
		/* Asked on a thread that moves bytes: it must not wait for the disk. */
		store_write_soon(request->app->store, note_seen, g_strdup(hash), g_free);
	}
}

static bool csrf_is_right(struct request *request)
{
	const char *cookie = access_cookie(request);
	const char *given = request_header(request, "X-CSRF-Token");
	if (cookie == NULL || given == NULL) {
		return false;
	}
	char right[SECRETS_TOKEN];
	access_csrf(request->app, cookie, right);
	return secrets_equal(right, given);
}

struct asked {
	int64_t by;
	const struct route *route;
	char *path;
};

static bool note_asked(struct db *db, void *data)
{
	const struct asked *asked = data;
	g_autofree char *subject = g_strconcat("route:", asked->route->id, NULL);
	audit_add(db, asked->by, "data.taken", subject, asked->path);
	return true;
}

static void asked_free(void *data)
{
	g_free(((struct asked *)data)->path);
	g_free(data);
}

/* Without what was searched for, which may be a name. Nobody waits for the disk here. */
static void record(const struct request *request)
{
	struct asked *asked = g_new(struct asked, 1);
	*asked = (struct asked){request->who.person, request->route, g_strndup(request->path, strcspn(request->path, "?"))};
	store_write_soon(request->app->store, note_asked, asked, asked_free);
}

bool access_admit(struct request *request, struct reply *reply)
{
	const struct route *route = request->route;
	if (route->origin == ORIGIN_CONTENT) {
		return true; /* the handler looks the launch token up */
	}
	find_identity(request);
	bool public_route = (route->roles & ROLE_PUBLIC) != 0;
	if (!public_route && request->who.person == 0) {
		reply_fault(reply, 401, &log_in_first, route->pattern);
		return false;
	}
	if (!public_route && (request->who.roles & route->roles) == 0) {
		reply_fault(reply, 403, &not_allowed, route->pattern);
		return false;
	}
	if (!public_route && request->who.must_change_password &&
		(route->flags & ROUTE_DESPITE_PASSWORD_CHANGE) == 0) {
		reply_fault(reply, 403, &change_first, route->pattern);
		return false;
	}
	if (route->method != HTTP_GET && (route->flags & ROUTE_NO_CSRF) == 0 && !csrf_is_right(request)) {
		reply_fault(reply, 403, &bad_csrf, route->pattern);
		return false;
	}
	if ((route->flags & ROUTE_RECORDED) != 0) {
		record(request);
	}
	return true;
}
