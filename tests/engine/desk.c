#include "tests/engine/desk.h"

#include <stdlib.h>
#include <string.h>

#include "player/engine/course/image.h"
#include "player/engine/record/journal.h"

#define SESSION_START INT64_C(1700000000000)

struct span text(const char *text)
{
	return (struct span){text, (uint32_t)strlen(text)};
}

void draft_init(struct draft *draft, enum scorm_edition edition, uint32_t scos)
{
	static const char *const names[] = {"root", "sco1", "sco2", "sco3", "sco4", "sco5", "sco6", "sco7"};
	memset(draft, 0, sizeof(*draft));
	for (uint32_t i = 0; i <= scos; i++) {
		struct activity *activity = &draft->activities[i];
		activity_set_defaults(activity);
		activity->identifier = text(names[i]);
		activity->title = text(names[i]);
		if (i > 0) {
			activity->parent = 0;
			activity->resource = RESOURCE_SCO;
			activity->href = text("index.html");
		}
	}
	draft->activities[0].control.flow = true;
	draft->course = (struct course){
		.edition = edition,
		.identifier = text("course"),
		.organization = text("root"),
		.title = text("Course"),
		.objectives_global_to_system = true,
		.shared_data_global_to_system = true,
		.activities = draft->activities,
		.activity_count = scos + 1,
		.objectives = draft->objectives,
		.maps = draft->maps,
		.shared_data = draft->shared_data,
	};
}

static void open_engine(struct desk *desk)
{
	struct span image = {(const char *)desk->image, (uint32_t)desk->image_size};
	desk->memory_size = engine_memory_for(image);
	assert_true(desk->memory_size > 0);
	desk->memory = aligned_alloc(16, (desk->memory_size + 15) / 16 * 16);
	assert_int_equal(engine_open(desk->memory, desk->memory_size, image, &desk->engine), ENGINE_OK);
	desk->now = SESSION_START;
}

void desk_init(struct desk *desk, const struct draft *draft)
{
	memset(desk, 0, sizeof(*desk));
	desk->image_size = image_write(&draft->course, NULL, 0);
	assert_true(desk->image_size > 0);
	desk->image = malloc(desk->image_size);
	assert_int_equal(image_write(&draft->course, desk->image, desk->image_size), desk->image_size);
	open_engine(desk);
}

void desk_twin(struct desk *twin, const struct desk *desk)
{
	*twin = *desk;
	twin->image = malloc(desk->image_size);
	memcpy(twin->image, desk->image, desk->image_size);
	open_engine(twin);
}

void desk_finish(struct desk *desk)
{
	free(desk->memory);
	free(desk->image);
}

void desk_begin_mode(struct desk *desk, enum session_mode mode, bool credit, bool mastery_override)
{
	const struct session_params params = {
		.learner_id = text("rossi.maria"),
		.learner_name = text("Rossi, Maria"),
		.language = text("it"),
		.mode = mode,
		.credit = credit,
		.mastery_override = mastery_override,
		.status_rule = desk->status_rule,
		.seed = 42,
	};
	assert_int_equal(engine_begin_session(desk->engine, desk->now++, &params), ENGINE_OK);
}

void desk_begin(struct desk *desk)
{
	desk_begin_mode(desk, MODE_NORMAL, true, true);
}

bool desk_go(struct desk *desk, enum navigation_request request, uint32_t target)
{
	assert_int_equal(
		engine_navigate(desk->engine, desk->now++, request, target, &desk->outcome), ENGINE_OK);
	return desk->outcome.accepted;
}

void desk_launch(struct desk *desk, uint32_t activity)
{
	desk_begin(desk);
	assert_true(desk_go(desk, NAVIGATION_CHOICE, activity));
	assert_int_equal(desk->outcome.delivered, activity);
	assert_string_equal(desk_call(desk, API_INITIALIZE, "", ""), "true");
}

void desk_leave(struct desk *desk)
{
	assert_string_equal(desk_call(desk, API_TERMINATE, "", ""), "true");
	if (engine_pending_navigation(desk->engine) != NAVIGATION_NONE) {
		assert_int_equal(
			engine_navigate_pending(desk->engine, desk->now++, &desk->outcome), ENGINE_OK);
	} else {
		assert_true(desk_go(desk, NAVIGATION_SUSPEND_ALL, NO_INDEX));
	}
}

const char *desk_call(struct desk *desk, enum api_function function, const char *first, const char *second)
{
	static char *answers[8];
	static unsigned next;
	struct span answer = engine_api(desk->engine, desk->now++, function, text(first), text(second));
	unsigned slot = next++ % 8;
	free(answers[slot]);
	answers[slot] = malloc(answer.len + 1u);
	memcpy(answers[slot], answer.at, answer.len);
	answers[slot][answer.len] = '\0';
	return answers[slot];
}

const char *desk_get(struct desk *desk, const char *element)
{
	return desk_call(desk, API_GET_VALUE, element, "");
}

bool desk_set(struct desk *desk, const char *element, const char *value)
{
	return strcmp(desk_call(desk, API_SET_VALUE, element, value), "true") == 0;
}

unsigned desk_error(struct desk *desk)
{
	return (unsigned)strtoul(desk_call(desk, API_GET_LAST_ERROR, "", ""), NULL, 10);
}

struct engine_summary desk_summary(const struct desk *desk)
{
	struct engine_summary summary;
	engine_summarise(desk->engine, &summary);
	return summary;
}

struct span desk_snapshot(const struct desk *desk)
{
	size_t size = engine_snapshot(desk->engine, NULL, 0);
	char *bytes = malloc(size);
	assert_int_equal(engine_snapshot(desk->engine, bytes, size), size);
	return (struct span){bytes, (uint32_t)size};
}

void assert_same_state(const struct desk *a, const struct desk *b)
{
	struct span one = desk_snapshot(a), other = desk_snapshot(b);
	assert_int_equal(one.len, other.len);
	assert_memory_equal(one.at, other.at, one.len);
	free((void *)one.at);
	free((void *)other.at);
}

void assert_replays(const struct desk *desk)
{
	struct desk twin;
	desk_twin(&twin, desk);
	struct span journal = engine_journal(desk->engine);
	assert_int_equal(engine_replay(twin.engine, journal, NULL), ENGINE_OK);
	assert_same_state(desk, &twin);
	/* Sent twice, counted once. */
	uint32_t applied = 1;
	assert_int_equal(engine_replay(twin.engine, journal, &applied), ENGINE_OK);
	assert_int_equal(applied, 0);
	assert_same_state(desk, &twin);
	desk_finish(&twin);
}
