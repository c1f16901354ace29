/* /api/class-groups: who sits in a class — the list, places given and taken. */
#include "server/classes/limits.h"
#include "server/classes/result_view.h"
#include "server/classes/seat.h"
#include "server/classes/seat_view.h"
#include "server/classes/view.h"
#include "server/problem.h"
#include "server/routes.h"

/* --- The group as its page shows it --- */

static json_t *seat_json(struct db *db, const struct class_scope *scope, const struct class_seat *seat)
{
	struct class_presence presence;
	class_presence(db, seat->event, seat->group, seat->person, store_now(), &presence);
	json_t *json = json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:o}", "person", (json_int_t)seat->person,
		"family_name", seat->family_name, "given_name", seat->given_name, "codice_fiscale", seat->codice_fiscale,
		"company", seat->company, "profession", seat->profession ? json_integer(seat->profession) : json_null(), "state",
		class_state_name(seat->state), "why", seat->why, "presence", class_presence_json(&presence));
	class_presence_finish(&presence);
	json_object_set_new(json, "completed", class_completed_json(db, seat->person, scope->event.id));
	json_object_set_new(json, "overlaps", class_overlaps_json(db, seat));
	return json;
}

static json_t *group_json(struct db *db, const struct class_scope *scope)
{
	json_t *json = class_group_json(&scope->group), *sessions = json_array(), *people = json_array();
	g_autoptr(GArray) list = class_sessions(db, scope->group.id);
	for (guint i = 0; i < list->len; i++) {
		json_array_append_new(sessions, class_session_json(&g_array_index(list, struct class_session, i)));
	}
	g_autoptr(GArray) seats = class_seats(db, scope->group.id);
	for (guint i = 0; i < seats->len; i++) {
		json_array_append_new(people, seat_json(db, scope, &g_array_index(seats, struct class_seat, i)));
	}
	g_autofree char *report = class_group_report(db, scope->group.id);
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:s, s:i, s:i, s:b, s:o, s:o}", "event", class_event_json(&scope->event), "group", json,
		"staff", class_staff_json(db, scope->group.id), "sessions", sessions, "people", people, "report", report,
		"presence_percent", (int)scope->setting.presence_percent, "class_people", (int)scope->setting.class_people,
		"may_manage", (int)scope->provider, "test", class_test_json(db, &scope->event), "tested", class_tested_json(db, scope->group.id));
}

static void get_group(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	struct db *db = store_read(request->app->store);
	if (class_scope_open(request, reply, db, request->values[0].number, &scope)) {
		reply_json(reply, 200, group_json(db, &scope));
	}
	store_read_done(request->app->store, db);
}

/* --- Places, one by one --- */

struct seat_work {
	int64_t group, by;
	enum class_state state;
	int64_t people[CLASS_ENROL_AT_ONCE];
	guint count;
	char why[CLASS_WHY_BYTES];
};

static bool give_all(struct db *db, void *data)
{
	const struct seat_work *work = data;
	struct problem problem;
	for (guint i = 0; i < work->count; i++) {
		if (!class_seat_give(db, work->group, work->people[i], work->state, work->why, work->by, &problem)) {
			return db_refuse(db, &problem);
		}
	}
	return true;
}

static const struct problem_text bad_people = {"CLASS_PEOPLE", "Scegli da 1 a 500 persone e se invitarle o iscriverle.",
	"Choose 1 to 500 people, and whether to invite or to enrol them.", NULL, NULL};

static bool read_people(json_t *list, struct seat_work *work)
{
	size_t i;
	json_t *each;
	if (!json_is_array(list) || json_array_size(list) < 1 || json_array_size(list) > CLASS_ENROL_AT_ONCE) {
		return false;
	}
	json_array_foreach(list, i, each)
	{
		work->people[work->count++] = json_integer_value(each);
	}
	return true;
}

static void give(struct request *request, struct reply *reply)
{
	g_autofree struct seat_work *work = g_new0(struct seat_work, 1);
	const char *state = json_string_value(json_object_get(request->json, "state"));
	struct class_group group;
	struct db *db = store_read(request->app->store);
	work->group = request->values[0].number;
	work->by = request->who.person;
	bool found = class_group_by_id(db, work->group, &group);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "group");
	} else if (!class_state_parse(state, &work->state) || work->state > CLASS_ENROLLED ||
		   !read_people(json_object_get(request->json, "people"), work)) {
		reply_fault(reply, 422, &bad_people, "people");
	} else if (!class_text(request, reply, "why", CLASS_WHY_MAX, work->why, sizeof(work->why))) {
		return;
	} else if (class_write(request, reply, give_all, work)) {
		get_group(request, reply);
	}
}

static bool leave_work(struct db *db, void *data)
{
	const struct seat_work *work = data;
	struct class_group group;
	struct problem problem;
	return class_group_by_id(db, work->group, &group) &&
	       (class_seat_leave(db, group.event, work->people[0], work->state, work->why, work->by, &problem) ||
		       db_refuse(db, &problem));
}

static void withdraw(struct request *request, struct reply *reply)
{
	struct class_scope scope;
	g_autofree struct seat_work *work = g_new0(struct seat_work, 1);
	work->group = request->values[0].number;
	work->by = request->who.person;
	work->people[0] = request->values[1].number;
	work->state = CLASS_WITHDRAWN;
	struct db *db = store_read(request->app->store);
	bool found = class_scope_open(request, reply, db, work->group, &scope);
	store_read_done(request->app->store, db);
	if (!found || !class_why(request, reply, work->why)) {
		return;
	}
	if (class_write(request, reply, leave_work, work)) {
		get_group(request, reply);
	}
}

static void get_steps(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct db *db = store_read(request->app->store);
	if (class_event_open(request, reply, db, request->values[0].number, &event)) {
		reply_json(reply, 200, json_pack("{s:o}", "steps", class_steps_json(db, event.id, request->values[1].number)));
	}
	store_read_done(request->app->store, db);
}

#define PROVIDER_JSON .roles = ROLE_PROVIDER, .body = BODY_JSON

const struct route class_people_routes[] = {
	{.id = "classes.group", .method = HTTP_GET, .pattern = "/api/class-groups/{group:id}", .roles = ROLE_SIGNED_IN,
		.handler = get_group, .summary = "A group with its sessions, people and their presence: for the provider and who teaches it"},
	{.id = "classes.people.give", .method = HTTP_POST, .pattern = "/api/class-groups/{group:id}/people", PROVIDER_JSON,
		.handler = give, .summary = "Gives places: {people, state, why}; state invited or enrolled"},
	{.id = "classes.people.withdraw", .method = HTTP_POST,
		.pattern = "/api/class-groups/{group:id}/people/{person:id}/withdraw", PROVIDER_JSON, .handler = withdraw,
		.summary = "Takes a place back: {why}"},
	{.id = "classes.people.steps", .method = HTTP_GET, .pattern = "/api/classes/{event:id}/people/{person:id}",
		.roles = ROLE_PROVIDER, .handler = get_steps, .summary = "A person's way through the event: invited, enrolled …, by whom and why"},
	ROUTE_END,
};
