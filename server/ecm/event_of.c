#include "server/ecm/event_of.h"

#include "server/app.h"
#include "server/problem.h"
#include "server/store/ecm.h"

bool ecm_event_of(struct request *request, struct reply *reply, struct ecm_event *ret)
{
	struct db *db = store_read(request->app->store);
	bool found = ecm_event_by_id(db, request->values[0].number, ret);
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "event");
	}
	return found;
}

json_t *faults_json(const struct faults *faults)
{
	json_t *list = json_array();
	for (guint i = 0; i < faults->list->len; i++) {
		json_array_append_new(list, problem_json(&g_array_index(faults->list, struct problem, i)));
	}
	return list;
}
