/* Who misses what for an event's credits, as a list and as a file, and what the event asks for: for the provider. */
#include "server/app.h"
#include "server/ecm/csv.h"
#include "server/ecm/eligibility.h"
#include "server/ecm/event_of.h"
#include "server/ecm/day.h"
#include "server/http/request.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

struct listing {
	const struct ecm_event *event;
	unsigned wanted; /* conditions: who misses one of them; 0: who misses any */
	int64_t counts[CREDIT_MAX];
	int64_t concerned, eligible, listed;
	void (*visit)(const struct participant *, unsigned missing, void *);
	void *data;
};

/* Set-wise: what the store knows, and what the person's own data say. */
static unsigned missing_of(const struct participant *participant, const struct ecm_event *event,
	const char *today)
{
	struct participant copy = *participant;
	struct faults faults;
	faults_init(&faults, 1);
	copy.earned = participant->waiting ? today : participant->earned;
	unsigned missing = participant->waiting | participant_unmet(&copy, event, &faults);
	faults_finish(&faults);
	return missing;
}

static void walk(struct db *db, const char *search, struct listing *listing)
{
	char today[11];
	struct participant participant;
	ecm_day(store_now(), today);
	struct participants *cursor = participants_concerned(db, listing->event, search);
	while (participants_next(cursor, &participant)) {
		unsigned missing = missing_of(&participant, listing->event, today);
		listing->concerned++;
		listing->eligible += missing == 0;
		for (int i = 0; i < CREDIT_MAX; i++) {
			listing->counts[i] += missing >> i & 1;
		}
		if (listing->wanted ? missing & listing->wanted : missing) {
			listing->listed++;
			listing->visit(&participant, missing, listing->data);
		}
	}
	participants_close(cursor);
}

struct page {
	json_t *people;
	int64_t first, index; /* of the rows that are listed */
};

static json_t *codes_json(unsigned missing)
{
	json_t *codes = json_array();
	for (int i = 0; i < CREDIT_MAX; i++) {
		if (missing >> i & 1) {
			json_array_append_new(codes, json_string(credit_condition_name((enum credit_condition)i)));
		}
	}
	return codes;
}

static void add_person(const struct participant *participant, unsigned missing, void *data)
{
	struct page *page = data;
	int64_t index = page->index++;
	if (index >= page->first && index < page->first + LIMIT_PAGE_ROWS) {
		json_array_append_new(page->people,
			json_pack("{s:I, s:s, s:s, s:s, s:o}", "id", (json_int_t)participant->person,
				"family_name", participant->family_name, "given_name", participant->given_name,
				"codice_fiscale", participant->codice_fiscale, "missing", codes_json(missing)));
	}
}

static unsigned wanted_by(struct request *request)
{
	const char *name = request_query(request, "missing");
	enum credit_condition condition = credit_condition_by_name(name ? name : "");
	return condition == CREDIT_MAX ? 0 : 1u << condition;
}

static void list_missing(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	if (!ecm_event_of(request, reply, &event)) {
		return;
	}
	int64_t number = request_query_number(request, "page", 1, 1000000, 1);
	const char *search = request_query(request, "search");
	struct page page = {.people = json_array(), .first = (number - 1) * LIMIT_PAGE_ROWS};
	struct listing listing = {
		.event = &event, .wanted = wanted_by(request), .visit = add_person, .data = &page};
	struct db *db = store_read(request->app->store);
	walk(db, search ? search : "", &listing);
	bool declaration = declaration_required(db, event.id);
	store_read_done(request->app->store, db);
	json_t *counts = json_object();
	for (int i = 0; i < CREDIT_MAX; i++) {
		json_object_set_new(counts, credit_condition_name((enum credit_condition)i),
			json_integer(listing.counts[i]));
	}
	reply_json(reply, 200,
		json_pack("{s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:s, s:b}", "people", page.people, "counts", counts,
			"concerned", (json_int_t)listing.concerned, "eligible", (json_int_t)listing.eligible,
			"total", (json_int_t)listing.listed, "page", (json_int_t)number, "pages",
			(json_int_t)MAX((listing.listed + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS, 1), "title",
			event.title, "declaration", (int)declaration));
}

static void add_line(const struct participant *participant, unsigned missing, void *data)
{
	GString *out = data;
	csv_guarded(out, participant->codice_fiscale);
	csv_guarded(out, participant->family_name);
	csv_guarded(out, participant->given_name);
	for (int i = 0; i < CREDIT_MAX; i++) {
		csv_field(out, missing >> i & 1 ? "manca" : "");
	}
	csv_end(out);
}

static void missing_csv(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	if (!ecm_event_of(request, reply, &event)) {
		return;
	}
	const char *search = request_query(request, "search");
	GString *out = g_string_new("\xEF\xBB\xBF"
				    "codice_fiscale;cognome;nome;identita;professione;regione;dichiarazione;percorso;"
				    "prova_finale;questionario;date\r\n");
	struct listing listing = {
		.event = &event, .wanted = wanted_by(request), .visit = add_line, .data = out};
	struct db *db = store_read(request->app->store);
	walk(db, search ? search : "", &listing);
	store_read_done(request->app->store, db);
	g_autoptr(GBytes) bytes = g_string_free_to_bytes(out);
	reply_header(reply, "Content-Disposition", "attachment; filename=\"cosa-manca.csv\"");
	reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
}

struct requiring {
	int64_t event, by;
	bool declaration;
};

static bool require_work(struct db *db, void *data)
{
	const struct requiring *work = data;
	declaration_require(db, work->event, work->declaration, work->by);
	audit_about(db, work->by, "ecm.event.requirements", "ecm_event", work->event,
		work->declaration ? "declaration required" : "declaration not required");
	return true;
}

static void put_requirements(struct request *request, struct reply *reply)
{
	int declaration;
	struct ecm_event event;
	struct problem problem = {0};
	if (!ecm_event_of(request, reply, &event) ||
		!request_unpack(request, reply, "{s:b}", "declaration", &declaration)) {
		return;
	}
	struct requiring work = {event.id, request->who.person, declaration};
	if (store_write(request->app->store, require_work, &work, &problem)) {
		reply_json(reply, 200, json_pack("{s:b}", "declaration", declaration));
	} else {
		reply_store_fault(reply, &problem);
	}
}

const struct route ecm_eligibility_routes[] = {
	{.id = "ecm.event.eligibility",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/eligibility",
		.roles = ROLE_PROVIDER,
		.handler = list_missing,
		.summary = "Who misses something for the credits: ?missing=&search=&page="},
	{.id = "ecm.event.eligibility.csv",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events/{event:id}/eligibility.csv",
		.roles = ROLE_PROVIDER,
		.flags = ROUTE_RECORDED,
		.handler = missing_csv,
		.summary = "The same, all of it, as CSV"},
	{.id = "ecm.event.requirements",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/events/{event:id}/requirements",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = put_requirements,
		.summary = "Whether credits ask for the declaration: {declaration}"},
	ROUTE_END,
};
