#include "player/engine/model/types.h"
#include "player/engine/number.h"
#include "player/engine/text.h"
#include "player/engine/model/times.h"

bool vocabulary_has(struct span vocabulary, struct span word)
{
	for (uint32_t start = 0; start < vocabulary.len;) {
		uint32_t end = start;
		while (end < vocabulary.len && vocabulary.at[end] != '|') {
			end++;
		}
		if (span_equal((struct span){vocabulary.at + start, end - start}, word)) {
			return true;
		}
		start = end + 1;
	}
	return false;
}

enum interaction_type interaction_type_of(struct span word)
{
	static const struct {
		struct span word;
		enum interaction_type type;
	} words[] = {
		{{"true-false", 10}, INTERACTION_TRUE_FALSE},
		{{"choice", 6}, INTERACTION_CHOICE},
		{{"fill-in", 7}, INTERACTION_FILL_IN},
		{{"long-fill-in", 12}, INTERACTION_LONG_FILL_IN},
		{{"likert", 6}, INTERACTION_LIKERT},
		{{"matching", 8}, INTERACTION_MATCHING},
		{{"performance", 11}, INTERACTION_PERFORMANCE},
		{{"sequencing", 10}, INTERACTION_SEQUENCING},
		{{"numeric", 7}, INTERACTION_NUMERIC},
		{{"other", 5}, INTERACTION_OTHER},
	};
	for (uint32_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (span_equal(words[i].word, word)) {
			return words[i].type;
		}
	}
	return INTERACTION_UNKNOWN;
}

/* RTE 4.1.1.4: an optional {lang=TAG} before the text. */
bool is_langstring(struct span text)
{
	const struct span open = SPAN("{lang=");
	if (!span_starts(text, open)) {
		return true;
	}
	uint32_t close = span_find(text, SPAN("}"));
	return close != SPAN_NOT_FOUND && is_language((struct span){text.at + open.len, close - open.len});
}

static bool has_blank(struct span text)
{
	for (uint32_t i = 0; i < text.len; i++) {
		if (is_blank(text.at[i])) {
			return true;
		}
	}
	return false;
}

/* RFC 3986's reserved and unreserved characters, and whatever lies outside ASCII (an IRI). */
static bool is_uri_char(char c)
{
	static const char others[] = "-._~:/?#@!$&'()*+,;=%";
	if (is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80) {
		return true;
	}
	for (uint32_t i = 0; i < sizeof(others) - 1; i++) {
		if (others[i] == c) {
			return true;
		}
	}
	return false;
}

/* urn:NID:NSS needs its parts (RFC 2141); ADL's suite asks for it. */
static bool is_whole_urn(struct span text)
{
	if (text.len < 4 || !(span_starts(text, SPAN("urn:")) || span_starts(text, SPAN("URN:")))) {
		return true;
	}
	struct span rest = span_from(text, 4);
	uint32_t colon = span_find(rest, SPAN(":"));
	return colon != SPAN_NOT_FOUND && colon > 0 && colon + 1 < rest.len;
}

bool is_long_identifier(struct span text)
{
	return text.len > 0 && !has_blank(text) && is_whole_urn(text);
}

bool is_short_identifier(struct span text)
{
	for (uint32_t i = 0; i < text.len; i++) {
		if (!is_uri_char(text.at[i])) {
			return false;
		}
	}
	return text.len > 0 && is_whole_urn(text);
}

static enum type_verdict verdict(bool fits)
{
	return fits ? TYPE_FITS : TYPE_MISMATCH;
}

static enum type_verdict check_number(const struct type_rule *rule, struct span value)
{
	double number;
	if (!number_parse(value, &number)) {
		return TYPE_MISMATCH;
	}
	return number < rule->low || number > rule->high ? TYPE_OUT_OF_RANGE : TYPE_FITS;
}

static enum type_verdict check_integer(const struct type_rule *rule, struct span value)
{
	return span_find(value, SPAN(".")) == SPAN_NOT_FOUND ? check_number(rule, value) : TYPE_MISMATCH;
}

static bool is_number(struct span value)
{
	double unused;
	return number_parse(value, &unused);
}

/* RTE 4.3.1: the fixed words, or {target=ITEM} and one of the targeted ones. */
static bool is_navigation(struct span value, struct span targeted)
{
	if (vocabulary_has(
		    SPAN("continue|previous|exit|exitAll|abandon|abandonAll|suspendAll|_none_"), value)) {
		return true;
	}
	uint32_t close = span_find(value, SPAN("}"));
	if (!span_starts(value, SPAN("{target=")) || close == SPAN_NOT_FOUND || close <= 8) {
		return false;
	}
	struct span word = span_from(value, close + 1);
	return vocabulary_has(targeted, word);
}

enum type_verdict type_check(const struct type_rule *rule, struct span value)
{
	int64_t unused;
	switch (rule->type) {
	case TYPE_ANY:
		return TYPE_FITS;
	case TYPE_VOCABULARY:
		return verdict(vocabulary_has(rule->vocabulary, value));
	case TYPE_LANGSTRING:
		return verdict(is_langstring(value));
	case TYPE_LANGUAGE:
		return verdict(value.len == 0 || is_language(value));
	case TYPE_LONG_IDENTIFIER:
		return verdict(is_long_identifier(value));
	case TYPE_REAL:
	case TYPE_12_NUMBER:
		return check_number(rule, value);
	case TYPE_DURATION:
		return verdict(duration_parse(value, &unused));
	case TYPE_TIMESTAMP:
		return verdict(is_timestamp(value));
	case TYPE_RESULT:
		return verdict(vocabulary_has(SPAN("correct|incorrect|unanticipated|neutral"), value) ||
			       is_number(value));
	case TYPE_RESPONSE:
		return verdict(response_fits(rule->interaction, value));
	case TYPE_PATTERN:
		return verdict(pattern_fits(rule->interaction, value));
	case TYPE_NAVIGATION:
		return verdict(is_navigation(value, rule->vocabulary));
	case TYPE_12_IDENTIFIER:
		return verdict(value.len > 0 && !has_blank(value));
	case TYPE_12_DECIMAL:
		return value.len == 0 ? TYPE_FITS : check_number(rule, value);
	case TYPE_12_INTEGER:
		return check_integer(rule, value);
	case TYPE_12_TIMESPAN:
		return verdict(timespan_parse(value, &unused));
	case TYPE_12_TIME:
		return verdict(is_time_of_day(value));
	case TYPE_12_RESULT:
		/* "incorrect" is SCORM 2004's word, which tools write in 1.2 as well. */
		return verdict(vocabulary_has(SPAN("correct|wrong|incorrect|unanticipated|neutral"), value) ||
			       is_number(value));
	case TYPE_12_RESPONSE:
	case TYPE_12_PATTERN:
		return verdict(feedback_fits_12(rule->interaction, value));
	}
	return TYPE_MISMATCH;
}
