/* Opening: the memory given is divided once, and never asked for again. */
#include "player/engine/engine.h"
#include "player/engine/bytes.h"
#include "player/engine/course/image.h"
#include "player/engine/limits.h"
#include "player/engine/sequencing/sequencing.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

/* What the run-time data and the journal ask for at most; small memory is divided in the same proportion.
 * The store has an eighth more than its limit: values grow in place as long as there is some. */
#define VALUES_BYTES ((size_t)LIMIT_DATA_BYTES / 8 * 9 + (size_t)LIMIT_VALUES * 24 * 4)
#define ALIGNMENT 16

static size_t aligned(size_t size)
{
	return (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

/* All that the course itself decides. */
static size_t fixed_size(const struct course *head)
{
	struct tracking_layout most = {
		.course = head,
		.slots = head->activity_count + head->objective_count,
		.globals = head->map_count,
	};
	return aligned(sizeof(struct engine)) + aligned(image_arrays_size(head)) +
	       aligned(tracking_layout_size(head)) + 2 * aligned(tracking_size(&most)) +
	       aligned(sequencing_contents_scratch(&most)) +
	       aligned(head->activity_count * sizeof(struct sco_state)) +
	       aligned((head->objective_count + 1) * sizeof(struct objective_report)) + 8 * ALIGNMENT;
}

size_t engine_memory_for(struct span course_image)
{
	struct course head;
	return image_open_head(course_image, &head) ? fixed_size(&head) + VALUES_BYTES + LIMIT_JOURNAL_BYTES
						    : 0;
}

/* The tables and states of the course; false when the arena does not hold them. */
static bool take_fixed(struct engine *engine, struct arena *arena)
{
	if (!tracking_layout_init(&engine->layout, &engine->course, arena)) {
		return false;
	}
	size_t size = tracking_size(&engine->layout);
	void *block = arena_take(arena, size, ALIGNMENT);
	engine->trial_block = arena_take(arena, size, ALIGNMENT);
	engine->contents_block = arena_take(arena, sequencing_contents_scratch(&engine->layout), ALIGNMENT);
	engine->scos =
		arena_take_array(arena, engine->course.activity_count, sizeof(struct sco_state), ALIGNMENT);
	engine->reports = arena_take_array(
		arena, engine->course.objective_count + 1, sizeof(struct objective_report), ALIGNMENT);
	if (arena->exhausted) {
		return false;
	}
	tracking_init(&engine->tracking, &engine->layout, block, 0);
	return true;
}

/* The rest of the memory: run-time data and journal. */
static void divide_rest(struct engine *engine, struct arena *arena)
{
	size_t start = aligned(arena->used);
	size_t rest = start < arena->size ? arena->size - start : 0;
	size_t journal = rest / (VALUES_BYTES + LIMIT_JOURNAL_BYTES) > 0
				 ? LIMIT_JOURNAL_BYTES
				 : (size_t)((uint64_t)rest * LIMIT_JOURNAL_BYTES /
					    (VALUES_BYTES + LIMIT_JOURNAL_BYTES));
	size_t values = (rest - journal) & ~(size_t)(ALIGNMENT - 1);
	unsigned char *block = arena->block + (rest > 0 ? start : arena->size);
	values_init(&engine->values, block, values);
	engine->journal = (struct journal_buffer){.at = block + values, .room = journal};
}

/* Twice what sessions and the rows of declared objectives can take: what is there, and what replaces it. */
static void reserve_own_values(struct engine *engine)
{
	const struct course *course = &engine->course;
	uint64_t bytes = 2 * LIMIT_LEARNER_BYTES + (uint64_t)course->activity_count * 32;
	for (uint32_t i = 0; i < course->objective_count; i++) {
		bytes += 2 * (uint64_t)(course->objectives[i].id.len + OBJECTIVE_ROW_BYTES +
					OBJECTIVE_ROW_VALUES * 12);
	}
	uint64_t count =
		16 + 2 * (course->activity_count + (uint64_t)course->objective_count * OBJECTIVE_ROW_VALUES);
	values_reserve(&engine->values, count < LIMIT_VALUES ? (uint32_t)count : LIMIT_VALUES, bytes);
}

enum engine_result engine_open(void *memory, size_t size, struct span course_image, struct engine **ret)
{
	struct course head;
	if (!image_open_head(course_image, &head)) {
		return ENGINE_BAD_IMAGE;
	}
	struct arena arena = {.block = memory, .size = size};
	struct engine *engine = arena_take(&arena, sizeof(struct engine), ALIGNMENT);
	if (engine == NULL) {
		return ENGINE_NO_MEMORY;
	}
	memset(engine, 0, sizeof(*engine));
	if (!image_open(course_image, &arena, &engine->course)) {
		return arena.exhausted ? ENGINE_NO_MEMORY : ENGINE_BAD_IMAGE;
	}
	if (!take_fixed(engine, &arena)) {
		return ENGINE_NO_MEMORY;
	}
	divide_rest(engine, &arena);
	reserve_own_values(engine);
	engine->image_hash = bytes_hash(course_image);
	model_index_init(&engine->index, engine->course.edition);
	engine->attempt = (struct attempt){.current = NO_INDEX, .last = NO_INDEX, .pending_target = NO_INDEX};
	*ret = engine;
	return ENGINE_OK;
}

const struct course *engine_course(const struct engine *engine)
{
	return &engine->course;
}
