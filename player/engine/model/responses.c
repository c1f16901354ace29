/*
 * What learners answer and what would be right: interaction responses and patterns of SCORM 2004 (RTE
 * 4.2.9.1, 4.2.9.2) and CMIFeedback of SCORM 1.2.
 */
#include "player/engine/model/types.h"
#include "player/engine/bytes.h"
#include "player/engine/limits.h"
#include "player/engine/number.h"
#include "player/engine/text.h"

/* Takes the part before the next `delimiter` off `*rest`; false when nothing is left. */
struct parts {
	struct span rest;
	struct span delimiter;
	bool done;
};

static struct parts parts_of(struct span text, struct span delimiter)
{
	return (struct parts){text, delimiter, false};
}

static bool next_part(struct parts *parts, struct span *ret)
{
	if (parts->done) {
		return false;
	}
	uint32_t end = span_find(parts->rest, parts->delimiter);
	*ret = span_first(parts->rest, end);
	parts->done = end == SPAN_NOT_FOUND;
	if (!parts->done) {
		parts->rest = span_from(parts->rest, end + parts->delimiter.len);
	}
	return true;
}

static bool is_boolean(struct span text)
{
	return span_equal(text, SPAN("true")) || span_equal(text, SPAN("false"));
}

/* {case_matters=…} and {order_matters=…} may stand before the value, each once, in either order. A
 * {lang=…} ends them. What looks like one of them but has another value than true or false is a mistake.
 * */
static bool take_switches(struct span *text, bool case_matters, bool order_matters)
{
	static const struct span names[] = {{"{case_matters=", 14}, {"{order_matters=", 15}};
	bool open[] = {case_matters, order_matters};
	for (int i = 0; i < 2; i++) {
		for (int k = 0; k < 2; k++) {
			if (!open[k] || !span_starts(*text, names[k])) {
				continue;
			}
			uint32_t close = span_find(*text, SPAN("}"));
			if (close == SPAN_NOT_FOUND ||
				!is_boolean((struct span){text->at + names[k].len, close - names[k].len})) {
				return false;
			}
			*text = span_from(*text, close + 1);
			open[k] = false;
		}
	}
	return true;
}

static bool has_earlier(struct span list, struct span delimiter, uint32_t before, struct span part)
{
	struct parts parts = parts_of(list, delimiter);
	struct span other;
	for (uint32_t i = 0; i < before && next_part(&parts, &other); i++) {
		if (span_equal(other, part)) {
			return true;
		}
	}
	return false;
}

/* A set or sequence of short identifiers; an empty one where allowed. */
static bool are_identifiers(struct span text, bool set, bool may_be_empty)
{
	if (text.len == 0) {
		return may_be_empty;
	}
	struct parts parts = parts_of(text, SPAN("[,]"));
	struct span part;
	for (uint32_t i = 0; next_part(&parts, &part); i++) {
		if (!is_short_identifier(part) || (set && i < LIMIT_COMPARED_PARTS && has_earlier(text, SPAN("[,]"), i, part))) {
			return false;
		}
	}
	return true;
}

static bool are_langstrings(struct span text)
{
	struct parts parts = parts_of(text, SPAN("[,]"));
	struct span part;
	while (next_part(&parts, &part)) {
		if (!is_langstring(part)) {
			return false;
		}
	}
	return true;
}

static bool are_pairs(struct span text)
{
	struct parts parts = parts_of(text, SPAN("[,]"));
	struct span part;
	while (next_part(&parts, &part)) {
		uint32_t dot = span_find(part, SPAN("[.]"));
		if (dot == SPAN_NOT_FOUND || !is_short_identifier(span_first(part, dot)) ||
			!is_short_identifier(span_from(part, dot + 3))) {
			return false;
		}
	}
	return true;
}

static bool is_number(struct span text)
{
	double unused;
	return number_parse(text, &unused);
}

/* min[:]max, either may be missing. */
static bool is_number_range(struct span text)
{
	uint32_t colon = span_find(text, SPAN("[:]"));
	if (colon == SPAN_NOT_FOUND) {
		return is_number(text);
	}
	struct span low = span_first(text, colon), high = span_from(text, colon + 3);
	double least = 0, most = 0;
	if ((low.len > 0 && !number_parse(low, &least)) || (high.len > 0 && !number_parse(high, &most))) {
		return false;
	}
	return low.len == 0 || high.len == 0 || least <= most;
}

/* A step's answer: a number, a number range (patterns only), or any text that is no delimiter. */
static bool is_step_answer(struct span text, bool pattern)
{
	if (pattern && span_find(text, SPAN("[:]")) != SPAN_NOT_FOUND) {
		return is_number_range(text);
	}
	return span_find(text, SPAN("[.]")) == SPAN_NOT_FOUND;
}

/* step_name[.]step_answer; either may be empty, not both. */
static bool are_steps(struct span text, bool pattern)
{
	struct parts parts = parts_of(text, SPAN("[,]"));
	struct span part;
	while (next_part(&parts, &part)) {
		uint32_t dot = span_find(part, SPAN("[.]"));
		if (dot == SPAN_NOT_FOUND) {
			return false;
		}
		struct span name = span_first(part, dot), answer = span_from(part, dot + 3);
		if ((name.len == 0 && answer.len == 0) || (name.len > 0 && !is_short_identifier(name)) ||
			!is_step_answer(answer, pattern)) {
			return false;
		}
	}
	return true;
}

bool response_fits(enum interaction_type type, struct span response)
{
	switch (type) {
	case INTERACTION_TRUE_FALSE:
		return is_boolean(response);
	case INTERACTION_CHOICE:
		return are_identifiers(response, true, true);
	case INTERACTION_FILL_IN:
		return are_langstrings(response);
	case INTERACTION_LONG_FILL_IN:
		return is_langstring(response);
	case INTERACTION_LIKERT:
		return is_short_identifier(response);
	case INTERACTION_MATCHING:
		return are_pairs(response);
	case INTERACTION_PERFORMANCE:
		return are_steps(response, false);
	case INTERACTION_SEQUENCING:
		return are_identifiers(response, false, false);
	case INTERACTION_NUMERIC:
		return is_number(response);
	case INTERACTION_OTHER:
	case INTERACTION_UNKNOWN:
		return true;
	}
	return false;
}

bool pattern_fits(enum interaction_type type, struct span pattern)
{
	switch (type) {
	case INTERACTION_FILL_IN:
		return take_switches(&pattern, true, true) && are_langstrings(pattern);
	case INTERACTION_LONG_FILL_IN:
		return take_switches(&pattern, true, false) && is_langstring(pattern);
	case INTERACTION_PERFORMANCE:
		return take_switches(&pattern, false, true) && are_steps(pattern, true);
	case INTERACTION_NUMERIC:
		return is_number_range(pattern);
	case INTERACTION_TRUE_FALSE:
	case INTERACTION_CHOICE:
	case INTERACTION_LIKERT:
	case INTERACTION_MATCHING:
	case INTERACTION_SEQUENCING:
	case INTERACTION_OTHER:
	case INTERACTION_UNKNOWN:
		return response_fits(type, pattern);
	}
	return false;
}

/* The same for the same parts in whatever order. */
static uint64_t set_hash(struct span text)
{
	struct parts parts = parts_of(text, SPAN("[,]"));
	struct span part;
	uint64_t sum = 0;
	while (next_part(&parts, &part)) {
		sum += bytes_hash(part);
	}
	return sum;
}

/* Of a choice the parts differ from each other, so that equal hashes of equally long texts are equal sets. */
bool pattern_equals(enum interaction_type type, struct span a, struct span b)
{
	if (type == INTERACTION_CHOICE && a.len == b.len) {
		return set_hash(a) == set_hash(b);
	}
	return span_equal(a, b);
}

/* --- SCORM 1.2 --- */

static bool is_letter_or_digit(struct span text)
{
	return text.len == 1 && (is_letter(text.at[0]) || is_digit(text.at[0]));
}

/* One or more single characters with commas between them; braces around all may stand (a set). */
static bool are_choices_12(struct span text)
{
	if (text.len >= 2 && text.at[0] == '{' && text.at[text.len - 1] == '}') {
		text = (struct span){text.at + 1, text.len - 2};
	}
	struct parts parts = parts_of(text, SPAN(","));
	struct span part;
	while (next_part(&parts, &part)) {
		if (!is_letter_or_digit(part)) {
			return false;
		}
	}
	return true;
}

static bool are_pairs_12(struct span text)
{
	if (text.len >= 2 && text.at[0] == '{' && text.at[text.len - 1] == '}') {
		text = (struct span){text.at + 1, text.len - 2};
	}
	struct parts parts = parts_of(text, SPAN(","));
	struct span part;
	while (next_part(&parts, &part)) {
		uint32_t dot = span_find(part, SPAN("."));
		if (dot == SPAN_NOT_FOUND || !is_letter_or_digit(span_first(part, dot)) ||
			!is_letter_or_digit(span_from(part, dot + 1))) {
			return false;
		}
	}
	return true;
}

bool feedback_fits_12(enum interaction_type type, struct span response)
{
	switch (type) {
	case INTERACTION_TRUE_FALSE:
		/* The book has 0, 1, t, f; whole words occur. */
		return vocabulary_has(SPAN("0|1|t|f|true|false|T|F"), response);
	case INTERACTION_CHOICE:
		return response.len == 0 || are_choices_12(response);
	case INTERACTION_SEQUENCING:
		return are_choices_12(response);
	case INTERACTION_MATCHING:
		return response.len == 0 || are_pairs_12(response);
	case INTERACTION_LIKERT:
		return response.len == 0 || is_letter_or_digit(response);
	case INTERACTION_NUMERIC:
		return is_number(response);
	case INTERACTION_FILL_IN:
	case INTERACTION_LONG_FILL_IN:
	case INTERACTION_PERFORMANCE:
	case INTERACTION_OTHER:
	case INTERACTION_UNKNOWN:
		return true;
	}
	return false;
}
