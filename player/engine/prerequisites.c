/*
 * SCORM 1.2 prerequisites in aicc_script (CAM 2.3.2.5, AICC CMI001 appendix): item identifiers with the
 * operators & (and), | (or), ~ (not), = and <> (an item's status), {a,b} and n*{a,b} (that many of a
 * set), parentheses; the words AND, OR and NOT occur too. An item is true when it is completed or passed.
 *
 * Read once, from left to right, with a limit on nesting. What cannot be read forbids nothing: a course
 * that no learner can start helps nobody, and the importer has told the designer.
 */
#include "player/engine/number.h"
#include "player/engine/state.h"
#include "player/engine/text.h"

#define LARGEST_NESTING 32

struct script {
	const struct engine *engine;
	struct span rest;
	uint32_t nesting;
	bool failed;
};

static bool read_or(struct script *script);

static void skip_blanks(struct script *script)
{
	while (script->rest.len > 0 && is_blank(script->rest.at[0])) {
		script->rest = span_from(script->rest, 1);
	}
}

static bool take(struct script *script, struct span sign)
{
	skip_blanks(script);
	if (!span_starts(script->rest, sign)) {
		return false;
	}
	script->rest = span_from(script->rest, sign.len);
	return true;
}

static bool is_name_char(char c)
{
	static const char operators[] = "&|~=<>{}(),*\"";
	for (uint32_t i = 0; i < sizeof(operators) - 1; i++) {
		if (operators[i] == c) {
			return false;
		}
	}
	return !is_blank(c);
}

static struct span read_name(struct script *script)
{
	skip_blanks(script);
	uint32_t length = 0;
	while (length < script->rest.len && is_name_char(script->rest.at[length])) {
		length++;
	}
	struct span name = span_first(script->rest, length);
	script->rest = span_from(script->rest, length);
	return name;
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool same_word(struct span word, struct span capitals)
{
	if (word.len != capitals.len) {
		return false;
	}
	for (uint32_t i = 0; i < word.len; i++) {
		if (upper(word.at[i]) != capitals.at[i]) {
			return false;
		}
	}
	return true;
}

/* An operator written as a word; put back when it is something else. */
static bool take_word(struct script *script, struct span capitals)
{
	struct script before = *script;
	if (same_word(read_name(script), capitals)) {
		return true;
	}
	*script = before;
	return false;
}

static bool is_done(enum lesson_status status)
{
	return status == LESSON_COMPLETED || status == LESSON_PASSED;
}

/* A cluster is done when everything in it is. */
static bool activity_done(const struct engine *engine, uint32_t activity)
{
	const struct activity *definition = &engine->course.activities[activity];
	if (definition->first_child == NO_INDEX) {
		return is_done(engine->scos[activity].status);
	}
	bool done = true;
	for (uint32_t i = activity + 1; i < engine->course.activity_count; i++) {
		uint32_t ancestor = engine->course.activities[i].parent;
		while (ancestor != NO_INDEX && ancestor > activity) {
			ancestor = engine->course.activities[ancestor].parent;
		}
		if (ancestor != activity) {
			break;
		}
		if (engine->course.activities[i].first_child == NO_INDEX) {
			done = done && is_done(engine->scos[i].status);
		}
	}
	return done;
}

/* The status that stands behind = or <>, by its first letter as in AICC, or by its whole word. */
static bool status_is(struct script *script, uint32_t activity)
{
	struct span word;
	if (take(script, SPAN("\""))) {
		uint32_t end = span_find(script->rest, SPAN("\""));
		word = span_first(script->rest, end);
		script->failed = script->failed || end == SPAN_NOT_FOUND;
		script->rest = span_from(script->rest, word.len + 1);
	} else {
		word = read_name(script);
	}
	struct span is = lesson_words[script->engine->scos[activity].status];
	return span_equal(word, is) || (word.len == 1 && upper(word.at[0]) == upper(is.at[0]));
}

static bool read_item(struct script *script)
{
	struct span name = read_name(script);
	uint32_t activity = course_find(&script->engine->course, name);
	if (name.len == 0 || activity == NO_INDEX) {
		script->failed = true;
		return true;
	}
	if (take(script, SPAN("<>"))) {
		return !status_is(script, activity);
	}
	if (take(script, SPAN("="))) {
		return status_is(script, activity);
	}
	return activity_done(script->engine, activity);
}

/* The members of {a,b,…} that hold, and how many there are. */
static uint32_t read_set(struct script *script, uint32_t *ret_count)
{
	uint32_t true_ones = 0, count = 0;
	do {
		true_ones += read_or(script);
		count++;
	} while (!script->failed && take(script, SPAN(",")));
	script->failed = script->failed || !take(script, SPAN("}"));
	*ret_count = count;
	return true_ones;
}

static bool read_operand(struct script *script)
{
	uint32_t count, wanted;
	if (take(script, SPAN("~")) || take_word(script, SPAN("NOT"))) {
		return !read_operand(script);
	}
	if (take(script, SPAN("("))) {
		bool is = read_or(script);
		script->failed = script->failed || !take(script, SPAN(")"));
		return is;
	}
	if (take(script, SPAN("{"))) {
		return read_set(script, &count) == count;
	}
	struct script before = *script;
	if (number_parse_index(read_name(script), &wanted) && take(script, SPAN("*")) &&
		take(script, SPAN("{"))) {
		return read_set(script, &count) >= wanted;
	}
	*script = before;
	return read_item(script);
}

static bool read_nested(struct script *script)
{
	if (++script->nesting > LARGEST_NESTING) {
		script->failed = true;
		return true;
	}
	bool is = read_operand(script);
	script->nesting--;
	return is;
}

/* Some tools escape the script before they write it as XML, so that it still says &amp; when it has been read. */
static bool take_and(struct script *script)
{
	return take(script, SPAN("&amp;")) || take(script, SPAN("&")) || take_word(script, SPAN("AND"));
}

static bool read_and(struct script *script)
{
	bool is = read_nested(script);
	while (!script->failed && take_and(script)) {
		bool other = read_nested(script);
		is = is && other;
	}
	return is;
}

static bool read_or(struct script *script)
{
	bool is = read_and(script);
	while (!script->failed && (take(script, SPAN("|")) || take_word(script, SPAN("OR")))) {
		bool other = read_and(script);
		is = is || other;
	}
	return is;
}

bool prerequisites_met(const struct engine *engine, uint32_t activity)
{
	struct script script = {.engine = engine, .rest = engine->course.activities[activity].prerequisites};
	skip_blanks(&script);
	if (script.rest.len == 0) {
		return true;
	}
	bool is = read_or(&script);
	skip_blanks(&script);
	return script.failed || script.rest.len > 0 || is;
}
