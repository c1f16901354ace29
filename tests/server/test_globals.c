/*
 * What a person's courses leave to each other: what changed, how it is merged, what is news, what is kept.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "player/engine/course/image.h"
#include "player/engine/record/snapshot.h"
#include "player/engine/tracking/tracking.h"
#include "server/learning/globals.h"
#include "server/store/globals.h"
#include "server/store/people.h"

static struct span text(const char *text)
{
	return (struct span){text, (uint32_t)strlen(text)};
}

struct value {
	const char *name;
	const char *text; /* NULL: an objective */
	enum success_status success;
};

/* Objectives first, then shared data; the list ends with a name NULL. */
static GBytes *globals(const struct value *values)
{
	static unsigned char bytes[4096];
	struct byte_writer writer = {.at = bytes, .room = sizeof(bytes)};
	unsigned objectives = 0, all = 0;
	for (; values[all].name != NULL; all++) {
		objectives += values[all].text == NULL;
	}
	put_raw(&writer, "FADG", 4);
	put_byte(&writer, GLOBALS_VERSION);
	put_number(&writer, objectives);
	for (unsigned i = 0; i < all; i++) {
		if (i == objectives) {
			put_number(&writer, all - objectives);
		}
		put_string(&writer, text(values[i].name));
		if (values[i].text == NULL) {
			struct objective_values objective = {.success = values[i].success};
			objective_values_save(&objective, &writer);
		} else {
			put_string(&writer, text(values[i].text));
		}
	}
	if (objectives == all) {
		put_number(&writer, 0);
	}
	assert_true(writer.used <= writer.room);
	return g_bytes_new(bytes, writer.used);
}

#define GLOBALS(...) globals((const struct value[]){__VA_ARGS__, {.name = NULL}})
#define OBJECTIVE(name, success)                                                                             \
	{                                                                                                    \
		name, NULL, success                                                                          \
	}
#define TEXT(name, text)                                                                                     \
	{                                                                                                    \
		name, text, SUCCESS_UNKNOWN                                                                  \
	}

/* Takes both. */
static void assert_same(GBytes *is, GBytes *should)
{
	assert_non_null(is);
	assert_int_equal(g_bytes_get_size(is), g_bytes_get_size(should));
	assert_memory_equal(
		g_bytes_get_data(is, NULL), g_bytes_get_data(should, NULL), g_bytes_get_size(should));
	g_bytes_unref(is);
	g_bytes_unref(should);
}

static void only_changes_count(void **state)
{
	g_autoptr(GBytes) before = GLOBALS(OBJECTIVE("a", SUCCESS_PASSED), OBJECTIVE("b", SUCCESS_FAILED),
		OBJECTIVE("gone", SUCCESS_PASSED), TEXT("t", "one"), TEXT("u", "two"));
	g_autoptr(GBytes) after = GLOBALS(OBJECTIVE("new", SUCCESS_FAILED), OBJECTIVE("a", SUCCESS_PASSED),
		OBJECTIVE("b", SUCCESS_PASSED), TEXT("t", "one"), TEXT("u", "three"));
	assert_null(globals_changes(before, before));
	assert_same(globals_changes(before, after),
		GLOBALS(OBJECTIVE("new", SUCCESS_FAILED), OBJECTIVE("b", SUCCESS_PASSED),
			OBJECTIVE("gone", SUCCESS_UNKNOWN), TEXT("u", "three")));
	/* The same in another order is no change. */
	g_autoptr(GBytes) one = GLOBALS(OBJECTIVE("a", SUCCESS_PASSED), OBJECTIVE("b", SUCCESS_FAILED));
	g_autoptr(GBytes) other = GLOBALS(OBJECTIVE("b", SUCCESS_FAILED), OBJECTIVE("a", SUCCESS_PASSED));
	assert_null(globals_changes(one, other));
}

static void the_newer_wins_name_by_name(void **state)
{
	g_autoptr(GBytes) older =
		GLOBALS(OBJECTIVE("a", SUCCESS_PASSED), OBJECTIVE("b", SUCCESS_FAILED), TEXT("b", "a text"));
	g_autoptr(GBytes) newer = GLOBALS(OBJECTIVE("c", SUCCESS_FAILED), OBJECTIVE("b", SUCCESS_PASSED),
		OBJECTIVE("a", SUCCESS_UNKNOWN), TEXT("", ""));
	assert_same(globals_merge(older, newer),
		GLOBALS(OBJECTIVE("a", SUCCESS_UNKNOWN), OBJECTIVE("b", SUCCESS_PASSED),
			OBJECTIVE("c", SUCCESS_FAILED), TEXT("b", "a text"), TEXT("", "")));
	assert_same(globals_merge(NULL, newer), g_bytes_ref(newer));
	assert_same(globals_merge(older, NULL), g_bytes_ref(older));
	assert_null(globals_merge(NULL, NULL));
}

static void damaged_ones_count_as_empty(void **state)
{
	g_autoptr(GBytes) whole = GLOBALS(OBJECTIVE("a", SUCCESS_PASSED), TEXT("t", "one"));
	g_autoptr(GBytes) good = GLOBALS(OBJECTIVE("b", SUCCESS_PASSED));
	for (gsize size = 0; size < g_bytes_get_size(whole); size++) {
		g_autoptr(GBytes) damaged = g_bytes_new_from_bytes(whole, 0, size);
		assert_same(globals_merge(damaged, good), g_bytes_ref(good));
	}
	g_autoptr(GBytes) nonsense =
		g_bytes_new_static("FADG\001\377\377\377\377\377\377\377\377\377\001", 15);
	assert_same(globals_merge(nonsense, good), g_bytes_ref(good));
}

/* --- A course of one SCO, which shares the objective "mine" and the data "data" --- */

struct shelf {
	void *image, *memory;
	struct engine *engine;
};

static void shelf_init(struct shelf *shelf, bool global)
{
	struct activity activities[2];
	for (int i = 0; i < 2; i++) {
		activity_set_defaults(&activities[i]);
		activities[i].identifier = activities[i].title = text(i == 0 ? "root" : "sco");
	}
	activities[0].control.flow = true;
	activities[1].parent = 0;
	activities[1].resource = RESOURCE_SCO;
	activities[1].href = text("index.html");
	const struct objective objective = {
		.id = text("local"), .primary = true, .minimum_normalized_measure = 1, .map_count = 1};
	activities[1].objective_count = 1;
	activities[1].shared_data_count = 1;
	const struct objective_map map = {
		.target = text("mine"), .read_satisfied_status = true, .write_satisfied_status = true};
	const struct shared_data_map data = {text("data"), true, true};
	const struct course course = {.edition = SCORM_2004_4TH,
		.identifier = text("c"),
		.organization = text("root"),
		.title = text("C"),
		.objectives_global_to_system = global,
		.shared_data_global_to_system = global,
		.activities = activities,
		.activity_count = 2,
		.objectives = &objective,
		.objective_count = 1,
		.maps = &map,
		.map_count = 1,
		.shared_data = &data,
		.shared_data_count = 1};
	size_t size = image_write(&course, NULL, 0);
	assert_true(size > 0);
	shelf->image = g_malloc(size);
	assert_int_equal(image_write(&course, shelf->image, size), size);
	struct span image = {shelf->image, (uint32_t)size};
	size = engine_memory_for(image);
	shelf->memory = g_malloc(size);
	assert_int_equal(engine_open(shelf->memory, size, image, &shelf->engine), ENGINE_OK);
}

static void shelf_finish(struct shelf *shelf)
{
	g_free(shelf->memory);
	g_free(shelf->image);
}

static void call(struct shelf *shelf, enum api_function function, const char *first, const char *second)
{
	struct span answer = engine_api(shelf->engine, 1700000000000, function, text(first), text(second));
	assert_int_equal(answer.len, 4); /* "true" */
}

static void launch(struct shelf *shelf)
{
	const struct session_params params = {text("1"), text("One"), text("it"), .credit = true};
	struct navigation_outcome outcome;
	assert_int_equal(engine_begin_session(shelf->engine, 1700000000000, &params), ENGINE_OK);
	assert_int_equal(engine_navigate(shelf->engine, 1700000000000, NAVIGATION_START, NO_INDEX, &outcome),
		ENGINE_OK);
	assert_true(outcome.accepted);
	call(shelf, API_INITIALIZE, "", "");
}

static void news_are_what_the_course_shares_and_has_otherwise(void **state)
{
	g_autoptr(GBytes) stored =
		GLOBALS(OBJECTIVE("other", SUCCESS_PASSED), OBJECTIVE("mine", SUCCESS_FAILED),
			OBJECTIVE("data", SUCCESS_PASSED), TEXT("data", "text"), TEXT("mine", "text"));
	struct shelf shelf;
	shelf_init(&shelf, true);
	assert_true(globals_matter(shelf.engine));
	assert_null(globals_news(shelf.engine, NULL));
	g_autoptr(GBytes) news = globals_news(shelf.engine, stored);
	assert_same(g_bytes_ref(news), GLOBALS(OBJECTIVE("mine", SUCCESS_FAILED), TEXT("data", "text")));
	gsize size;
	const char *at = g_bytes_get_data(news, &size);
	assert_int_equal(engine_adopt_globals(shelf.engine, 1700000000000, (struct span){at, (uint32_t)size}),
		ENGINE_OK);
	assert_null(globals_news(shelf.engine, stored));
	/* Forgotten elsewhere: news, too. */
	g_autoptr(GBytes) forgotten = GLOBALS(OBJECTIVE("mine", SUCCESS_UNKNOWN), TEXT("data", "text"));
	assert_same(globals_news(shelf.engine, forgotten), GLOBALS(OBJECTIVE("mine", SUCCESS_UNKNOWN)));
	shelf_finish(&shelf);
	shelf_init(&shelf, false);
	assert_false(globals_matter(shelf.engine));
	assert_null(globals_news(shelf.engine, stored));
	shelf_finish(&shelf);
}

/* Its last visit ends only when it is opened again; what it said then is no older than the store. */
static void a_visit_left_open_is_not_undone(void **state)
{
	g_autoptr(GBytes) stored = GLOBALS(OBJECTIVE("mine", SUCCESS_FAILED), TEXT("data", "of before"));
	struct shelf shelf;
	shelf_init(&shelf, true);
	launch(&shelf);
	call(&shelf, API_SET_VALUE, "cmi.success_status", "passed");
	assert_same(globals_news(shelf.engine, stored), GLOBALS(TEXT("data", "of before")));
	assert_same(globals_known(shelf.engine), GLOBALS(OBJECTIVE("mine", SUCCESS_PASSED)));
	shelf_finish(&shelf);
}

/* --- The store --- */

struct keeping {
	GBytes *globals;
	int64_t person;
};

static bool keep(struct db *db, void *data)
{
	const struct keeping *keeping = data;
	person_globals_put(db, keeping->person, 0, keeping->globals);
	return true;
}

static bool add_person(struct db *db, void *data)
{
	struct person person = {.login = "maria",
		.given_name = "Maria",
		.family_name = "Rossi",
		.active = true,
		.language = "it"};
	bool added = people_save(db, &person);
	((struct keeping *)data)->person = person.id;
	return added;
}

static GBytes *kept(struct store *store, int64_t person)
{
	struct db *db = store_read(store);
	GBytes *globals = person_globals(db, person);
	store_read_done(store, db);
	return globals;
}

static void the_store_keeps_the_newest(void **state)
{
	g_autofree char *folder = g_dir_make_tmp("fad-globals-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "fad.db", NULL);
	struct problem problem = {0};
	struct store *store = store_open(path, &problem);
	assert_non_null(store);
	struct keeping keeping = {0};
	assert_true(store_write(store, add_person, &keeping, &problem));
	assert_null(kept(store, keeping.person));
	static const char *const texts[] = {"one", "another, longer one"};
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		keeping.globals = GLOBALS(OBJECTIVE("a", SUCCESS_PASSED), TEXT("t", texts[i]));
		assert_true(store_write(store, keep, &keeping, &problem));
		assert_same(kept(store, keeping.person), keeping.globals);
	}
	assert_null(kept(store, keeping.person + 1));
	store_close(store);
	static const char *const endings[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *file = g_strconcat(path, endings[i], NULL);
		g_unlink(file);
	}
	g_rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_changes_count),
		cmocka_unit_test(the_newer_wins_name_by_name),
		cmocka_unit_test(damaged_ones_count_as_empty),
		cmocka_unit_test(news_are_what_the_course_shares_and_has_otherwise),
		cmocka_unit_test(a_visit_left_open_is_not_undone),
		cmocka_unit_test(the_store_keeps_the_newest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
