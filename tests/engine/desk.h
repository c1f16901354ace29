/*
 * A learner's desk for tests: a small course built in place, an engine opened on it, and calls in one line.
 */
#ifndef TESTS_ENGINE_DESK_H
#define TESTS_ENGINE_DESK_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "player/engine/engine.h"

#define DESK_ACTIVITIES 8

/* A course to be filled in by a test: activity 0 is the root, further ones are its children. */
struct draft {
	struct course course;
	struct activity activities[DESK_ACTIVITIES];
	struct objective objectives[DESK_ACTIVITIES];
	struct objective_map maps[DESK_ACTIVITIES];
	struct shared_data_map shared_data[DESK_ACTIVITIES];
};

struct desk {
	unsigned char *image;
	size_t image_size;
	void *memory;
	size_t memory_size;
	struct engine *engine;
	int64_t now;
	enum status_rule status_rule; /* of the sessions to come; desk_init() sets the default */
	struct navigation_outcome outcome;
};

/* An organization with this many SCOs "sco1", "sco2", …; flow and choice are on. */
void draft_init(struct draft *draft, enum scorm_edition edition, uint32_t scos);

/* Writes the image and opens an engine in memory of engine_memory_for(). */
void desk_init(struct desk *desk, const struct draft *draft);
void desk_finish(struct desk *desk);
/* A second engine on the same image. */
void desk_twin(struct desk *twin, const struct desk *desk);

struct span text(const char *text);
void desk_begin(struct desk *desk); /* normal mode, for credit, mastery override on */
void desk_begin_mode(struct desk *desk, enum session_mode mode, bool credit, bool mastery_override);
bool desk_go(struct desk *desk, enum navigation_request request, uint32_t target);
/* Begins a session, delivers this activity, and calls Initialize. */
void desk_launch(struct desk *desk, uint32_t activity);
/* Terminate; then the wish of the content or else SuspendAll. */
void desk_leave(struct desk *desk);

/* The answer of a call, copied; valid until the eighth call after. */
const char *desk_call(struct desk *desk, enum api_function function, const char *first, const char *second);
const char *desk_get(struct desk *desk, const char *element);
bool desk_set(struct desk *desk, const char *element, const char *value);
unsigned desk_error(struct desk *desk);
struct engine_summary desk_summary(const struct desk *desk);

/* The state's snapshot; the caller frees. */
struct span desk_snapshot(const struct desk *desk);
void assert_same_state(const struct desk *a, const struct desk *b);
/* The whole journal replayed on a fresh engine comes to the same state. */
void assert_replays(const struct desk *desk);

#define assert_get(desk, element, value)                                                                     \
	do {                                                                                                 \
		assert_string_equal(desk_get((desk), (element)), (value));                                   \
		assert_int_equal(desk_error(desk), 0);                                                       \
	} while (0)
#define assert_get_fails(desk, element, error)                                                               \
	do {                                                                                                 \
		assert_string_equal(desk_get((desk), (element)), "");                                        \
		assert_int_equal(desk_error(desk), (error));                                                 \
	} while (0)
#define assert_set(desk, element, value)                                                                     \
	do {                                                                                                 \
		assert_true(desk_set((desk), (element), (value)));                                           \
		assert_int_equal(desk_error(desk), 0);                                                       \
	} while (0)
#define assert_set_fails(desk, element, value, error)                                                        \
	do {                                                                                                 \
		assert_false(desk_set((desk), (element), (value)));                                          \
		assert_int_equal(desk_error(desk), (error));                                                 \
	} while (0)

#endif
