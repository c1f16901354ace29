/*
 * The data models as tables, and the one interpreter that walks them: SCORM 1.2 (RTE 3.4) in elements_12.c,
 * SCORM 2004 (RTE 4, SN 5 for adl.nav) in elements_2004.c. A row says what an element is; the interpreter
 * knows what follows.
 *
 * A row's number is part of the snapshot format: rows are never reordered or removed, only added at the end.
 */
#ifndef PLAYER_ENGINE_MODEL_H
#define PLAYER_ENGINE_MODEL_H

#include "player/engine/course/course.h"
#include "player/engine/model/types.h"

struct engine;

enum element_access {
	ACCESS_READ_ONLY,
	ACCESS_READ_WRITE,
	ACCESS_WRITE_ONLY,
	ACCESS_KEYWORD, /* _children, _count, _version: read only with an error code of its own in 1.2 */
};

enum collection {
	COLLECTION_NONE,
	COLLECTION_OBJECTIVES,
	COLLECTION_INTERACTIONS,
	COLLECTION_INTERACTION_OBJECTIVES, /* inside a member of COLLECTION_INTERACTIONS */
	COLLECTION_CORRECT_RESPONSES,      /* the same */
	COLLECTION_COMMENTS,               /* from the learner */
	COLLECTION_LMS_COMMENTS,
	COLLECTION_DATA, /* adl.data */
	COLLECTION_MAX,
};

/* Where a value comes from when it is asked for. */
enum element_source {
	SOURCE_STORE,    /* what was set, or the default */
	SOURCE_CONSTANT, /* the default */
	SOURCE_COUNT,    /* of the row's collection */
	SOURCE_LEARNER_ID,
	SOURCE_LEARNER_NAME,
	SOURCE_LANGUAGE, /* what was set, or the learner's language */
	SOURCE_CREDIT,
	SOURCE_MODE,
	SOURCE_ENTRY,
	SOURCE_LAUNCH_DATA,
	SOURCE_TOTAL_TIME,
	SOURCE_MAX_TIME,
	SOURCE_TIME_LIMIT_ACTION,
	SOURCE_MASTERY_SCORE,
	SOURCE_LESSON_STATUS, /* 1.2 */
	SOURCE_COMPLETION,    /* evaluated against the threshold */
	SOURCE_SUCCESS,       /* evaluated against the passing score */
	SOURCE_COMPLETION_THRESHOLD,
	SOURCE_PASSING_SCORE,
	SOURCE_REQUEST_VALID,
	SOURCE_REQUEST_VALID_TARGET, /* with {target=…} behind the path */
	SOURCE_BUCKET_ID,
	SOURCE_BUCKET_STORE,
};

/* What must have been set before (error 408). */
enum element_dependency {
	NEEDS_NOTHING,
	NEEDS_ID,   /* the member's id */
	NEEDS_TYPE, /* the interaction's id and type */
};

enum element_uniqueness {
	UNIQUE_NOT,
	UNIQUE_ONCE,    /* unique in its collection, and never changed: cmi.objectives.n.id */
	UNIQUE_MEMBER,  /* unique in its collection */
	UNIQUE_PATTERN, /* unique for types whose patterns are a set */
};

struct element {
	struct span path; /* with "n" for an index; empty rows are unused numbers */
	enum element_access access;
	enum value_type type;
	enum element_source source;
	enum scorm_edition since;
	enum collection outer, inner; /* the collections whose indices the path has */
	enum element_dependency needs;
	enum element_uniqueness unique;
	bool has_default;
	struct span text;  /* the default or constant */
	struct span words; /* of TYPE_VOCABULARY */
	double low, high;  /* of numbers */
	uint32_t spm;      /* smallest permitted maximum in characters; 0: none, or one of its parts */
};

struct model {
	const struct element *elements;
	uint32_t count;
	struct span collections[COLLECTION_MAX]; /* the paths that end in a collection */
};

/* The rows that the engine itself knows by name. Row 0 is unused in both. */
enum element_12 {
	E12_VERSION = 1,
	E12_CORE_CHILDREN,
	E12_STUDENT_ID,
	E12_STUDENT_NAME,
	E12_LESSON_LOCATION,
	E12_CREDIT,
	E12_LESSON_STATUS,
	E12_ENTRY,
	E12_SCORE_CHILDREN,
	E12_SCORE_RAW,
	E12_SCORE_MAX,
	E12_SCORE_MIN,
	E12_TOTAL_TIME,
	E12_LESSON_MODE,
	E12_EXIT,
	E12_SESSION_TIME,
	E12_SUSPEND_DATA,
	E12_LAUNCH_DATA,
	E12_COMMENTS,
	E12_COMMENTS_FROM_LMS,
	E12_OBJECTIVES_CHILDREN,
	E12_OBJECTIVES_COUNT,
	E12_OBJECTIVE_ID,
	E12_OBJECTIVE_SCORE_CHILDREN,
	E12_OBJECTIVE_SCORE_RAW,
	E12_OBJECTIVE_SCORE_MAX,
	E12_OBJECTIVE_SCORE_MIN,
	E12_OBJECTIVE_STATUS,
	E12_STUDENT_DATA_CHILDREN,
	E12_MASTERY_SCORE,
	E12_MAX_TIME_ALLOWED,
	E12_TIME_LIMIT_ACTION,
	E12_PREFERENCE_CHILDREN,
	E12_PREFERENCE_AUDIO,
	E12_PREFERENCE_LANGUAGE,
	E12_PREFERENCE_SPEED,
	E12_PREFERENCE_TEXT,
	E12_INTERACTIONS_CHILDREN,
	E12_INTERACTIONS_COUNT,
	E12_INTERACTION_ID,
	E12_INTERACTION_OBJECTIVES_COUNT,
	E12_INTERACTION_OBJECTIVE_ID,
	E12_INTERACTION_TIME,
	E12_INTERACTION_TYPE,
	E12_CORRECT_RESPONSES_COUNT,
	E12_CORRECT_RESPONSE_PATTERN,
	E12_INTERACTION_WEIGHTING,
	E12_STUDENT_RESPONSE,
	E12_INTERACTION_RESULT,
	E12_INTERACTION_LATENCY,
	E12_MAX,
};

enum element_2004 {
	E_VERSION = 1,
	E_COMMENTS_CHILDREN,
	E_COMMENTS_COUNT,
	E_COMMENT,
	E_COMMENT_LOCATION,
	E_COMMENT_TIMESTAMP,
	E_LMS_COMMENTS_CHILDREN,
	E_LMS_COMMENTS_COUNT,
	E_LMS_COMMENT,
	E_LMS_COMMENT_LOCATION,
	E_LMS_COMMENT_TIMESTAMP,
	E_COMPLETION_STATUS,
	E_COMPLETION_THRESHOLD,
	E_CREDIT,
	E_ENTRY,
	E_EXIT,
	E_INTERACTIONS_CHILDREN,
	E_INTERACTIONS_COUNT,
	E_INTERACTION_ID,
	E_INTERACTION_TYPE,
	E_INTERACTION_OBJECTIVES_COUNT,
	E_INTERACTION_OBJECTIVE_ID,
	E_INTERACTION_TIMESTAMP,
	E_CORRECT_RESPONSES_COUNT,
	E_CORRECT_RESPONSE_PATTERN,
	E_INTERACTION_WEIGHTING,
	E_LEARNER_RESPONSE,
	E_INTERACTION_RESULT,
	E_INTERACTION_LATENCY,
	E_INTERACTION_DESCRIPTION,
	E_LAUNCH_DATA,
	E_LEARNER_ID,
	E_LEARNER_NAME,
	E_PREFERENCE_CHILDREN,
	E_PREFERENCE_AUDIO_LEVEL,
	E_PREFERENCE_LANGUAGE,
	E_PREFERENCE_DELIVERY_SPEED,
	E_PREFERENCE_AUDIO_CAPTIONING,
	E_LOCATION,
	E_MAX_TIME_ALLOWED,
	E_MODE,
	E_OBJECTIVES_CHILDREN,
	E_OBJECTIVES_COUNT,
	E_OBJECTIVE_ID,
	E_OBJECTIVE_SCORE_CHILDREN,
	E_OBJECTIVE_SCORE_SCALED,
	E_OBJECTIVE_SCORE_RAW,
	E_OBJECTIVE_SCORE_MIN,
	E_OBJECTIVE_SCORE_MAX,
	E_OBJECTIVE_SUCCESS_STATUS,
	E_OBJECTIVE_COMPLETION_STATUS,
	E_OBJECTIVE_PROGRESS_MEASURE,
	E_OBJECTIVE_DESCRIPTION,
	E_PROGRESS_MEASURE,
	E_SCALED_PASSING_SCORE,
	E_SCORE_CHILDREN,
	E_SCORE_SCALED,
	E_SCORE_RAW,
	E_SCORE_MIN,
	E_SCORE_MAX,
	E_SESSION_TIME,
	E_SUCCESS_STATUS,
	E_SUSPEND_DATA,
	E_TIME_LIMIT_ACTION,
	E_TOTAL_TIME,
	E_NAV_REQUEST,
	E_NAV_VALID_CONTINUE,
	E_NAV_VALID_PREVIOUS,
	E_NAV_VALID_CHOICE,
	E_NAV_VALID_JUMP,
	E_NAV_VALID_EXIT,
	E_NAV_VALID_EXIT_ALL,
	E_NAV_VALID_ABANDON,
	E_NAV_VALID_ABANDON_ALL,
	E_NAV_VALID_SUSPEND_ALL,
	E_DATA_CHILDREN,
	E_DATA_COUNT,
	E_DATA_ID,
	E_DATA_STORE,
	E_OBJECTIVES_CHILDREN_2ND, /* 2nd Edition's text */
	E_MAX,
};

/* Rows of the store beside the models' own: the session's texts and counts, keyed like elements. */
#define STORED_LEARNER_ID 240u
#define STORED_LEARNER_NAME 241u
#define STORED_LANGUAGE 242u
#define STORED_BUCKET 243u
#define STORED_TOUCHED 244u     /* cmi.objectives.n: the SCO set something of this row */
#define STORED_COUNT_FIRST 200u /* + enum collection */

#define MODEL_ROWS 128u /* more than either model has */

extern const struct model model_12, model_2004;

/* Where an element's path leads. */
struct element_place {
	const struct element *element;
	uint32_t number;    /* of its row */
	uint32_t n, m;      /* indices, 0 when the path has none */
	struct span target; /* of SOURCE_REQUEST_VALID_TARGET */
};

enum path_verdict {
	PATH_FOUND,
	PATH_UNKNOWN,     /* no such element */
	PATH_CATEGORY,    /* it has children, and no value of its own */
	PATH_NO_CHILDREN, /* _children of something without */
	PATH_NO_COUNT,    /* _count of something that is no collection */
	PATH_NO_VERSION,  /* _version of anything but cmi */
};

/* An index over a model's paths, made once an engine. */
struct model_index {
	const struct model *model;
	enum scorm_edition edition;
	uint8_t slots[256]; /* row number by the path's hash, 0 = free */
};

void model_index_init(struct model_index *index, enum scorm_edition edition);
enum path_verdict model_find(const struct model_index *index, struct span path, struct element_place *ret);

/* The interpreter. Errors are the API's codes of the course's edition (errors.h). */
uint16_t model_get(struct engine *engine, int64_t now, struct span path, struct span *ret);
uint16_t model_set(struct engine *engine, struct span path, struct span value);

#endif
