/*
 * The API instance as the SCO sees it (SCORM 1.2 RTE 3.3, SCORM 2004 RTE 3.1): which call is allowed when, its error
 * code, its answer. What may change state is journalled, refused or not.
 */
#include "player/engine/record/journal.h"
#include "player/engine/number.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

static struct span truth(uint16_t error)
{
	return error == ERROR_NONE ? SPAN("true") : SPAN("false");
}

/* Errors of a call outside its time, by phase: before Initialize, after Terminate. */
static uint16_t phase_error(const struct engine *engine, uint16_t before, uint16_t after)
{
	switch (engine->attempt.phase) {
	case PHASE_RUNNING:
		return ERROR_NONE;
	case PHASE_NONE:
	case PHASE_LAUNCHED:
		return is_12(engine) ? (uint16_t)ERROR_12_NOT_INITIALIZED : before;
	case PHASE_TERMINATED:
	case PHASE_GONE:
		return is_12(engine) ? (uint16_t)ERROR_12_NOT_INITIALIZED : after;
	}
	return ERROR_GENERAL;
}

static uint16_t initialize(struct engine *engine, struct span argument)
{
	bool first = is_12(engine);
	switch (engine->attempt.phase) {
	case PHASE_RUNNING:
		return first ? ERROR_GENERAL : ERROR_ALREADY_INITIALIZED;
	case PHASE_TERMINATED:
	case PHASE_GONE:
		return first ? ERROR_GENERAL : ERROR_INSTANCE_TERMINATED;
	case PHASE_NONE:
		return first ? ERROR_GENERAL : ERROR_INITIALIZE;
	case PHASE_LAUNCHED:
		break;
	}
	if (argument.len > 0) {
		return ERROR_ARGUMENT;
	}
	return sco_initialize(engine) ? ERROR_NONE : first ? ERROR_GENERAL : ERROR_INITIALIZE;
}

static uint16_t terminate(struct engine *engine, int64_t now, struct span argument)
{
	uint16_t error = phase_error(engine, ERROR_TERMINATE_BEFORE, ERROR_TERMINATE_AFTER);
	if (error == ERROR_NONE && argument.len > 0) {
		error = ERROR_ARGUMENT;
	}
	if (error == ERROR_NONE) {
		sco_end(engine, true);
		claim_update(engine, now);
	}
	return error;
}

static uint16_t commit(const struct engine *engine, struct span argument)
{
	uint16_t error = phase_error(engine, ERROR_COMMIT_BEFORE, ERROR_COMMIT_AFTER);
	return error == ERROR_NONE && argument.len > 0 ? ERROR_ARGUMENT : error;
}

static uint16_t set_value(struct engine *engine, struct span path, struct span value)
{
	uint16_t error = phase_error(engine, ERROR_SET_BEFORE, ERROR_SET_AFTER);
	return error == ERROR_NONE ? model_set(engine, path, value) : error;
}

static uint16_t get_value(struct engine *engine, int64_t now, struct span path, struct span *ret)
{
	uint16_t error = phase_error(engine, ERROR_GET_BEFORE, ERROR_GET_AFTER);
	*ret = SPAN("");
	return error == ERROR_NONE ? model_get(engine, now, path, ret) : error;
}

/* --- Errors told --- */

static void remember(struct engine *engine, uint16_t error, struct span place)
{
	engine->last_error = error;
	engine->diagnostic_length = 0;
	if (error != ERROR_NONE) {
		place = span_first(place, sizeof(engine->diagnostic_place));
		while (place.len > 0 && place.len == sizeof(engine->diagnostic_place) &&
		       ((unsigned char)place.at[place.len - 1] & 0xc0) == 0x80) {
			place.len--; /* not within a character */
		}
		memcpy(engine->diagnostic_place, place.at, place.len);
		engine->diagnostic_length = place.len;
	}
}

/* The code as written; a leading zero makes it no code. */
static struct span text_of(const struct engine *engine, struct span code)
{
	uint32_t number;
	bool canonical = code.len == 1 || (code.len > 1 && code.at[0] != '0');
	return canonical && number_parse_index(code, &number) ? error_text(engine->course.edition, number) : SPAN("");
}

static void add(struct engine *engine, uint32_t *length, struct span text)
{
	text = span_first(text, (uint32_t)sizeof(engine->answer) - 1 - *length);
	memcpy(engine->answer + *length, text.at, text.len);
	*length += text.len;
}

/* Of the last error, the element as well. */
static struct span diagnostic(struct engine *engine, struct span code)
{
	char digits[NUMBER_TEXT_SIZE];
	struct span last = number_print_integer(engine->last_error, digits);
	if ((code.len > 0 && !span_equal(code, last)) || engine->last_error == ERROR_NONE) {
		return text_of(engine, code.len > 0 ? code : last);
	}
	uint32_t length = 0;
	add(engine, &length, error_text(engine->course.edition, engine->last_error));
	if (engine->diagnostic_length > 0) {
		add(engine, &length, SPAN(": "));
		add(engine, &length, (struct span){engine->diagnostic_place, engine->diagnostic_length});
	}
	return (struct span){engine->answer, length};
}

/* What a call answers that cannot even be recorded. */
static uint16_t no_room_error(const struct engine *engine, enum api_function function)
{
	if (is_12(engine)) {
		return ERROR_GENERAL;
	}
	switch (function) {
	case API_INITIALIZE:
		return ERROR_INITIALIZE;
	case API_TERMINATE:
		return ERROR_TERMINATE;
	case API_SET_VALUE:
		return ERROR_SET;
	case API_COMMIT:
		return ERROR_COMMIT;
	case API_GET_VALUE:
	case API_GET_LAST_ERROR:
	case API_GET_ERROR_STRING:
	case API_GET_DIAGNOSTIC:
		break;
	}
	return ERROR_GENERAL;
}

static uint16_t changing_call(struct engine *engine, int64_t now, enum api_function function, struct span first,
	struct span second)
{
	if (function == API_INITIALIZE) {
		return initialize(engine, first);
	}
	if (function == API_TERMINATE) {
		return terminate(engine, now, first);
	}
	return function == API_COMMIT ? commit(engine, first) : set_value(engine, first, second);
}

static struct span recorded_call(struct engine *engine, int64_t now, enum api_function function, struct span first,
	struct span second)
{
	struct span place = function == API_SET_VALUE ? first : SPAN("");
	if (!journal_has_room(engine, (size_t)first.len + second.len)) {
		remember(engine, no_room_error(engine, function), place);
		return SPAN("false");
	}
	uint16_t error = changing_call(engine, now, function, first, second);
	remember(engine, error, place);
	struct journal_record record = {.kind = RECORD_CALL, .now = now, .error = error, .function = function,
		.first = first, .second = second};
	journal_append(engine, &record);
	return truth(error);
}

struct span engine_api(struct engine *engine, int64_t now, enum api_function function, struct span first,
	struct span second)
{
	struct span answer = SPAN("");
	switch (function) {
	case API_INITIALIZE:
	case API_TERMINATE:
	case API_SET_VALUE:
	case API_COMMIT:
		return recorded_call(engine, now, function, first, second);
	case API_GET_VALUE:
		remember(engine, get_value(engine, now, first, &answer), first);
		return answer;
	case API_GET_LAST_ERROR:
		return number_print_integer(engine->last_error, engine->answer);
	case API_GET_ERROR_STRING:
		return text_of(engine, first);
	case API_GET_DIAGNOSTIC:
		return diagnostic(engine, first);
	}
	return SPAN("false");
}
