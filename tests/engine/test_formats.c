/*
 * The formats of image, journal and snapshot stay readable: files of every version, written once and stored,
 * open in this engine, and it writes the same bytes as the newest of them. Who changes a format on purpose
 * raises its version, keeps these files, and adds new ones (GOLDEN_WRITE=folder writes them).
 */
#include "tests/engine/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "player/engine/course/image.h"

static struct draft draft;

/* A course that uses every array of the image, and a life on it that uses every record and value kind. */
static void open_course(struct desk *desk)
{
	static struct sequencing_rule rules[] = {{RULE_PRE, ACTION_HIDDEN_FROM_CHOICE, COMBINE_ANY, 0, 1}};
	static struct rollup_rule rollup_rules[] = {
		{ROLLUP_SATISFIED, CHILDREN_AT_LEAST_PERCENT, COMBINE_ANY, 0, 0.5, 1, 1}};
	static struct condition conditions[] = {
		{.kind = CONDITION_OBJECTIVE_MEASURE_LESS, .measure_threshold = -0.5},
		{.kind = CONDITION_SATISFIED}};
	draft_init(&draft, SCORM_2004_4TH, 3);
	draft.course.rules = rules;
	draft.course.rollup_rules = rollup_rules;
	draft.course.conditions = conditions;
	draft.course.rule_count = draft.course.rollup_rule_count = 1;
	draft.course.condition_count = 2;
	draft.activities[0].rollup_rule_count = 1;
	draft.activities[3].rule_count = 1;
	draft.activities[1].objective_count = draft.activities[1].shared_data_count = 1;
	draft.activities[2].completed_by_measure = true;
	draft.activities[2].min_progress_measure = 0.75;
	draft.activities[2].data_from_lms = text("launch data");
	draft.objectives[0] = (struct objective){.id = text("quiz"),
		.primary = true,
		.satisfied_by_measure = true,
		.minimum_normalized_measure = 0.6,
		.map_count = 1};
	draft.maps[0] = (struct objective_map){
		.target = text("global"), .read_satisfied_status = true, .write_normalized_measure = true};
	draft.shared_data[0] =
		(struct shared_data_map){.target = text("bucket"), .read = true, .write = true};
	draft.course.objective_count = draft.course.map_count = draft.course.shared_data_count = 1;
	desk_init(desk, &draft);
	desk->status_rule = STATUS_RULE_LAST;
}

static void live(struct desk *desk)
{
	desk_launch(desk, 1);
	assert_set(desk, "cmi.suspend_data", "caff\xc3\xa8");
	assert_set(desk, "cmi.score.scaled", "0.65");
	assert_set(desk, "adl.data.0.store", "shared");
	assert_set(desk, "cmi.session_time", "PT2M");
	assert_set_fails(desk, "cmi.score.scaled", "65", 407);
	assert_int_equal(engine_presence(desk->engine, desk->now++, 120000), ENGINE_OK);
	assert_set(desk, "adl.nav.request", "continue");
	desk_leave(desk);
	assert_string_equal(desk_call(desk, API_INITIALIZE, "", ""), "true");
	assert_set(desk, "cmi.interactions.0.id", "q1");
	assert_set(desk, "cmi.location", "5");
	assert_int_equal(engine_unloaded(desk->engine, desk->now++), ENGINE_OK);
	desk_begin(desk);
	assert_true(desk_go(desk, NAVIGATION_RESUME_ALL, NO_INDEX));
	assert_string_equal(desk_call(desk, API_INITIALIZE, "", ""), "true");
}

static struct span read_golden(const char *name)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", GOLDEN_FOLDER, name);
	FILE *file = fopen(path, "rb");
	if (file == NULL) {
		fail_msg("%s is missing", path);
	}
	char *bytes = malloc(1u << 16);
	size_t size = fread(bytes, 1, 1u << 16, file);
	fclose(file);
	return (struct span){bytes, (uint32_t)size};
}

static void write_golden(const char *folder, const char *name, struct span bytes)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
	fclose(file);
}

static void assert_same_bytes(struct span a, struct span b)
{
	assert_int_equal(a.len, b.len);
	assert_memory_equal(a.at, b.at, a.len);
}

static void this_engine_writes_the_newest(void **state)
{
	struct desk desk;
	open_course(&desk);
	live(&desk);
	struct span image = {(char *)desk.image, (uint32_t)desk.image_size};
	struct span snapshot = desk_snapshot(&desk), journal = engine_journal(desk.engine);
	const char *folder = getenv("GOLDEN_WRITE");
	if (folder != NULL) {
		write_golden(folder, "version-1.img", image);
		write_golden(folder, "version-2.snapshot", snapshot);
		write_golden(folder, "version-2.journal", journal);
	}
	struct span golden_image = read_golden("version-1.img");
	struct span golden_snapshot = read_golden("version-2.snapshot");
	struct span golden_journal = read_golden("version-2.journal");
	assert_same_bytes(image, golden_image);
	assert_same_bytes(journal, golden_journal);
	assert_same_bytes(snapshot, golden_snapshot);
	free((void *)golden_image.at);
	free((void *)golden_snapshot.at);
	free((void *)golden_journal.at);
	free((void *)snapshot.at);
	desk_finish(&desk);
}

static void assert_lived(struct desk *desk)
{
	assert_get(desk, "cmi.location", "5");
	assert_get(desk, "cmi.interactions._count", "1");
	assert_get(desk, "cmi.launch_data", "launch data");
	assert_get(desk, "cmi.entry", "resume");
	assert_int_equal(desk_summary(desk).active_ms, 120000);
	assert_int_equal(desk_summary(desk).session_time_cs, 12000);
}

/* `same`: the snapshot is of an engine that sequences as this one does. */
static void reads(const char *snapshot_name, const char *journal_name, bool same)
{
	struct span image = read_golden("version-1.img");
	struct span snapshot = read_golden(snapshot_name), journal = read_golden(journal_name);
	struct desk restored = {.image = (unsigned char *)image.at, .image_size = image.len};
	restored.memory = aligned_alloc(16, (engine_memory_for(image) + 15) / 16 * 16);
	assert_int_equal(
		engine_open(restored.memory, engine_memory_for(image), image, &restored.engine), ENGINE_OK);
	struct desk replayed;
	desk_twin(&replayed, &restored);
	assert_int_equal(engine_restore(restored.engine, snapshot), ENGINE_OK);
	assert_int_equal(engine_replay(replayed.engine, journal, NULL), ENGINE_OK);
	if (same) {
		assert_same_state(&restored, &replayed);
	}
	assert_lived(&restored);
	assert_lived(&replayed);
	free((void *)snapshot.at);
	free((void *)journal.at);
	desk_finish(&replayed);
	desk_finish(&restored);
}

static void this_engine_reads_version_1(void **state)
{
	reads("version-1.snapshot", "version-1.journal", false);
}

static void this_engine_reads_version_2(void **state)
{
	reads("version-2.snapshot", "version-2.journal", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(this_engine_writes_the_newest),
		cmocka_unit_test(this_engine_reads_version_1),
		cmocka_unit_test(this_engine_reads_version_2),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
