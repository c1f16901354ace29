/*
 * One learner at one LMS: opens packages, calls the engine, and writes down every call with its answer, so
 * that engine.wasm can be asked the same (wasm.mjs). Global objectives and shared data go from package to
 * package.
 */
#ifndef TESTS_CONFORMANCE_DESK_H
#define TESTS_CONFORMANCE_DESK_H

#include <stdbool.h>
#include <stdio.h>

#include "player/engine/engine.h"

struct desk;
struct attempt; /* one package in the learner's hands */

/* `transcript` may be NULL; it stays the caller's. */
struct desk *desk_create(FILE *transcript, const char *learner_id, const char *learner_name);
void desk_destroy(struct desk *desk);

/* The learner's attempt on this organization of a manifest, opened at first use. NULL: it cannot be read; the
 * reason is in `why` (caller frees with g_free). */
struct attempt *desk_attempt(struct desk *desk, const char *manifest, const char *organization, char **why);

const struct course *attempt_course(const struct attempt *attempt);
uint32_t attempt_activity(const struct attempt *attempt, const char *identifier); /* NO_INDEX: none */

/* Calls of engine.h on this attempt. */
struct navigation_outcome attempt_begin(
	struct attempt *attempt, enum navigation_request request, uint32_t target);
struct navigation_outcome attempt_navigate(
	struct attempt *attempt, enum navigation_request request, uint32_t target);
enum navigation_request attempt_pending(struct attempt *attempt);
struct navigation_outcome attempt_navigate_pending(struct attempt *attempt);
/* The answer is the caller's to g_free(). */
char *attempt_api(struct attempt *attempt, enum api_function function, const char *first, const char *second);
bool attempt_may(struct attempt *attempt, enum navigation_request request, uint32_t target);
/* False when the activity has no row. */
bool attempt_row(struct attempt *attempt, uint32_t activity, struct activity_view *ret);

#endif
