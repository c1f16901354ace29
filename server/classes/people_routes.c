/* /api/class-groups: who sits in a class — the list, places given and taken, whole lists from CSV. */
#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/overlap.h"
#include "server/classes/result_view.h"
#include "server/classes/seat.h"
#include "server/classes/seat_view.h"
#include "server/classes/view.h"
#include "server/ecm/codice_fiscale.h"
#include "server/people/csv_read.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/people.h"

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
	struct completion_row row;
	bool done = completion_of(db, seat->person, scope->event.id, &row);
	json_object_set_new(json, "completed", done ? json_string(row.day) : json_null());
	json_object_set_new(json, "overlaps", class_overlaps_json(db, seat));
	if (done) {
		completion_row_finish(&row);
	}
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

/* --- Whole lists: gruppo;codice_fiscale;tutor --- */

static const struct fault_text csv_columns = {"CLASS_CSV_COLUMNS", SEVERITY_ERROR, NULL,
	"Il file deve avere le colonne gruppo e codice_fiscale; la colonna tutor è facoltativa.",
	"The file must have the columns gruppo and codice_fiscale; the column tutor is optional.",
	"Scrivi i nomi delle colonne nella prima riga.", "Write the names of the columns in the first line."};
static const struct fault_text csv_nobody = {"CLASS_CSV_NOBODY", SEVERITY_ERROR, NULL,
	"Nessuna persona ha il codice fiscale «$1».", "Nobody has the codice fiscale \"$1\".",
	"Correggi il codice, o importa prima la persona.", "Mend the code, or import the person first."};
static const struct fault_text csv_group = {"CLASS_CSV_GROUP", SEVERITY_ERROR, NULL,
	"Manca il nome del gruppo, o è più lungo di 100 caratteri.",
	"The group's name is missing, or longer than 100 characters.", "Completa la riga.", "Complete the line."};

struct list_work {
	int64_t event, by;
	enum class_state state;
	const struct csv_table *table;
	int group, codice_fiscale, tutor;
	int64_t given, rejected, groups;
	struct faults *faults;
};

static void tell_line(struct list_work *work, const struct csv_row *row, const struct problem *problem)
{
	struct problem told = *problem;
	told.line = row->line;
	g_strlcpy(told.where, csv_text(row, work->codice_fiscale), sizeof(told.where));
	faults_add_problem(work->faults, &told, told.where);
}

/* A place is given all the same: who else expects the person is for the provider to weigh. */
static void tell_overlaps(struct db *db, struct list_work *work, const struct csv_row *row, int64_t group, int64_t person)
{
	struct faults found;
	faults_init(&found, OVERLAPS_TOLD);
	overlap_places(db, person, group, &found);
	for (guint i = 0; i < found.list->len; i++) {
		tell_line(work, row, &g_array_index(found.list, struct problem, i));
	}
	faults_finish(&found);
}

static bool person_of(struct db *db, const char *codice_fiscale, struct person *ret, struct problem *problem)
{
	g_autofree char *upper = g_ascii_strup(codice_fiscale, -1);
	if (people_by_codice_fiscale(db, upper, ret)) {
		return true;
	}
	fault_set(problem, &csv_nobody, "codice_fiscale", upper, NULL);
	return false;
}

/* The group of that name, made when there is none, with the tutor named beside it. */
static bool group_of(struct db *db, struct list_work *work, const struct csv_row *row, struct class_group *ret,
	struct problem *problem)
{
	const char *name = csv_text(row, work->group), *tutor = csv_text(row, work->tutor);
	struct person teacher;
	if (!*name || strlen(name) > 100) {
		fault_set(problem, &csv_group, "gruppo", NULL, NULL);
		return false;
	}
	if (*tutor && !person_of(db, tutor, &teacher, problem)) {
		return false;
	}
	if (!class_group_by_name(db, work->event, name, ret)) {
		*ret = (struct class_group){.event = work->event};
		g_strlcpy(ret->name, name, sizeof(ret->name));
		class_group_save(db, ret, work->by);
		audit_about(db, work->by, "class.create", "class", ret->id, ret->name);
		work->groups++;
	}
	if (*tutor && !ret->closed && !class_teaches(db, ret->id, teacher.id)) {
		class_staff_set(db, ret->id, teacher.id, 'T');
		audit_about(db, work->by, "class.teacher", "class", ret->id, tutor);
	}
	return true;
}

static bool enrol_list(struct db *db, void *data)
{
	struct list_work *work = data;
	for (guint i = 1; i < work->table->rows->len; i++) {
		const struct csv_row *row = g_ptr_array_index(work->table->rows, i);
		struct problem problem = {0};
		struct class_group group;
		struct person person;
		if (person_of(db, csv_text(row, work->codice_fiscale), &person, &problem) &&
			group_of(db, work, row, &group, &problem) &&
			class_seat_give(db, group.id, person.id, work->state, "elenco", work->by, &problem)) {
			work->given++;
			tell_overlaps(db, work, row, group.id, person.id);
		} else {
			tell_line(work, row, &problem);
			work->rejected++;
		}
	}
	return true;
}

static void run_list(struct request *request, struct reply *reply, struct list_work *work)
{
	struct problem problem = {0};
	if (work->group < 0 || work->codice_fiscale < 0) {
		fault_set(&problem, &csv_columns, "csv", NULL, NULL);
		reply_problem(reply, 422, &problem);
	} else if (class_write(request, reply, enrol_list, work)) {
		json_t *problems = json_array();
		for (guint i = 0; i < work->faults->list->len; i++) {
			json_array_append_new(problems, problem_json(&g_array_index(work->faults->list, struct problem, i)));
		}
		reply_json(reply, 200,
			json_pack("{s:I, s:I, s:I, s:o}", "taken", (json_int_t)work->given, "rejected",
				(json_int_t)work->rejected, "groups", (json_int_t)work->groups, "problems", problems));
	}
}

static void post_list(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct csv_table table;
	struct problem problem = {0};
	struct faults faults;
	gsize size;
	const char *bytes = g_bytes_get_data(request->body, &size);
	const char *state = request_query(request, "state");
	struct db *db = store_read(request->app->store);
	bool found = class_event_open(request, reply, db, request->values[0].number, &event);
	store_read_done(request->app->store, db);
	if (!found) {
		return;
	}
	if (!csv_table_init(&table, bytes, size, &problem)) {
		reply_problem(reply, 422, &problem);
		return;
	}
	faults_init(&faults, LIMIT_CSV_PROBLEMS);
	struct list_work work = {.event = event.id, .by = request->who.person, .table = &table, .faults = &faults,
		.state = g_strcmp0(state, "enrolled") == 0 ? CLASS_ENROLLED : CLASS_INVITED,
		.group = csv_column(&table, "gruppo"), .codice_fiscale = csv_column(&table, "codice_fiscale"),
		.tutor = csv_column(&table, "tutor")};
	run_list(request, reply, &work);
	faults_finish(&faults);
	csv_table_finish(&table);
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
	{.id = "classes.people.list", .method = HTTP_POST, .pattern = "/api/classes/{event:id}/people.csv",
		.roles = ROLE_PROVIDER, .body = BODY_BYTES, .body_limit = CLASS_CSV_BYTES, .handler = post_list,
		.summary = "Places from a CSV: gruppo;codice_fiscale;tutor. Groups are made as named. ?state=enrolled or invited"},
	ROUTE_END,
};
