/* /api/people/{person}/classes: all that the provider knows of one person's classes. */
#include "server/classes/result_view.h"
#include "server/classes/seat_view.h"
#include "server/classes/view.h"
#include "server/routes.h"
#include "server/store/people.h"

static json_t *place_json(struct db *db, const struct class_seat *seat)
{
	json_t *json = class_seat_json(db, seat);
	json_object_set_new(json, "results", class_results_json(db, seat->event, seat->person));
	json_object_set_new(json, "steps", class_steps_json(db, seat->event, seat->person));
	return json;
}

static void get_classes(struct request *request, struct reply *reply)
{
	struct person person;
	struct db *db = store_read(request->app->store);
	if (people_by_id(db, request->values[0].number, &person)) {
		json_t *list = json_array();
		g_autoptr(GArray) seats = class_seats_of_person(db, person.id);
		for (guint i = 0; i < seats->len; i++) {
			json_array_append_new(list, place_json(db, &g_array_index(seats, struct class_seat, i)));
		}
		reply_json(reply, 200, json_pack("{s:o, s:o}", "classes", list, "taught", class_taught_json(db, person.id)));
	} else {
		reply_not_found(reply, "person");
	}
	store_read_done(request->app->store, db);
}

const struct route class_person_routes[] = {
	{.id = "people.classes", .method = HTTP_GET, .pattern = "/api/people/{person:id}/classes", .roles = ROLE_PROVIDER,
		.handler = get_classes,
		.summary = "A person's classes: places and how they came about, presence by session, tests, credits; and those they teach"},
	ROUTE_END,
};
