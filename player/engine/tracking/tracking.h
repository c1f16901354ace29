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
#include "player/engine/bytes.h"
#include "player/engine/course/course.h"
#include "player/engine/engine.h"

/* What is known of one objective, local or global (TM.1.1). A number counts only where its has_ is true. The
 * completion and progress of an activity's attempt (TM.1.2.2) are those of its primary objective. */
struct objective_values {
	enum success_status success;       /* SUCCESS_UNKNOWN: no progress status */
	enum completion_status completion; /* COMPLETION_UNKNOWN: not known */
	bool has_measure, has_raw, has_min, has_max, has_progress;
	double measure;       /* normalized, -1..1 */
	double raw, min, max; /* score */
	double progress;      /* 0..1 */
};

/* TM.1.2.1 and AM.1.1, with the present attempt's marks. */
struct activity_state {
	uint32_t attempt_count;      /* 0: not attempted; stays 0 where the activity is not tracked */
	uint32_t position;           /* among its siblings in their present order */
	uint32_t available_children; /* the first so many of the present order are available */
	bool active;
	bool suspended;
	bool resumed;          /* the present attempt goes on after a suspension */
	bool selected;         /* SR.1 has run */
	bool randomized;       /* SR.2 has run */
	bool stale_objectives; /* its parent began a new attempt since: does not count in rollup */
	bool stale_progress;
	bool success_set;         /* the content set success status in this attempt, even to unknown */
	bool completion_set;      /* the same of completion status */
	int64_t attempt_began_ms; /* first delivery of the attempt; 0: none */
	int64_t attempt_ended_ms; /* 0: it goes on */
	int64_t attempt_cs;     /* experienced duration of the attempt, as reported: hundredths of a second */
	int64_t experienced_cs; /* the same, all attempts */
};

/* AM.1.2, and the rest that is one a course. */
struct global_state {
	uint32_t current;   /* current activity, or NO_INDEX */
	uint32_t suspended; /* suspended activity, or NO_INDEX */
	uint64_t random;    /* state of the generator of SR.1 and SR.2 */
	int64_t now;        /* of the request being processed, ms */
};

/* Immutable; lies in the arena that tracking_layout_init() was given, shared by all copies. */
struct tracking_layout {
	const struct course *course;
	uint32_t *first_slot;     /* per activity: its first objective slot, always its primary objective */
	uint32_t *slot_count;     /* per activity: at least 1 */
	uint32_t *slot_objective; /* per slot: course objective, NO_INDEX for an implied primary */
	uint32_t *slot_activity;  /* per slot */
	uint32_t *subtree_end;    /* per activity: the index after its last descendant */
	uint32_t *child_count;    /* per activity */
	uint32_t *first_place;    /* per activity: where its children stand in tracking.children */
	uint32_t *depth;          /* per activity; 0 for the root */
	uint32_t *map_global;     /* per course map: its global objective */
	struct span *global_name; /* per global objective */
	uint32_t *first_reader;   /* per global objective, and one more: into reader */
	uint32_t *reader;         /* activities whose primary objective reads it */
	uint32_t *bucket;         /* per course shared_data map: its shared data bucket */
	struct span *bucket_name; /* per bucket */
	uint32_t slots, globals, buckets, deepest;
	bool stops_forward; /* some rule of the course stops forward traversal */
};

/* How far forward choice leads among the siblings of an activity, worked out for a state that many choices look at
 * (the table of contents). */
struct forward_reach {
	uint32_t from;     /* the activity */
	uint32_t farthest; /* the position of the last sibling that nothing stops */
};

struct tracking {
	const struct tracking_layout *layout;
	const struct forward_reach *reach; /* NULL: not worked out; never part of a copy */
	/* All of it lies in the block: */
	struct global_state *global;
	struct activity_state *activities; /* per activity */
	struct objective_values *slots;    /* per slot */
	struct objective_values *globals;  /* per global objective */
	uint32_t *children;                /* activities, by parent, in their present order */
	unsigned char *marks;              /* per activity: work space of rollup, no state */
	void *block;
	size_t block_size;
};

/* --- Setting up --- */

/* Bytes, at most, that tracking_layout_init() takes from its arena. */
size_t tracking_layout_size(const struct course *course);
/* False when the arena does not hold it. */
bool tracking_layout_init(struct tracking_layout *layout, const struct course *course, struct arena *arena);

size_t tracking_size(const struct tracking_layout *layout); /* of a block, a multiple of 16 */
/* Makes `block` (aligned to 16, tracking_size() bytes) a fresh, never attempted state. */
void tracking_init(
	struct tracking *tracking, const struct tracking_layout *layout, void *block, uint64_t seed);
/* Makes `block` a copy of the state. */
void tracking_copy(struct tracking *copy, void *block, const struct tracking *original);

/* --- The activity tree as it stands now: only available children (AM.1.1) --- */

uint32_t tracking_child(const struct tracking *tracking, uint32_t parent, uint32_t position);
uint32_t tracking_next_sibling(const struct tracking *tracking, uint32_t activity); /* NO_INDEX: none */
uint32_t tracking_previous_sibling(const struct tracking *tracking, uint32_t activity);
bool tracking_has_children(const struct tracking *tracking, uint32_t activity);
bool tracking_available(const struct tracking *tracking, uint32_t activity); /* it and all its ancestors */
bool tracking_contains(const struct tracking *tracking, uint32_t ancestor, uint32_t activity); /* or equal */

/* --- For the run-time environment --- */

/* An activity's objectives are 0..tracking_objective_count()-1; 0 is the primary one, whose identifier may be
 * empty: then it has no row in cmi.objectives. */
uint32_t tracking_objective_count(const struct tracking *tracking, uint32_t activity);
struct span tracking_objective_id(const struct tracking *tracking, uint32_t activity, uint32_t objective);

/* What the SCO finds in cmi.objectives at Initialize: local values, or those of global objectives through
 * read maps. */
struct objective_values tracking_values_of(
	const struct tracking *tracking, uint32_t activity, uint32_t objective);

/* True: the delivery goes on with a suspended attempt (cmi.entry "resume", the run-time data of before).
 * Holds from the delivery on until the next one of the activity. */
bool tracking_resumed(const struct tracking *tracking, uint32_t activity);

/* Which of a row's status elements the SCO has set in this attempt, even to unknown. */
enum reported_set {
	REPORTED_SUCCESS = 1 << 0,
	REPORTED_COMPLETION = 1 << 1,
};

struct objective_report {
	struct objective_values values;
	uint32_t set; /* enum reported_set, or-ed */
};

/* What a SCO says when it ends (SCORM 2004; SCORM 1.2 values already translated). */
struct runtime_report {
	/* cmi.success_status, cmi.score.*, cmi.completion_status, cmi.progress_measure, as GetValue would
	 * give them after the evaluation of thresholds */
	struct objective_report own;
	/* cmi.objectives, in the order of the activity's objectives; [0] is not read when the primary one has
	 * no identifier */
	const struct objective_report *objectives;
	uint32_t objective_count;
	int64_t session_cs; /* cmi.session_time */
	bool suspend;       /* cmi.exit "suspend": the attempt goes on next time */
};

/* Transfers to the tracking model and through the write maps. Called at Terminate, or when the SCO was taken
 * away without one. Rollup follows with the navigation request. */
void tracking_report(struct tracking *tracking, uint32_t activity, const struct runtime_report *report);

/* The attempt's own results, for the summary and the table of contents: completion by threshold, success by
 * measure, global objectives through read maps. */
struct objective_values tracking_results(const struct tracking *tracking, uint32_t activity);

/* --- Global objectives across courses --- */

/* Sets what a learner's other courses left in a global objective of this name; false when this course knows
 * none. */
bool tracking_adopt_global(
	struct tracking *tracking, struct span name, const struct objective_values *values);

/* --- Snapshot --- */

void tracking_save(const struct tracking *tracking, struct byte_writer *writer);
/* False, and the state undefined, when the bytes are damaged or of another course: read into a fresh
 * block. */
bool tracking_load(struct tracking *tracking, struct byte_reader *reader);
void objective_values_save(const struct objective_values *values, struct byte_writer *writer);
struct objective_values objective_values_load(struct byte_reader *reader);

#endif
