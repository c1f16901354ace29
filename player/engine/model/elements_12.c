/* The SCORM 1.2 data model, RTE 3.4.2 to 3.4.7 in the order of the book. */
#include "player/engine/model/model.h"

#define TEXT(literal)                                                                                        \
	{                                                                                                    \
		(literal), sizeof(literal) - 1                                                               \
	}

#define STATUS_WORDS "passed|completed|failed|incomplete|browsed"

/* clang-format off */
static const struct element elements[] = {
	[E12_VERSION] = {.path = TEXT("cmi._version"), .access = ACCESS_KEYWORD, .source = SOURCE_CONSTANT,
		.text = TEXT("3.4")},
	[E12_CORE_CHILDREN] = {.path = TEXT("cmi.core._children"), .access = ACCESS_KEYWORD,
		.source = SOURCE_CONSTANT,
		.text = TEXT("student_id,student_name,lesson_location,credit,lesson_status,entry,score,"
			"total_time,lesson_mode,exit,session_time")},
	[E12_STUDENT_ID] = {.path = TEXT("cmi.core.student_id"), .source = SOURCE_LEARNER_ID},
	[E12_STUDENT_NAME] = {.path = TEXT("cmi.core.student_name"), .source = SOURCE_LEARNER_NAME},
	[E12_LESSON_LOCATION] = {.path = TEXT("cmi.core.lesson_location"), .access = ACCESS_READ_WRITE,
		.spm = 255},
	[E12_CREDIT] = {.path = TEXT("cmi.core.credit"), .source = SOURCE_CREDIT},
	[E12_LESSON_STATUS] = {.path = TEXT("cmi.core.lesson_status"), .access = ACCESS_READ_WRITE,
		.type = TYPE_VOCABULARY, .words = TEXT(STATUS_WORDS), .source = SOURCE_LESSON_STATUS},
	[E12_ENTRY] = {.path = TEXT("cmi.core.entry"), .source = SOURCE_ENTRY},
	[E12_SCORE_CHILDREN] = {.path = TEXT("cmi.core.score._children"), .access = ACCESS_KEYWORD,
		.source = SOURCE_CONSTANT, .text = TEXT("raw,min,max")},
	[E12_SCORE_RAW] = {.path = TEXT("cmi.core.score.raw"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_DECIMAL, .low = 0, .high = 100},
	[E12_SCORE_MAX] = {.path = TEXT("cmi.core.score.max"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_DECIMAL, .low = 0, .high = 100},
	[E12_SCORE_MIN] = {.path = TEXT("cmi.core.score.min"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_DECIMAL, .low = 0, .high = 100},
	[E12_TOTAL_TIME] = {.path = TEXT("cmi.core.total_time"), .source = SOURCE_TOTAL_TIME},
	[E12_LESSON_MODE] = {.path = TEXT("cmi.core.lesson_mode"), .source = SOURCE_MODE},
	[E12_EXIT] = {.path = TEXT("cmi.core.exit"), .access = ACCESS_WRITE_ONLY, .type = TYPE_VOCABULARY,
		.words = TEXT("|time-out|suspend|logout")},
	[E12_SESSION_TIME] = {.path = TEXT("cmi.core.session_time"), .access = ACCESS_WRITE_ONLY,
		.type = TYPE_12_TIMESPAN},
	[E12_SUSPEND_DATA] = {.path = TEXT("cmi.suspend_data"), .access = ACCESS_READ_WRITE,
		.spm = 4096},
	[E12_LAUNCH_DATA] = {.path = TEXT("cmi.launch_data"), .source = SOURCE_LAUNCH_DATA},
	[E12_COMMENTS] = {.path = TEXT("cmi.comments"), .access = ACCESS_READ_WRITE, .spm = 4096},
	[E12_COMMENTS_FROM_LMS] = {.path = TEXT("cmi.comments_from_lms"), .source = SOURCE_CONSTANT},

	[E12_OBJECTIVES_CHILDREN] = {.path = TEXT("cmi.objectives._children"), .access = ACCESS_KEYWORD,
		.source = SOURCE_CONSTANT, .text = TEXT("id,score,status")},
	[E12_OBJECTIVES_COUNT] = {.path = TEXT("cmi.objectives._count"), .access = ACCESS_KEYWORD,
		.source = SOURCE_COUNT, .inner = COLLECTION_OBJECTIVES},
	[E12_OBJECTIVE_ID] = {.path = TEXT("cmi.objectives.n.id"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_IDENTIFIER, .outer = COLLECTION_OBJECTIVES, .spm = 255},
	[E12_OBJECTIVE_SCORE_CHILDREN] = {.path = TEXT("cmi.objectives.n.score._children"),
		.access = ACCESS_KEYWORD, .source = SOURCE_CONSTANT, .text = TEXT("raw,min,max"),
		.outer = COLLECTION_OBJECTIVES},
	[E12_OBJECTIVE_SCORE_RAW] = {.path = TEXT("cmi.objectives.n.score.raw"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_DECIMAL, .low = 0, .high = 100, .outer = COLLECTION_OBJECTIVES},
	[E12_OBJECTIVE_SCORE_MAX] = {.path = TEXT("cmi.objectives.n.score.max"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_DECIMAL, .low = 0, .high = 100, .outer = COLLECTION_OBJECTIVES},
	[E12_OBJECTIVE_SCORE_MIN] = {.path = TEXT("cmi.objectives.n.score.min"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_DECIMAL, .low = 0, .high = 100, .outer = COLLECTION_OBJECTIVES},
	[E12_OBJECTIVE_STATUS] = {.path = TEXT("cmi.objectives.n.status"), .access = ACCESS_READ_WRITE,
		.type = TYPE_VOCABULARY, .words = TEXT(STATUS_WORDS "|not attempted"),
		.outer = COLLECTION_OBJECTIVES},

	[E12_STUDENT_DATA_CHILDREN] = {.path = TEXT("cmi.student_data._children"), .access = ACCESS_KEYWORD,
		.source = SOURCE_CONSTANT, .text = TEXT("mastery_score,max_time_allowed,time_limit_action")},
	[E12_MASTERY_SCORE] = {.path = TEXT("cmi.student_data.mastery_score"),
		.source = SOURCE_MASTERY_SCORE},
	[E12_MAX_TIME_ALLOWED] = {.path = TEXT("cmi.student_data.max_time_allowed"),
		.source = SOURCE_MAX_TIME},
	[E12_TIME_LIMIT_ACTION] = {.path = TEXT("cmi.student_data.time_limit_action"),
		.source = SOURCE_TIME_LIMIT_ACTION},

	[E12_PREFERENCE_CHILDREN] = {.path = TEXT("cmi.student_preference._children"),
		.access = ACCESS_KEYWORD, .source = SOURCE_CONSTANT,
		.text = TEXT("audio,language,speed,text")},
	[E12_PREFERENCE_AUDIO] = {.path = TEXT("cmi.student_preference.audio"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_INTEGER, .low = -1, .high = 100, .has_default = true, .text = TEXT("0")},
	[E12_PREFERENCE_LANGUAGE] = {.path = TEXT("cmi.student_preference.language"),
		.access = ACCESS_READ_WRITE, .source = SOURCE_LANGUAGE, .spm = 255},
	[E12_PREFERENCE_SPEED] = {.path = TEXT("cmi.student_preference.speed"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_INTEGER, .low = -100, .high = 100, .has_default = true, .text = TEXT("0")},
	[E12_PREFERENCE_TEXT] = {.path = TEXT("cmi.student_preference.text"), .access = ACCESS_READ_WRITE,
		.type = TYPE_12_INTEGER, .low = -1, .high = 1, .has_default = true, .text = TEXT("0")},

	[E12_INTERACTIONS_CHILDREN] = {.path = TEXT("cmi.interactions._children"), .access = ACCESS_KEYWORD,
		.source = SOURCE_CONSTANT,
		.text = TEXT("id,objectives,time,type,correct_responses,weighting,student_response,"
			"result,latency")},
	[E12_INTERACTIONS_COUNT] = {.path = TEXT("cmi.interactions._count"), .access = ACCESS_KEYWORD,
		.source = SOURCE_COUNT, .inner = COLLECTION_INTERACTIONS},
	[E12_INTERACTION_ID] = {.path = TEXT("cmi.interactions.n.id"), .access = ACCESS_WRITE_ONLY,
		.type = TYPE_12_IDENTIFIER, .outer = COLLECTION_INTERACTIONS, .spm = 255},
	[E12_INTERACTION_OBJECTIVES_COUNT] = {.path = TEXT("cmi.interactions.n.objectives._count"),
		.access = ACCESS_KEYWORD, .source = SOURCE_COUNT, .outer = COLLECTION_INTERACTIONS,
		.inner = COLLECTION_INTERACTION_OBJECTIVES},
	[E12_INTERACTION_OBJECTIVE_ID] = {.path = TEXT("cmi.interactions.n.objectives.n.id"),
		.access = ACCESS_WRITE_ONLY, .type = TYPE_12_IDENTIFIER, .outer = COLLECTION_INTERACTIONS,
		.inner = COLLECTION_INTERACTION_OBJECTIVES, .spm = 255},
	[E12_INTERACTION_TIME] = {.path = TEXT("cmi.interactions.n.time"), .access = ACCESS_WRITE_ONLY,
		.type = TYPE_12_TIME, .outer = COLLECTION_INTERACTIONS},
	[E12_INTERACTION_TYPE] = {.path = TEXT("cmi.interactions.n.type"), .access = ACCESS_WRITE_ONLY,
		.type = TYPE_VOCABULARY,
		.words = TEXT("true-false|choice|fill-in|matching|performance|likert|sequencing|numeric"),
		.outer = COLLECTION_INTERACTIONS},
	[E12_CORRECT_RESPONSES_COUNT] = {.path = TEXT("cmi.interactions.n.correct_responses._count"),
		.access = ACCESS_KEYWORD, .source = SOURCE_COUNT, .outer = COLLECTION_INTERACTIONS,
		.inner = COLLECTION_CORRECT_RESPONSES},
	[E12_CORRECT_RESPONSE_PATTERN] = {.path = TEXT("cmi.interactions.n.correct_responses.n.pattern"),
		.access = ACCESS_WRITE_ONLY, .type = TYPE_12_PATTERN, .outer = COLLECTION_INTERACTIONS,
		.inner = COLLECTION_CORRECT_RESPONSES, .spm = 255},
	[E12_INTERACTION_WEIGHTING] = {.path = TEXT("cmi.interactions.n.weighting"),
		.access = ACCESS_WRITE_ONLY, .type = TYPE_12_NUMBER, .low = -1e15, .high = 1e15,
		.outer = COLLECTION_INTERACTIONS},
	[E12_STUDENT_RESPONSE] = {.path = TEXT("cmi.interactions.n.student_response"),
		.access = ACCESS_WRITE_ONLY, .type = TYPE_12_RESPONSE, .outer = COLLECTION_INTERACTIONS, .spm = 255},
	[E12_INTERACTION_RESULT] = {.path = TEXT("cmi.interactions.n.result"), .access = ACCESS_WRITE_ONLY,
		.type = TYPE_12_RESULT, .outer = COLLECTION_INTERACTIONS},
	[E12_INTERACTION_LATENCY] = {.path = TEXT("cmi.interactions.n.latency"), .access = ACCESS_WRITE_ONLY,
		.type = TYPE_12_TIMESPAN, .outer = COLLECTION_INTERACTIONS},
};

/* clang-format on */
_Static_assert(sizeof(elements) / sizeof(elements[0]) == E12_MAX, "a row for every number");

const struct model model_12 = {
	.elements = elements,
	.count = E12_MAX,
	.collections =
		{
			[COLLECTION_OBJECTIVES] = TEXT("cmi.objectives"),
			[COLLECTION_INTERACTIONS] = TEXT("cmi.interactions"),
			[COLLECTION_INTERACTION_OBJECTIVES] = TEXT("cmi.interactions.n.objectives"),
			[COLLECTION_CORRECT_RESPONSES] = TEXT("cmi.interactions.n.correct_responses"),
		},
};

#undef STATUS_WORDS
#undef TEXT
