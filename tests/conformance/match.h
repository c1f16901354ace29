/* What a trace accepts as an answer (FORMAT "Expected values"): equality, softened by "as". */
#ifndef TESTS_CONFORMANCE_MATCH_H
#define TESTS_CONFORMANCE_MATCH_H

#include <jansson.h>
#include <stdbool.h>

/* `expected` is a step's "returns" or "error"; `as` may be NULL; `truncate` 0: the value must be whole.
 * `learner` is the trace's head. */
bool match_answer(
	const json_t *expected, const char *got, const char *as, json_int_t truncate, const json_t *learner);

#endif
