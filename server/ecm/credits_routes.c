/* What one person's credits rest on: the checklist, for the operator and for the provider, and the operator's declaration. */
#include <string.h>

#include "server/app.h"
#include "server/ecm/day.h"
#include "server/ecm/eligibility.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/final_test.h"
#include "server/store/people.h"

static json_t *declaration_json(struct db *db, int64_t person, int64_t event)
{
	struct declaration row;
	char at[32];
	if (!declaration_of(db, person, event, &row)) {
		return json_null();
	}
	store_time_text(row.declared_at, at);
	return json_pack("{s:b, s:s, s:b, s:s, s:s}", "recruited", (int)row.recruited, "sponsor", row.sponsor,
		"works_here", (int)row.works_here, "at", at, "text", row.text);
}

/* The checklist of a person for an event, with what was declared. */
static json_t *checklist_json(struct db *db, int64_t person, const struct ecm_event *event)
{
	struct eligibility eligibility;
	struct person who;
	char credits[8];
	eligibility_of(db, person, event, &eligibility);
	ecm_credits_text(event->credits_tenths, credits);
	json_t *json = eligibility_json(&eligibility);
	json_object_set_new(json, "event",
		json_pack("{s:I, s:s, s:s, s:s, s:s}", "id", (json_int_t)event->id, "title", event->title,
			"data_ini", event->data_ini, "data_fine", event->data_fine, "crediti", credits));
	json_object_set_new(json, "in_class", json_boolean(ecm_event_in_class(event)));
	json_object_set_new(json, "declaration", declaration_json(db, person, event->id));
	bool known = people_by_id(db, person, &who);
	json_object_set_new(json, "professional", json_boolean(known && who.profession != 0));
	json_object_set_new(json, "company_known", json_boolean(known && company_find(who.company)));
	json_object_set_new(json, "declaration_text_it", json_string(declaration_text_it));
	json_object_set_new(json, "declaration_text_en", json_string(declaration_text_en));
	return json;
}

/* ?event=: one in class; without: that of the path. */
static int64_t request_event(struct request *request)
{
	return request_query_number(request, "event", 1, INT64_MAX, 0);
}

static void my_credits(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct db *db = store_read(request->app->store);
	bool found = eligibility_event_of(db, request->who.person, request_event(request), &event);
	json_t *json = found ? checklist_json(db, request->who.person, &event) : json_pack("{s:n}", "event");
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json);
}

static const struct problem_text bad_sponsor = {"DECLARATION_SPONSOR",
	"Chi è stato reclutato indica lo sponsor: lettere senza accento, cifre, spazi e ' , ; - . ( ), al massimo 100.",
	"Who was recruited names the sponsor: plain letters, digits, spaces and ' , ; - . ( ), 100 at most.",
	"Scrivi il nome dello sponsor, o dichiara di non essere stato reclutato.",
	"Name the sponsor, or declare that you were not recruited."};
static const struct problem_text unconfirmed = {"DECLARATION_UNCONFIRMED",
	"La dichiarazione va confermata.", "The declaration must be confirmed.",
	"Leggi il testo e spunta la conferma.", "Read the text and tick the confirmation."};
static const struct problem_text closed = {"DECLARATION_CLOSED",
	"L’evento è finito: la dichiarazione non si può più cambiare da qui.",
	"The event is over: the declaration cannot be changed here any more.", "Rivolgiti al provider.",
	"Ask the provider."};

struct declaring {
	int64_t person, event;
	struct declaration declaration;
	char today[11];
};

static bool declare_work(struct db *db, void *data)
{
	struct declaring *work = data;
	declaration_add(db, work->person, work->event, &work->declaration, work->today, declaration_text_it);
	g_autofree char *detail = g_strdup_printf("event %" G_GINT64_FORMAT ", %s%s", work->event,
		work->declaration.recruited ? "recruited by " : "not recruited", work->declaration.sponsor);
	audit_about(db, work->person, "credits.declare", "person", work->person, detail);
	return true;
}

static bool sponsor_good(const char *sponsor, bool recruited)
{
	return recruited == (*sponsor != '\0') && ecm_sponsor_good(sponsor);
}

static void declare(struct request *request, struct reply *reply)
{
	int recruited, works_here, confirmed;
	const char *sponsor;
	struct ecm_event event;
	struct problem problem = {0};
	if (!request_unpack(request, reply, "{s:b, s:s, s:b, s:b}", "recruited", &recruited, "sponsor", &sponsor,
		    "works_here", &works_here, "confirmed", &confirmed)) {
		return;
	}
	struct declaring work = {.person = request->who.person,
		.declaration = {.recruited = recruited, .works_here = works_here, .text = DECLARATION_VERSION}};
	g_autofree char *name = g_strstrip(g_strdup(sponsor));
	g_strlcpy(work.declaration.sponsor, name, sizeof(work.declaration.sponsor));
	ecm_day(store_now(), work.today);
	struct db *db = store_read(request->app->store);
	bool found = eligibility_event_of(db, work.person, request_event(request), &event);
	char last[11] = "";
	if (found) {
		struct final_rules rules;
		final_rules_load(db, &event, &rules);
		ecm_day_add(event.data_fine, (int)rules.days_after, last);
	}
	store_read_done(request->app->store, db);
	work.event = found ? event.id : 0;
	if (!found) {
		reply_not_found(reply, "event");
	} else if (!sponsor_good(name, recruited)) {
		reply_fault(reply, 422, &bad_sponsor, "sponsor");
	} else if (!confirmed) {
		reply_fault(reply, 422, &unconfirmed, "confirmed");
	} else if (strcmp(work.today, last) > 0) {
		reply_fault(reply, 409, &closed, "event");
	} else if (!store_write(request->app->store, declare_work, &work, &problem)) {
		reply_store_fault(reply, &problem);
	} else {
		my_credits(request, reply);
	}
}

/* --- The provider --- */

static void person_credits(struct request *request, struct reply *reply)
{
	struct person person;
	struct ecm_event event;
	struct db *db = store_read(request->app->store);
	bool known = people_by_id(db, request->values[0].number, &person);
	json_t *json = !known ? NULL
		       : eligibility_event_of(db, person.id, request_event(request), &event) ? checklist_json(db, person.id, &event)
								  : json_pack("{s:n}", "event");
	store_read_done(request->app->store, db);
	if (json) {
		reply_json(reply, 200, json);
	} else {
		reply_not_found(reply, "person");
	}
}

const struct route ecm_credits_routes[] = {
	{.id = "me.credits",
		.method = HTTP_GET,
		.pattern = "/api/me/credits",
		.roles = ROLE_OPERATOR,
		.handler = my_credits,
		.summary = "What one's credits rest on, condition by condition, and what is missing"},
	{.id = "me.declaration",
		.method = HTTP_POST,
		.pattern = "/api/me/declaration",
		.roles = ROLE_OPERATOR,
		.body = BODY_JSON,
		.handler = declare,
		.summary = "Declares recruitment by sponsors: {recruited, sponsor, works_here, confirmed}"},
	{.id = "people.credits",
		.method = HTTP_GET,
		.pattern = "/api/people/{person:id}/credits",
		.roles = ROLE_PROVIDER,
		.handler = person_credits,
		.summary = "The checklist of one person"},
	ROUTE_END,
};
