/*
 * The value types of both data models: which texts an element takes. A type only looks at the value;
 * rules about other elements are the model's (model.h). Lengths above the SPM are taken: limits.h has
 * ours.
 */
#ifndef PLAYER_ENGINE_TYPES_H
#define PLAYER_ENGINE_TYPES_H

#include "player/engine/base.h"

enum value_type {
	TYPE_ANY,             /* characterstring */
	TYPE_VOCABULARY,      /* one of the element's words */
	TYPE_LANGSTRING,      /* localized string: {lang=…}text */
	TYPE_LANGUAGE,        /* language tag or empty */
	TYPE_LONG_IDENTIFIER, /* RTE 4.1.1.2: a URI, or any text without blanks; not empty */
	TYPE_REAL,            /* real(10,7), within the element's range */
	TYPE_DURATION,        /* timeinterval (second,10,2) */
	TYPE_TIMESTAMP,       /* time (second,10,0) */
	TYPE_RESULT,          /* correct, incorrect, unanticipated, neutral, or a real */
	TYPE_RESPONSE,        /* interaction's learner response, by the interaction's type */
	TYPE_PATTERN,         /* interaction's correct response pattern, by the interaction's type */
	TYPE_NAVIGATION,      /* adl.nav.request */
	/* SCORM 1.2 */
	TYPE_12_IDENTIFIER, /* CMIIdentifier: not empty, no blanks */
	TYPE_12_DECIMAL,    /* CMIDecimal within the range, or blank */
	TYPE_12_NUMBER,     /* CMIDecimal within the range */
	TYPE_12_INTEGER,    /* CMISInteger within the range */
	TYPE_12_TIMESPAN,
	TYPE_12_TIME,
	TYPE_12_RESULT,   /* correct, wrong, unanticipated, neutral, or a decimal */
	TYPE_12_RESPONSE, /* CMIFeedback, by the interaction's type */
	TYPE_12_PATTERN,  /* the same */
};

enum type_verdict {
	TYPE_FITS,
	TYPE_MISMATCH,
	TYPE_OUT_OF_RANGE,
};

/* Interaction types of both editions; the number of a word in model's vocabulary. */
enum interaction_type {
	INTERACTION_UNKNOWN,
	INTERACTION_TRUE_FALSE,
	INTERACTION_CHOICE,
	INTERACTION_FILL_IN,
	INTERACTION_LONG_FILL_IN,
	INTERACTION_LIKERT,
	INTERACTION_MATCHING,
	INTERACTION_PERFORMANCE,
	INTERACTION_SEQUENCING,
	INTERACTION_NUMERIC,
	INTERACTION_OTHER,
};

bool is_language(struct span tag);
bool is_langstring(struct span text);
bool is_long_identifier(struct span text);
bool is_short_identifier(struct span text);

enum interaction_type interaction_type_of(struct span word);
/* Is `word` one of the words, which stand in `vocabulary` with '|' between them? */
bool vocabulary_has(struct span vocabulary, struct span word);

/* SCORM 2004 RTE 4.2.9.1 and 4.2.9.2 */
bool response_fits(enum interaction_type type, struct span response);
bool pattern_fits(enum interaction_type type, struct span pattern);
/* Is it the same pattern? For a choice in whatever order. */
bool pattern_equals(enum interaction_type type, struct span a, struct span b);
/* SCORM 1.2 RTE 3.4.4, CMIFeedback */
bool feedback_fits_12(enum interaction_type type, struct span response);

/* Types that need more than the value: low and high bound a number, `vocabulary` lists words,
 * `interaction` is the type of the interaction that a response belongs to. */
struct type_rule {
	enum value_type type;
	double low, high;
	struct span vocabulary;
	enum interaction_type interaction;
};

enum type_verdict type_check(const struct type_rule *rule, struct span value);

#endif
