/* Journal, snapshot, image: round trips, damage, too little memory. */
#include "tests/engine/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/engine/bytes.h"
#include "player/engine/course/image.h"
#include "player/engine/record/journal.h"

static struct draft draft;

/* A course of the 4th Edition with all that an image can hold, and a life led on it. */
static void open_rich_course(struct desk *desk)
{
	draft_init(&draft, SCORM_2004_4TH, 3);
	draft.objectives[0] = (struct objective){.id = text("quiz"),
		.primary = true,
		.satisfied_by_measure = true,
		.minimum_normalized_measure = 0.6,
		.map_count = 1};
	draft.objectives[1] = (struct objective){.id = text("extra"), .minimum_normalized_measure = 1};
	draft.maps[0] = (struct objective_map){.target = text("global-quiz"),
		.read_satisfied_status = true,
		.write_satisfied_status = true,
		.write_normalized_measure = true,
		.read_normalized_measure = true};
	draft.shared_data[0] =
		(struct shared_data_map){.target = text("bucket"), .read = true, .write = true};
	draft.activities[1].objective_count = 2;
	draft.activities[1].shared_data_count = 1;
	draft.course.objective_count = 2;
	draft.course.map_count = 1;
	draft.course.shared_data_count = 1;
	desk_init(desk, &draft);
}

static void live_a_while(struct desk *desk)
{
	desk_launch(desk, 1);
	assert_set(desk, "cmi.location", "p\xc3\xa0gina 2");
	assert_set(desk, "cmi.score.scaled", "0.75");
	assert_set(desk, "cmi.objectives.1.success_status", "passed");
	assert_set(desk, "cmi.interactions.0.id", "q1");
	assert_set(desk, "cmi.interactions.0.type", "choice");
	assert_set(desk, "cmi.interactions.0.learner_response", "a[,]b");
	assert_set_fails(desk, "cmi.interactions.0.type", "essay", 406);
	assert_set(desk, "adl.data.0.store", "shared");
	assert_set(desk, "cmi.session_time", "PT1M30S");
	assert_set(desk, "cmi.completion_status", "completed");
	assert_set(desk, "adl.nav.request", "continue");
	assert_int_equal(engine_presence(desk->engine, desk->now++, 90000), ENGINE_OK);
	desk_leave(desk);
	assert_int_equal(desk->outcome.delivered, 2);
	assert_string_equal(desk_call(desk, API_INITIALIZE, "", ""), "true");
	assert_set(desk, "cmi.suspend_data", "half way");
	assert_set(desk, "cmi.exit", "suspend");
	desk_leave(desk);
	desk_begin(desk);
	assert_true(desk_go(desk, NAVIGATION_RESUME_ALL, NO_INDEX));
	assert_string_equal(desk_call(desk, API_INITIALIZE, "", ""), "true");
	assert_get(desk, "cmi.entry", "resume");
	assert_get(desk, "cmi.suspend_data", "half way");
}

static void a_journal_replays_to_the_same_state(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	live_a_while(&desk);
	assert_replays(&desk);
	desk_finish(&desk);
}

static void a_journal_can_be_sent_in_pieces(void **state)
{
	struct desk desk, twin;
	open_rich_course(&desk);
	desk_twin(&twin, &desk);
	live_a_while(&desk);
	struct span journal = engine_journal(desk.engine), rest = journal;
	struct journal_record record;
	uint64_t sequence = 0;
	while (journal_read(&rest, &record)) {
		assert_int_equal(record.sequence, ++sequence);
		/* Always the last record again, and the new one. */
		struct span upto = {journal.at, (uint32_t)(rest.at - journal.at)};
		assert_int_equal(engine_replay(twin.engine, upto, NULL), ENGINE_OK);
		assert_int_equal(desk_summary(&twin).last_sequence, sequence);
	}
	assert_int_equal(rest.len, 0);
	assert_int_equal(desk_summary(&desk).last_sequence, sequence);
	assert_same_state(&desk, &twin);
	assert_int_equal(engine_journal(twin.engine).len, 0); /* a replay makes no records */
	desk_finish(&twin);
	desk_finish(&desk);
}

static void taken_records_are_gone(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	live_a_while(&desk);
	uint64_t last = desk_summary(&desk).last_sequence;
	engine_journal_taken(desk.engine, last - 2);
	struct span rest = engine_journal(desk.engine);
	struct journal_record record;
	assert_true(journal_read(&rest, &record));
	assert_int_equal(record.sequence, last - 1);
	engine_journal_taken(desk.engine, last);
	assert_int_equal(engine_journal(desk.engine).len, 0);
	assert_set(&desk, "cmi.location", "9");
	rest = engine_journal(desk.engine);
	assert_true(journal_read(&rest, &record));
	assert_int_equal(record.sequence, last + 1);
	assert_int_equal(record.kind, RECORD_CALL);
	assert_int_equal(record.function, API_SET_VALUE);
	assert_memory_equal(record.first.at, "cmi.location", 12);
	assert_memory_equal(record.second.at, "9", 1);
	desk_finish(&desk);
}

/* The log answers what went wrong: a refused call stands in it with its error. */
static void refused_calls_are_recorded(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	desk_launch(&desk, 1);
	engine_journal_taken(desk.engine, UINT64_MAX);
	assert_set_fails(&desk, "cmi.score.scaled", "75", 407);
	assert_get(&desk, "cmi.mode", "normal"); /* asking is no record */
	struct span rest = engine_journal(desk.engine);
	struct journal_record record;
	assert_true(journal_read(&rest, &record));
	assert_int_equal(record.error, 407);
	assert_int_equal(rest.len, 0);
	desk_finish(&desk);
}

static void gaps_and_disagreement_are_told(void **state)
{
	struct desk desk, twin;
	open_rich_course(&desk);
	desk_twin(&twin, &desk);
	live_a_while(&desk);
	struct span journal = engine_journal(desk.engine), second = journal;
	struct journal_record record;
	assert_true(journal_read(&second, &record));
	assert_int_equal(engine_replay(twin.engine, second, NULL), ENGINE_SEQUENCE_GAP);
	struct span first = {journal.at, (uint32_t)(second.at - journal.at)};
	uint32_t applied = 0;
	assert_int_equal(engine_replay(twin.engine, first, &applied), ENGINE_OK);
	assert_int_equal(applied, 1);
	/* A call that claims to have gone well, and cannot. */
	unsigned char bytes[256];
	struct byte_writer writer = {.at = bytes, .room = sizeof(bytes)};
	struct journal_record lie = {.sequence = 2,
		.kind = RECORD_CALL,
		.now = 1,
		.function = API_SET_VALUE,
		.first = text("cmi.location"),
		.second = text("1")};
	journal_write(&writer, &lie);
	struct span lies = {(char *)bytes, (uint32_t)writer.used};
	assert_int_equal(engine_replay(twin.engine, lies, NULL), ENGINE_DISAGREES);
	desk_finish(&twin);
	desk_finish(&desk);
}

static void damaged_records_stop_the_replay(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	live_a_while(&desk);
	struct span journal = engine_journal(desk.engine);
	for (uint32_t cut = 0; cut < journal.len; cut += 7) {
		struct desk twin;
		desk_twin(&twin, &desk);
		enum engine_result result = engine_replay(twin.engine, (struct span){journal.at, cut}, NULL);
		assert_true(result == ENGINE_OK || result == ENGINE_BAD_RECORD);
		/* What came before stays applied: the rest brings it to the end. */
		assert_int_equal(engine_replay(twin.engine, journal, NULL), ENGINE_OK);
		assert_same_state(&desk, &twin);
		desk_finish(&twin);
	}
	desk_finish(&desk);
}

static void a_snapshot_restores_the_state(void **state)
{
	struct desk desk, twin;
	open_rich_course(&desk);
	desk_twin(&twin, &desk);
	live_a_while(&desk);
	engine_journal_taken(desk.engine, UINT64_MAX);
	struct span snapshot = desk_snapshot(&desk);
	assert_int_equal(engine_restore(twin.engine, snapshot), ENGINE_OK);
	assert_same_state(&desk, &twin);
	assert_get(&twin, "cmi.suspend_data", "half way");
	/* And life goes on from there alike. */
	assert_set(&desk, "cmi.success_status", "passed");
	desk_leave(&desk);
	assert_int_equal(engine_replay(twin.engine, engine_journal(desk.engine), NULL), ENGINE_OK);
	assert_same_state(&desk, &twin);
	free((void *)snapshot.at);
	desk_finish(&twin);
	desk_finish(&desk);
}

static void a_damaged_snapshot_changes_nothing(void **state)
{
	struct desk desk, twin;
	open_rich_course(&desk);
	desk_twin(&twin, &desk);
	live_a_while(&desk);
	struct span snapshot = desk_snapshot(&desk);
	desk_launch(&twin, 1);
	assert_set(&twin, "cmi.location", "kept");
	struct span before = desk_snapshot(&twin);
	char *bytes = (char *)snapshot.at;
	for (uint32_t i = 0; i < snapshot.len; i++) {
		bytes[i] = (char)(bytes[i] ^ 0x20);
		assert_int_equal(engine_restore(twin.engine, snapshot), ENGINE_BAD_SNAPSHOT);
		bytes[i] = (char)(bytes[i] ^ 0x20);
		assert_int_equal(engine_restore(twin.engine, (struct span){bytes, i}), ENGINE_BAD_SNAPSHOT);
	}
	struct span after = desk_snapshot(&twin);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.at, after.at, before.len);
	free((void *)before.at);
	free((void *)after.at);
	free((void *)snapshot.at);
	desk_finish(&twin);
	desk_finish(&desk);
}

static void a_snapshot_of_another_course_is_refused(void **state)
{
	struct desk desk, other;
	open_rich_course(&desk);
	live_a_while(&desk);
	draft.activities[1].title = text("Another title");
	desk_init(&other, &draft);
	struct span snapshot = desk_snapshot(&desk);
	assert_int_equal(engine_restore(other.engine, snapshot), ENGINE_BAD_SNAPSHOT);
	free((void *)snapshot.at);
	desk_finish(&other);
	desk_finish(&desk);
}

/* --- Image --- */

static void an_image_holds_the_whole_course(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	const struct course *course = engine_course(desk.engine);
	assert_int_equal(course->activity_count, 4);
	assert_int_equal(course->activities[0].first_child, 1);
	assert_int_equal(course->activities[1].next_sibling, 2);
	assert_int_equal(course->activities[3].next_sibling, NO_INDEX);
	assert_int_equal(course->objectives[0].satisfied_by_measure, true);
	assert_float_equal(course->objectives[0].minimum_normalized_measure, 0.6, 0);
	assert_memory_equal(course->maps[0].target.at, "global-quiz", 11);
	/* Written again it is the same. */
	unsigned char *again = malloc(desk.image_size);
	assert_int_equal(image_write(course, again, desk.image_size), desk.image_size);
	assert_memory_equal(again, desk.image, desk.image_size);
	assert_int_equal(image_write(course, again, desk.image_size - 1), desk.image_size);
	free(again);
	desk_finish(&desk);
}

static void a_damaged_image_is_refused(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	struct engine *engine = desk.engine;
	for (uint32_t i = 0; i < desk.image_size; i++) {
		desk.image[i] ^= 0x10;
		struct span image = {(char *)desk.image, (uint32_t)desk.image_size};
		assert_int_equal(engine_memory_for(image), 0);
		assert_int_equal(
			engine_open(desk.memory, desk.memory_size, image, &engine), ENGINE_BAD_IMAGE);
		desk.image[i] ^= 0x10;
		image.len = i;
		assert_int_equal(
			engine_open(desk.memory, desk.memory_size, image, &engine), ENGINE_BAD_IMAGE);
	}
	desk_finish(&desk);
}

static void unsound_courses_are_not_written(void **state)
{
	draft_init(&draft, SCORM_2004_4TH, 3);
	draft.activities[2].parent = 3; /* a parent after its child */
	assert_int_equal(image_write(&draft.course, NULL, 0), 0);
	draft.activities[2].parent = NO_INDEX; /* two roots */
	assert_int_equal(image_write(&draft.course, NULL, 0), 0);
	draft.activities[2].parent = 0;
	assert_true(image_write(&draft.course, NULL, 0) > 0);
	draft.activities[2].parent = 1;
	draft.activities[3].parent = 1;
	assert_true(image_write(&draft.course, NULL, 0) > 0);
	draft.activities[2].parent = 0;
	assert_int_equal(
		image_write(&draft.course, NULL, 0), 0); /* 3 below 1, but 2 stands between: no pre-order */
	draft.activities[3].parent = 0;
	draft.activities[1].objective_count = 1; /* of none */
	assert_int_equal(image_write(&draft.course, NULL, 0), 0);
	draft.course.objective_count = 1;
	assert_true(image_write(&draft.course, NULL, 0) > 0);
	draft.activities[2].objective_count = 1; /* shared by two */
	assert_int_equal(image_write(&draft.course, NULL, 0), 0);
	draft.activities[2].objective_count = 0;
	draft.activities[1].first_rule = 5;
	draft.activities[1].rule_count = 1;
	assert_int_equal(image_write(&draft.course, NULL, 0), 0);
	draft.course.activity_count = 0;
	assert_int_equal(image_write(&draft.course, NULL, 0), 0);
}

/* --- Memory --- */

/* What a call did not do it did not half do: the state after it is the one before. */
static bool set_or_unchanged(struct desk *desk, const char *element, const char *value)
{
	struct span before = desk_snapshot(desk);
	bool done = desk_set(desk, element, value);
	if (!done && desk_error(desk) != 408 && desk_error(desk) != 301) {
		struct span after = desk_snapshot(desk);
		bool recorded = before.len != after.len || memcmp(before.at, after.at, before.len) != 0;
		assert_true(!recorded || desk_error(desk) == 351 || desk_error(desk) == 132);
		free((void *)after.at);
	}
	free((void *)before.at);
	return done;
}

static void every_arena_size(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	free(desk.memory);
	struct span image = {(char *)desk.image, (uint32_t)desk.image_size};
	uint32_t opened = 0, complete = 0;
	for (size_t size = 0; size < 40000; size += size < 20000 ? 16 : 208) {
		desk.memory = aligned_alloc(16, size > 0 ? size : 16);
		enum engine_result result = engine_open(desk.memory, size, image, &desk.engine);
		if (result == ENGINE_OK) {
			opened++;
			const struct session_params params = {.learner_id = text("a"),
				.learner_name = text("b"),
				.language = text("it"),
				.credit = true};
			struct navigation_outcome outcome;
			bool all =
				engine_begin_session(desk.engine, 1, &params) == ENGINE_OK &&
				engine_navigate(desk.engine, 2, NAVIGATION_CHOICE, 1, &outcome) == ENGINE_OK;
			desk_call(&desk, API_INITIALIZE, "", "");
			all &= set_or_unchanged(&desk, "cmi.interactions.0.id", "question");
			all &= set_or_unchanged(&desk, "cmi.interactions.0.type", "choice");
			all &= set_or_unchanged(&desk, "cmi.interactions.0.objectives.0.id", "objective");
			all &= set_or_unchanged(&desk, "cmi.suspend_data",
				"0123456789012345678901234567890123456789012345678901234567890123456789");
			all &= set_or_unchanged(&desk, "adl.data.0.store", "shared");
			desk_call(&desk, API_TERMINATE, "", "");
			(void)engine_navigate(desk.engine, 9, NAVIGATION_EXIT_ALL, NO_INDEX, &outcome);
			complete += all;
			/* What was done can be replayed in memory as small. */
			struct span snapshot = desk_snapshot(&desk);
			assert_int_equal(engine_restore(desk.engine, snapshot), ENGINE_OK);
			free((void *)snapshot.at);
		} else {
			assert_int_equal(result, ENGINE_NO_MEMORY);
		}
		free(desk.memory);
	}
	assert_true(opened > complete && complete > 0);
	desk.memory = NULL;
	desk_finish(&desk);
}

/* adapt, Storyline and others write suspend_data at every step: places left behind are used again. */
static void thousands_of_suspend_data(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	desk_launch(&desk, 1);
	char *value = malloc(70001);
	for (unsigned i = 0; i < 5000; i++) {
		size_t length = (i * 7919u) % 70000;
		memset(value, 'a' + (int)(i % 26), length);
		value[length] = '\0';
		assert_set(&desk, "cmi.suspend_data", value);
		assert_set(&desk, "cmi.location", i % 2 ? "odd" : "an even number");
		engine_journal_taken(desk.engine, UINT64_MAX);
	}
	assert_get(&desk, "cmi.suspend_data", value);
	assert_get(&desk, "cmi.location", "odd");
	free(value);
	desk_finish(&desk);
}

/* A journal that nobody takes fills up; then calls fail, and nothing else. */
static void a_full_journal_refuses(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	desk_launch(&desk, 1);
	char *value = malloc(1000001);
	memset(value, 'x', 1000000);
	value[1000000] = '\0';
	unsigned done = 0;
	while (desk_set(&desk, "cmi.suspend_data", value)) {
		value[0] = (char)('a' + ++done % 26);
	}
	assert_true(done >= 7);
	assert_int_equal(desk_error(&desk), 351);
	engine_journal_taken(desk.engine, UINT64_MAX);
	assert_set(&desk, "cmi.suspend_data", value);
	free(value);
	desk_finish(&desk);
}

/* A SCO that fills all there is cannot keep the learner from coming back. */
static void a_full_store_still_opens(void **state)
{
	struct desk desk;
	open_rich_course(&desk);
	desk_launch(&desk, 1);
	char *value = malloc(1000001), element[64];
	memset(value, 'x', 1000000);
	value[1000000] = '\0';
	unsigned n = 0;
	for (size_t length = 1000000; length > 0; length /= 10) {
		value[length] = '\0';
		do {
			snprintf(element, sizeof(element), "cmi.comments_from_learner.%u.comment", n);
			n++;
			engine_journal_taken(desk.engine, UINT64_MAX);
		} while (desk_set(&desk, element, value));
		n--;
	}
	assert_int_equal(desk_error(&desk), 351);
	for (int session = 0; session < 3; session++) {
		desk_leave(&desk);
		desk_begin(&desk);
		assert_true(desk_go(&desk, NAVIGATION_CHOICE, 1 + (uint32_t)session));
		assert_string_equal(desk_call(&desk, API_INITIALIZE, "", ""), "true");
	}
	free(value);
	desk_finish(&desk);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_journal_replays_to_the_same_state),
		cmocka_unit_test(a_journal_can_be_sent_in_pieces),
		cmocka_unit_test(taken_records_are_gone),
		cmocka_unit_test(refused_calls_are_recorded),
		cmocka_unit_test(gaps_and_disagreement_are_told),
		cmocka_unit_test(damaged_records_stop_the_replay),
		cmocka_unit_test(a_snapshot_restores_the_state),
		cmocka_unit_test(a_damaged_snapshot_changes_nothing),
		cmocka_unit_test(a_snapshot_of_another_course_is_refused),
		cmocka_unit_test(an_image_holds_the_whole_course),
		cmocka_unit_test(a_damaged_image_is_refused),
		cmocka_unit_test(unsound_courses_are_not_written),
		cmocka_unit_test(every_arena_size),
		cmocka_unit_test(thousands_of_suspend_data),
		cmocka_unit_test(a_full_journal_refuses),
		cmocka_unit_test(a_full_store_still_opens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
