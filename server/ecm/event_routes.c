/* /api/ecm: events. */
#include <string.h>

#include "server/app.h"
#include "server/ecm/completion.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

static void list_events(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) events = ecm_events_all(db);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < events->len; i++) {
		json_array_append_new(list, ecm_event_json(&g_array_index(events, struct ecm_event, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "events", list));
}

struct saving {
	struct ecm_event event;
	int64_t by;
};

static bool save_event(struct db *db, void *data)
{
	struct saving *saving = data;
	bool fresh = saving->event.id == 0;
	if (!ecm_event_save(db, &saving->event, saving->by)) {
		return false;
	}
	json_t *json = ecm_event_json(&saving->event);
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
	.mend_it = "Scegli un livello dalla lista, o lascialo vuoto per tutti.",
	.mend_en = "Choose a level from the list, or none for all.",
};

/* Reads, checks and stores the event of the body under `id` (0: a new one). */
static void put_event(struct request *request, struct reply *reply, int64_t id)
{
	struct saving saving = {.event = {.id = id}, .by = request->who.person};
	struct faults faults;
	struct problem problem = {0};
	struct level_row level;
	faults_init(&faults, 100);
	bool good = ecm_event_read(&saving.event, request->json, &faults);
	bool known = true;
	if (good && *saving.event.level) {
		struct db *db = store_read(request->app->store);
		known = level_find(db, saving.event.level, &level);
		store_read_done(request->app->store, db);
	}
	if (!good) {
		reply_faults(reply, 422, &faults);
	} else if (!known) {
		reply_fault(reply, 422, &no_level, "level");
	} else if (store_write(request->app->store, save_event, &saving, &problem)) {
		completion_sweep(request->app->store, saving.event.id);
		reply_json(reply, id ? 200 : 201, ecm_event_json(&saving.event));
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

static bool event_exists(struct request *request, struct reply *reply, struct ecm_event *ret)
{
	struct db *db = store_read(request->app->store);
	bool found = ecm_event_by_id(db, request->values[0].number, ret);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "event");
	}
	return found;
}

static void change_event(struct request *request, struct reply *reply)
{
	struct ecm_event event;
	if (event_exists(request, reply, &event)) {
		put_event(request, reply, event.id);
	}
}

const struct route ecm_event_routes[] = {
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
