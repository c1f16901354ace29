/* /api/me/certificates and /api/me/register: one's own certificates, and what they print of oneself. */
#include <string.h>

#include "server/certificates/issue.h"
#include "server/certificates/print.h"
#include "server/certificates/routes.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/staff.h"

static json_t *certificate_json(const struct certificate *certificate)
{
	char issued[32], revoked[32];
	store_time_text(certificate->issued_at, issued);
	store_time_text(certificate->revoked_at, revoked);
	json_t *facts = json_loads(certificate->facts, 0, NULL);
	json_t *json = json_pack("{s:I, s:s, s:s, s:I, s:O?, s:O?, s:O?, s:s, s:o, s:s}", "id",
		(json_int_t)certificate->id, "code", certificate->code, "kind",
		certificate_kind_name(certificate->kind), "event", (json_int_t)certificate->event, "title",
		json_object_get(facts, "event_title"), "credits", json_object_get(facts, "credits"),
		"earned_day", json_object_get(facts, "earned_day"), "issued_at", issued, "revoked_at",
		certificate->revoked_at ? json_string(revoked) : json_null(), "revoked_why",
		certificate->revoked_why);
	json_decref(facts);
	return json;
}

static void add_available(json_t *list, struct db *db, int64_t person, const GArray *issued, int64_t id, const char *day)
{
	struct ecm_event event;
	bool made = false;
	for (guint k = 0; k < issued->len; k++) {
		const struct certificate *one = &g_array_index(issued, struct certificate, k);
		made |= one->event == id && !one->revoked_at;
	}
	if (!made && id && ecm_event_by_id(db, id, &event) && certificate_due_to(db, person, &event)) {
		json_array_append_new(list,
			json_pack("{s:I, s:s, s:s}", "event", (json_int_t)id, "title", event.title, "day", day));
	}
}

/* Events that were completed, and those at which the person taught, as long as there is no certificate yet. */
static json_t *available_json(struct db *db, int64_t person, const GArray *issued)
{
	g_autoptr(GArray) completions = completions_of(db, person);
	g_autoptr(GArray) taught = staff_events_of(db, person);
	struct staff_member member;
	json_t *list = json_array();
	for (guint i = 0; i < taught->len; i++) {
		int64_t event = g_array_index(taught, int64_t, i);
		if (staff_one(db, event, person, &member)) {
			add_available(list, db, person, issued, event, member.day);
		}
	}
	for (guint i = 0; i < completions->len; i++) {
		const struct completion_row *row = &g_array_index(completions, struct completion_row, i);
		if (!staff_one(db, row->event, person, &member)) {
			add_available(list, db, person, issued, row->event, row->day);
		}
	}
	return list;
}

static void list_mine(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) rows = certificates_of_person(db, request->who.person);
	json_t *available = available_json(db, request->who.person, rows);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < rows->len; i++) {
		json_array_append_new(list, certificate_json(&g_array_index(rows, struct certificate, i)));
	}
	reply_json(reply, 200, json_pack("{s:o, s:o}", "certificates", list, "available", available));
}

static const struct problem_text not_complete = {
	.code = "NOT_COMPLETE",
	.it = "Per questo evento non c'è ancora un attestato: manca qualcosa per i crediti.",
	.en = "There is no certificate for this event yet: something is missing for the credits.",
	.mend_it = "Completa ciò che manca, indicato nella pagina del percorso.",
	.mend_en = "Complete what is missing, as your path's page says.",
};

static void issue(struct request *request, struct reply *reply)
{
	json_int_t event = 0;
	if (!request_unpack(request, reply, "{s:I}", "event", &event)) {
		return;
	}
	struct certificate certificate;
	struct problem problem = {0};
	struct faults faults;
	faults_init(&faults, 20);
	switch (certificate_issue(request->app, request->who.person, event, request->who.person, &certificate,
		&faults, &problem)) {
	case ISSUE_DONE:
		reply_json(reply, 201, certificate_json(&certificate));
		certificate_finish(&certificate);
		break;
	case ISSUE_NOT_YET:
		reply_fault(reply, 409, &not_complete, NULL);
		break;
	case ISSUE_REFUSED:
		reply_faults(reply, 422, &faults);
		break;
	case ISSUE_FAILED:
		reply_store_fault(reply, &problem);
		break;
	}
	faults_finish(&faults);
}

void certificate_reply_pdf(
	struct request *request, struct reply *reply, const struct certificate *certificate)
{
	struct problem problem = {0};
	struct printer *printer = printer_create(request->app, &problem);
	g_autoptr(GBytes) pdf = printer ? printer_pdf(printer, certificate, &problem) : NULL;
	printer_destroy(printer);
	if (!pdf) {
		reply_problem(reply, 500, &problem);
		return;
	}
	g_autofree char *name = certificate_file_name(certificate);
	g_autofree char *disposition = g_strdup_printf("attachment; filename=\"%s\"", name);
	reply_header(reply, "Content-Disposition", disposition);
	reply_bytes(reply, 200, "application/pdf", pdf);
}

static void get_mine(struct request *request, struct reply *reply)
{
	struct certificate certificate;
	struct db *db = store_read(request->app->store);
	bool found = certificate_by_id(db, request->values[0].number, &certificate);
	store_read_done(request->app->store, db);
	if (!found || certificate.person != request->who.person) {
		reply_not_found(reply, "certificate");
	} else {
		certificate_reply_pdf(request, reply, &certificate);
	}
	if (found) {
		certificate_finish(&certificate);
	}
}

/* --- What certificates print of a person --- */

static void get_register(struct request *request, struct reply *reply)
{
	struct person_register data;
	struct db *db = store_read(request->app->store);
	person_register_get(db, request->who.person, &data);
	store_read_done(request->app->store, db);
	reply_json(reply, 200,
		json_pack("{s:s, s:s, s:s, s:s}", "birth_place", data.birth_place, "birth_day",
			data.birth_day, "order_name", data.order_name, "order_number", data.order_number));
}

struct registering {
	int64_t person;
	struct person_register data;
};

static bool register_work(struct db *db, void *data)
{
	struct registering *registering = data;
	person_register_put(db, registering->person, &registering->data);
	audit_about(db, registering->person, "person.register", "person", registering->person, NULL);
	return true;
}

static const struct problem_text bad_register = {
	.code = "BAD_REGISTER",
	.it = "Uno dei dati non è valido.",
	.en = "One of the data is not valid.",
	.mend_it = "Luogo al massimo 100 caratteri, data AAAA-MM-GG, ordine 200, numero 40.",
	.mend_en = "Place at most 100 characters, date YYYY-MM-DD, register 200, number 40.",
};

static bool take(char *to, size_t size, const char *from, glong most)
{
	g_strlcpy(to, from, size);
	g_strstrip(to);
	return g_utf8_validate(from, -1, NULL) && g_utf8_strlen(to, -1) <= most && strlen(from) < size;
}

static void put_register(struct request *request, struct reply *reply)
{
	const char *place, *day, *name, *number;
	struct registering work = {.person = request->who.person};
	struct problem problem;
	if (!request_unpack(request, reply, "{s:s, s:s, s:s, s:s}", "birth_place", &place, "birth_day", &day,
		    "order_name", &name, "order_number", &number)) {
		return;
	}
	struct person_register *to = &work.data;
	const char *wrong = !take(to->birth_place, sizeof(to->birth_place), place, 100)     ? "birth_place"
			    : *day && !ecm_date_valid(day)                                  ? "birth_day"
			    : !take(to->order_name, sizeof(to->order_name), name, 200)      ? "order_name"
			    : !take(to->order_number, sizeof(to->order_number), number, 40) ? "order_number"
											    : NULL;
	if (wrong) {
		reply_fault(reply, 422, &bad_register, wrong);
		return;
	}
	g_strlcpy(to->birth_day, day, sizeof(to->birth_day));
	if (!store_write(request->app->store, register_work, &work, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	get_register(request, reply);
}

const struct route certificate_me_routes[] = {
	{.id = "me.certificates",
		.method = HTTP_GET,
		.pattern = "/api/me/certificates",
		.roles = ROLE_OPERATOR,
		.handler = list_mine,
		.summary = "One's own certificates, and the events that have one ready to be issued"},
	{.id = "me.certificates.issue",
		.method = HTTP_POST,
		.pattern = "/api/me/certificates",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = issue,
		.summary = "Issues the certificate of a completed event: {event}"},
	{.id = "me.certificates.pdf",
		.method = HTTP_GET,
		.pattern = "/api/me/certificates/{certificate:id}/pdf",
		.roles = ROLE_OPERATOR,
		.handler = get_mine,
		.summary = "The certificate as PDF"},
	{.id = "me.register",
		.method = HTTP_GET,
		.pattern = "/api/me/register",
		.roles = ROLE_OPERATOR,
		.handler = get_register,
		.summary = "What certificates print of oneself: birth, professional register"},
	{.id = "me.register.put",
		.method = HTTP_PUT,
		.pattern = "/api/me/register",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = put_register,
		.summary = "Changes it: {birth_place, birth_day, order_name, order_number}"},
	ROUTE_END,
};
