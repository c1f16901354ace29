/*
 * Putting versions of courses into modules, checked: the same for the matrix, the course's page, the command
 * line. What it means for people: server/store/versions.h.
 */
#ifndef SERVER_LEARNING_PUBLISH_H
#define SERVER_LEARNING_PUBLISH_H

#include "server/problem.h"
#include "server/store/versions.h"

extern const struct problem_text publish_last_module;

/* Whether the change can be made: module, level and version are there, and nothing of it is retired. */
bool publish_check(struct db *db, const struct publish_change *change, struct problem *ret);

/* Before the work function: what can be done without holding up the writer, in bounded pieces (versions.h). */
bool publish_prepare(struct store *store, struct publish_change *change, struct problem *ret);

/*
 * In a work function: checks, publishes, writes the acts, or refuses. `people`: whom it touches, as counted before.
 * A change to what the module has already does nothing.
 */
bool publish_checked(struct db *db, const struct publish_change *change, enum publish_policy policy,
	int64_t people, int64_t by);

#endif
