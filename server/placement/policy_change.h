/* Changing the policy: refused when it is not sound, or when no test could be drawn any more. */
#ifndef SERVER_PLACEMENT_POLICY_CHANGE_H
#define SERVER_PLACEMENT_POLICY_CHANGE_H

#include "server/store/placement.h"

/* False: `faults` has the faults of the input, or ret_problem that of the data base. */
bool policy_change(
	struct store *store, json_t *json, int64_t by, struct faults *faults, struct problem *ret_problem);

#endif
