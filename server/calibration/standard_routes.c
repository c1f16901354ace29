/* /api/standards: panels of judges, what they said, and the adoption of their cuts. */
#include "server/app.h"
#include "server/calibration/standard.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"
#include "server/store/audit.h"
#include "server/store/placement.h"

static const struct problem_text bad_session = {
	.code = "STANDARD_BAD",
	.it = "La seduta vuole un nome, un metodo (angoff o bookmark), una banca esistente e una probabilità fra 0 e 1.",
	.en = "A session needs a name, a method (angoff or bookmark), a bank that exists and a probability between 0 and 1.",
	.mend_it = "Completa i campi e riprova.",
	.mend_en = "Complete the fields and try again.",
};

static const struct problem_text not_monotone = {
	.code = "STANDARD_NOT_MONOTONE",
	.it = "Le soglie di questo giro non crescono da un livello al successivo, o mancano valutazioni: non si possono adottare.",
	.en = "The cuts of this round do not increase from level to level, or ratings are missing: they cannot be adopted.",
	.mend_it = "Completa le valutazioni, o discutile con la giuria in un altro giro.",
	.mend_en = "Complete the ratings, or discuss them with the panel in another round.",
};

static json_t *session_json(const struct standard_session *session)
{
	char at[32], adopted[32];
	store_time_text(session->created_at, at);
	store_time_text(session->adopted_at, adopted);
	return json_pack("{s:I, s:s, s:s, s:I, s:f, s:s, s:s, s:o}", "id", (json_int_t)session->id, "name",
		session->name, "method", session->bookmark ? "bookmark" : "angoff", "bank",
		(json_int_t)session->bank, "rp", session->rp, "panel", session->panel, "created_at", at, "adopted_at",
		session->adopted_at ? json_string(adopted) : json_null());
}

static void list_sessions(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autoptr(GArray) sessions = standard_sessions(db);
	store_read_done(request->app->store, db);
	json_t *list = json_array();
	for (guint i = 0; i < sessions->len; i++) {
		json_array_append_new(list, session_json(&g_array_index(sessions, struct standard_session, i)));
	}
	reply_json(reply, 200, json_pack("{s:o}", "sessions", list));
}

static bool add_session(struct db *db, void *data)
{
	struct standard_session *session = data;
	standard_session_add(db, session);
	audit_about(db, session->created_by, "standard.create", "standard", session->id, session->name);
	return true;
}

static void create_session(struct request *request, struct reply *reply)
{
	struct standard_session session = {.created_by = request->who.person, .rp = 2.0 / 3};
	json_t *json = request->json, *rp = json_object_get(json, "rp");
	const char *method = json_string_value(json_object_get(json, "method"));
	const char *name = json_string_value(json_object_get(json, "name"));
	const char *panel = json_string_value(json_object_get(json, "panel"));
	session.bookmark = g_strcmp0(method, "bookmark") == 0;
	session.bank = json_integer_value(json_object_get(json, "bank"));
	session.rp = json_is_number(rp) ? json_number_value(rp) : session.rp;
	problem_copy(session.name, sizeof(session.name), name ? name : "");
	problem_copy(session.panel, sizeof(session.panel), panel ? panel : "");
	struct db *db = store_read(request->app->store);
	g_autofree char *bank = session.bank > 0 ? bank_body(db, session.bank, NULL) : NULL;
	store_read_done(request->app->store, db);
	struct problem problem = {0};
	if (!*session.name || !bank || (!session.bookmark && g_strcmp0(method, "angoff") != 0) ||
		!(session.rp > 0 && session.rp < 1)) {
		reply_fault(reply, 422, &bad_session, "session");
	} else if (store_write(request->app->store, add_session, &session, &problem)) {
		reply_json(reply, 201, session_json(&session));
	} else {
		reply_store_fault(reply, &problem);
	}
}

/* The session with everything that its results need. */
struct material {
	struct standard_session session;
	char *bank;
	GArray *levels;
	GArray *ratings;
};

static void material_finish(struct material *material)
{
	g_free(material->bank);
	if (material->levels) {
		g_array_unref(material->levels);
		g_array_unref(material->ratings);
	}
}

static bool load(struct request *request, struct reply *reply, struct material *ret)
{
	*ret = (struct material){0};
	struct db *db = store_read(request->app->store);
	bool found = standard_session_find(db, request->values[0].number, &ret->session);
	if (found) {
		ret->bank = bank_body(db, ret->session.bank, NULL);
		ret->levels = levels_list(db);
		ret->ratings = standard_ratings(db, ret->session.id);
	}
	store_read_done(request->app->store, db);
	if (!found) {
		reply_not_found(reply, "standard");
	}
	return found;
}

static json_t *ratings_json(const GArray *ratings)
{
	json_t *list = json_array();
	for (guint i = 0; i < ratings->len; i++) {
		const struct standard_rating *rating = &g_array_index(ratings, struct standard_rating, i);
		json_array_append_new(list, json_pack("{s:I, s:s, s:s, s:s, s:f}", "round", (json_int_t)rating->round, "judge",
						    rating->judge, "level", rating->level, "item", rating->item, "rating", rating->rating));
	}
	return list;
}

static void reply_material(struct reply *reply, const struct material *material)
{
	json_t *json = session_json(&material->session);
	json_object_set_new(json, "rounds",
		standard_rounds(&material->session, material->bank, material->levels, material->ratings));
	json_object_set_new(json, "ratings", ratings_json(material->ratings));
	reply_json(reply, 200, json);
}

static void get_session(struct request *request, struct reply *reply)
{
	struct material material;
	if (load(request, reply, &material)) {
		reply_material(reply, &material);
		material_finish(&material);
	}
}

struct putting {
	const struct standard_session *session;
	const GArray *ratings;
	int64_t by;
};

static bool put_all(struct db *db, void *data)
{
	const struct putting *putting = data;
	for (guint i = 0; i < putting->ratings->len; i++) {
		standard_rating_put(db, putting->session->id, &g_array_index(putting->ratings, struct standard_rating, i));
	}
	g_autofree char *detail = g_strdup_printf("%u ratings", putting->ratings->len);
	audit_about(db, putting->by, "standard.ratings", "standard", putting->session->id, detail);
	return true;
}

static GHashTable *item_ids(const char *bank)
{
	GHashTable *ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	json_auto_t *json = json_loads(bank, 0, NULL);
	json_t *item;
	size_t i;
	json_array_foreach(json_object_get(json, "items"), i, item)
	{
		g_hash_table_add(ids, g_strdup(json_string_value(json_object_get(item, "id"))));
	}
	return ids;
}

static void post_ratings(struct request *request, struct reply *reply)
{
	struct material material;
	struct faults faults;
	struct problem problem = {0};
	if (!load(request, reply, &material)) {
		return;
	}
	faults_init(&faults, 100);
	g_autoptr(GHashTable) items = item_ids(material.bank);
	g_autoptr(GHashTable) levels = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 1; i < material.levels->len; i++) {
		g_hash_table_add(levels, g_array_index(material.levels, struct level_row, i).id);
	}
	gsize len;
	const char *text = g_bytes_get_data(request->body, &len);
	GArray *ratings = standard_csv(text ? text : "", len, levels, items, material.ratings, &faults);
	struct putting putting = {&material.session, ratings, request->who.person};
	if (!ratings) {
		reply_faults(reply, 422, &faults);
	} else if (store_write(request->app->store, put_all, &putting, &problem)) {
		get_session(request, reply);
	} else {
		reply_store_fault(reply, &problem);
	}
	if (ratings) {
		g_array_unref(ratings);
	}
	faults_finish(&faults);
	material_finish(&material);
}

static json_t *find_round(json_t *rounds, json_int_t number)
{
	json_t *round;
	size_t i;
	json_array_foreach(rounds, i, round)
	{
		if (json_integer_value(json_object_get(round, "round")) == number) {
			return round;
		}
	}
	return NULL;
}

static void adopt(struct request *request, struct reply *reply)
{
	json_int_t number;
	struct material material;
	struct faults faults;
	struct problem problem = {0};
	if (!request_unpack(request, reply, "{s:I}", "round", &number) || !load(request, reply, &material)) {
		return;
	}
	faults_init(&faults, 50);
	json_auto_t *rounds = standard_rounds(&material.session, material.bank, material.levels, material.ratings);
	json_t *round = find_round(rounds, number);
	if (!round || !json_is_true(json_object_get(round, "monotone"))) {
		reply_fault(reply, 409, &not_monotone, "round");
	} else if (standard_adopt(request->app, material.session.id, round, request->who.person, &faults, &problem)) {
		get_session(request, reply);
	} else {
		faults.errors ? reply_faults(reply, 422, &faults) : reply_store_fault(reply, &problem);
	}
	faults_finish(&faults);
	material_finish(&material);
}

const struct route standard_routes[] = {
	{.id = "standards.list",
		.method = HTTP_GET,
		.pattern = "/api/standards",
		.roles = ROLE_DESIGNER,
		.handler = list_sessions,
		.summary = "Standard-setting sessions"},
	{.id = "standards.create",
		.method = HTTP_POST,
		.pattern = "/api/standards",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = create_session,
		.summary = "A new session: name, method, bank, panel, rp"},
	{.id = "standards.one",
		.method = HTTP_GET,
		.pattern = "/api/standards/{session:id}",
		.roles = ROLE_DESIGNER,
		.handler = get_session,
		.summary = "A session with its ratings and what each round comes to"},
	{.id = "standards.ratings",
		.method = HTTP_POST,
		.pattern = "/api/standards/{session:id}/ratings",
		.roles = ROLE_DESIGNER,
		.body = BODY_BYTES,
		.body_limit = STANDARD_CSV_BYTES,
		.handler = post_ratings,
		.summary = "Ratings as CSV; what a judge said before for the same round, level and item gives way"},
	{.id = "standards.adopt",
		.method = HTTP_POST,
		.pattern = "/api/standards/{session:id}/adopt",
		.roles = ROLE_DESIGNER,
		.body = BODY_JSON,
		.handler = adopt,
		.summary = "The cuts of `round` become the placement's"},
	ROUTE_END,
};
