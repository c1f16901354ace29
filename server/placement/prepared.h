/*
 * What adaptive tests share: the bank and its pool, the policy and its plan, read once and kept while they are
 * in use. Constant, counted.
 */
#ifndef SERVER_PLACEMENT_PREPARED_H
#define SERVER_PLACEMENT_PREPARED_H

#include "assessment/bank/bank.h"
#include "assessment/placement/walk.h"
#include "server/store/store.h"

struct prepared {
	int64_t bank_id, policy_id;
	int64_t plan_id; /* 0: no plan was made, every item is free */
	struct bank *bank;
	struct pool *pool; /* the same items in the same order */
	struct adaptive policy;
	struct plan *plan;
	gint references;
};

struct prepared_cache;

struct prepared_cache *prepared_cache_create(void);
void prepared_cache_destroy(struct prepared_cache *cache);

/*
 * The means of this bank and policy; bank 0: the active one, policy 0: the one in force. NULL when there are
 * none, or they do not fit each other. prepared_release() it.
 */
struct prepared *prepared_get(struct prepared_cache *cache, struct db *db, int64_t bank, int64_t policy);
void prepared_release(struct prepared *prepared);

/* One simulation at a time: false when another is under way. */
bool prepared_simulation_begin(struct prepared_cache *cache);
void prepared_simulation_end(struct prepared_cache *cache);

/* Works out and stores the plan of the active bank under the policy in force, when it is missing. Seconds. */
enum plan_care {
	PLAN_CAREFUL,
	PLAN_QUICK, /* for demonstration data: a second, looser prices */
};
bool prepared_make_plan(
	struct store *store, struct prepared_cache *cache, enum plan_care care, struct problem *ret);

#endif
