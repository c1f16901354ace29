/* Begins a test: draws it and freezes it. */
#ifndef SERVER_PLACEMENT_START_H
#define SERVER_PLACEMENT_START_H

#include "server/placement/prepared.h"
#include "server/placement/rules.h"

/*
 * Makes a new test for the person, or leaves the one that is open. However many ask at once, one test comes
 * to be. It is adaptive when the policy in force is (`cache` NULL: never). False: `ret` says why (not allowed now, no bank).
 */
bool placement_start(struct store *store, struct prepared_cache *cache, int64_t person, struct problem *ret);

#endif
