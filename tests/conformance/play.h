/* Plays one trace (FORMAT.md) at a desk and judges every step. */
#ifndef TESTS_CONFORMANCE_PLAY_H
#define TESTS_CONFORMANCE_PLAY_H

#include <jansson.h>

#include "tests/conformance/desk.h"

struct verdict {
	unsigned differences; /* steps that came out otherwise */
	bool told;            /* print them; false for a case that is only played before another */
};

/* `folder` holds the manifests. Play stops where the rest makes no sense: another activity, or none. */
void play_trace(struct desk *desk, const char *folder, const json_t *trace, struct verdict *verdict);

#endif
