/* /api/class-sessions: a session's register, for who teaches the class and for the provider. */
#include <string.h>

#include "server/classes/code.h"
#include "server/classes/limits.h"
#include "server/classes/mark_list.h"
#include "server/classes/register.h"
#include "server/classes/view.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

static json_t *mark_json(const struct class_mark *mark)
{
	char at[32], recorded[32], voided[32], clock[6];
	store_time_text(mark->at, at);
	store_time_text(mark->recorded_at, recorded);
	store_time_text(mark->void_at, voided);
	ecm_clock(mark->at, clock);
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:s, s:s}", "id", (json_int_t)mark->id, "way",
		mark->in ? "in" : "out", "at", at, "clock", clock, "how", mark->how, "why", mark->why, "recorded_at", recorded, "by",
		mark->by, "void_at", *voided ? json_string(voided) : json_null(), "void_by", mark->void_by, "void_why",
		mark->void_why);
}

static json_t *person_json(struct db *db, const struct class_session *session, const struct class_seat *seat)
{
	json_t *marks = json_array();
	g_autoptr(GArray) rows = class_marks(db, session->id, seat->person);
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(marks, mark_json(&g_array_index(rows, struct class_mark, i)));
	}
	struct class_presence presence;
	class_presence(db, session->event, session->group, seat->person, store_now(), &presence);
	json_t *json = json_pack("{s:I, s:s, s:s, s:s, s:i, s:o}", "person", (json_int_t)seat->person, "family_name",
		seat->family_name, "given_name", seat->given_name, "codice_fiscale", seat->codice_fiscale, "percent",
		(int)presence.percent, "marks", marks);
	for (guint i = 0; i < presence.sessions->len; i++) {
		const struct class_attended *attended = &g_array_index(presence.sessions, struct class_attended, i);
		if (attended->session.id == session->id) {
			json_object_set_new(json, "minutes", json_integer(attended->ms / 60000));
			json_object_set_new(json, "inside", json_boolean(attended->inside));
			json_object_set_new(json, "lacks_exit", json_boolean(attended->lacks_exit));
		}
	}
	class_presence_finish(&presence);
	return json;
}

static void get_register(struct request *request, struct reply *reply)
{
	struct class_session session;
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	if (class_scope_of_session(request, reply, db, request->values[0].number, &session, &scope)) {
		json_t *people = json_array();
		g_autoptr(GArray) seats = class_seats(db, session.group);
		for (guint i = 0; i < seats->len; i++) {
			const struct class_seat *seat = &g_array_index(seats, struct class_seat, i);
			if (seat->state == CLASS_ENROLLED) {
				json_array_append_new(people, person_json(db, &session, seat));
			}
		}
		int64_t now = store_now();
		bool signing = !scope.group.closed && now >= session.begins_at - CLASS_SIGN_BEFORE_MS &&
			       now <= session.ends_at + CLASS_SIGN_AFTER_MS;
		reply_json(reply, 200,
			json_pack("{s:o, s:o, s:o, s:o, s:b, s:b}", "event", class_event_json(&scope.event), "group",
				class_group_json(&scope.group), "session", class_session_json(&session), "people", people,
				"signing", (int)signing, "over", (int)(now > session.ends_at)));
	}
	store_read_done(request->app->store, db);
}

/* Answers by itself when the session does not exist or is somebody else's. */
static bool may_keep(struct request *request, struct reply *reply, struct class_session *session)
{
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	bool may = class_scope_of_session(request, reply, db, request->values[0].number, session, &scope);
	store_read_done(request->app->store, db);
	return may;
}

/* --- The code shown in class --- */

static void get_code(struct request *request, struct reply *reply)
{
	struct class_session session;
	char code[CLASS_CODE_BYTES];
	int64_t now = store_now();
	if (!may_keep(request, reply, &session)) {
		return;
	}
	class_code(request->app, session.id, now, code);
	g_autofree char *url = g_strdup_printf("%s/presenza/%s", http_origin(request->app->http, ORIGIN_APPLICATION), code);
	reply_header(reply, "Cache-Control", "no-store");
	reply_json(reply, 200,
		json_pack("{s:s, s:s, s:I, s:o}", "code", code, "url", url, "seconds",
			(json_int_t)((CLASS_CODE_STEP_MS - now % CLASS_CODE_STEP_MS) / 1000 + 1), "qr", class_qr_json(url)));
}

/* --- Somebody's badge --- */

struct scan_work {
	int64_t session, person, by;
	struct class_mark mark;
	bool again;
};

static bool scan_work(struct db *db, void *data)
{
	struct scan_work *work = data;
	struct problem problem = {0};
	return register_scan(db, work->session, work->person, "badge", work->by, &work->mark, &work->again, &problem) ||
	       db_refuse(db, &problem);
}

static const struct problem_text bad_badge = {"CLASS_BADGE", "Questo codice personale non è valido per l’evento.",
	"This personal code is not valid for the event.", "Il partecipante lo trova alla pagina «Aula»; altrimenti scrivi l’entrata a mano.",
	"Participants find it on their page \"Classes\"; or write the entry by hand."};

static void scan(struct request *request, struct reply *reply)
{
	const char *badge;
	int64_t event;
	struct class_session session;
	struct scan_work work = {.by = request->who.person};
	if (!may_keep(request, reply, &session) || !request_unpack(request, reply, "{s:s}", "badge", &badge)) {
		return;
	}
	work.session = session.id;
	if (!class_badge_read(request->app, badge, &event, &work.person) || event != session.event) {
		reply_fault(reply, 422, &bad_badge, "badge");
	} else if (class_write(request, reply, scan_work, &work)) {
		struct class_seat seat;
		struct db *db = store_read(request->app->store);
		class_seat_of(db, event, work.person, &seat);
		store_read_done(request->app->store, db);
		reply_json(reply, 200,
			json_pack("{s:o, s:b, s:s, s:s}", "mark", mark_json(&work.mark), "again", (int)work.again, "family_name",
				seat.family_name, "given_name", seat.given_name));
	}
}

/* --- By hand --- */

struct mark_work {
	struct class_mark mark;
	struct class_session session;
	int64_t by;
	char why[CLASS_WHY_BYTES];
};

static bool enter_work(struct db *db, void *data)
{
	struct mark_work *work = data;
	struct problem problem = {0};
	return register_enter(db, &work->mark, 1, &problem) || db_refuse(db, &problem);
}

static const struct problem_text bad_mark = {"CLASS_MARK", "Scrivi chi, se entrata o uscita, e l’ora come 09:05.",
	"Write who, whether entry or exit, and the time as 09:05.", NULL, NULL};

static void enter(struct request *request, struct reply *reply)
{
	json_int_t person;
	const char *way, *clock;
	struct mark_work work = {.mark = {.how = "manual", .recorded_by = request->who.person}};
	if (!may_keep(request, reply, &work.session) ||
		!request_unpack(request, reply, "{s:I, s:s, s:s}", "person", &person, "way", &way, "clock", &clock) ||
		!class_why(request, reply, work.mark.why)) {
		return;
	}
	work.mark.session = work.session.id;
	work.mark.person = person;
	work.mark.in = strcmp(way, "in") == 0;
	if (!ecm_moment(work.session.day, clock, &work.mark.at) || (!work.mark.in && strcmp(way, "out") != 0)) {
		reply_fault(reply, 422, &bad_mark, "clock");
	} else if (class_write(request, reply, enter_work, &work)) {
		get_register(request, reply);
	}
}

static bool exits_work(struct db *db, void *data)
{
	const struct mark_work *work = data;
	struct problem problem = {0};
	return class_open_or_refuse(db, work->session.group) &&
	       (register_exits(db, &work->session, work->by, work->why, &problem) || db_refuse(db, &problem));
}

static const struct problem_text not_over = {"CLASS_RUNNING", "L’incontro non è ancora finito.", "The session is not over yet.",
	"Registra le uscite alla fine.", "Record the exits at the end."};

static void exits(struct request *request, struct reply *reply)
{
	struct mark_work work = {.by = request->who.person};
	if (!may_keep(request, reply, &work.session) || !class_why(request, reply, work.why)) {
		return;
	}
	if (store_now() < work.session.ends_at) {
		reply_fault(reply, 409, &not_over, "session");
	} else if (class_write(request, reply, exits_work, &work)) {
		get_register(request, reply);
	}
}

static bool void_work(struct db *db, void *data)
{
	const struct mark_work *work = data;
	struct problem problem = {0};
	return class_open_or_refuse(db, work->session.group) &&
	       (register_void(db, &work->mark, work->why, work->by, &problem) || db_refuse(db, &problem));
}

static void void_mark(struct request *request, struct reply *reply)
{
	struct mark_work work = {.by = request->who.person};
	if (!may_keep(request, reply, &work.session) || !class_why(request, reply, work.why)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	bool found = class_mark_by_id(db, request->values[1].number, &work.mark) && work.mark.session == work.session.id;
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "mark");
	} else if (class_write(request, reply, void_work, &work)) {
		get_register(request, reply);
	}
}

/* --- From a list --- */

static void post_list(struct request *request, struct reply *reply)
{
	struct class_session session;
	if (may_keep(request, reply, &session)) {
		class_mark_list_import(request, reply, &session);
	}
}

/* The handler asks whether the person teaches the class; the provider may everywhere. */
#define KEEPERS .roles = ROLE_SIGNED_IN

const struct route class_register_routes[] = {
	{.id = "classes.register", .method = HTTP_GET, .pattern = "/api/class-sessions/{session:id}", KEEPERS,
		.handler = get_register, .summary = "The register of a session: who came and went, how that is known, corrections"},
	{.id = "classes.code", .method = HTTP_GET, .pattern = "/api/class-sessions/{session:id}/code", KEEPERS,
		.handler = get_code, .summary = "The code to show in class, another one each minute, with its QR code"},
	{.id = "classes.scan", .method = HTTP_POST, .pattern = "/api/class-sessions/{session:id}/scan", KEEPERS,
		.body = BODY_JSON, .handler = scan, .summary = "Somebody's badge: {badge}; comes or goes, now"},
	{.id = "classes.mark", .method = HTTP_POST, .pattern = "/api/class-sessions/{session:id}/marks", KEEPERS,
		.body = BODY_JSON, .handler = enter, .summary = "By hand: {person, way, clock, why}"},
	{.id = "classes.exits", .method = HTTP_POST, .pattern = "/api/class-sessions/{session:id}/exits", KEEPERS,
		.body = BODY_JSON, .handler = exits, .summary = "Who has not gone leaves at the session's end: {why}"},
	{.id = "classes.mark.void", .method = HTTP_POST, .pattern = "/api/class-sessions/{session:id}/marks/{mark:id}/void",
		KEEPERS, .body = BODY_JSON, .handler = void_mark, .summary = "A mark that was wrong: {why}; it stays, voided"},
	{.id = "classes.list", .method = HTTP_POST, .pattern = "/api/class-sessions/{session:id}/list.csv", KEEPERS,
		.body = BODY_BYTES, .body_limit = CLASS_CSV_BYTES, .handler = post_list,
		.summary = "Entries and exits from a CSV: codice_fiscale;entrata;uscita"},
	ROUTE_END,
};
