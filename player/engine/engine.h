/*
 * The engine: everything that decides about SCORM. Portable C17 without I/O, clock, randomness or
 * globals; time and seed come in with each call. The browser and the server run this same code: the
 * browser answers the course from memory, the server replays the journal it is sent.
 *
 * Every call that changes state appends a record to the journal. A journal replayed on the same course
 * image gives the same state, byte for byte in its snapshot, natively and in WebAssembly.
 *
 * All strings are UTF-8. All times are milliseconds since 1970-01-01T00:00Z.
 */
#ifndef PLAYER_ENGINE_ENGINE_H
#define PLAYER_ENGINE_ENGINE_H

#include "player/engine/base.h"
#include "player/engine/course/course.h"

struct engine; /* lies wholly inside the memory given to engine_open() */

enum engine_result {
	ENGINE_OK,
	ENGINE_NO_MEMORY,    /* the memory given does not hold it; the state is as before the call */
	ENGINE_BAD_IMAGE,    /* the course image is damaged or of an unknown version */
	ENGINE_BAD_SNAPSHOT, /* the snapshot is damaged, or belongs to another course image */
	ENGINE_BAD_RECORD,   /* a journal record is damaged */
	ENGINE_SEQUENCE_GAP, /* a journal record is missing before this one */
	ENGINE_DISAGREES,    /* a replayed call gave another error code than it recorded */
};

/* cmi.mode / cmi.core.lesson_mode */
enum session_mode {
	MODE_NORMAL,
	MODE_BROWSE,
	MODE_REVIEW,
};

/* NB.2.1 and OP.1: navigation requests. */
enum navigation_request {
	NAVIGATION_NONE,
	NAVIGATION_START,
	NAVIGATION_RESUME_ALL,
	NAVIGATION_CONTINUE,
	NAVIGATION_PREVIOUS,
	NAVIGATION_CHOICE, /* with a target */
	NAVIGATION_JUMP,   /* with a target; 4th Edition */
	NAVIGATION_EXIT,
	NAVIGATION_EXIT_ALL,
	NAVIGATION_ABANDON,
	NAVIGATION_ABANDON_ALL,
	NAVIGATION_SUSPEND_ALL,
};

enum api_function {
	API_INITIALIZE, /* LMSInitialize in SCORM 1.2, and so on */
	API_TERMINATE,
	API_GET_VALUE,
	API_SET_VALUE,
	API_COMMIT,
	API_GET_LAST_ERROR,
	API_GET_ERROR_STRING,
	API_GET_DIAGNOSTIC,
};

enum completion_status {
	COMPLETION_UNKNOWN,
	COMPLETION_NOT_ATTEMPTED,
	COMPLETION_INCOMPLETE,
	COMPLETION_COMPLETED,
};

enum success_status {
	SUCCESS_UNKNOWN,
	SUCCESS_PASSED,
	SUCCESS_FAILED,
};

/*
 * SCORM 1.2: how a course's own status follows from the statuses of its SCOs (a course setting). The rule says
 * which of the launchable items decide. An asset counts like a SCO: seen is completed.
 *   ALL      all decide. Completed when each is completed or passed; failed as soon as one is failed; passed
 *            when completed and at least one is passed.
 *   ANY      one is enough. Completed when at least one is completed or passed; passed when at least one is
 *            passed; failed when at least one is failed while none is completed or passed.
 *   LAST     the last SCO in the course's order decides alone: completed when it is completed or passed, passed
 *            or failed when it is. (The last asset, in a course without SCOs.)
 *   MASTERY  those decide whose item has a mastery score, as under ALL; without any such item, as under ALL.
 * Success is unknown in all other cases, and a failed SCO is not completed: it is to be taken again. The score is
 * the mean of the deciding items that have one; under ANY the best. Progress is the share of all launchable
 * items that are completed or passed, and whole once the course is completed. What a course once claimed stays,
 * also when its rule changes. Numbers are part of the formats.
 */
enum status_rule {
	STATUS_RULE_ALL,
	STATUS_RULE_ANY,
	STATUS_RULE_LAST,
	STATUS_RULE_MASTERY,
};

/* What the learner's session starts with; recorded in the journal, so that a replay needs no more. */
struct session_params {
	struct span learner_id;
	struct span learner_name; /* "Rossi, Maria" */
	struct span language;     /* learner_preference.language, may be empty */
	enum session_mode mode;
	bool credit;
	bool mastery_override; /* SCORM 1.2: the mastery score decides passed/failed (a course setting) */
	enum status_rule status_rule; /* SCORM 1.2 */
	uint64_t seed;                /* of randomisation and selection */
};

/* What a navigation came to. */
struct navigation_outcome {
	bool accepted;
	uint32_t delivered; /* activity to launch now, NO_INDEX when none */
	bool session_ended; /* the whole activity tree is inactive */
	uint16_t exception; /* enum exception_code, sequencing/sequencing.h; 0 when accepted */
};

/* What a course's attempt amounts to, as far as the course itself claims. */
struct engine_summary {
	enum completion_status completion;
	enum success_status success;
	bool has_score;
	double score_scaled; /* -1..1 */
	bool has_progress;
	double progress_measure; /* 0..1 */
	int64_t session_time_cs; /* sum of what SCOs reported, hundredths of a second */
	int64_t active_ms;       /* sum of engine_presence(): visible and active, by the player's clock */
	uint64_t last_sequence;  /* of the newest journal record; 0 before the first */
	uint32_t activities, activities_completed; /* leaves */
	bool session_open;
	bool at_work; /* an activity is delivered whose window, as far as is known, has not gone away */
};

/* A row of the table of contents. */
struct activity_view {
	uint32_t activity;
	bool visible;    /* shown in the table of contents */
	bool selectable; /* choosing it now would deliver something */
	bool current;
	enum completion_status completion;
	enum success_status success;
};

/* How much memory engine_open() should be given for this course image; 0 when the image is bad. */
size_t engine_memory_for(struct span course_image);

/* Opens a fresh attempt on a course image. `memory` (aligned to 16) and the image stay the caller's and must
 * outlive the engine. Untouched `ret` on failure. */
enum engine_result engine_open(void *memory, size_t size, struct span course_image, struct engine **ret);

const struct course *engine_course(const struct engine *engine);

/* --- What changes state: each is one journal record --- */

/* The learner opens the course (again). Ends an unfinished former session as if its window had been
 * closed. */
enum engine_result engine_begin_session(
	struct engine *engine, int64_t now, const struct session_params *params);

/* The learner's own navigation. Takes a running SCO away first (see engine_unloaded()). `target` is an
 * activity index, or NO_INDEX where the request has none. A refused request is no error: see the outcome.
 * As in OP.1 the activity may have ended before its request is refused: whoever offers a request to a learner
 * asks engine_may_navigate() first. */
enum engine_result engine_navigate(struct engine *engine, int64_t now, enum navigation_request request,
	uint32_t target, struct navigation_outcome *ret);

/* The content's wish (adl.nav.request, cmi.exit) after Terminate; NAVIGATION_NONE when it has none. */
enum navigation_request engine_pending_navigation(const struct engine *engine);
/* Processes that wish. */
enum engine_result engine_navigate_pending(
	struct engine *engine, int64_t now, struct navigation_outcome *ret);

/* The SCO's window went away: what it set is kept even though it never said Terminate. */
enum engine_result engine_unloaded(struct engine *engine, int64_t now);

/* The player page was visible and the learner active for `active_ms` since the last such record. */
enum engine_result engine_presence(struct engine *engine, int64_t now, uint32_t active_ms);

/* A call of the SCO's API instance. The answer never fails: without memory it is "false" with a general
 * error. The returned string belongs to the engine and lives until the next call of any function. */
struct span engine_api(struct engine *engine, int64_t now, enum api_function function, struct span first,
	struct span second);

/* What the learner's other courses left in global objectives and shared data (engine_globals()); what
 * this course does not know, or keeps for itself, is passed over. Between engine_begin_session() and the
 * first navigation. */
enum engine_result engine_adopt_globals(struct engine *engine, int64_t now, struct span globals);

/* --- What only asks --- */

/* Writes the global objectives and shared data that outlive this course, in the format of record/snapshot.h;
 * returns the size, which may exceed `room` (then nothing useful was written). */
size_t engine_globals(const struct engine *engine, void *buffer, size_t room);

/* Would this request be accepted now? Runs the real processes on a copy of the tracking state. */
bool engine_may_navigate(
	struct engine *engine, int64_t now, enum navigation_request request, uint32_t target);
/* And what would it come to? An accepted Continue may deliver nothing and end the session. */
void engine_foresee(struct engine *engine, int64_t now, enum navigation_request request, uint32_t target,
	struct navigation_outcome *ret);
uint32_t engine_current_activity(const struct engine *engine); /* NO_INDEX when none is delivered */

/*
 * max_time_allowed and time_limit_action (SCORM 1.2 RTE 3.4.4; SCORM 2004 RTE 4.2.12, 4.2.24): what the player
 * has to do now about the delivered activity. Its time is what it reported in earlier sessions and what has passed
 * since it was delivered. Nothing in browse and review, and once it has ended.
 */
enum overtime {
	OVERTIME_TELL = 1,  /* tell the learner that the time is over */
	OVERTIME_LEAVE = 2, /* take the activity away, as NAVIGATION_EXIT does */
};
uint32_t engine_overtime(const struct engine *engine, int64_t now); /* or-ed; 0: nothing */

/* An element that the content set longer than the specification's smallest permitted maximum. */
struct overlong_element {
	struct span element; /* its path, with "n" for indices */
	uint32_t length;     /* characters of the longest, or of its longest part; of a _count, members */
	uint32_t permitted;  /* the SPM */
};
/* Fills at most `room` rows; returns how many there are. Counts what was set since the engine was opened
 * or restored, and what a restored snapshot holds. The values are kept whole. */
uint32_t engine_overlong(const struct engine *engine, struct overlong_element *rows, uint32_t room);
/* Fills at most `room` rows in the order shown; returns how many there are. */
uint32_t engine_table_of_contents(
	struct engine *engine, int64_t now, struct activity_view *rows, uint32_t room);
void engine_summarise(const struct engine *engine, struct engine_summary *ret);

/* --- Journal and snapshot (formats: record/journal.h, record/snapshot.h) --- */

/* Records made since the last engine_journal_taken(), encoded; borrowed until the next changing call. */
struct span engine_journal(const struct engine *engine);
void engine_journal_taken(struct engine *engine, uint64_t up_to_sequence);

/* Applies encoded records. Records that the state already holds are skipped: sending twice counts once.
 * Stops at the first bad one; what came before it stays applied. `ret_applied` may be NULL. */
enum engine_result engine_replay(struct engine *engine, struct span records, uint32_t *ret_applied);

/* Writes the whole state; returns its size, which may exceed `room` (then nothing useful was written). */
size_t engine_snapshot(const struct engine *engine, void *buffer, size_t room);
/* Replaces the state by a snapshot. The state is as before on failure. */
enum engine_result engine_restore(struct engine *engine, struct span snapshot);

#endif
