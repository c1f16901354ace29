/*
 * "No allocation failure, however small the memory, breaks an invariant" (engine.h): every function that changes
 * state is called in memory of every size. What is refused for want of memory has changed nothing, and what left no
 * record has changed nothing either.
 */
#include "tests/engine/desk.h"

#include <stdlib.h>
#include <string.h>

/* From no memory at all to more than the lives below need. */
#define LARGEST 60000u
#define FINE 24000u

static struct draft draft;

/* What a richer engine did before: for functions that take somebody else's work. */
struct past {
	struct span journal, snapshot, globals;
};

struct small {
	struct desk desk;
	struct past past;
	uint32_t refusals; /* for want of memory */
};

/* --- One function each; `result` is what it says, or ENGINE_OK where it never fails --- */

static enum engine_result do_session(struct small *small)
{
	const struct session_params params = {.learner_id = text("rossi.maria"),
		.learner_name = text("Rossi, Maria"),
		.language = text("it"),
		.credit = true,
		.mastery_override = true,
		.seed = 42};
	return engine_begin_session(small->desk.engine, small->desk.now++, &params);
}

static enum engine_result do_adopt(struct small *small)
{
	return engine_adopt_globals(small->desk.engine, small->desk.now++, small->past.globals);
}

static enum engine_result do_choice(struct small *small)
{
	return engine_navigate(
		small->desk.engine, small->desk.now++, NAVIGATION_CHOICE, 1, &small->desk.outcome);
}

static enum engine_result do_resume(struct small *small)
{
	return engine_navigate(
		small->desk.engine, small->desk.now++, NAVIGATION_RESUME_ALL, NO_INDEX, &small->desk.outcome);
}

static enum engine_result do_suspend(struct small *small)
{
	return engine_navigate(
		small->desk.engine, small->desk.now++, NAVIGATION_SUSPEND_ALL, NO_INDEX, &small->desk.outcome);
}

static enum engine_result do_pending(struct small *small)
{
	return engine_navigate_pending(small->desk.engine, small->desk.now++, &small->desk.outcome);
}

static enum engine_result do_unloaded(struct small *small)
{
	return engine_unloaded(small->desk.engine, small->desk.now++);
}

static enum engine_result do_presence(struct small *small)
{
	return engine_presence(small->desk.engine, small->desk.now++, 30000);
}

/* All that a course may call. A call never fails as a function: it answers "false" with an error. */
static enum engine_result do_calls(struct small *small)
{
	static const struct {
		enum api_function function;
		const char *first, *second;
	} calls[] = {
		{API_INITIALIZE, "", ""},
		{API_SET_VALUE, "cmi.suspend_data", "0123456789012345678901234567890123456789012345678901234567"},
		{API_SET_VALUE, "cmi.interactions.0.id", "question"},
		{API_SET_VALUE, "cmi.interactions.0.type", "choice"},
		{API_SET_VALUE, "cmi.interactions.0.objectives.0.id", "objective"},
		{API_SET_VALUE, "cmi.objectives.0.id", "objective"},
		{API_SET_VALUE, "cmi.location", "page 2"},
		{API_SET_VALUE, "cmi.core.lesson_location", "page 2"},
		{API_SET_VALUE, "cmi.core.lesson_status", "failed"},
		{API_SET_VALUE, "cmi.score.scaled", "0.75"},
		{API_SET_VALUE, "cmi.exit", "suspend"},
		{API_SET_VALUE, "cmi.core.exit", "suspend"},
		{API_SET_VALUE, "adl.data.0.store", "shared"},
		{API_SET_VALUE, "adl.nav.request", "continue"},
		{API_GET_VALUE, "cmi.suspend_data", ""},
		{API_COMMIT, "", ""},
		{API_TERMINATE, "", ""},
	};
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		struct engine *engine = small->desk.engine;
		uint32_t records = engine_journal(engine).len;
		struct span before = desk_snapshot(&small->desk);
		(void)desk_call(&small->desk, calls[i].function, calls[i].first, calls[i].second);
		struct span after = desk_snapshot(&small->desk);
		if (engine_journal(engine).len == records) {
			assert_int_equal(before.len, after.len);
			assert_memory_equal(before.at, after.at, before.len);
		}
		free((void *)before.at);
		free((void *)after.at);
	}
	return ENGINE_OK;
}

static enum engine_result do_replay(struct small *small)
{
	uint32_t applied = 0;
	uint64_t before = desk_summary(&small->desk).last_sequence;
	enum engine_result result = engine_replay(small->desk.engine, small->past.journal, &applied);
	/* What came before the record that has no room stays applied. */
	assert_int_equal(desk_summary(&small->desk).last_sequence, before + applied);
	small->refusals += result == ENGINE_NO_MEMORY || result == ENGINE_DISAGREES;
	return ENGINE_OK;
}

static enum engine_result do_restore(struct small *small)
{
	return engine_restore(small->desk.engine, small->past.snapshot);
}

typedef enum engine_result (*entry_point)(struct small *small);

static const entry_point first_visit[] = {do_session, do_adopt, do_choice, do_calls, do_presence, do_pending,
	do_calls, do_unloaded, do_suspend, do_session, do_resume, do_calls, do_unloaded, do_restore, NULL};
static const entry_point after_others[] = {do_replay, do_session, do_choice, do_calls, do_presence, NULL};

static void step(struct small *small, entry_point entry)
{
	struct span before = desk_snapshot(&small->desk);
	uint32_t records = engine_journal(small->desk.engine).len;
	enum engine_result result = entry(small);
	if (result != ENGINE_OK) {
		assert_int_equal(result, ENGINE_NO_MEMORY);
		struct span after = desk_snapshot(&small->desk);
		assert_int_equal(engine_journal(small->desk.engine).len, records);
		assert_int_equal(before.len, after.len);
		assert_memory_equal(before.at, after.at, before.len);
		free((void *)after.at);
		small->refusals++;
	}
	free((void *)before.at);
}

/* What was recorded is a life that an engine with room comes to as well, unless it had answered otherwise there. */
static void assert_whole(const struct small *small, const struct desk *rich)
{
	struct desk twin;
	desk_twin(&twin, rich);
	struct span snapshot = desk_snapshot(&small->desk);
	assert_int_equal(engine_restore(twin.engine, snapshot), ENGINE_OK);
	assert_same_state(&small->desk, &twin);
	assert_int_equal(engine_restore(small->desk.engine, snapshot), ENGINE_OK);
	free((void *)snapshot.at);
	desk_finish(&twin);
}

/* The rich one's past, which it owns. */
static struct past live(struct desk *rich)
{
	desk_launch(rich, 1);
	(void)desk_set(rich, "cmi.suspend_data", "a text that a small store may not hold");
	(void)desk_set(rich, "adl.data.0.store", "shared");
	(void)desk_set(rich, "cmi.score.scaled", "0.75");
	desk_leave(rich);
	struct past past = {.journal = engine_journal(rich->engine), .snapshot = desk_snapshot(rich)};
	size_t size = engine_globals(rich->engine, NULL, 0);
	char *globals = malloc(size);
	assert_int_equal(engine_globals(rich->engine, globals, size), size);
	past.globals = (struct span){globals, (uint32_t)size};
	return past;
}

static void in_every_size(enum scorm_edition edition, const entry_point *entries)
{
	draft_init(&draft, edition, 2);
	draft.objectives[0] = (struct objective){.id = text("quiz"), .primary = true, .map_count = 1};
	draft.maps[0] = (struct objective_map){
		.target = text("global"), .read_satisfied_status = true, .write_satisfied_status = true};
	draft.shared_data[0] = (struct shared_data_map){.target = text("bucket"), .read = true, .write = true};
	draft.activities[1].objective_count = draft.activities[1].shared_data_count = 1;
	draft.course.objective_count = draft.course.map_count = draft.course.shared_data_count = 1;
	struct desk rich;
	desk_init(&rich, &draft);
	struct past past = live(&rich);
	uint32_t opened = 0, without = 0, scarce = 0;
	for (size_t size = 0; size < LARGEST; size += size < FINE ? 48 : 912) {
		struct small small = {.desk = rich, .past = past};
		small.desk.memory = aligned_alloc(16, size > 0 ? size : 16);
		struct span image = {(const char *)rich.image, (uint32_t)rich.image_size};
		enum engine_result result = engine_open(small.desk.memory, size, image, &small.desk.engine);
		if (result == ENGINE_OK) {
			for (const entry_point *entry = entries; *entry != NULL; entry++) {
				step(&small, *entry);
			}
			assert_whole(&small, &rich);
			opened++;
			without += small.refusals == 0;
			scarce += small.refusals > 0;
		} else {
			assert_int_equal(result, ENGINE_NO_MEMORY);
		}
		free(small.desk.memory);
	}
	/* Both kinds have been seen, or the sizes are badly chosen. */
	assert_true(opened > 0 && without > 0 && scarce > 0);
	free((void *)past.snapshot.at);
	free((void *)past.globals.at);
	desk_finish(&rich);
}

static void every_function_in_every_size(void **state)
{
	in_every_size(SCORM_2004_4TH, first_visit);
}

static void every_function_in_every_size_12(void **state)
{
	in_every_size(SCORM_12, first_visit);
}

static void replay_in_every_size(void **state)
{
	in_every_size(SCORM_2004_4TH, after_others);
	in_every_size(SCORM_12, after_others);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_function_in_every_size),
		cmocka_unit_test(every_function_in_every_size_12),
		cmocka_unit_test(replay_in_every_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
