/*
 * A course as the engine sees it: one organization's activity tree with its launch data and
 * sequencing rules, immutable for the life of an attempt. packages/manifest/manifest.c fills it from
 * imsmanifest.xml; image.h writes it as a course image and opens such an image again, natively and
 * in the browser.
 *
 * Activities stand in document order (pre-order): activity 0 is the organization (the root), a
 * parent comes before its children. All indices are into the arrays of struct course.
 */
#ifndef PLAYER_ENGINE_COURSE_H
#define PLAYER_ENGINE_COURSE_H

#include "player/engine/base.h"

#define NO_INDEX UINT32_MAX

enum scorm_edition {
	SCORM_12,
	SCORM_2004_2ND, /* "CAM 1.3" */
	SCORM_2004_3RD,
	SCORM_2004_4TH,
};

enum resource_kind {
	RESOURCE_NONE, /* a cluster */
	RESOURCE_ASSET,
	RESOURCE_SCO,
};

enum time_limit_action {
	TIME_LIMIT_CONTINUE_NO_MESSAGE, /* the default, RTE 4.2.24 */
	TIME_LIMIT_CONTINUE_MESSAGE,
	TIME_LIMIT_EXIT_NO_MESSAGE,
	TIME_LIMIT_EXIT_MESSAGE,
};

/* SN 3.2, table 3.2a: whose conditions a rule belongs to. */
enum rule_kind {
	RULE_PRE,
	RULE_POST,
	RULE_EXIT,
};

/* SN 3.2, sequencing rule conditions; those a rollup rule may use are marked R. */
enum condition_kind {
	CONDITION_SATISFIED,                  /* R */
	CONDITION_OBJECTIVE_STATUS_KNOWN,     /* R */
	CONDITION_OBJECTIVE_MEASURE_KNOWN,    /* R */
	CONDITION_OBJECTIVE_MEASURE_GREATER,
	CONDITION_OBJECTIVE_MEASURE_LESS,
	CONDITION_COMPLETED,                  /* R */
	CONDITION_ACTIVITY_PROGRESS_KNOWN,    /* R */
	CONDITION_ATTEMPTED,                  /* R */
	CONDITION_ATTEMPT_LIMIT_EXCEEDED,     /* R */
	CONDITION_TIME_LIMIT_EXCEEDED,        /* R */
	CONDITION_OUTSIDE_AVAILABLE_TIME,     /* R */
	CONDITION_ALWAYS,
	CONDITION_NEVER,                      /* R: "never" as written by some tools */
};

enum condition_combination {
	COMBINE_ALL, /* default of sequencing rules */
	COMBINE_ANY, /* default of rollup rules */
};

enum rule_action {
	ACTION_SKIP,
	ACTION_DISABLED,
	ACTION_HIDDEN_FROM_CHOICE,
	ACTION_STOP_FORWARD_TRAVERSAL,
	ACTION_EXIT_PARENT,
	ACTION_EXIT_ALL,
	ACTION_RETRY,
	ACTION_RETRY_ALL,
	ACTION_CONTINUE,
	ACTION_PREVIOUS,
	ACTION_EXIT,
};

enum rollup_action {
	ROLLUP_SATISFIED,
	ROLLUP_NOT_SATISFIED,
	ROLLUP_COMPLETED,
	ROLLUP_INCOMPLETE,
};

enum child_activity_set {
	CHILDREN_ALL,
	CHILDREN_ANY,
	CHILDREN_NONE,
	CHILDREN_AT_LEAST_COUNT,
	CHILDREN_AT_LEAST_PERCENT,
};

/* adlseq:rollupConsiderations, SN 3.7 */
enum rollup_consideration {
	CONSIDER_ALWAYS,
	CONSIDER_IF_ATTEMPTED,
	CONSIDER_IF_NOT_SUSPENDED,
	CONSIDER_IF_NOT_SKIPPED,
};

/* SN 3.12 and 3.13: when children are selected or shuffled. */
enum child_timing {
	TIMING_NEVER,
	TIMING_ONCE,
	TIMING_ON_EACH_NEW_ATTEMPT,
};

struct condition {
	enum condition_kind kind;
	bool negated;             /* operator="not" */
	double measure_threshold; /* -1..1 */
	struct span objective;    /* referencedObjective; empty = the primary objective */
};

struct sequencing_rule {
	enum rule_kind kind;
	enum rule_action action;
	enum condition_combination combination;
	uint32_t first_condition, condition_count; /* into conditions */
};

struct rollup_rule {
	enum rollup_action action;
	enum child_activity_set child_set;
	enum condition_combination combination;
	uint32_t minimum_count;
	double minimum_percent; /* 0..1 */
	uint32_t first_condition, condition_count;
};

/* imsss:mapInfo and adlseq:mapInfo of one objective to one global objective. */
struct objective_map {
	struct span target; /* targetObjectiveID */
	bool read_satisfied_status, read_normalized_measure;
	bool write_satisfied_status, write_normalized_measure;
	bool read_raw_score, read_min_score, read_max_score;
	bool read_completion_status, read_progress_measure;
	bool write_raw_score, write_min_score, write_max_score;
	bool write_completion_status, write_progress_measure;
};

struct objective {
	struct span id; /* may be empty for the primary one */
	bool primary;   /* contributes to rollup */
	bool satisfied_by_measure;
	double minimum_normalized_measure; /* default 1.0 */
	uint32_t first_map, map_count;     /* into maps */
};

/* adlcp:data/adlcp:map: a bucket that the activity shares (4th Edition). */
struct shared_data_map {
	struct span target;
	bool read, write; /* readSharedData, writeSharedData; default true */
};

struct control_mode {
	bool choice;                        /* default true */
	bool choice_exit;                   /* default true */
	bool flow;                          /* default false */
	bool forward_only;                  /* default false */
	bool use_current_attempt_objective; /* default true */
	bool use_current_attempt_progress;  /* default true */
};

/* adlnav:hideLMSUI, one bit a device. */
enum hide_lms_ui {
	HIDE_PREVIOUS = 1 << 0,
	HIDE_CONTINUE = 1 << 1,
	HIDE_EXIT = 1 << 2,
	HIDE_EXIT_ALL = 1 << 3,
	HIDE_ABANDON = 1 << 4,
	HIDE_ABANDON_ALL = 1 << 5,
	HIDE_SUSPEND_ALL = 1 << 6,
};

struct activity {
	struct span identifier; /* item@identifier, trimmed, case kept */
	struct span title;
	uint32_t parent;      /* NO_INDEX for the root */
	uint32_t first_child; /* NO_INDEX for a leaf */
	uint32_t next_sibling;
	bool visible; /* isvisible */

	enum resource_kind resource;
	struct span resource_identifier;
	struct span href; /* below the package's root: xml:base and parameters already applied */

	/* Launch data of the run-time environment */
	struct span data_from_lms;
	struct span prerequisites;           /* SCORM 1.2, aicc_script */
	bool has_mastery_score;              /* SCORM 1.2 */
	double mastery_score;                /* 0..100 */
	bool has_max_time;                   /* 1.2 maxtimeallowed; 2004 attemptAbsoluteDurationLimit */
	int64_t max_time_cs;                 /* hundredths of a second */
	enum time_limit_action time_limit_action;
	bool completed_by_measure;           /* adlcp:completionThreshold */
	double min_progress_measure;         /* default 1.0 */
	double progress_weight;              /* default 1.0 */

	/* Sequencing definition model, SN 3 */
	struct control_mode control;
	bool prevent_activation;             /* adlseq:constrainedChoiceConsiderations */
	bool constrain_choice;
	bool has_attempt_limit;
	uint32_t attempt_limit;
	bool has_experienced_duration_limit; /* activityExperienced…, attemptExperienced…: kept, cs */
	int64_t experienced_duration_limit_cs;
	enum rollup_consideration required_for_satisfied;
	enum rollup_consideration required_for_not_satisfied;
	enum rollup_consideration required_for_completed;
	enum rollup_consideration required_for_incomplete;
	bool measure_satisfaction_if_active; /* default true */
	bool rollup_objective_satisfied;     /* default true */
	bool rollup_progress_completion;     /* default true */
	double objective_measure_weight;     /* default 1.0 */
	enum child_timing selection_timing;
	bool has_selection_count;
	uint32_t selection_count;
	enum child_timing randomization_timing;
	bool reorder_children;
	bool tracked;                        /* default true */
	bool completion_set_by_content;      /* default false */
	bool objective_set_by_content;       /* default false */

	uint32_t first_rule, rule_count;
	uint32_t first_rollup_rule, rollup_rule_count;
	uint32_t first_objective, objective_count; /* the primary one first, when there is one */
	uint32_t first_shared_data, shared_data_count;
	uint32_t hide_lms_ui; /* enum hide_lms_ui, or-ed */
};

struct course {
	enum scorm_edition edition;
	struct span identifier; /* manifest@identifier */
	struct span organization;
	struct span title;
	bool objectives_global_to_system;  /* adlseq, default true */
	bool shared_data_global_to_system; /* adlcp, default true */

	const struct activity *activities;
	uint32_t activity_count;
	const struct sequencing_rule *rules;
	uint32_t rule_count;
	const struct rollup_rule *rollup_rules;
	uint32_t rollup_rule_count;
	const struct condition *conditions;
	uint32_t condition_count;
	const struct objective *objectives;
	uint32_t objective_count;
	const struct objective_map *maps;
	uint32_t map_count;
	const struct shared_data_map *shared_data;
	uint32_t shared_data_count;
};

/* Sets every member to the default that the specification gives an item without any sequencing. */
void activity_set_defaults(struct activity *activity);

/* The activity of this identifier, NO_INDEX when there is none. */
uint32_t course_find(const struct course *course, struct span identifier);

#endif
