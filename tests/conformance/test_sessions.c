/*
 * Properties of the whole engine on random courses and random sessions: what engine_may_navigate() accepts is
 * accepted when done, what it refuses is refused; asking changes nothing; the journal alone gives the same
 * state again, byte for byte; so does a snapshot. FAD_WALKS sets how many courses (default 80).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "player/engine/course/image.h"
#include "tests/conformance/courses.h"

#define STEPS 30

struct learner {
	struct engine *engine;
	void *memory;
	struct span image;
	int64_t now;
	GByteArray *journal;
};

static struct span make_image(struct maker *maker)
{
	for (uint32_t i = 0; i < maker->activities->len; i++) {
		struct activity *activity = maker_activity(maker, i);
		if (activity->first_child == NO_INDEX) {
			activity->resource = i % 5 == 0 ? RESOURCE_ASSET : RESOURCE_SCO;
			activity->href = SPAN("sco.html");
		}
	}
	const struct course *course = maker_course(maker);
	size_t size = image_write(course, NULL, 0);
	assert_true(size > 0);
	char *bytes = g_malloc(size);
	image_write(course, bytes, size);
	return (struct span){bytes, (uint32_t)size};
}

static void learner_open(struct learner *learner, struct span image)
{
	size_t room = engine_memory_for(image);
	assert_true(room > 0);
	*learner = (struct learner){.memory = aligned_alloc(16, (room + 15) & ~(size_t)15),
		.image = image,
		.now = INT64_C(1700000000000),
		.journal = g_byte_array_new()};
	assert_int_equal(engine_open(learner->memory, room, image, &learner->engine), ENGINE_OK);
}

static void learner_close(struct learner *learner)
{
	free(learner->memory);
	g_byte_array_unref(learner->journal);
}

static GByteArray *snapshot_of(const struct engine *engine)
{
	size_t size = engine_snapshot(engine, NULL, 0);
	GByteArray *bytes = g_byte_array_new();
	g_byte_array_set_size(bytes, (guint)size);
	assert_int_equal(engine_snapshot(engine, bytes->data, size), size);
	return bytes;
}

static void assert_same_snapshot(const struct engine *engine, const GByteArray *wanted)
{
	g_autoptr(GByteArray) got = snapshot_of(engine);
	assert_int_equal(got->len, wanted->len);
	assert_memory_equal(got->data, wanted->data, wanted->len);
}

static void begin(struct learner *learner)
{
	struct session_params params = {.learner_id = SPAN("l1"),
		.learner_name = SPAN("One, Learner"),
		.mode = MODE_NORMAL,
		.credit = true,
		.seed = 99};
	assert_int_equal(engine_begin_session(learner->engine, learner->now += 1000, &params), ENGINE_OK);
}

static void keep_journal(struct learner *learner)
{
	struct span records = engine_journal(learner->engine);
	g_byte_array_append(learner->journal, (const guint8 *)records.at, records.len);
	struct engine_summary summary;
	engine_summarise(learner->engine, &summary);
	engine_journal_taken(learner->engine, summary.last_sequence);
}

static struct span span_of(const char *text)
{
	return (struct span){text, (uint32_t)strlen(text)};
}

static void call(struct learner *learner, enum api_function function, const char *first, const char *second)
{
	learner->now += 100;
	(void)engine_api(learner->engine, learner->now, function, span_of(first), span_of(second));
}

/* What a SCO does between its delivery and the next navigation: some of it, in this order. */
static void act_as_sco(GRand *random, struct learner *learner)
{
	static const struct {
		const char *element, *values[4];
	} sets[] = {
		{"cmi.completion_status", {"completed", "incomplete", "unknown", "x"}},
		{"cmi.success_status", {"passed", "failed", "unknown", "passed"}},
		{"cmi.score.scaled", {"0.25", "1", "-0.5", "7"}},
		{"cmi.progress_measure", {"0.5", "1", "0", ""}},
		{"cmi.objectives.0.success_status", {"passed", "failed", "unknown", "passed"}},
		{"cmi.objectives.1.score.scaled", {"0.75", "0.1", "0", "1"}},
		{"cmi.exit", {"suspend", "normal", "", "time-out"}},
		{"adl.nav.request", {"continue", "previous", "exitAll", "{target=a3}choice"}},
	};
	call(learner, API_INITIALIZE, "", "");
	for (size_t i = 0; i < G_N_ELEMENTS(sets); i++) {
		if (g_rand_double(random) < 0.4) {
			call(learner, API_SET_VALUE, sets[i].element,
				sets[i].values[g_rand_int_range(random, 0, 4)]);
		}
	}
	if (g_rand_double(random) < 0.6) {
		call(learner, API_TERMINATE, "", "");
	} else if (g_rand_double(random) < 0.3) {
		engine_unloaded(learner->engine, learner->now += 100);
	}
}

static void navigate(GRand *random, struct learner *learner)
{
	uint32_t count = engine_course(learner->engine)->activity_count;
	enum navigation_request request = (enum navigation_request)g_rand_int_range(
		random, NAVIGATION_START, NAVIGATION_SUSPEND_ALL + 1);
	bool targeted = request == NAVIGATION_CHOICE || request == NAVIGATION_JUMP;
	uint32_t target = targeted ? (uint32_t)g_rand_int_range(random, 0, (gint32)count) : NO_INDEX;
	if (engine_current_activity(learner->engine) == NO_INDEX && g_rand_double(random) < 0.7) {
		request = NAVIGATION_START;
		target = NO_INDEX;
	}
	learner->now += 1000;
	g_autoptr(GByteArray) before = snapshot_of(learner->engine);
	bool may = engine_may_navigate(learner->engine, learner->now, request, target);
	struct activity_view rows[64];
	engine_table_of_contents(learner->engine, learner->now, rows, G_N_ELEMENTS(rows));
	assert_same_snapshot(learner->engine, before);
	struct navigation_outcome outcome;
	assert_int_equal(
		engine_navigate(learner->engine, learner->now, request, target, &outcome), ENGINE_OK);
	assert_int_equal(outcome.accepted, may);
	if (outcome.delivered != NO_INDEX) {
		assert_int_equal(engine_current_activity(learner->engine), outcome.delivered);
	}
}

static void assert_journal_suffices(const struct learner *learner)
{
	struct learner other;
	learner_open(&other, learner->image);
	uint32_t applied = 0;
	struct span records = {(const char *)learner->journal->data, learner->journal->len};
	assert_int_equal(engine_replay(other.engine, records, &applied), ENGINE_OK);
	assert_true(applied > 0);
	g_autoptr(GByteArray) wanted = snapshot_of(learner->engine);
	assert_same_snapshot(other.engine, wanted);
	assert_int_equal(engine_replay(other.engine, records, &applied), ENGINE_OK);
	assert_same_snapshot(other.engine, wanted); /* sending twice counts once */
	learner_close(&other);
}

static void assert_snapshot_suffices(const struct learner *learner)
{
	struct learner other;
	learner_open(&other, learner->image);
	g_autoptr(GByteArray) wanted = snapshot_of(learner->engine);
	struct span bytes = {(const char *)wanted->data, wanted->len};
	assert_int_equal(engine_restore(other.engine, bytes), ENGINE_OK);
	assert_same_snapshot(other.engine, wanted);
	learner_close(&other);
}

static void play(GRand *random, struct learner *learner)
{
	begin(learner);
	for (int step = 0; step < STEPS; step++) {
		if (engine_current_activity(learner->engine) != NO_INDEX && g_rand_double(random) < 0.85) {
			act_as_sco(random, learner);
		}
		if (engine_pending_navigation(learner->engine) != NAVIGATION_NONE) {
			struct navigation_outcome outcome;
			engine_navigate_pending(learner->engine, learner->now += 1000, &outcome);
		} else {
			navigate(random, learner);
		}
		if (g_rand_double(random) < 0.08) {
			begin(learner);
		}
		keep_journal(learner);
	}
	assert_journal_suffices(learner);
	assert_snapshot_suffices(learner);
}

static void test_random_sessions(void **unused)
{
	const char *wanted = getenv("FAD_WALKS");
	int courses = wanted != NULL ? atoi(wanted) : 80;
	for (int i = 0; i < courses; i++) {
		g_autoptr(GRand) random = g_rand_new_with_seed((guint32)i + 1000);
		struct maker *maker = maker_random(random, 30);
		struct span image = make_image(maker);
		struct learner learner;
		learner_open(&learner, image);
		play(random, &learner);
		learner_close(&learner);
		g_free((void *)image.at);
		maker_destroy(maker);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random_sessions),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
