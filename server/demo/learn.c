#include "server/demo/learn.h"

#include "assessment/form/response.h"
#include "server/demo/study.h"
#include "server/placement/hand_in.h"
#include "server/placement/start.h"
#include "server/problem.h"
#include "server/store/levels.h"

#define SEED 20260102
#define MINUTE INT64_C(60000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define MODULES 8

enum deed {
	DEED_PLACEMENT,
	DEED_MODULE,
	DEED_HALF_MODULE,
};

/* Something that somebody did at some time. */
struct event {
	int64_t from, until;
	guint person; /* index */
	enum deed deed;
	int64_t module;
};

struct world {
	struct app *app;
	GRand *random;
	const GArray *people;
	json_t *path;
	GArray *events;
	GPtrArray *played; /* modules not stored yet: one transaction holds many */
};

/* A moment of a working day, some days ago. */
static int64_t moment(struct world *world, int64_t today, int64_t days_ago)
{
	int64_t day = today - days_ago * DAY;
	return day - day % DAY + 6 * HOUR + g_rand_int_range(world->random, 0, 10 * 60) * MINUTE;
}

static void plan_person(struct world *world, guint index, int64_t today)
{
	const struct invented *person = &g_array_index(world->people, struct invented, index);
	if (person->fate == FATE_AWAY) {
		return;
	}
	int64_t at = moment(world, today, person->days_ago);
	struct event event = {.from = at, .until = at + 18 * MINUTE, .person = index, .deed = DEED_PLACEMENT};
	g_array_append_val(world->events, event);
	unsigned modules = person->fate == FATE_DONE       ? MODULES
			   : person->fate == FATE_STUDYING ? person->modules
							   : 0;
	bool half = person->fate == FATE_STUDYING && g_rand_boolean(world->random);
	unsigned all = modules + half;
	for (unsigned i = 0; i < all; i++) {
		/* Spread from the placement to two days ago, one sitting a day or every few days. */
		int64_t days =
			person->days_ago - 1 - (int64_t)(i + 1) * (person->days_ago - 2) / (int64_t)(all + 1);
		event.from = MAX(event.until + HOUR, moment(world, today, days));
		event.until = event.from + g_rand_int_range(world->random, 31, 44) * MINUTE;
		event.module = (int64_t)i + 1;
		event.deed = i < modules ? DEED_MODULE : DEED_HALF_MODULE;
		g_array_append_val(world->events, event);
	}
}

static int by_end(const void *one, const void *other)
{
	const struct event *a = one, *b = other;
	return a->until < b->until ? -1 : a->until > b->until;
}

struct answering {
	int64_t placement;
	guint count;
	char *answers[FORM_ITEMS_MAX]; /* responses, owned */
};

static bool answer_all(struct db *db, void *data)
{
	const struct answering *answering = data;
	g_autoptr(GArray) now = placement_answers(db, answering->placement);
	for (guint i = 0; i < answering->count && i < now->len; i++) {
		int64_t revision = g_array_index(now, struct placement_answer, i).revision;
		placement_answer_set(db, answering->placement, i, answering->answers[i], revision);
	}
	return true;
}

/* The right answer, as likely as the person is able and the item is hard; else some option. */
static char *answer(GRand *random, const struct form_item *item, double ability)
{
	if (g_rand_double(random) < ability + 0.12 * (2.0 - item->difficulty)) {
		return response_right(item);
	}
	const gint32 count = (gint32)(item->option_count ? item->option_count : item->slots[0].option_count);
	const gint32 place = count ? g_rand_int_range(random, 1, count + 1) : 0;
	return item_type_is_choice(item->type)   ? g_strdup_printf("[\"%d\"]", place)
	       : item_type_is_pairs(item->type) ? g_strdup_printf("[\"1 %d\"]", place)
						: g_strdup("[]");
}

static bool take_placement(
	struct world *world, const struct event *event, int64_t person, struct problem *ret)
{
	struct store *store = world->app->store;
	if (!demo_keep(world->app, world->played, ret)) {
		return false;
	}
	store_pretend_now(event->from);
	if (!placement_start(store, NULL, person, ret)) {
		return false;
	}
	struct placement placement = {0};
	struct db *db = store_read(store);
	bool good = placement_newest(db, person, &placement);
	store_read_done(store, db);
	struct form *form = good ? form_read(placement.form) : NULL;
	if (form) {
		double ability = g_array_index(world->people, struct invented, event->person).ability;
		struct answering answering = {.placement = placement.id, .count = form->item_count};
		for (guint i = 0; i < form->item_count; i++) {
			answering.answers[i] = answer(world->random, &form->items[i], ability);
		}
		store_pretend_now(event->until);
		good = store_write(store, answer_all, &answering, ret) &&
		       placement_hand_in(store, &placement, form, ret);
		for (guint i = 0; i < form->item_count; i++) {
			g_free(answering.answers[i]);
		}
	}
	form_destroy(form);
	placement_finish(&placement);
	return good;
}

static bool take_module(
	struct world *world, const struct event *event, const struct person *person, struct problem *ret)
{
	struct level_row level;
	struct db *db = store_read(world->app->store);
	bool placed = level_of_person(db, person->id, &level);
	store_read_done(world->app->store, db);
	if (!placed) {
		return true;
	}
	json_t *module = json_array_get(json_object_get(world->path, "modules"), (size_t)event->module - 1);
	struct study study = {
		.person = person,
		.module = event->module,
		.level = level.id,
		.package = json_object_get(json_object_get(module, "packages"), level.id),
		.finish = event->deed == DEED_MODULE,
		.ability = g_array_index(world->people, struct invented, event->person).ability,
		.from = event->from,
		.until = event->until,
	};
	struct played *played = demo_play(world->app, world->random, &study, ret);
	if (played) {
		g_ptr_array_add(world->played, played);
	}
	return played != NULL;
}

static bool happen(
	struct world *world, const struct event *event, GHashTable *passed_over, struct problem *ret)
{
	const struct invented *invented = &g_array_index(world->people, struct invented, event->person);
	struct person person;
	struct placement before = {0};
	struct db *db = store_read(world->app->store);
	bool known = people_by_codice_fiscale(db, invented->codice_fiscale, &person);
	bool placed = known && event->deed == DEED_PLACEMENT && placement_newest(db, person.id, &before);
	store_read_done(world->app->store, db);
	placement_finish(&before);
	if (!known || placed) {
		g_hash_table_add(passed_over, GUINT_TO_POINTER(event->person));
	}
	if (g_hash_table_contains(passed_over, GUINT_TO_POINTER(event->person))) {
		return true;
	}
	return event->deed == DEED_PLACEMENT ? take_placement(world, event, person.id, ret)
					     : take_module(world, event, &person, ret);
}

bool demo_learn(struct app *app, const GArray *people, json_t *path, struct problem *ret)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(SEED);
	g_autoptr(GArray) events = g_array_new(FALSE, TRUE, sizeof(struct event));
	g_autoptr(GHashTable) passed_over = g_hash_table_new(NULL, NULL);
	struct world world = {.app = app,
		.random = random,
		.people = people,
		.path = path,
		.events = events,
		.played = demo_played_list()};
	int64_t today = store_now();
	for (guint i = 0; i < people->len; i++) {
		plan_person(&world, i, today);
	}
	g_array_sort(events, by_end);
	bool good = true;
	for (guint i = 0; good && i < events->len; i++) {
		good = happen(&world, &g_array_index(events, struct event, i), passed_over, ret);
	}
	good = good && demo_keep(app, world.played, ret);
	g_ptr_array_unref(world.played);
	store_pretend_now(0);
	return good;
}
