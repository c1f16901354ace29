/* /api/classes/{event}/candidates: choosing people (the trainers) among those who finished the path, reasons kept. */
#include <string.h>

#include "server/classes/limits.h"
#include "server/classes/view.h"
#include "server/limits.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/people.h"

static const char *query_text(struct request *request, const char *name)
{
	const char *text = request_query(request, name);
	return text && strlen(text) <= LIMIT_SEARCH_BYTES ? text : "";
}

static json_t *candidate_json(const struct candidate *candidate)
{
	char at[32];
	store_time_text(candidate->at, at);
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:s, s:s, s:o, s:s, s:s, s:s, s:o, s:s}", "person",
		(json_int_t)candidate->person, "family_name", candidate->family_name, "given_name", candidate->given_name,
		"codice_fiscale", candidate->codice_fiscale, "company", candidate->company, "profession",
		candidate->profession ? json_integer(candidate->profession) : json_null(), "level", candidate->level,
		"completed", candidate->completed, "score", candidate->score < 0 ? json_null() : json_integer(candidate->score),
		"verdict", candidate->verdict, "why", candidate->why, "by", candidate->by, "at",
		*at ? json_string(at) : json_null(), "seat", candidate->seat);
}

static void list(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct choice_counts counts;
	int64_t total, page = request_query_number(request, "page", 1, 1000000, 1);
	const struct candidate_filter filter = {
		.search = query_text(request, "search"),
		.company = query_text(request, "company"),
		.level = query_text(request, "level"),
		.verdict = query_text(request, "verdict"),
		.profession = request_query_number(request, "profession", 1, 99, 0),
		.from = query_text(request, "from"),
		.to = query_text(request, "to"),
		.score_least = request_query_number(request, "score", 1, 100, 0),
	};
	struct db *db = store_read(request->app->store);
	if (class_event_open(request, reply, db, request->values[0].number, &event)) {
		g_autoptr(GArray) found = class_candidates(db, event.id, &filter, page, &total);
		class_choice_counts(db, event.id, &counts);
		json_t *people = json_array();
		for (guint i = 0; i < found->len; i++) {
			json_array_append_new(people, candidate_json(&g_array_index(found, struct candidate, i)));
		}
		reply_json(reply, 200,
			json_pack("{s:o, s:o, s:I, s:I, s:I, s:{s:I, s:I, s:I}}", "event", class_event_json(&event), "people",
				people, "total", (json_int_t)total, "page", (json_int_t)page, "pages",
				(json_int_t)MAX(1, (total + LIMIT_PAGE_ROWS - 1) / LIMIT_PAGE_ROWS), "counts", "shortlisted",
				(json_int_t)counts.shortlisted, "chosen", (json_int_t)counts.chosen, "declined",
				(json_int_t)counts.declined));
	}
	store_read_done(request->app->store, db);
}

static void history(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct db *db = store_read(request->app->store);
	if (class_event_open(request, reply, db, request->values[0].number, &event)) {
		json_t *choices = json_array();
		g_autoptr(GArray) rows = class_choices(db, event.id, request->values[1].number);
		for (guint i = 0; i < rows->len; i++) {
			const struct class_choice *choice = &g_array_index(rows, struct class_choice, i);
			char at[32];
			store_time_text(choice->at, at);
			json_array_append_new(choices, json_pack("{s:s, s:s, s:s, s:s}", "verdict", choice->verdict, "why",
							      choice->why, "by", choice->by, "at", at));
		}
		reply_json(reply, 200, json_pack("{s:o}", "choices", choices));
	}
	store_read_done(request->app->store, db);
}

struct choosing {
	int64_t event, person, by;
	char verdict[16], why[CLASS_WHY_BYTES];
};

static bool choose_work(struct db *db, void *data)
{
	const struct choosing *work = data;
	class_choice_add(db, work->event, work->person, work->verdict, work->why, work->by);
	g_autofree char *detail = g_strdup_printf("event %" G_GINT64_FORMAT ": %s, %s", work->event, work->verdict, work->why);
	audit_about(db, work->by, "class.choice", "person", work->person, detail);
	return true;
}

static const struct problem_text bad_verdict = {"CLASS_VERDICT", "Scelta sconosciuta.", "Unknown verdict.", NULL, NULL};
static const struct problem_text unfinished = {"CLASS_PATH_UNFINISHED",
	"Si sceglie fra chi ha completato il percorso a distanza: questa persona non l’ha ancora fatto.",
	"The choice is among those who finished the distance learning path: this person has not.", NULL, NULL};

/* Shortlisting takes no reason; to choose, to decline and to take it back do. */
static bool read_choice(struct request *request, struct reply *reply, struct choosing *work)
{
	const char *verdict;
	if (!request_unpack(request, reply, "{s:s}", "verdict", &verdict)) {
		return false;
	}
	if (!class_verdict_known(verdict)) {
		reply_fault(reply, 422, &bad_verdict, "verdict");
		return false;
	}
	g_strlcpy(work->verdict, verdict, sizeof(work->verdict));
	return strcmp(verdict, "shortlisted") == 0 ? class_text(request, reply, "why", CLASS_WHY_MAX, work->why, sizeof(work->why))
						   : class_why(request, reply, work->why);
}

static bool finished_path(struct db *db, int64_t person)
{
	g_autoptr(GArray) rows = completions_of(db, person);
	for (guint i = 0; i < rows->len; i++) {
		if (*g_array_index(rows, struct completion_row, i).level) {
			return true;
		}
	}
	return false;
}

static void choose(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct problem problem = {0};
	struct choosing work = {.person = request->values[1].number, .by = request->who.person};
	struct db *db = store_read(request->app->store);
	bool found = class_event_open(request, reply, db, request->values[0].number, &event);
	bool finished = found && finished_path(db, work.person);
	store_read_done(request->app->store, db);
	work.event = event.id;
	if (!found || !read_choice(request, reply, &work)) {
		return;
	}
	if (!finished) {
		reply_fault(reply, 409, &unfinished, "person");
	} else if (store_write(request->app->store, choose_work, &work, &problem)) {
		history(request, reply);
	} else {
		reply_store_fault(reply, &problem);
	}
}

/* Chosen, and without a place yet: to be invited to a group. */
static void chosen(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	struct db *db = store_read(request->app->store);
	if (class_event_open(request, reply, db, request->values[0].number, &event)) {
		json_t *people = json_array();
		g_autoptr(GArray) ids = class_chosen(db, event.id);
		for (guint i = 0; i < ids->len; i++) {
			struct person person;
			if (people_by_id(db, g_array_index(ids, int64_t, i), &person)) {
				json_array_append_new(people, json_pack("{s:I, s:s, s:s}", "person", (json_int_t)person.id,
								 "family_name", person.family_name, "given_name", person.given_name));
			}
		}
		reply_json(reply, 200, json_pack("{s:o}", "people", people));
	}
	store_read_done(request->app->store, db);
}

const struct route class_candidate_routes[] = {
	{.id = "classes.candidates", .method = HTTP_GET, .pattern = "/api/classes/{event:id}/candidates",
		.roles = ROLE_PROVIDER, .handler = list,
		.summary = "Who finished the path, with the verdict on each: ?search=&company=&profession=&level=&from=&to=&score=&verdict=&page="},
	{.id = "classes.candidates.chosen", .method = HTTP_GET, .pattern = "/api/classes/{event:id}/chosen",
		.roles = ROLE_PROVIDER, .handler = chosen, .summary = "Who was chosen and has no place yet"},
	{.id = "classes.candidate", .method = HTTP_GET, .pattern = "/api/classes/{event:id}/candidates/{person:id}",
		.roles = ROLE_PROVIDER, .handler = history, .summary = "Every verdict on one person, with who, when and why"},
	{.id = "classes.candidate.choose", .method = HTTP_PUT, .pattern = "/api/classes/{event:id}/candidates/{person:id}",
		.roles = ROLE_PROVIDER, .body = BODY_JSON, .handler = choose,
		.summary = "A verdict: {verdict, why}; shortlisted, chosen, declined or open"},
	ROUTE_END,
};
