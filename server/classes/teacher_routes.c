/* Who teaches in a group, D, T or R, and how long each taught: for the provider. */
#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/view.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/people.h"

struct staff_work {
	int64_t group, person, by;
	char role; /* '\0': remove */
};

static const struct problem_text seated = {"CLASS_TEACHER_SEATED",
	"Questa persona partecipa già all’evento: nel rapporto ha un solo ruolo.",
	"This person takes part in the event already: the report knows one role each.", "Ritira prima la sua iscrizione.",
	"Withdraw their place first."};
static const struct problem_text many_staff = {"CLASS_STAFF_MANY", "Il gruppo ha già troppi docenti e tutor.",
	"The group has too many teachers and tutors already.", "Togline qualcuno.", "Remove somebody."};

static bool refuse(struct db *db, const struct problem_text *text, const char *where)
{
	struct problem problem;
	problem_set(&problem, text, where);
	return db_refuse(db, &problem);
}

static bool staff_work(struct db *db, void *data)
{
	const struct staff_work *work = data;
	struct class_group group;
	struct class_seat seat;
	struct ecm_event event;
	struct class_shape shape;
	struct problem problem;
	if (!class_group_by_id(db, work->group, &group) || !ecm_event_by_id(db, group.event, &event)) {
		return false;
	}
	if (group.closed) {
		return refuse(db, &class_closed, "group");
	}
	if (work->role && class_seat_of(db, group.event, work->person, &seat) &&
		(seat.state == CLASS_ENROLLED || seat.state == CLASS_INVITED)) {
		return refuse(db, &seated, "person");
	}
	if (work->role && group.staff >= CLASS_STAFF_MAX) {
		return refuse(db, &many_staff, "person");
	}
	if (work->role) {
		class_staff_set(db, work->group, work->person, work->role);
	} else {
		class_staff_remove(db, work->group, work->person);
	}
	class_group_by_id(db, work->group, &group);
	class_shape_of(db, &event, &group, 0, &shape);
	if (group.invited + group.enrolled > 0 && !class_place_check(&shape, &problem)) {
		return db_refuse(db, &problem); /* too few tutors or teachers would be left */
	}
	const char role[2] = {work->role, 0};
	g_autofree char *detail = g_strdup_printf("person %" G_GINT64_FORMAT " %s", work->person, role);
	audit_about(db, work->by, work->role ? "class.teacher" : "class.teacher.remove", "class", work->group, detail);
	return true;
}

static void change_staff(struct request *request, struct reply *reply, char role)
{
	struct person person;
	struct staff_work work = {.group = request->values[0].number, .person = request->values[1].number,
		.by = request->who.person, .role = role};
	struct db *db = store_read(request->app->store);
	struct class_group group;
	bool found = class_group_by_id(db, work.group, &group) && people_by_id(db, work.person, &person) && person.active;
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "person");
	} else if (class_write(request, reply, staff_work, &work)) {
		db = store_read(request->app->store);
		reply_json(reply, 200, json_pack("{s:o}", "staff", class_staff_json(db, work.group)));
		store_read_done(request->app->store, db);
	}
}

static const struct problem_text bad_role = {"CLASS_ROLE", "Il ruolo è D (docente), T (tutor) o R (relatore).",
	"The role is D (teacher), T (tutor) or R (speaker).", "Scegli un ruolo.", "Choose a role."};

static void put_staff(struct request *request, struct reply *reply)
{
	const char *role;
	if (!request_unpack(request, reply, "{s:s}", "role", &role)) {
		return;
	}
	if (strlen(role) == 1 && strchr("DTR", *role)) {
		change_staff(request, reply, *role);
	} else {
		reply_fault(reply, 422, &bad_role, "role");
	}
}

static void remove_staff(struct request *request, struct reply *reply)
{
	change_staff(request, reply, '\0');
}

/* How long each taught by the registers: what the report's rows of teachers and tutors are entered from. */
static void get_teaching(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct db *db = store_read(request->app->store);
	if (class_event_open(request, reply, db, request->values[0].number, &event)) {
		json_t *list = json_array();
		g_autoptr(GArray) rows = class_teaching(db, event.id, store_now());
		for (guint i = 0; i < rows->len; i++) {
			const struct class_teaching *row = &g_array_index(rows, struct class_teaching, i);
			json_array_append_new(list,
				json_pack("{s:I, s:s%, s:s, s:s, s:I}", "person", (json_int_t)row->teacher.person, "role",
					&row->teacher.role, (size_t)1, "family_name", row->teacher.family_name, "given_name",
					row->teacher.given_name, "minutes", (json_int_t)(row->ms / 60000)));
		}
		reply_json(reply, 200, json_pack("{s:o}", "teaching", list));
	}
	store_read_done(request->app->store, db);
}

const struct route class_teacher_routes[] = {
	{.id = "classes.teaching", .method = HTTP_GET, .pattern = "/api/classes/{event:id}/teaching", .roles = ROLE_PROVIDER,
		.handler = get_teaching, .summary = "Who taught how many minutes, by the sessions that are over"},
	{.id = "classes.staff.set", .method = HTTP_PUT, .pattern = "/api/class-groups/{group:id}/staff/{person:id}",
		.roles = ROLE_PROVIDER, .body = BODY_JSON, .handler = put_staff, .summary = "Who teaches: {role}; D, T or R"},
	{.id = "classes.staff.remove", .method = HTTP_DELETE, .pattern = "/api/class-groups/{group:id}/staff/{person:id}",
		.roles = ROLE_PROVIDER, .handler = remove_staff, .summary = "Teaches no longer"},
	ROUTE_END,
};
