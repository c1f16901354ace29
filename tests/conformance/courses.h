/*
 * Courses made in memory for the tests of sequencing: by hand, activity by activity, or at random from a
 * seed.
 */
#ifndef TESTS_CONFORMANCE_COURSES_H
#define TESTS_CONFORMANCE_COURSES_H

#include <glib.h>

#include "player/engine/sequencing/sequencing.h"

struct maker {
	GArray *activities, *rules, *rollup_rules, *conditions, *objectives, *maps;
	struct course course;
	GPtrArray *names; /* identifiers, freed with the maker */
};

struct maker *maker_create(enum scorm_edition edition);
void maker_destroy(struct maker *maker);

/* Activities must be added in document order. The pointer is valid until the next one is added. */
uint32_t maker_add(struct maker *maker, uint32_t parent);
struct activity *maker_activity(struct maker *maker, uint32_t activity);
/* Rules of an activity must be added one after the other, before those of the next. `objective` may be
 * NULL. */
void maker_rule(struct maker *maker, uint32_t activity, enum rule_kind kind, enum rule_action action,
	enum condition_kind condition, bool negated);
void maker_rollup_rule(struct maker *maker, uint32_t activity, enum rollup_action action,
	enum child_activity_set set, double minimum, enum condition_kind condition, bool negated);
/* An objective of the activity; the first one is primary. The pointer is valid until the next one is
 * added. */
struct objective *maker_objective(struct maker *maker, uint32_t activity);
/* A map of the activity's last objective. */
struct objective_map *maker_map(struct maker *maker, uint32_t activity, const char *target);

const struct course *maker_course(struct maker *maker); /* owned by the maker */

/* At most `most` activities with random modes, limits, rules, objectives and maps. */
struct maker *maker_random(GRand *random, uint32_t most);

/* A tracking state with all its memory. */
struct bench {
	struct tracking_layout layout;
	struct tracking tracking;
	void *scratch; /* as large as the state */
	void *arena_block;
	void *block;
};

void bench_open(struct bench *bench, const struct course *course, uint64_t seed);
void bench_close(struct bench *bench);
/* The state as bytes. */
GByteArray *bench_save(const struct bench *bench);

/* Runs one request at a moment that goes on by a second each time. */
struct navigation_outcome bench_go(struct bench *bench, enum navigation_request request, uint32_t target);
/* The running SCO reports; unknown and 2 (has no measure) leave out. */
void bench_report(struct bench *bench, enum completion_status completion, enum success_status success,
	double measure, bool suspend);

#endif
