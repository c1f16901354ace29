/* /api/venues: where classes meet. */
#include "server/classes/limits.h"
#include "server/classes/view.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"

static json_t *venue_json(const struct venue *venue)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:i}", "id", (json_int_t)venue->id, "name", venue->name, "address",
		venue->address, "town", venue->town, "seats", (int)venue->seats);
}

static void list_venues(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) venues = venues_all(db);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < venues->len; i++) {
		json_array_append_new(list, venue_json(&g_array_index(venues, struct venue, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "venues", list));
}

struct venue_work {
	struct venue venue;
	int64_t by;
};

static bool save_venue(struct db *db, void *data)
{
	struct venue_work *work = data;
	venue_save(db, &work->venue, work->by);
	g_autofree char *detail = g_strdup_printf("%s, %s, %u", work->venue.name, work->venue.town, work->venue.seats);
	audit_about(db, work->by, "venue.save", "venue", work->venue.id, detail);
	return true;
}

static const struct problem_text bad_venue = {"VENUE", "La sede ha bisogno di nome e comune; i posti sono fra 0 e 10000.",
	"A venue needs a name and a town; seats are 0 to 10000.", "Completa i dati della sede.",
	"Complete the venue's data."};

static void put_venue(struct request *request, struct reply *reply, int64_t id)
{
	struct venue_work work = {.venue = {.id = id}, .by = request->who.person};
	struct problem problem = {0};
	json_int_t seats = json_integer_value(json_object_get(request->json, "seats"));
	if (!class_text(request, reply, "name", 100, work.venue.name, sizeof(work.venue.name)) ||
		!class_text(request, reply, "address", 100, work.venue.address, sizeof(work.venue.address)) ||
		!class_text(request, reply, "town", 50, work.venue.town, sizeof(work.venue.town))) {
		return;
	}
	if (!*work.venue.name || !*work.venue.town || seats < 0 || seats > 10000) {
		reply_fault(reply, 422, &bad_venue, !*work.venue.name ? "name" : !*work.venue.town ? "town" : "seats");
		return;
	}
	work.venue.seats = (guint)seats;
	if (store_write(request->app->store, save_venue, &work, &problem)) {
		reply_json(reply, id ? 200 : 201, venue_json(&work.venue));
	} else {
		reply_store_fault(reply, &problem);
	}
}

static const struct problem_text too_many_venues = {"VENUES", "Le sedi sono già " G_STRINGIFY(CLASS_VENUES_MAX) ", il massimo.",
	"There are " G_STRINGIFY(CLASS_VENUES_MAX) " venues already, the most there can be.",
	"Correggi una sede che non serve più.", "Change a venue that is not needed any more."};

static void create_venue(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) venues = venues_all(db);
	store_read_done(request->app->store, db);
	if (venues->len >= CLASS_VENUES_MAX) {
		reply_fault(reply, 422, &too_many_venues, "name");
		return;
	}
	put_venue(request, reply, 0);
}

static void change_venue(struct request *request, struct reply *reply)
{
	struct venue venue;
	struct db *db = store_read(request->app->store);
	bool found = venue_by_id(db, request->values[0].number, &venue);
	store_read_done(request->app->store, db);
	if (found) {
		put_venue(request, reply, venue.id);
	} else {
		reply_not_found(reply, "venue");
	}
}

const struct route class_venue_routes[] = {
	{.id = "venues.list", .method = HTTP_GET, .pattern = "/api/venues", .roles = ROLE_PROVIDER,
		.handler = list_venues, .summary = "Where classes meet"},
	{.id = "venues.create", .method = HTTP_POST, .pattern = "/api/venues", .roles = ROLE_PROVIDER, .body = BODY_JSON,
		.handler = create_venue, .summary = "A new venue: {name, address, town, seats}; 0 seats: not said"},
	{.id = "venues.change", .method = HTTP_PUT, .pattern = "/api/venues/{venue:id}", .roles = ROLE_PROVIDER,
		.body = BODY_JSON, .handler = change_venue, .summary = "Changes a venue"},
	ROUTE_END,
};
