/* /api/class-sessions: when and where a class meets, and who holds it. */
#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/view.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

enum session_fault {
	SESSION_TIMES,
	SESSION_LONG,
	SESSION_OUTSIDE,
	SESSION_CLASH_GROUP,
	SESSION_CLASH_TEACHER,
	SESSION_TEACHER,
	SESSION_VENUE,
	SESSION_SEATS,
	SESSION_MANY,
	SESSION_SIGNED,
};

static const struct fault_text texts[] = {
	[SESSION_TIMES] = {"CLASS_SESSION_TIMES", SEVERITY_ERROR, NULL,
		"Data, inizio e fine dell’incontro non sono validi: la fine viene dopo l’inizio, lo stesso giorno.",
		"Day, beginning and end of the session are not valid: it ends after it begins, on the same day.",
		"Scrivi per esempio 2026-03-31, 09:00, 13:00.", "Write 2026-03-31, 09:00, 13:00, for example."},
	[SESSION_LONG] = {"CLASS_SESSION_LONG", SEVERITY_ERROR, NULL, "Un incontro dura al massimo 12 ore.",
		"A session lasts 12 hours at most.", "Dividilo in più incontri.", "Divide it into several."},
	[SESSION_OUTSIDE] = {"CLASS_SESSION_OUTSIDE", SEVERITY_ERROR, "ECM 1.6",
		"L’incontro cade fuori dall’evento, che va dal $1 al $2.",
		"The session lies outside the event, which runs from $1 to $2.",
		"Cambia la data dell’incontro o le date dell’evento.", "Change the day of the session or the event's dates."},
	[SESSION_CLASH_GROUP] = {"CLASS_SESSION_CLASH", SEVERITY_ERROR, NULL,
		"Il gruppo ha già un incontro in quelle ore ($1).", "The group has a session at that time already ($1).",
		"Cambia l’orario.", "Change the time."},
	[SESSION_CLASH_TEACHER] = {"CLASS_TEACHER_BUSY", SEVERITY_ERROR, NULL,
		"$1 in quelle ore tiene già un incontro di «$2».", "$1 holds a session of \"$2\" at that time already.",
		"Cambia l’orario o il docente.", "Change the time or the teacher."},
	[SESSION_TEACHER] = {"CLASS_SESSION_TEACHER", SEVERITY_ERROR, NULL,
		"Chi tiene l’incontro dev’essere fra i docenti e tutor del gruppo.",
		"Who holds the session must be among the group's teachers and tutors.", "Aggiungilo prima al gruppo.",
		"Add them to the group first."},
	[SESSION_VENUE] = {"CLASS_SESSION_VENUE", SEVERITY_ERROR, NULL, "La sede non esiste.", "There is no such venue.",
		"Scegline una dalla lista.", "Choose one from the list."},
	[SESSION_SEATS] = {"CLASS_SEATS", SEVERITY_ERROR, NULL, "La sede ha $2 posti, nel gruppo ci sono $1 persone.",
		"The venue has $2 seats, the group has $1 people.", "Scegli una sede più grande.", "Choose a larger venue."},
	[SESSION_MANY] = {"CLASS_SESSIONS_MANY", SEVERITY_ERROR, NULL, "Il gruppo ha già troppi incontri.",
		"The group has too many sessions already.", "Apri un altro gruppo.", "Open another group."},
	[SESSION_SIGNED] = {"CLASS_SESSION_SIGNED", SEVERITY_ERROR, NULL,
		"In questo incontro qualcuno ha già firmato: data e orario restano, e non si può togliere.",
		"Somebody has signed in this session: day and time stay, and it cannot be removed.",
		"Annulla prima le firme, dicendo perché.", "Void the signatures first, saying why."},
};

static bool refuse(struct db *db, enum session_fault which, const char *where, const char *one, const char *two)
{
	struct problem problem;
	fault_set(&problem, &texts[which], where, one, two);
	return db_refuse(db, &problem);
}

struct session_work {
	struct class_session session;
	int64_t by;
};

static bool clash(struct db *db, const struct class_session *session)
{
	struct class_session other;
	if (!class_session_clash(db, session, &other)) {
		return true;
	}
	if (other.group == session->group) {
		char begins[6];
		ecm_clock(other.begins_at, begins);
		g_autofree char *when = g_strdup_printf("%s, %s", other.day, begins);
		return refuse(db, SESSION_CLASH_GROUP, "begins", when, NULL);
	}
	return refuse(db, SESSION_CLASH_TEACHER, "teacher", other.teacher_name, other.group_name);
}

static bool fits(struct db *db, const struct class_session *session, const struct class_group *group)
{
	struct ecm_event event;
	struct venue venue;
	guint people = group->invited + group->enrolled;
	if (!ecm_event_by_id(db, group->event, &event) || strcmp(session->day, event.data_ini) < 0 ||
		strcmp(session->day, event.data_fine) > 0) {
		return refuse(db, SESSION_OUTSIDE, "day", event.data_ini, event.data_fine);
	}
	if (session->teacher && !class_teaches(db, group->id, session->teacher)) {
		return refuse(db, SESSION_TEACHER, "teacher", NULL, NULL);
	}
	if (session->venue && !venue_by_id(db, session->venue, &venue)) {
		return refuse(db, SESSION_VENUE, "venue", NULL, NULL);
	}
	if (session->venue && venue.seats && people > venue.seats) {
		g_autofree char *one = g_strdup_printf("%u", people), *two = g_strdup_printf("%u", venue.seats);
		return refuse(db, SESSION_SEATS, "venue", one, two);
	}
	return clash(db, session);
}

static bool has_marks(struct db *db, int64_t session)
{
	g_autoptr(GArray) marks = class_marks(db, session, 0);
	for (guint i = 0; i < marks->len; i++) {
		if (g_array_index(marks, struct class_mark, i).void_at == 0) {
			return true;
		}
	}
	return false;
}

static bool save_session(struct db *db, void *data)
{
	struct session_work *work = data;
	struct class_session *session = &work->session, before;
	struct class_group group;
	bool fresh = session->id == 0;
	if (!class_open_or_refuse(db, session->group) || !class_group_by_id(db, session->group, &group)) {
		return false;
	}
	if (fresh && group.sessions >= CLASS_SESSIONS_MAX) {
		return refuse(db, SESSION_MANY, "day", NULL, NULL);
	}
	if (!fresh && class_session_by_id(db, session->id, &before) && has_marks(db, session->id) &&
		(before.begins_at != session->begins_at || before.ends_at != session->ends_at)) {
		return refuse(db, SESSION_SIGNED, "begins", NULL, NULL);
	}
	if (!fits(db, session, &group)) {
		return false;
	}
	class_session_save(db, session, work->by);
	class_session_by_id(db, session->id, session);
	json_t *json = class_session_json(session);
	char *detail = json_dumps(json, JSON_COMPACT);
	audit_about(db, work->by, fresh ? "class.session.create" : "class.session.change", "class_session", session->id, detail);
	free(detail);
	json_decref(json);
	return true;
}

/* Day, times, venue and teacher of the body. */
static bool read_session(struct request *request, struct reply *reply, struct class_session *session)
{
	const char *day, *begins, *ends;
	struct problem problem;
	if (!request_unpack(request, reply, "{s:s, s:s, s:s}", "day", &day, "begins", &begins, "ends", &ends)) {
		return false;
	}
	session->venue = json_integer_value(json_object_get(request->json, "venue"));
	session->teacher = json_integer_value(json_object_get(request->json, "teacher"));
	bool good = ecm_moment(day, begins, &session->begins_at) && ecm_moment(day, ends, &session->ends_at) &&
		    session->ends_at > session->begins_at;
	bool brief = good && session->ends_at - session->begins_at <= CLASS_SESSION_HOURS_MAX * 3600000LL;
	if (!brief) {
		fault_set(&problem, &texts[good ? SESSION_LONG : SESSION_TIMES], "begins", NULL, NULL);
		reply_problem(reply, 422, &problem);
		return false;
	}
	g_strlcpy(session->day, day, sizeof(session->day));
	return true;
}

static void put_session(struct request *request, struct reply *reply, struct session_work *work)
{
	bool fresh = work->session.id == 0;
	if (!read_session(request, reply, &work->session)) {
		return;
	}
	if (class_write(request, reply, save_session, work)) {
		reply_json(reply, fresh ? 201 : 200, class_session_json(&work->session));
	}
}

static void create_session(struct request *request, struct reply *reply)
{
	struct session_work work = {.session = {.group = request->values[0].number}, .by = request->who.person};
	struct class_group group;
	struct db *db = store_read(request->app->store);
	bool found = class_group_by_id(db, work.session.group, &group);
	store_read_done(request->app->store, db);
	if (found) {
		put_session(request, reply, &work);
	} else {
		reply_not_found(reply, "group");
	}
}

static bool session_exists(struct request *request, struct reply *reply, struct class_session *ret)
{
	struct db *db = store_read(request->app->store);
	bool found = class_session_by_id(db, request->values[0].number, ret);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "session");
	}
	return found;
}

static void change_session(struct request *request, struct reply *reply)
{
	struct session_work work = {.by = request->who.person};
	if (session_exists(request, reply, &work.session)) {
		put_session(request, reply, &work);
	}
}

static bool delete_work(struct db *db, void *data)
{
	struct session_work *work = data;
	if (!class_open_or_refuse(db, work->session.group)) {
		return false;
	}
	if (!class_session_delete(db, work->session.id)) {
		return refuse(db, SESSION_SIGNED, "session", NULL, NULL);
	}
	audit_about(db, work->by, "class.session.delete", "class_session", work->session.id, work->session.day);
	return true;
}

static void delete_session(struct request *request, struct reply *reply)
{
	struct session_work work = {.by = request->who.person};
	if (!session_exists(request, reply, &work.session)) {
		return;
	}
	if (class_write(request, reply, delete_work, &work)) {
		reply_empty(reply, 204);
	}
}

#define PROVIDER_JSON .roles = ROLE_PROVIDER, .body = BODY_JSON

const struct route class_session_routes[] = {
	{.id = "classes.session.create", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/sessions",
		PROVIDER_JSON, .handler = create_session, .summary = "A new session: {day, begins, ends, venue, teacher}"},
	{.id = "classes.session.change", .method = HTTP_PUT, .pattern = "/api/class-sessions/{session:id}", PROVIDER_JSON,
		.handler = change_session, .summary = "Changes a session; its time only while nobody has signed"},
	{.id = "classes.session.delete", .method = HTTP_DELETE, .pattern = "/api/class-sessions/{session:id}",
		.roles = ROLE_PROVIDER, .handler = delete_session, .summary = "Deletes a session in which nobody has signed"},
	ROUTE_END,
};
