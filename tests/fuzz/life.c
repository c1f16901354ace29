/* What the targets share: a course, and a life on it that the input decides. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "player/engine/course/image.h"

#define TEXT(literal)                                                                                        \
	{                                                                                                    \
		(literal), sizeof(literal) - 1                                                               \
	}

uint8_t feed_byte(struct feed *feed)
{
	if (feed->left == 0) {
		return 0;
	}
	feed->left--;
	return *feed->at++;
}

struct span feed_text(struct feed *feed)
{
	size_t length = feed_byte(feed);
	length = length < feed->left ? length : feed->left;
	struct span text = {(const char *)feed->at, (uint32_t)length};
	feed->at += length;
	feed->left -= length;
	return text;
}

void require(bool holds)
{
	if (!holds) {
		abort();
	}
}

/* Root, cluster with two SCOs, SCO, asset. */
struct span course_image(enum scorm_edition edition)
{
	static char images[4][4096];
	static const uint32_t parents[] = {NO_INDEX, 0, 1, 1, 0, 0};
	static const struct span names[] = {
		TEXT("root"), TEXT("cluster"), TEXT("sco1"), TEXT("sco2"), TEXT("sco3"), TEXT("asset")};
	static const struct condition conditions[] = {{.kind = CONDITION_SATISFIED},
		{.kind = CONDITION_ATTEMPT_LIMIT_EXCEEDED}, {.kind = CONDITION_COMPLETED, .negated = true}};
	static const struct sequencing_rule rules[] = {{RULE_PRE, ACTION_SKIP, COMBINE_ALL, 0, 1},
		{RULE_POST, ACTION_RETRY, COMBINE_ANY, 2, 1}, {RULE_PRE, ACTION_DISABLED, COMBINE_ANY, 1, 1}};
	static const struct rollup_rule rollup_rules[] = {
		{ROLLUP_COMPLETED, CHILDREN_AT_LEAST_COUNT, COMBINE_ANY, 1, 0, 0, 1}};
	static const struct objective objectives[] = {
		{TEXT("primary"), true, true, 0.5, 0, 1},
		{TEXT("second"), false, false, 1, 1, 1},
	};
	static const struct objective_map maps[] = {
		{.target = TEXT("g1"),
			.read_satisfied_status = true,
			.write_satisfied_status = true,
			.write_normalized_measure = true},
		{.target = TEXT("g2"),
			.read_normalized_measure = true,
			.write_raw_score = true,
			.write_completion_status = true},
	};
	static const struct shared_data_map shared[] = {
		{TEXT("bucket"), true, true}, {TEXT("other"), false, true}};
	struct activity activities[6];
	for (uint32_t i = 0; i < 6; i++) {
		activity_set_defaults(&activities[i]);
		activities[i].identifier = activities[i].title = activities[i].href = names[i];
		activities[i].parent = parents[i];
		activities[i].resource = i < 2 ? RESOURCE_NONE : i < 5 ? RESOURCE_SCO : RESOURCE_ASSET;
		activities[i].control.flow = true;
	}
	activities[1].rollup_rule_count = 1;
	activities[1].randomization_timing = TIMING_ON_EACH_NEW_ATTEMPT;
	activities[1].reorder_children = true;
	activities[2].rule_count = 2;
	activities[2].objective_count = 2;
	activities[2].shared_data_count = 2;
	activities[2].completed_by_measure = true;
	activities[3].first_rule = 2;
	activities[3].rule_count = 1;
	activities[3].has_attempt_limit = true;
	activities[3].attempt_limit = 2;
	activities[4].prerequisites = (struct span)TEXT("sco1 & ~sco2");
	activities[4].has_mastery_score = true;
	activities[4].mastery_score = 60;
	const struct course course = {
		.edition = edition,
		.identifier = TEXT("course"),
		.organization = TEXT("root"),
		.title = TEXT("Course"),
		.activities = activities,
		.activity_count = 6,
		.rules = rules,
		.rule_count = 3,
		.rollup_rules = rollup_rules,
		.rollup_rule_count = 1,
		.conditions = conditions,
		.condition_count = 3,
		.objectives = objectives,
		.objective_count = 2,
		.maps = maps,
		.map_count = 2,
		.shared_data = shared,
		.shared_data_count = 2,
	};
	size_t size = image_write(&course, images[edition], sizeof(images[edition]));
	require(size > 0 && size <= sizeof(images[edition]));
	return (struct span){images[edition], (uint32_t)size};
}

struct engine *open_engine(struct span image, size_t size)
{
	size = size > 0 ? size : engine_memory_for(image);
	void *memory = size > 0 ? aligned_alloc(16, (size + 15) / 16 * 16) : NULL;
	struct engine *engine = NULL;
	if (memory == NULL || engine_open(memory, size, image, &engine) != ENGINE_OK) {
		free(memory);
		return NULL;
	}
	require((void *)engine == memory);
	return engine;
}

struct span snapshot_of(const struct engine *engine)
{
	size_t size = engine_snapshot(engine, NULL, 0);
	char *bytes = malloc(size);
	require(engine_snapshot(engine, bytes, size) == size);
	return (struct span){bytes, (uint32_t)size};
}

static const struct span elements[] = {
	TEXT("cmi.location"),
	TEXT("cmi.suspend_data"),
	TEXT("cmi.completion_status"),
	TEXT("cmi.success_status"),
	TEXT("cmi.score.scaled"),
	TEXT("cmi.score.raw"),
	TEXT("cmi.progress_measure"),
	TEXT("cmi.exit"),
	TEXT("cmi.session_time"),
	TEXT("adl.nav.request"),
	TEXT("cmi.objectives.0.success_status"),
	TEXT("cmi.objectives.1.score.scaled"),
	TEXT("cmi.objectives.2.id"),
	TEXT("cmi.objectives.2.progress_measure"),
	TEXT("cmi.interactions.0.id"),
	TEXT("cmi.interactions.0.type"),
	TEXT("cmi.interactions.0.learner_response"),
	TEXT("cmi.interactions.0.correct_responses.0.pattern"),
	TEXT("cmi.interactions.0.correct_responses.1.pattern"),
	TEXT("cmi.interactions.0.objectives.0.id"),
	TEXT("cmi.interactions.1.id"),
	TEXT("cmi.interactions.0.timestamp"),
	TEXT("cmi.interactions.0.latency"),
	TEXT("cmi.interactions.0.result"),
	TEXT("cmi.comments_from_learner.0.comment"),
	TEXT("cmi.learner_preference.language"),
	TEXT("adl.data.0.store"),
	TEXT("adl.data.1.store"),
	TEXT("cmi.core.lesson_status"),
	TEXT("cmi.core.score.raw"),
	TEXT("cmi.core.exit"),
	TEXT("cmi.core.session_time"),
	TEXT("cmi.interactions.0.student_response"),
	TEXT("cmi.objectives.0.status"),
	TEXT("cmi.comments"),
	TEXT("cmi.student_preference.audio"),
	TEXT("adl.nav.request_valid.choice.{target=sco2}"),
	TEXT("adl.nav.request_valid.continue"),
	TEXT("cmi.total_time"),
	TEXT("cmi.entry"),
	TEXT("cmi.objectives._count"),
};

static const struct span values[] = {
	TEXT(""),
	TEXT("completed"),
	TEXT("incomplete"),
	TEXT("passed"),
	TEXT("failed"),
	TEXT("0.75"),
	TEXT("1"),
	TEXT("suspend"),
	TEXT("time-out"),
	TEXT("logout"),
	TEXT("continue"),
	TEXT("previous"),
	TEXT("exitAll"),
	TEXT("{target=sco2}choice"),
	TEXT("{target=sco1}jump"),
	TEXT("suspendAll"),
	TEXT("abandon"),
	TEXT("PT1H2M3.04S"),
	TEXT("0001:00:00.00"),
	TEXT("choice"),
	TEXT("fill-in"),
	TEXT("performance"),
	TEXT("numeric"),
	TEXT("matching"),
	TEXT("a[,]b"),
	TEXT("a[.]b"),
	TEXT("1[:]2"),
	TEXT("{case_matters=true}{lang=it}a"),
	TEXT("it-IT"),
	TEXT("2024-02-29T10:20:30.5Z"),
	TEXT("50"),
	TEXT("urn:x:y"),
};

static struct span pick(struct feed *feed, const struct span *from, uint32_t count)
{
	uint8_t choice = feed_byte(feed);
	return choice < count ? from[choice] : feed_text(feed);
}

static void ask(struct engine *engine, int64_t now, struct feed *feed)
{
	struct activity_view rows[6];
	struct engine_summary summary;
	(void)engine_table_of_contents(engine, now, rows, feed_byte(feed) % 7);
	(void)engine_may_navigate(
		engine, now, (enum navigation_request)(feed_byte(feed) % 12), feed_byte(feed));
	engine_summarise(engine, &summary);
	require(summary.activities_completed <= summary.activities);
	(void)engine_api(engine, now, API_GET_DIAGNOSTIC, feed_text(feed), (struct span){"", 0});
	(void)engine_api(engine, now, API_GET_ERROR_STRING, feed_text(feed), (struct span){"", 0});
}

static void call(struct engine *engine, int64_t now, struct feed *feed)
{
	enum api_function function = (enum api_function)(feed_byte(feed) % 5);
	struct span none = {"", 0}, first = none, second = none;
	if (function == API_GET_VALUE || function == API_SET_VALUE) {
		first = pick(feed, elements, sizeof(elements) / sizeof(elements[0]));
		second = function == API_SET_VALUE ? pick(feed, values, sizeof(values) / sizeof(values[0]))
						   : none;
	}
	(void)engine_api(engine, now, function, first, second);
}

void live(struct engine *engine, struct feed *feed)
{
	struct navigation_outcome outcome;
	for (int64_t now = 1700000000000; feed->left > 0; now += 1000) {
		uint8_t what = feed_byte(feed);
		uint8_t detail = what >> 3;
		switch (what & 7) {
		case 0: {
			struct session_params params = {
				.learner_id = feed_text(feed),
				.learner_name = {"n", 1},
				.language = {"it", 2},
				.mode = (enum session_mode)(detail % 8 == 7 ? 1 + detail / 8 % 2 : 0),
				.credit = detail & 1,
				.mastery_override = detail & 2,
				.status_rule = (enum status_rule)(detail / 2 % 4),
				.seed = detail,
			};
			(void)engine_begin_session(engine, now, &params);
			break;
		}
		case 1: {
			uint8_t target = feed_byte(feed);
			(void)engine_navigate(engine, now, (enum navigation_request)(detail % 13),
				target > 7 ? NO_INDEX : target, &outcome);
			break;
		}
		case 2:
			(void)engine_navigate_pending(engine, now, &outcome);
			break;
		case 3:
			if (detail < 8) {
				(void)engine_unloaded(engine, now);
			} else {
				(void)engine_presence(engine, now, detail * 1000u);
			}
			break;
		case 4:
			ask(engine, now, feed);
			break;
		default:
			call(engine, now, feed);
			break;
		}
	}
}
