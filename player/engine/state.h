/*
 * What is inside struct engine, for the engine's own files. The state of an attempt (what a snapshot
 * holds) is struct attempt, the SCOs' states, the tracking model and the store of values; all else
 * follows from the image or lives only between two calls.
 */
#ifndef PLAYER_ENGINE_STATE_H
#define PLAYER_ENGINE_STATE_H

#include "player/engine/engine.h"
#include "player/engine/model/errors.h"
#include "player/engine/model/model.h"
#include "player/engine/model/times.h"
#include "player/engine/tracking/tracking.h"
#include "player/engine/model/values.h"

/* Of the delivered activity's API instance. Numbers are part of the snapshot format. */
enum sco_phase {
	PHASE_NONE,     /* nothing is delivered */
	PHASE_LAUNCHED, /* delivered; Initialize not called yet, and never by an asset */
	PHASE_RUNNING,  /* between Initialize and Terminate */
	PHASE_TERMINATED,
	PHASE_GONE, /* its window went away */
};

/* cmi.core.lesson_status. Numbers are part of the snapshot format. */
enum lesson_status {
	LESSON_NOT_ATTEMPTED,
	LESSON_INCOMPLETE,
	LESSON_COMPLETED,
	LESSON_PASSED,
	LESSON_FAILED,
	LESSON_BROWSED,
};

/* One a course activity; what the engine itself has to write when a SCO ends, so that it never lacks
 * memory. */
struct sco_state {
	bool launched;                    /* delivered at least once */
	bool suspended;                   /* goes on next time: cmi.entry "resume" */
	bool resumed;                     /* the present launch goes on with an earlier one */
	bool status_set;                  /* 1.2: the SCO set lesson_status since Initialize */
	enum lesson_status status;        /* 1.2 */
	enum lesson_status status_before; /* 1.2: at Initialize; what browse and review go back to */
	int64_t total_cs;                 /* cmi.total_time; of the attempt in 2004 */
};

/* The best that a course claimed so far: a relaunch takes nothing away. */
struct course_claim {
	bool completed;
	enum success_status success;
	bool has_score, has_progress;
	double score, progress;
};

struct attempt {
	bool session_open;
	enum session_mode mode;
	bool credit, mastery_override;
	enum status_rule status_rule;
	uint64_t seed;
	uint32_t current; /* delivered activity, NO_INDEX when none */
	uint32_t last;    /* 1.2: delivered before the session ended, for resume; NO_INDEX when none */
	enum sco_phase phase;
	enum navigation_request pending;
	uint32_t pending_target;
	int64_t session_cs; /* sum of all SCOs' session times */
	int64_t active_ms;
	uint64_t last_sequence;
	struct course_claim claim;
};

struct journal_buffer {
	unsigned char *at;
	size_t used, room;
};

/* The longest value beyond its SPM, or of a _count the most members. */
struct overlong_mark {
	uint32_t length, permitted; /* 0: none */
};

struct engine {
	struct course course;
	uint64_t image_hash;
	struct model_index index;
	struct tracking_layout layout;
	struct tracking tracking;
	void *trial_block;      /* tracking_size(): a copy to try things on */
	void *contents_block;   /* sequencing_contents_scratch() */
	struct sco_state *scos; /* per activity */
	struct objective_report
		*reports; /* work space of sco_report(): as many as an activity has objectives */
	struct values values;
	struct attempt attempt;
	struct journal_buffer journal;

	struct overlong_mark overlong[MODEL_ROWS]; /* by element; follows from values and calls */
	int64_t launched_at; /* when the current activity was delivered; 0 after a restore, which does not know */

	/* Between two calls only */
	bool replaying; /* records go to nobody; what they would have said is kept for comparison */
	uint32_t replayed_error, replayed_delivered;
	uint16_t last_error;
	char diagnostic_place[120]; /* element of the last error */
	uint32_t diagnostic_length;
	char answer[256];
};

static inline bool is_12(const struct engine *engine)
{
	return engine->course.edition == SCORM_12;
}

static inline struct sco_state *current_sco(struct engine *engine)
{
	return &engine->scos[engine->attempt.current];
}

/* --- sco.c: a SCO begins and ends --- */

/* What one objective's row of cmi.objectives takes at most at Initialize, beside its identifier. */
#define OBJECTIVE_ROW_VALUES 9u
#define OBJECTIVE_ROW_BYTES 256u

/* The activity is delivered: the API instance is fresh, and so are its data unless it goes on. */
void sco_launch(struct engine *engine, uint32_t activity);
/* Initialize: run-time data are filled from the tracking model. False when they do not fit. */
bool sco_initialize(struct engine *engine);
/* Terminate, or its window went away without (`terminated` false): data reach the tracking model. */
void sco_end(struct engine *engine, bool terminated);
/* What the SCO would report now, applied to `tracking`. */
void sco_report(const struct engine *engine, struct tracking *tracking, bool terminated);
int64_t sco_session_time(const struct engine *engine, uint32_t activity);
/* SCORM 2004: the completion and success status with thresholds applied. */
enum completion_status sco_completion(const struct engine *engine, uint32_t activity);
enum success_status sco_success(const struct engine *engine, uint32_t activity);

struct span sco_value(
	const struct engine *engine, uint32_t activity, uint32_t element); /* empty when not set */
bool sco_number(const struct engine *engine, uint32_t activity, uint32_t element, double *ret);
uint32_t collection_count(
	const struct engine *engine, uint32_t activity, enum collection collection, uint32_t n);

extern const struct span completion_words[], success_words[], lesson_words[];
enum completion_status completion_of_word(struct span word);
enum success_status success_of_word(struct span word);

/* --- model/overlong.c: values beyond their SPM --- */

void overlong_note(struct engine *engine, value_key key, struct span value);
void overlong_note_members(struct engine *engine, enum collection collection, uint32_t count);
/* After a restore: from the values that stand there. */
void overlong_recount(struct engine *engine);

/* --- course_12.c: SCORM 1.2 has no sequencing; the engine's own rules --- */

void navigate_12(struct engine *engine, enum navigation_request request, uint32_t target,
	struct navigation_outcome *ret);
bool allows_12(const struct engine *engine, enum navigation_request request, uint32_t target);
uint32_t contents_12(const struct engine *engine, struct activity_view *rows, uint32_t room);
struct course_claim claim_12(const struct engine *engine);
enum completion_status lesson_completion(enum lesson_status status);
enum success_status lesson_success(enum lesson_status status);

/* --- prerequisites.c --- */

/* SCORM 1.2 prerequisites (aicc_script): may this activity be chosen? An unreadable script forbids
 * nothing. */
bool prerequisites_met(const struct engine *engine, uint32_t activity);

/* --- claim.c: what the course as a whole amounts to --- */

/* Takes into the attempt's claim what stands now, or would if the course were left now. */
void claim_update(struct engine *engine, int64_t now);

/* --- record/journal.c --- */

struct journal_record;
bool journal_has_room(const struct engine *engine, size_t argument_bytes);
/* The room has been made sure of. Gives the record its sequence number. */
void journal_append(struct engine *engine, struct journal_record *record);

/* --- session.c --- */

/* The window went away under a SCO that was not through. */
void take_away(struct engine *engine);
void leave_nothing_delivered(struct engine *engine);
/* What the content asked for at its end where that ends its activity otherwise than an exit does: it is not through, or
 * wants to leave no result. NAVIGATION_NONE: nothing of the kind. */
enum navigation_request wish_to_stop(const struct engine *engine);

/* --- navigation.c --- */

/* Would it be accepted, were the SCO taken away now? */
bool request_allowed(struct engine *engine, int64_t now, enum navigation_request request, uint32_t target);
/* A copy of the tracking model as it would be, were the SCO taken away now, with or without a Terminate
 * of its own; lies in the trial block. */
struct tracking tracking_on_trial(const struct engine *engine, bool terminated);

#endif
