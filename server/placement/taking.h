/* The placement test of who asks, as its routes need it. Included by take_routes.c and taking.c only. */
#ifndef SERVER_PLACEMENT_TAKING_H
#define SERVER_PLACEMENT_TAKING_H

#include "assessment/form/form.h"
#include "server/http/request.h"
#include "server/placement/prepared.h"
#include "server/store/adaptive.h"
#include "server/store/placement.h"

/* The newest test of who asks, with its form and answers. */
struct placement_taking {
	struct placement placement;
	struct form *form;
	GArray *answers;
	/* when its items hang on the answers: */
	bool is_sequential;
	struct adaptive_test test;
	GArray *steps;
	struct prepared *prepared;
};

/* Answers 404 or 500 itself and gives false when there is none. */
bool placement_taking_load(struct request *request, struct reply *reply, struct placement_taking *ret);
void placement_taking_finish(struct placement_taking *taking);

/* What the API shows; new references. */
json_t *placement_taking_view(const struct placement_taking *taking);
json_t *placement_item_json(const struct placement_taking *taking, guint position);

#endif
