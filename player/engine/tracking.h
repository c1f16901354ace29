/*
 * The tracking model (SN 4.2): what the sequencer knows about a learner's progress. One flat block per
 * attempt, without pointers inside, so that "may I?" copies it and runs the real processes on the copy.
 *
 * What never changes about a course (whose objective lies where, which global objective a map means) is
 * worked out once, in struct tracking_layout, and shared by the state and its copies.
 *
 * The run-time environment and the sequencer meet only here: tracking_values_of() when a SCO begins,
 * tracking_report() when it ends.
 */
#ifndef PLAYER_ENGINE_TRACKING_H
#define PLAYER_ENGINE_TRACKING_H

#include "player/engine/base.h"
#include "player/engine/course.h"
#include "player/engine/engine.h"

/* What is known of one objective, local or global (SN 4.2.1.1, TM.1.1), or of one attempt. A number counts only
 * where its has_ is true. */
struct objective_values {
	enum success_status success;       /* SUCCESS_UNKNOWN: no progress status */
	enum completion_status completion; /* COMPLETION_UNKNOWN: never set */
	bool has_measure, has_raw, has_min, has_max, has_progress;
	double measure;       /* normalized, -1..1 */
	double raw, min, max; /* score */
	double progress;      /* 0..1 */
};

/* TM.1.2: activity progress, attempt progress; AM.1.1: activity state. */
struct activity_state {
	uint32_t attempt_count; /* attempts on the activity; 0: not attempted */
	bool progress_known;    /* activity progress status */
	bool active;
	bool suspended;
	bool selected;   /* SR.1 has run once */
	bool randomized; /* SR.2 has run once */
	bool reported;   /* the content reported in this attempt; until then old values may count (SN 3.3) */
	uint32_t position;           /* among its siblings in their present order */
	uint32_t available_children; /* the first so many of the present order are available */
	enum completion_status completion; /* attempt completion status; UNKNOWN: not known */
	bool has_progress;
	double progress;             /* attempt completion amount, 0..1 */
	int64_t attempt_started_ms;  /* when the attempt was delivered first; 0 when none */
	int64_t absolute_ms;         /* activity absolute duration of ended attempts */
	int64_t attempt_cs;          /* attempt experienced duration, hundredths of a second */
	int64_t experienced_cs;      /* activity experienced duration, all attempts */
};

struct objective_state {
	struct objective_values is;
	bool stale; /* of an earlier attempt: counts only where "use current attempt" is false */
};

/* AM.1.2, and the rest that is one a course. */
struct global_state {
	uint32_t current;   /* current activity, or NO_INDEX */
	uint32_t suspended; /* suspended activity, or NO_INDEX */
	uint64_t random;    /* state of the generator for SR.1 and SR.2 */
	int64_t now;        /* of the request being processed, ms */
	bool begun;         /* the tree has been prepared by a first start */
};

/* Immutable; lies in memory that tracking_init() was given, shared by all copies. */
struct tracking_layout {
	const struct course *course;
	uint32_t *first_slot;   /* per activity: its first objective slot, always its primary objective */
	uint32_t *slot_count;   /* per activity: at least 1 */
	uint32_t *slot_objective; /* per slot: course objective, NO_INDEX for an implied primary */
	uint32_t *subtree_end;  /* per activity: the index after its last descendant */
	uint32_t *child_count;  /* per activity */
	uint32_t *first_place;  /* per activity: where its children stand in tracking.children */
	uint32_t *depth;        /* per activity; 0 for the root */
	uint32_t *map_global;   /* per course map: global objective, NO_INDEX when its target is empty */
	struct span *global_name; /* per global objective */
	uint32_t *bucket;       /* per course shared_data map: shared data bucket */
	struct span *bucket_name; /* per bucket */
	uint32_t slots, globals, buckets;
};

struct tracking {
	const struct tracking_layout *layout;
	struct global_state *global;
	struct activity_state *activities; /* per activity */
	struct objective_state *slots;     /* per slot */
	struct objective_values *globals;  /* per global objective */
	uint32_t *children;                /* activities, by parent, in their present order */
	void *block;                       /* the five above lie here */
	size_t block_size;
};

/* --- Setting up --- */

/* Bytes, at most, that tracking_layout_init() takes from its arena. */
size_t tracking_layout_size(const struct course *course);
/* False when the arena does not hold it. */
bool tracking_layout_init(struct tracking_layout *layout, const struct course *course, struct arena *arena);

size_t tracking_size(const struct tracking_layout *layout); /* of a block, a multiple of 16 */
/* Makes `block` (aligned to 16, tracking_size() bytes) a fresh, never attempted state. */
void tracking_init(struct tracking *tracking, const struct tracking_layout *layout, void *block, uint64_t seed);
/* Makes `block` a copy of the state. */
void tracking_copy(struct tracking *copy, void *block, const struct tracking *original);

/* A new attempt on the whole package, after one that was not suspended: global objectives and, for the caller,
 * shared data go when the package keeps them for itself (objectives_global_to_system false). Called by the
 * overall sequencing process at start. */
void tracking_forget_scoped(struct tracking *tracking);

/* --- For the run-time environment --- */

/* An activity's objectives are slots 0..tracking_objective_count()-1; 0 is the primary one, whose identifier may
 * be empty: then it has no row in cmi.objectives. */
uint32_t tracking_objective_count(const struct tracking *tracking, uint32_t activity);
struct span tracking_objective_id(const struct tracking *tracking, uint32_t activity, uint32_t objective);

/* What the SCO sees at Initialize of a new attempt: local values, or those of global objectives through read maps.
 * Of the primary objective `completion` and `progress` are the attempt's own. */
struct objective_values tracking_values_of(const struct tracking *tracking, uint32_t activity, uint32_t objective);

/* True: the delivery goes on with a suspended attempt (cmi.entry "resume", the run-time data of before). Valid from
 * the delivery on until the attempt ends. */
bool tracking_resumed(const struct tracking *tracking, uint32_t activity);

/* What a SCO says when it ends (SCORM 2004 RTE 4.2; SCORM 1.2 values already translated). */
struct runtime_report {
	/* cmi.success_status, cmi.score.*, cmi.completion_status, cmi.progress_measure, all before evaluation of
	 * thresholds: the tracking model evaluates them itself */
	struct objective_values own;
	/* per objective of the activity (slot order; [0] is the primary one's row, if it has an identifier) */
	const struct objective_values *objectives;
	const bool *objective_touched; /* the SCO set something of this row in this attempt */
	uint32_t objective_count;
	int64_t session_cs; /* cmi.session_time */
	bool suspend;       /* cmi.exit "suspend" (or 1.2 "suspend"): the attempt goes on next time */
};

/* Transfers to the tracking model and through the write maps. Called at Terminate, or when the SCO was taken away
 * without one; never for an activity that is not tracked. Rollup follows with the navigation request. */
void tracking_report(struct tracking *tracking, uint32_t activity, const struct runtime_report *report);

/* --- Global objectives across courses --- */

/* Sets what a learner's other courses left in a global objective of this name; false when this course knows none. */
bool tracking_adopt_global(struct tracking *tracking, struct span name, const struct objective_values *values);

/* --- Snapshot: endian-free, checked --- */

/* Writes the state; returns its size, which may exceed `room` (then nothing useful was written). */
size_t tracking_save(const struct tracking *tracking, void *buffer, size_t room);
/* False, and the state as before, when the bytes are damaged or of another course. */
bool tracking_load(struct tracking *tracking, struct span saved);

#endif
