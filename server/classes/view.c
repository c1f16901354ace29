#include "server/classes/view.h"

#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/overlap.h"
#include "server/ecm/day.h"
#include "server/problem.h"
#include "server/store/credit_terms.h"

const struct problem_text class_closed = {"CLASS_CLOSED", "Il registro di questa classe è chiuso.",
	"The register of this class is closed.", "Il provider può riaprirlo, dicendo perché.",
	"The provider can open it again, saying why."};
static const struct problem_text not_yours = {"CLASS_NOT_YOURS",
	"Questa classe la vedono il provider e chi la tiene.", "Only the provider and who leads this class see it.",
	"Chiedi al provider di essere indicato come docente o tutor.", "Ask the provider to be named as teacher or tutor."};
static const struct problem_text not_in_class = {"EVENT_NOT_IN_CLASS", "Questo evento non si tiene in aula né sul campo.",
	"This event is not held in class.", "Classi e presenze sono degli eventi FSC e RES.",
	"Classes and attendance belong to events of the forms FSC and RES."};
static const struct problem_text too_long = {"CLASS_TEXT", "Il testo è troppo lungo o non è leggibile.",
	"The text is too long or not readable.", "Accorcialo.", "Shorten it."};
static const struct problem_text no_reason = {"CLASS_WHY", "Serve una motivazione: resta scritta nel registro.",
	"A reason is needed: it stays in the register.", "Scrivi perché.", "Write why."};

bool class_event_open(struct request *request, struct reply *reply, struct db *db, int64_t id, struct ecm_event *ret)
{
	if (!ecm_event_by_id(db, id, ret)) {
		reply_not_found(reply, "event");
		return false;
	}
	if (!ecm_event_in_class(ret)) {
		reply_fault(reply, 409, &not_in_class, "event");
		return false;
	}
	return true;
}

bool class_scope_open(struct request *request, struct reply *reply, struct db *db, int64_t group, struct class_scope *ret)
{
	if (!class_group_by_id(db, group, &ret->group) || !ecm_event_by_id(db, ret->group.event, &ret->event)) {
		reply_not_found(reply, "group");
		return false;
	}
	class_setting_load(db, ret->event.id, &ret->setting);
	ret->provider = (request->who.roles & ROLE_PROVIDER) != 0;
	if (!ret->provider && !class_teaches(db, group, request->who.person)) {
		reply_fault(reply, 403, &not_yours, "group");
		return false;
	}
	return true;
}

bool class_scope_of_session(struct request *request, struct reply *reply, struct db *db, int64_t session,
	struct class_session *ret_session, struct class_scope *ret)
{
	if (!class_session_by_id(db, session, ret_session)) {
		reply_not_found(reply, "session");
		return false;
	}
	return class_scope_open(request, reply, db, ret_session->group, ret);
}

void class_shape_of(struct db *db, const struct ecm_event *event, const struct class_group *group, guint more,
	struct class_shape *ret)
{
	struct credit_terms terms;
	struct class_setting setting;
	credit_terms_load(db, event->id, &terms);
	class_setting_load(db, event->id, &setting);
	*ret = (struct class_shape){
		.form = event->tipo_form,
		.people = group->invited + group->enrolled + more,
		.class_people = setting.class_people,
		.tutors = group->tutors,
		.teachers = group->staff,
		.seats = group->seats,
		.event_people = class_event_people(db, event->id) + more,
		.accredited = event->num_part,
	};
	rules_of_class(event, &terms, &ret->rules);
}

/* --- Telling --- */

json_t *class_event_json(const struct ecm_event *event)
{
	char credits[8];
	ecm_credits_text(event->credits_tenths, credits);
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:s}", "id", (json_int_t)event->id, "title",
		event->title, "data_ini", event->data_ini, "data_fine", event->data_fine, "crediti", credits, "ore",
		(int)event->ore, "tipo_form", (int)event->tipo_form, "cod_tipologia_form", (int)event->cod_tipologia_form,
		"num_part", (int)event->num_part, "cod_evento", event->cod_evento);
}

json_t *class_group_json(const struct class_group *group)
{
	char at[32];
	store_time_text(group->closed_at, at);
	return json_pack("{s:I, s:I, s:s, s:b, s:o, s:i, s:i, s:i, s:i, s:I, s:s, s:s, s:s}", "id", (json_int_t)group->id,
		"event", (json_int_t)group->event, "name", group->name, "closed", (int)group->closed, "closed_at",
		*at ? json_string(at) : json_null(), "invited", (int)group->invited, "enrolled", (int)group->enrolled,
		"tutors", (int)group->tutors, "sessions", (int)group->sessions, "planned_minutes",
		(json_int_t)(group->planned_ms / 60000), "first_day", group->first_day, "last_day", group->last_day, "town",
		group->town);
}

json_t *class_session_json(const struct class_session *session)
{
	char begins[6], ends[6];
	ecm_clock(session->begins_at, begins);
	ecm_clock(session->ends_at, ends);
	return json_pack("{s:I, s:I, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:o, s:s}", "id", (json_int_t)session->id, "group",
		(json_int_t)session->group, "day", session->day, "begins", begins, "ends", ends, "venue",
		session->venue ? json_integer(session->venue) : json_null(), "venue_name", session->venue_name, "address",
		session->address, "town", session->town, "teacher",
		session->teacher ? json_integer(session->teacher) : json_null(), "teacher_name", session->teacher_name);
}

static json_t *clock_json(int64_t at)
{
	char text[6];
	ecm_clock(at, text);
	return at ? json_string(text) : json_null();
}

json_t *class_presence_json(const struct class_presence *presence)
{
	json_t *sessions = json_array();
	for (guint i = 0; i < presence->sessions->len; i++) {
		const struct class_attended *attended = &g_array_index(presence->sessions, struct class_attended, i);
		json_t *json = class_session_json(&attended->session);
		json_object_set_new(json, "minutes", json_integer(attended->ms / 60000));
		json_object_set_new(json, "inside", json_boolean(attended->inside));
		json_object_set_new(json, "lacks_exit", json_boolean(attended->lacks_exit));
		json_object_set_new(json, "came", clock_json(attended->came_at));
		json_object_set_new(json, "went", clock_json(attended->went_at));
		json_array_append_new(sessions, json);
	}
	return json_pack("{s:I, s:I, s:i, s:b, s:b, s:o}", "minutes", (json_int_t)(presence->present_ms / 60000),
		"planned_minutes", (json_int_t)(presence->planned_ms / 60000), "percent", (int)presence->percent, "enough",
		(int)presence->enough, "lacks_exit", (int)presence->lacks_exit, "sessions", sessions);
}

json_t *class_overlaps_json(struct db *db, const struct class_seat *seat)
{
	struct faults faults;
	faults_init(&faults, OVERLAPS_TOLD);
	if (seat->state == CLASS_INVITED || seat->state == CLASS_ENROLLED) {
		overlap_places(db, seat->person, seat->group, &faults);
	}
	json_t *list = problems_json(faults.list);
	faults_finish(&faults);
	return list;
}

json_t *class_staff_json(struct db *db, int64_t group)
{
	json_t *list = json_array();
	g_autoptr(GArray) staff = class_staff(db, group);
	for (guint i = 0; i < staff->len; i++) {
		const struct class_teacher *teacher = &g_array_index(staff, struct class_teacher, i);
		json_array_append_new(list,
			json_pack("{s:I, s:s%, s:s, s:s}", "person", (json_int_t)teacher->person, "role", &teacher->role,
				(size_t)1, "family_name", teacher->family_name, "given_name", teacher->given_name));
	}
	return list;
}

/* --- Reading --- */

bool class_text(struct request *request, struct reply *reply, const char *name, glong most, char *ret, size_t size)
{
	const char *value = json_string_value(json_object_get(request->json, name));
	g_autofree char *text = g_strstrip(g_strdup(value ? value : ""));
	if (g_utf8_strlen(text, -1) > most || strlen(text) >= size) {
		reply_fault(reply, 422, &too_long, name);
		return false;
	}
	g_strlcpy(ret, text, size);
	return true;
}

bool class_why(struct request *request, struct reply *reply, char ret[CLASS_WHY_BYTES])
{
	if (!class_text(request, reply, "why", CLASS_WHY_MAX, ret, CLASS_WHY_BYTES)) {
		return false;
	}
	if (!*ret) {
		reply_fault(reply, 422, &no_reason, "why");
	}
	return *ret != '\0';
}

bool class_open_or_refuse(struct db *db, int64_t id)
{
	struct class_group group;
	struct problem problem;
	problem_set(&problem, &class_closed, "group");
	return (class_group_by_id(db, id, &group) && !group.closed) || db_refuse(db, &problem);
}

bool class_write(struct request *request, struct reply *reply, store_work work, void *data)
{
	struct problem problem = {0};
	if (store_write(request->app->store, work, data, &problem)) {
		return true;
	}
	if (strncmp(problem.code, "CLASS_", 6) == 0) {
		reply_problem(reply, 409, &problem);
	} else {
		reply_store_fault(reply, &problem);
	}
	return false;
}
