#include "server/ecm/event_of.h"

#include "server/app.h"
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
