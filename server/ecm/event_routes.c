/* /api/ecm: events. */
#include <string.h>

#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/ecm/coverage.h"
#include "server/ecm/day.h"
#include "server/ecm/deadline.h"
#include "server/ecm/event_of.h"
#include "server/ecm/rules.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/credit_terms.h"

/* {rule_set ..., path_hours, warnings: [...]}: what the credits come to, and whether it fits the path. */
static json_t *computed_json(struct db *db, const struct ecm_event *event, const struct credit_terms *terms)
{
	struct credit_sum sum;
	struct faults warnings;
	faults_init(&warnings, 20);
	rules_compute(event, terms, &sum, &warnings);
	coverage_check(db, event, &warnings);
	guint hours = event->tipo_form == ECM_FORM_FAD ? coverage_hours(db, event) : 0;
	json_t *json = credit_sum_json(&sum);
	json_object_set_new(json, "path_hours", hours ? json_integer(hours) : json_null());
	json_object_set_new(json, "warnings", problems_json(warnings.list));
	faults_finish(&warnings);
	return json;
}

static json_t *event_json(struct db *db, const struct ecm_event *event)
{
	struct credit_terms terms;
	credit_terms_load(db, event->id, &terms);
	json_t *json = ecm_event_json(event);
	json_object_set_new(json, "theme", json_boolean(terms.theme));
	json_object_set_new(json, "credits_reason", json_string(terms.reason));
	json_object_set_new(json, "computed", computed_json(db, event, &terms));
	json_object_set_new(json, "report", report_deadline_json(db, event));
	return json;
}

static void list_events(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) events = ecm_events_all(db);
	json_t *list = json_array();
	for (guint i = 0; i < events->len; i++) {
		json_array_append_new(list, event_json(db, &g_array_index(events, struct ecm_event, i)));
	}
	char today[11];
	struct faults gaps;
	ecm_day(store_now(), today);
	faults_init(&gaps, 20);
	coverage_gaps(db, today, "9999-12-31", &gaps);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:o, s:o}", "events", list, "warnings", problems_json(gaps.list)));
	faults_finish(&gaps);
}

struct saving {
	struct ecm_event event;
	struct credit_terms terms; /* rule_set is filled in when saved */
	bool has_theme, has_reason;
	int64_t by;
};

/* The rules of the event's first day; as long as that day stays, the event keeps the rules that it has. */
static void keep_terms(struct db *db, struct saving *saving, const struct ecm_event *before)
{
	struct credit_terms terms;
	credit_terms_load(db, saving->event.id, &terms);
	if (!*terms.rule_set || strcmp(before->data_ini, saving->event.data_ini) != 0) {
		g_strlcpy(terms.rule_set, rules_in_force(saving->event.data_ini), sizeof(terms.rule_set));
	}
	terms.theme = saving->has_theme ? saving->terms.theme : terms.theme;
	if (saving->has_reason) {
		PROBLEM_COPY(terms.reason, saving->terms.reason);
	}
	credit_terms_save(db, saving->event.id, &terms, saving->by);
	saving->terms = terms;
}

static bool save_event(struct db *db, void *data)
{
	struct saving *saving = data;
	bool fresh = saving->event.id == 0;
	struct ecm_event before = {0};
	if (!fresh) {
		ecm_event_by_id(db, saving->event.id, &before);
	}
	if (!ecm_event_save(db, &saving->event, saving->by)) {
		return false;
	}
	keep_terms(db, saving, &before);
	json_t *json = ecm_event_json(&saving->event);
	json_object_set_new(json, "theme", json_boolean(saving->terms.theme));
	json_object_set_new(json, "credits_reason", json_string(saving->terms.reason));
	char *detail = json_dumps(json, JSON_COMPACT);
	audit_about(db, saving->by, fresh ? "ecm.event.create" : "ecm.event.change", "ecm_event",
		saving->event.id, detail);
	free(detail);
	json_decref(json);
	return true;
}

static const struct problem_text no_level = {
	.code = "LEVEL_UNKNOWN",
	.it = "Il livello non esiste.",
	.en = "There is no such level.",
	.mend_it = "Scegli i livelli dalla lista, o nessuno per tutti.",
	.mend_en = "Choose levels from the list, or none for all.",
};

static void read_terms(json_t *json, struct saving *saving)
{
	json_t *theme = json_object_get(json, "theme");
	const char *reason = json_string_value(json_object_get(json, "credits_reason"));
	saving->has_theme = json_is_boolean(theme);
	saving->terms.theme = json_is_true(theme);
	saving->has_reason = reason != NULL;
	if (reason) {
		PROBLEM_COPY(saving->terms.reason, reason);
	}
}

static bool levels_known(struct store *store, const struct ecm_event *event)
{
	struct level_row level;
	bool known = true;
	struct db *db = store_read(store);
	for (guint i = 0; i < event->level_count; i++) {
		known = known && level_find(db, event->levels[i], &level);
	}
	store_read_done(store, db);
	return known;
}

/* Reads, checks and stores the event of the body under `id` (0: a new one). */
static void put_event(struct request *request, struct reply *reply, int64_t id)
{
	struct saving saving = {.event = {.id = id}, .by = request->who.person};
	struct faults faults;
	struct problem problem = {0};
	faults_init(&faults, 100);
	bool good = ecm_event_read(&saving.event, request->json, &faults);
	read_terms(request->json, &saving);
	if (!good) {
		reply_faults(reply, 422, &faults);
	} else if (!levels_known(request->app->store, &saving.event)) {
		reply_fault(reply, 422, &no_level, "levels");
	} else if (store_write(request->app->store, save_event, &saving, &problem)) {
		completion_sweep(request->app->store, saving.event.id);
		struct db *db = store_read(request->app->store);
		json_t *json = event_json(db, &saving.event);
		store_read_done(request->app->store, db);
		reply_json(reply, id ? 200 : 201, json);
	} else if (strcmp(problem.code, "EVENT_TWICE") == 0) {
		reply_problem(reply, 409, &problem);
	} else {
		reply_store_fault(reply, &problem);
	}
	faults_finish(&faults);
}

static void create_event(struct request *request, struct reply *reply)
{
	put_event(request, reply, 0);
}

static void change_event(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	if (ecm_event_of(request, reply, &event)) {
		put_event(request, reply, event.id);
	}
}

/* What the fields of a form come to before they are saved; only what the rules look at need be there. */
static void compute(struct request *request, struct reply *reply)
{
	const char *day = request_query(request, "data_ini"), *credits = request_query(request, "crediti");
	const char *theme = request_query(request, "theme"), *reason = request_query(request, "credits_reason");
	struct ecm_event event = {.ore = (guint)request_query_number(request, "ore", 0, 999, 0),
		.tipo_form = (enum ecm_form)request_query_number(request, "tipo_form", 1, 4, 1),
		.cod_tipologia_form = (guint)request_query_number(request, "cod_tipologia_form", 1, 11, 10),
		.num_part = (guint)request_query_number(request, "num_part", 0, 999999, 0),
		.seconds_needed = (guint)request_query_number(request, "seconds_needed", 0, ECM_SECONDS_MAX, 0),
		.credits_tenths = (guint)(g_ascii_strtod(credits ? credits : "0", NULL) * 10 + 0.5)};
	struct credit_terms terms = {.theme = theme && strcmp(theme, "true") == 0};
	struct ecm_event old;
	struct db *db = store_read(request->app->store);
	g_strlcpy(event.data_ini, day && ecm_date_valid(day) ? day : "", sizeof(event.data_ini));
	if (!*event.data_ini) {
		ecm_day(store_now(), event.data_ini);
	}
	const char *end = request_query(request, "data_fine"), *levels = request_query(request, "levels");
	g_strlcpy(event.data_fine, end && ecm_date_valid(end) ? end : "", sizeof(event.data_fine));
	ecm_levels_parse(&event, levels ? levels : "");
	int64_t id = request_query_number(request, "event", 1, INT64_MAX, 0);
	event.id = id;
	if (id && ecm_event_by_id(db, id, &old)) {
		struct credit_terms kept;
		credit_terms_load(db, id, &kept);
		terms.class_people = kept.class_people;
		PROBLEM_COPY(terms.rule_set, strcmp(old.data_ini, event.data_ini) == 0 ? kept.rule_set : "");
	}
	PROBLEM_COPY(terms.reason, reason ? reason : "");
	json_t *json = computed_json(db, &event, &terms);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json);
}

const struct route ecm_event_routes[] = {
	{.id = "ecm.credits",
		.method = HTTP_GET,
		.pattern = "/api/ecm/credits",
		.roles = ROLE_PROVIDER,
		.handler = compute,
		.summary = "The credits of an event by the rules in force: ?data_ini=&ore=&tipo_form=&cod_tipologia_form="
			   "&num_part=&theme=&crediti=&credits_reason=&data_fine=&levels=base+avanzato&event="
			   "&seconds_needed="},
	{.id = "ecm.events",
		.method = HTTP_GET,
		.pattern = "/api/ecm/events",
		.roles = ROLE_PROVIDER,
		.handler = list_events,
		.summary = "ECM events"},
	{.id = "ecm.event.create",
		.method = HTTP_POST,
		.pattern = "/api/ecm/events",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = create_event,
		.summary = "A new event, fields named as in the report"},
	{.id = "ecm.event.change",
		.method = HTTP_PUT,
		.pattern = "/api/ecm/events/{event:id}",
		.roles = ROLE_PROVIDER,
		.body = BODY_JSON,
		.handler = change_event,
		.summary = "Changes an event"},
	ROUTE_END,
};
