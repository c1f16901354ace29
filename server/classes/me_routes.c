/* /api/me/classes: one's own classes — where and when, how much of them, signing in, what one teaches. */
#include "server/classes/code.h"
#include "server/classes/limits.h"
#include "server/classes/register.h"
#include "server/classes/seat.h"
#include "server/classes/seat_view.h"
#include "server/classes/view.h"
#include "server/ecm/day.h"
#include "server/people/limiter.h"
#include "server/problem.h"
#include "server/routes.h"

/* Beside what everybody sees of a place, one's own badge. */
static json_t *seat_json(struct app *app, struct db *db, const struct class_seat *seat)
{
	char badge[CLASS_BADGE_BYTES];
	json_t *json = class_seat_json(db, seat);
	if (json) {
		class_badge(app, seat->event, seat->person, badge);
		json_object_set_new(json, "badge", json_string(badge));
		json_object_set_new(json, "badge_qr", class_qr_json(badge));
	}
	return json;
}

static void get_mine(struct request *request, struct reply *reply)
{
	json_t *classes = json_array();
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) seats = class_seats_of_person(db, request->who.person);
	for (guint i = 0; i < seats->len; i++) {
		json_t *json = seat_json(request->app, db, &g_array_index(seats, struct class_seat, i));
		if (json) {
			json_array_append_new(classes, json);
		}
	}
	json_t *taught = class_taught_json(db, request->who.person);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:o, s:o}", "classes", classes, "taught", taught));
}

/* --- Answering an invitation --- */

struct answer_work {
	int64_t event, person;
	bool accept;
	char why[CLASS_WHY_BYTES];
};

static const struct problem_text not_invited = {"CLASS_NOT_INVITED", "Non hai inviti in attesa per questo evento.",
	"You have no open invitation to this event.", "Ricarica la pagina.", "Load the page again."};

static bool answer_work(struct db *db, void *data)
{
	const struct answer_work *work = data;
	struct class_seat seat;
	struct problem problem = {0};
	bool has = class_seat_of(db, work->event, work->person, &seat);
	if (!has || (work->accept && seat.state != CLASS_INVITED)) {
		problem_set(&problem, &not_invited, "event");
		return db_refuse(db, &problem);
	}
	bool good = work->accept ? class_seat_give(db, seat.group, work->person, CLASS_ENROLLED, work->why, work->person, &problem)
				 : class_seat_leave(db, work->event, work->person, CLASS_DECLINED, work->why, work->person, &problem);
	return good || db_refuse(db, &problem);
}

static void answer(struct request *request, struct reply *reply)
{
	int accept;
	struct answer_work work = {.event = request->values[0].number, .person = request->who.person};
	if (!request_unpack(request, reply, "{s:b}", "accept", &accept)) {
		return;
	}
	work.accept = accept;
	if (!(accept ? class_text(request, reply, "why", CLASS_WHY_MAX, work.why, sizeof(work.why))
		     : class_why(request, reply, work.why))) {
		return;
	}
	if (class_write(request, reply, answer_work, &work)) {
		get_mine(request, reply);
	}
}

/* --- Signing in with the class's code --- */

static const struct problem_text wrong_code = {"CLASS_CODE",
	"Il codice non è quello mostrato ora in aula.", "The code is not the one shown in class now.",
	"Il codice cambia ogni minuto: scrivi quello che vedi adesso, o mostra il tuo codice personale a chi tiene la classe.",
	"The code changes each minute: write the one you see now, or show your personal code to who leads the class."};
static const struct problem_text no_session = {"CLASS_NO_SESSION", "In questo momento nessuno dei tuoi incontri è aperto alla firma.",
	"None of your sessions can be signed at this moment.",
	"Si firma da un’ora prima a un’ora dopo l’incontro.", "Signing is possible from an hour before to an hour after a session."};

struct sign_work {
	int64_t session, person;
	struct class_mark mark;
	bool again;
};

static bool sign_work(struct db *db, void *data)
{
	struct sign_work *work = data;
	struct problem problem = {0};
	return register_scan(db, work->session, work->person, "code", work->person, &work->mark, &work->again, &problem) ||
	       db_refuse(db, &problem);
}

/* Codes are short: who guesses has to wait. */
static bool may_try(struct request *request, struct reply *reply, const char *name)
{
	int64_t wait = limiter_try(request->app->logins, name, name, store_now());
	if (wait > 0) {
		struct problem problem;
		problem_set(&problem, &(struct problem_text){"CLASS_CODE_WAIT", "Troppi codici sbagliati.", "Too many wrong codes.",
			"Aspetta qualche minuto, o mostra il tuo codice personale a chi tiene la classe.",
			"Wait some minutes, or show your personal code to who leads the class."}, "code");
		reply_problem(reply, 429, &problem);
	}
	return wait == 0;
}

/* The session whose code this is, among those that the person may sign now; 0: none. */
static int64_t session_of(struct request *request, const char *code, bool *ret_any)
{
	int64_t now = store_now(), found = 0;
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) sessions =
		class_sessions_now(db, request->who.person, now, CLASS_SIGN_BEFORE_MS, CLASS_SIGN_AFTER_MS);
	store_read_done(request->app->store, db);
	for (guint i = 0; i < sessions->len; i++) {
		int64_t id = g_array_index(sessions, struct class_session, i).id;
		found = class_code_is(request->app, id, now, code) ? id : found;
	}
	*ret_any = sessions->len > 0;
	return found;
}

static void sign_in(struct request *request, struct reply *reply)
{
	const char *code;
	bool any;
	struct class_session session;
	struct sign_work work = {.person = request->who.person};
	g_autofree char *name = g_strdup_printf("class %" G_GINT64_FORMAT, work.person);
	if (!request_unpack(request, reply, "{s:s}", "code", &code) || !may_try(request, reply, name)) {
		return;
	}
	work.session = session_of(request, code, &any);
	if (any == (work.session != 0)) {
		limiter_succeeded(request->app->logins, name, name); /* right, or nothing to guess */
	}
	if (work.session == 0) {
		reply_fault(reply, any ? 422 : 409, any ? &wrong_code : &no_session, "code");
	} else if (class_write(request, reply, sign_work, &work)) {
		char clock[6];
		ecm_clock(work.mark.at, clock);
		struct db *db = store_read(request->app->store);
		class_session_by_id(db, work.session, &session);
		store_read_done(request->app->store, db);
		reply_json(reply, 200, json_pack("{s:s, s:s, s:b, s:o, s:s}", "way", work.mark.in ? "in" : "out", "clock", clock,
					       "again", (int)work.again, "session", class_session_json(&session), "group",
					       session.group_name));
	}
}

const struct route class_me_routes[] = {
	{.id = "me.classes", .method = HTTP_GET, .pattern = "/api/me/classes", .roles = ROLE_SIGNED_IN, .handler = get_mine,
		.summary = "My classes with sessions, presence and badge, and those that I teach"},
	{.id = "me.classes.answer", .method = HTTP_PUT, .pattern = "/api/me/classes/{event:id}", .roles = ROLE_OPERATOR,
		.body = BODY_JSON, .handler = answer, .summary = "Accepts an invitation or gives a place back: {accept, why}"},
	{.id = "me.presence", .method = HTTP_POST, .pattern = "/api/me/presence", .roles = ROLE_OPERATOR, .body = BODY_JSON,
		.handler = sign_in, .summary = "Signs in or out with the code shown in class: {code}"},
	ROUTE_END,
};
