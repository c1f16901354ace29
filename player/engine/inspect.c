#include "player/engine/inspect.h"

#include "player/engine/bytes.h"
#include "player/engine/number.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

#define PATH_SIZE 160u

static void put_values(struct byte_writer *writer, const struct objective_values *is)
{
	const struct {
		bool has;
		double number;
	} numbers[] = {{is->has_measure, is->measure}, {is->has_raw, is->raw}, {is->has_min, is->min},
		{is->has_max, is->max}, {is->has_progress, is->progress}};
	uint32_t flags = 0;
	put_number(writer, is->success);
	put_number(writer, is->completion);
	for (uint32_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		flags |= numbers[i].has ? 1u << i : 0;
	}
	put_number(writer, flags);
	for (uint32_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (numbers[i].has) {
			put_double(writer, numbers[i].number);
		}
	}
}

/* The primary objective's passing mark; NULL: its status does not follow from a measure. */
static const struct objective *marked_objective(const struct tracking *tracking, uint32_t activity)
{
	const struct tracking_layout *layout = tracking->layout;
	uint32_t objective = layout->slot_objective[layout->first_slot[activity]];
	if (objective == NO_INDEX || !layout->course->objectives[objective].satisfied_by_measure) {
		return NULL;
	}
	return &layout->course->objectives[objective];
}

/* What it takes to be done, as the manifest says, and what the attempt has come to by that. */
static void put_demands(struct byte_writer *writer, const struct engine *engine, uint32_t index)
{
	const struct activity *activity = &engine->course.activities[index];
	const struct objective *marked = marked_objective(&engine->tracking, index);
	put_number(writer, (activity->has_mastery_score ? 1u : 0) |
				   (activity->completed_by_measure ? 2u : 0) | (marked ? 4u : 0));
	if (activity->has_mastery_score) {
		put_double(writer, activity->mastery_score);
	}
	if (activity->completed_by_measure) {
		put_double(writer, activity->min_progress_measure);
	}
	if (marked) {
		put_double(writer, marked->minimum_normalized_measure);
	}
	struct objective_values results = tracking_results(&engine->tracking, index);
	put_values(writer, &results);
}

static void put_activity(struct byte_writer *writer, const struct engine *engine, uint32_t activity)
{
	const struct tracking *tracking = &engine->tracking;
	const struct activity_state *state = &tracking->activities[activity];
	const struct sco_state *sco = &engine->scos[activity];
	uint32_t flags = (state->active ? 1u : 0) | (state->suspended || sco->suspended ? 2u : 0) |
			 (tracking_available(tracking, activity) ? 4u : 0) |
			 (state->resumed || sco->resumed ? 8u : 0) | (sco->launched ? 16u : 0);
	put_number(writer, flags);
	put_number(writer, state->attempt_count);
	put_number(writer, state->position);
	put_signed(writer, state->experienced_cs);
	put_signed(writer, state->attempt_cs);
	put_signed(writer, sco->total_cs);
	put_number(writer, sco->status);
	put_demands(writer, engine, activity);
	uint32_t objectives = tracking_objective_count(tracking, activity);
	put_number(writer, objectives);
	for (uint32_t k = 0; k < objectives; k++) {
		struct objective_values values = tracking_values_of(tracking, activity, k);
		put_string(writer, tracking_objective_id(tracking, activity, k));
		put_values(writer, &values);
	}
}

/* --- Run-time data of the current activity --- */

struct path_text {
	char text[PATH_SIZE];
	uint32_t length;
};

static void append(struct path_text *path, struct span part)
{
	for (uint32_t i = 0; i < part.len && path->length < PATH_SIZE; i++) {
		path->text[path->length++] = part.at[i];
	}
}

/* "cmi.interactions.n.objectives.n.id" with its indices. */
static struct span path_of(const struct element *element, uint32_t n, uint32_t m, struct path_text *path)
{
	const uint32_t indices[] = {n, m};
	uint32_t next = 0;
	path->length = 0;
	for (uint32_t i = 0; i < element->path.len; i++) {
		const char *at = element->path.at + i;
		bool index =
			*at == 'n' && i > 0 && at[-1] == '.' && (i + 1 == element->path.len || at[1] == '.');
		if (index && next < 2) {
			char text[NUMBER_TEXT_SIZE];
			append(path, number_print_integer(indices[next++], text));
		} else {
			append(path, (struct span){at, 1});
		}
	}
	return (struct span){path->text, path->length};
}

struct listing {
	struct engine *engine;
	int64_t now;
	struct byte_writer *writer; /* NULL: only counts */
	uint32_t count;
};

static void list_one(struct listing *listing, uint32_t number, uint32_t n, uint32_t m)
{
	struct engine *engine = listing->engine;
	const struct element *element = &engine->index.model->elements[number];
	struct path_text text;
	struct span path = path_of(element, n, m, &text), value = {0};
	if (element->access == ACCESS_WRITE_ONLY) {
		if (!values_get(
			    &engine->values, value_key_of(engine->attempt.current, number, n, m), &value)) {
			return;
		}
	} else if (model_get(engine, listing->now, path, &value) != ERROR_NONE) {
		return;
	}
	listing->count++;
	if (listing->writer) {
		put_string(listing->writer, path);
		put_string(listing->writer, value);
	}
}

/* What can be asked at any time without running the sequencing processes, and is no constant. */
static bool is_datum(const struct engine *engine, const struct element *element)
{
	return element->path.len > 0 && element->since <= engine->course.edition &&
	       element->access != ACCESS_KEYWORD && element->source != SOURCE_REQUEST_VALID &&
	       element->source != SOURCE_REQUEST_VALID_TARGET;
}

static void list_element(struct listing *listing, uint32_t number)
{
	struct engine *engine = listing->engine;
	const struct element *element = &engine->index.model->elements[number];
	uint32_t activity = engine->attempt.current;
	bool outer = element->outer != COLLECTION_NONE, inner = element->inner != COLLECTION_NONE;
	uint32_t rows = outer ? collection_count(engine, activity, element->outer, 0) : 1;
	for (uint32_t n = 0; n < rows; n++) {
		uint32_t parts = inner ? collection_count(engine, activity, element->inner, n) : 1;
		for (uint32_t m = 0; m < parts; m++) {
			list_one(listing, number, n, m);
		}
	}
}

static uint32_t list_data(struct engine *engine, int64_t now, struct byte_writer *writer)
{
	struct listing listing = {engine, now, writer, 0};
	for (uint32_t i = 1; engine->attempt.current != NO_INDEX && i < engine->index.model->count; i++) {
		if (is_datum(engine, &engine->index.model->elements[i])) {
			list_element(&listing, i);
		}
	}
	return listing.count;
}

size_t engine_inspect(struct engine *engine, int64_t now, void *buffer, size_t room)
{
	struct byte_writer writer = {.at = buffer, .room = room};
	const struct tracking *tracking = &engine->tracking;
	put_number(&writer, (uint32_t)(engine->attempt.current + 1));
	put_number(&writer, engine->attempt.phase);
	put_number(&writer, engine->last_error);
	put_number(&writer, engine->attempt.session_open);
	put_number(&writer, (uint32_t)(tracking->global->suspended + 1));
	put_number(&writer, engine->attempt.pending);
	put_number(&writer, engine->course.activity_count);
	for (uint32_t i = 0; i < engine->course.activity_count; i++) {
		put_activity(&writer, engine, i);
	}
	put_number(&writer, tracking->layout->globals);
	for (uint32_t i = 0; i < tracking->layout->globals; i++) {
		put_string(&writer, tracking->layout->global_name[i]);
		put_values(&writer, &tracking->globals[i]);
	}
	put_number(&writer, list_data(engine, now, NULL));
	list_data(engine, now, &writer);
	return writer.used;
}
