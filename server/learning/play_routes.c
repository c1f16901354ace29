/*
 * /play/TOKEN/ on the content origin: the player page's own API. The token is the only right it needs.
 */
#include "packages/import/import.h"
#include "server/app.h"
#include "server/learning/globals.h"
#include "server/learning/journal.h"
#include "server/learning/launch.h"
#include "server/learning/launch_json.h"
#include "server/learning/replay.h"
#include "server/limits.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/courses.h"
#include "server/store/globals.h"

static void play_page(struct request *request, struct reply *reply)
{
	/* Also for an expired token: the page itself says so, and how to log in again. */
	reply_header(reply, "Cache-Control", "no-store");
	assets_answer(request->app->assets, "player/index.html", request, reply);
	if (reply->status == 0) {
		reply_not_found(reply, "player");
	}
}

static void play_launch(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_to_look(request, reply, &launch)) {
		return;
	}
	struct db *db = store_read(request->app->store);
	json_t *json = launch_json(request, db, &launch);
	store_read_done(request->app->store, db);
	reply_json(reply, 200, json);
}

static GBytes *image_of(struct request *request, const struct launch *launch)
{
	struct organization_row organization;
	struct db *db = store_read(request->app->store);
	bool found = organization_find(db, launch->version, launch->organization, &organization);
	store_read_done(request->app->store, db);
	return found ? image_load(request->app, launch->sha256, organization.image) : NULL;
}

static void play_image(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_to_look(request, reply, &launch)) {
		return;
	}
	g_autoptr(GBytes) image = image_of(request, &launch);
	if (image == NULL) {
		reply_not_found(reply, "course.img");
		return;
	}
	reply_bytes(reply, 200, "application/octet-stream", image);
}

static void play_snapshot(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_to_look(request, reply, &launch)) {
		return;
	}
	struct attempt_state state = {0};
	if (launch.attempt != 0 && !launch.inspects) { /* who looks starts at the beginning */
		struct db *db = store_read(request->app->store);
		attempt_state_load(db, launch.attempt, &state);
		store_read_done(request->app->store, db);
	}
	if (state.snapshot == NULL) {
		attempt_state_finish(&state);
		reply_empty(reply, 204);
		return;
	}
	struct replay replay;
	g_autoptr(GBytes) image = image_of(request, &launch);
	enum engine_result result = image == NULL ? ENGINE_BAD_IMAGE : replay_init(&replay, image, &state);
	if (result == ENGINE_OK) {
		g_autoptr(GBytes) snapshot = replay_snapshot(&replay);
		replay_finish(&replay);
		reply_bytes(reply, 200, "application/octet-stream", snapshot);
	} else {
		reply_player(reply, 500,
			&(struct problem_text){engine_result_code(result),
				"Lo stato del corso non si legge più.",
				"The course's state can no longer be read.", "Avvisare l'amministratore.",
				"Tell the administrator."},
			-1);
	}
	attempt_state_finish(&state);
}

/* What the person's other courses left that is news to this one. */
static GBytes *news_for(struct request *request, const struct launch *launch)
{
	g_autoptr(GBytes) stored = NULL;
	struct attempt_state state = {0};
	if (launch->attempt != 0) {
		struct db *db = store_read(request->app->store);
		stored = person_globals(db, launch->person);
		if (stored != NULL) {
			attempt_state_load(db, launch->attempt, &state);
		}
		store_read_done(request->app->store, db);
	}
	struct replay replay;
	GBytes *news = NULL;
	g_autoptr(GBytes) image = stored == NULL ? NULL : image_of(request, launch);
	if (image != NULL && replay_init(&replay, image, &state) == ENGINE_OK) {
		news = globals_news(replay.engine, stored);
		replay_finish(&replay);
	}
	attempt_state_finish(&state);
	return news;
}

static void play_globals(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_of_request(request, reply, &launch)) {
		return;
	}
	g_autoptr(GBytes) news = news_for(request, &launch);
	if (news == NULL) {
		reply_empty(reply, 204);
	} else {
		reply_bytes(reply, 200, "application/octet-stream", news);
	}
}

struct lease_taking {
	int64_t attempt, lease;
};

static bool take_lease(struct db *db, void *data)
{
	struct lease_taking *taking = data;
	taking->lease = attempt_take_lease(db, taking->attempt);
	return true;
}

static void play_lease(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_of_request(request, reply, &launch)) {
		return;
	}
	struct lease_taking taking = {.attempt = launch.attempt, .lease = 1};
	struct problem problem = {0};
	if (launch.attempt != 0 && !store_write(request->app->store, take_lease, &taking, &problem)) {
		reply_store_fault(reply, &problem);
		return;
	}
	reply_json(reply, 200, json_pack("{s:I}", "lease", (json_int_t)taking.lease));
}

struct former {
	const struct launch *launch;
	char hash[SECRETS_HASH];
};

static bool add_former(struct db *db, void *data)
{
	const struct former *former = data;
	launch_add_former(db, former->launch, former->hash);
	return true;
}

/* The page's log-in was renewed: the course that runs goes on loading its files under the token that it had. */
static void play_former(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_of_request(request, reply, &launch)) {
		return;
	}
	struct former former = {.launch = &launch};
	struct problem problem = {0};
	secrets_token_hash(request->values[1].text, former.hash);
	if (store_write(request->app->store, add_former, &former, &problem)) {
		reply_empty(reply, 204);
	} else {
		reply_store_fault(reply, &problem);
	}
}

/*
 * Work that the browser kept of an attempt which gave way to this one meanwhile (a new version was
 * published): it still belongs to that attempt. False: answered, or there is no such attempt.
 */
static bool launch_of_earlier(struct request *request, struct launch *launch)
{
	int64_t id = request_query_number(request, "attempt", 1, INT64_MAX, launch->attempt);
	if (id == launch->attempt || launch->attempt == 0) {
		return true;
	}
	struct attempt now = {0}, earlier = {0};
	struct version_row version;
	struct db *db = store_read(request->app->store);
	bool found = attempt_find(db, launch->attempt, &now) && attempt_find(db, id, &earlier) &&
		     earlier.person == launch->person && earlier.module == now.module &&
		     earlier.replaced_by != 0 && version_find(db, earlier.version, &version);
	int64_t oldest = found ? launch_oldest(db, id, store_now()) : 0;
	store_read_done(request->app->store, db);
	if (found) {
		launch->attempt = id;
		launch->version = earlier.version;
		launch->organization = earlier.organization;
		launch->created_at = oldest != 0 ? oldest : launch->created_at;
		PROBLEM_COPY(launch->sha256, version.sha256);
	}
	return found;
}

static void play_journal(struct request *request, struct reply *reply)
{
	struct launch launch;
	if (!launch_of_request(request, reply, &launch)) {
		return;
	}
	if (!launch_of_earlier(request, &launch)) {
		reply_not_found(reply, "attempt");
		return;
	}
	g_autoptr(GBytes) image = launch.attempt == 0 ? NULL : image_of(request, &launch);
	journal_answer(request, reply, &launch, image);
}

const struct route play_routes[] = {
	{.id = "play.page",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/",
		.roles = ROLE_LAUNCH,
		.handler = play_page,
		.summary = "The player page"},
	{.id = "play.launch",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/launch.json",
		.roles = ROLE_LAUNCH,
		.handler = play_launch,
		.summary = "What is launched, for whom, from where on"},
	{.id = "play.image",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/course.img",
		.roles = ROLE_LAUNCH,
		.handler = play_image,
		.summary = "The course image for the engine"},
	{.id = "play.snapshot",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/snapshot",
		.roles = ROLE_LAUNCH,
		.handler = play_snapshot,
		.summary = "Where the learner was; 204: at the beginning"},
	{.id = "play.globals",
		.method = HTTP_GET,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/globals",
		.roles = ROLE_LAUNCH,
		.handler = play_globals,
		.summary = "What the learner's other courses left for this one; 204: nothing new"},
	{.id = "play.lease",
		.method = HTTP_POST,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/lease",
		.roles = ROLE_LAUNCH,
		.flags = ROUTE_NO_CSRF,
		.handler = play_lease,
		.summary = "Take the attempt: other tabs become read-only"},
	{.id = "play.former",
		.method = HTTP_POST,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/former/{former:token}",
		.roles = ROLE_LAUNCH,
		.flags = ROUTE_NO_CSRF,
		.handler = play_former,
		.summary = "After a renewed log-in: the page's former token opens the course's files again"},
	{.id = "play.journal",
		.method = HTTP_POST,
		.origin = ORIGIN_CONTENT,
		.pattern = "/play/{token:token}/journal",
		.roles = ROLE_LAUNCH,
		.body = BODY_BYTES,
		.body_limit = LIMIT_JOURNAL_BYTES,
		.flags = ROUTE_NO_CSRF,
		.handler = play_journal,
		.summary = "Journal records; the answer says what is on disk"},
	ROUTE_END,
};
