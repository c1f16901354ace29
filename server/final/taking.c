#include "server/final/taking.h"

#include "server/app.h"
#include "server/store/class_results.h"
#include "server/taking.h"

int64_t final_taking_event(struct request *request)
{
	return request_query_number(request, "event", 1, INT64_MAX, 0);
}

void final_taking_finish(struct final_taking *taking)
{
	final_standing_finish(&taking->standing);
	exam_destroy(taking->exam);
	if (taking->answers) {
		g_array_unref(taking->answers);
	}
	if (taking->history) {
		g_array_unref(taking->history);
	}
	if (taking->results) {
		g_array_unref(taking->results);
	}
}

bool final_taking_load(struct request *request, struct reply *reply, struct final_taking *ret)
{
	*ret = (struct final_taking){0};
	struct db *db = store_read(request->app->store);
	final_standing(db, request->who.person, final_taking_event(request), store_now(), &ret->standing);
	bool good = true;
	if (ret->standing.has_event && ecm_event_in_class(&ret->standing.event)) {
		ret->results = class_results(db, ret->standing.event.id, request->who.person);
	}
	if (ret->standing.has_attempt) {
		const struct final_attempt *attempt = &ret->standing.newest;
		ret->answers = final_answers(db, attempt->id);
		ret->exam = exam_read(attempt->exam);
		ret->history = final_history(db, request->who.person, attempt->event);
		good = ret->exam && ret->exam->question_count == ret->answers->len;
	}
	store_read_done(request->app->store, db);
	if (!good) {
		taking_damaged(reply, "FINAL_DAMAGED", "final");
		final_taking_finish(ret);
	}
	return good;
}

bool final_taking_is_open(const struct final_taking *taking)
{
	return taking->standing.has_attempt && !taking->standing.newest.done;
}
