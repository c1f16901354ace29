/* A placement test as its operator sees it: never a key, and the result only when it is over. */
#ifndef SERVER_PLACEMENT_VIEW_H
#define SERVER_PLACEMENT_VIEW_H

#include "assessment/form/form.h"
#include "server/store/placement.h"

/* The view of the API; `answers` are struct placement_answer. A new reference. */
json_t *placement_view(const struct placement *placement, const struct form *form, const GArray *answers);

/* [true, false, ...]: which positions have an answer. A new reference. */
json_t *placement_answered(const GArray *answers);

/* The result of a test that is over, marked again from what is stored: the same form gives the same marks. */
json_t *placement_result(const struct form *form, const GArray *answers);

#endif
