/* /api/ecm/events/{event}/staff: teachers, speakers and tutors of an event, one row for each person. */
#include "server/app.h"
#include "server/ecm/event_of.h"
#include "server/ecm/staff.h"
#include "server/http/request.h"
#include "server/people/fields.h"
#include "server/people/professions.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/ecm.h"
#include "server/store/staff.h"

static json_t *row_json(struct db *db, const struct staff_row *row, const struct ecm_event *event)
{
	struct person person;
	struct faults warnings;
	json_t *json = staff_json(&row->member, event);
	faults_init(&warnings, 5);
	staff_warn(&row->member, event, &warnings);
	json_object_set_new(json, "warnings", problems_json(warnings.list));
	faults_finish(&warnings);
	json_object_set_new(json, "person", json_integer(row->member.person));
	json_object_set_new(json, "family_name", json_string(row->family_name));
	json_object_set_new(json, "given_name", json_string(row->given_name));
	json_object_set_new(json, "codice_fiscale", json_string(row->codice_fiscale));
	json_object_set_new(json, "participant", json_boolean(row->participant));
	bool known = people_by_id(db, row->member.person, &person);
	json_object_set_new(json, "professions", known ? professions_json(&person) : json_array());
	return json;
}

static void reply_list(struct request *request, struct reply *reply, unsigned status, const struct ecm_event *event)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = staff_of_event(db, event->id);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(list, row_json(db, &g_array_index(rows, struct staff_row, i), event));
	}
	store_read_done(request->app->store, db);
	reply_json(reply, status, json_pack("{s:s, s:s, s:s, s:o, s:o, s:b}", "title", event->title, "data_ini", event->data_ini,
					  "data_fine", event->data_fine, "staff", list, "duties", staff_duties_json(event),
					  "in_class", (int)ecm_event_in_class(event)));
}

static void list_staff(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	if (ecm_event_of(request, reply, &event)) {
		reply_list(request, reply, 200, &event);
	}
}

static const struct problem_text full = {"STAFF_TOO_MANY", "L’evento ha già 500 fra docenti e tutor.",
	"The event has 500 teachers and tutors already.", "Togli chi non serve.", "Remove who is not needed."};
static const struct problem_text unprofessional = {"STAFF_NO_PROFESSION",
	"Chi non ha una professione ECM non riceve crediti e non va nel rapporto.",
	"Who has no ECM profession gets no credits and is not in the report.",
	"Completa professione e disciplina della persona, se ne ha una.",
	"Complete the person's profession and discipline, if there is one."};

struct staffing {
	struct person person; /* id 0: to be added, without a log-in */
	int64_t event, by;
	struct staff_member member;
};

static bool save_work(struct db *db, void *data)
{
	struct staffing *work = data;
	if (work->person.id == 0) {
		if (!people_save(db, &work->person)) {
			return false;
		}
		audit_about(db, work->by, "user.create", "person", work->person.id, work->person.login);
	}
	work->member.person = work->person.id;
	staff_save(db, work->event, &work->member, work->by);
	char credits[8];
	ecm_credits_text(work->member.credits_tenths, credits);
	g_autofree char *detail = g_strdup_printf("person:%" G_GINT64_FORMAT " %s %u, %s, %s", work->person.id,
		work->member.duty, work->member.amount, credits, work->member.reason);
	audit_about(db, work->by, "ecm.staff.save", "ecm_event", work->event, detail);
	return true;
}

/* Checks and stores; `work->person` is filled in. */
static void save(struct request *request, struct reply *reply, struct staffing *work, const struct ecm_event *event)
{
	struct faults faults;
	struct problem problem = {0};
	struct db *db = store_read(request->app->store);
	bool known = staff_one(db, event->id, work->person.id, &work->member);
	g_autoptr(GArray) all = staff_of_event(db, event->id);
	store_read_done(request->app->store, db);
	faults_init(&faults, 20);
	if (work->person.profession == 0) {
		reply_fault(reply, 422, &unprofessional, "professions");
	} else if (!known && all->len >= STAFF_EACH_EVENT_MAX) {
		reply_fault(reply, 422, &full, NULL);
	} else if (!staff_read(&work->member, request->json, event, &faults)) {
		reply_faults(reply, 422, &faults);
	} else if (!store_write(request->app->store, save_work, work, &problem)) {
		reply_store_fault(reply, &problem);
	} else {
		reply_list(request, reply, known ? 200 : 201, event);
	}
	faults_finish(&faults);
}

static void put_member(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct staffing work = {.event = request->values[0].number, .by = request->who.person};
	if (!ecm_event_of(request, reply, &event)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	bool found = people_by_id(db, request->values[1].number, &work.person);
	store_read_done(request->app->store, db);
	if (found) {
		save(request, reply, &work, &event);
	} else {
		reply_not_found(reply, "person");
	}
}

/* Somebody from outside: the fields that the report needs. */
static GArray *read_person(json_t *json, struct person *person)
{
	GArray *faults = g_array_new(FALSE, FALSE, sizeof(struct problem));
	static const char *const wanted[] = {"codice_fiscale", "family_name", "given_name", "professions", "contract", NULL};
	struct problem problem;
	for (size_t i = 0; person_fields[i].json != NULL; i++) {
		const char *text = json_string_value(json_object_get(json, person_fields[i].json));
		if (g_strv_contains(wanted, person_fields[i].json) &&
			!person_fields[i].set(person, text ? text : "", &problem)) {
			PROBLEM_COPY(problem.where, person_fields[i].json);
			g_array_append_val(faults, problem);
		}
	}
	if (faults->len == 0 && !person_complete(person, &problem)) {
		g_array_append_val(faults, problem);
	}
	person->roles = 0; /* teaches; does not learn here */
	return faults;
}

static void add_member(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct staffing work = {.event = request->values[0].number, .by = request->who.person};
	const char *code = json_string_value(json_object_get(request->json, "codice_fiscale"));
	g_autofree char *normal = g_ascii_strup(code ? code : "", -1);
	if (!ecm_event_of(request, reply, &event)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	bool known = people_by_codice_fiscale(db, g_strstrip(normal), &work.person);
	store_read_done(request->app->store, db);
	if (!known) {
		work.person = (struct person){.active = false};
		g_autoptr(GArray) faults = read_person(request->json, &work.person);
		if (faults->len > 0) {
			reply_problems(reply, 422, (const struct problem *)(void *)faults->data, faults->len);
			return;
		}
	}
	save(request, reply, &work, &event);
}

struct removing {
	int64_t event, person, by;
	bool found;
};

static bool remove_work(struct db *db, void *data)
{
	struct removing *work = data;
	work->found = staff_remove(db, work->event, work->person);
	g_autofree char *detail = g_strdup_printf("person:%" G_GINT64_FORMAT, work->person);
	if (work->found) {
		audit_about(db, work->by, "ecm.staff.remove", "ecm_event", work->event, detail);
	}
	return true;
}

static void remove_member(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct problem problem = {0};
	struct removing work = {request->values[0].number, request->values[1].number, request->who.person, false};
	if (!ecm_event_of(request, reply, &event)) {
		return;
	}
	if (!store_write(request->app->store, remove_work, &work, &problem)) {
		reply_store_fault(reply, &problem);
	} else if (!work.found) {
		reply_not_found(reply, "person");
	} else {
		reply_list(request, reply, 200, &event);
	}
}

const struct route ecm_staff_routes[] = {
	{.id = "ecm.staff",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/staff",
		.roles = ROLE_PROVIDER,
		.handler = list_staff,
		.summary = "Teachers, speakers and tutors of an event, with the duties that its rules know"},
	{.id = "ecm.staff.add",
		.method = HTTP_POST,
		.pattern = "/api/ecm/events/{event:id}/staff",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = add_member,
		.summary = "Adds one by codice_fiscale; who is not known yet with family_name, given_name, professions "
			   "(\"1.58.59:5.78\") and contract"},
	{.id = "ecm.staff.change",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/events/{event:id}/staff/{person:id}",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = put_member,
		.summary = "Sets one: {duty, amount, credits, day, recruited, sponsor, reason}"},
	{.id = "ecm.staff.remove",
		.method = HTTP_DELETE,
		.pattern = "/api/ecm/events/{event:id}/staff/{person:id}",
		.roles = ROLE_PROVIDER,
		.handler = remove_member,
		.summary = "Takes one off the event"},
	ROUTE_END,
};
