/* /api/placements/{id}/record: everything about one placement, and whether running it again gives the same. */
#include "server/app.h"
#include "server/http/request.h"
#include "server/placement/record.h"
#include "server/routes.h"
#include "server/store/adaptive.h"

static void get_list(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	json_t *json = record_list_json(db, request->values[0].number);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json_pack("{s:o}", "placements", json));
}

static void get_record(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	json_t *json = record_json(request->app->prepared, db, request->values[0].number);
	store_read_done(request->app->store, db);
	if (json) {
		reply_json(reply, 200, json);
	} else {
		reply_not_found(reply, "placement");
	}
}

const struct route placement_record_routes[] = {
	{.id = "placements.list",
		.method = HTTP_GET,
		.pattern = "/api/people/{person:id}/placements",
		.roles = ROLE_PROVIDER | ROLE_DESIGNER,
		.handler = get_list,
		.summary = "A person's placement tests, newest first"},
	{.id = "placements.record",
		.method = HTTP_GET,
		.pattern = "/api/placements/{placement:id}/record",
		.roles = ROLE_PROVIDER | ROLE_DESIGNER,
		.handler = get_record,
		.summary = "The record of a placement: items, answers, theta, the rule that ended it, and the same run again"},
	ROUTE_END,
};
