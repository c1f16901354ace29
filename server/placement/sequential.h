/*
 * Tests whose next item depends on the answers (adaptive, gated): beginning one, and going on. The form grows by
 * an item at a time; what was confirmed is not changed any more, because the items after it hang on it.
 */
#ifndef SERVER_PLACEMENT_SEQUENTIAL_H
#define SERVER_PLACEMENT_SEQUENTIAL_H

#include "assessment/form/form.h"
#include "server/placement/prepared.h"
#include "server/store/adaptive.h"
#include "server/store/placement.h"

/* A first item, drawn and waiting to be stored with the placement. */
struct sequential {
	struct prepared *prepared;
	struct adaptive_test test;
	guint item;
	bool pilot;
};

/*
 * When placements are adaptive: draws the first item into placement->form (and sets placement->bank). False, and
 * nothing to finish, when they are not. `seen`: ids of items in earlier tests.
 */
bool sequential_begin(struct prepared_cache *cache, struct db *db, struct placement *placement, GHashTable *seen,
	struct sequential *ret);
/* In the work function that inserted the placement. */
void sequential_insert(struct db *db, struct sequential *sequential, const struct placement *placement);
void sequential_finish(struct sequential *sequential);

enum advance {
	ADVANCE_DONE,  /* confirmed; the next item is there, or the test is over */
	ADVANCE_AGAIN, /* it was confirmed before: nothing changed */
	ADVANCE_STALE, /* the answer was changed elsewhere since this revision */
	ADVANCE_EMPTY, /* there is no answer, and it was not said to go on without */
	ADVANCE_OTHER, /* no such position, or no test of this kind */
};

struct advancing {
	int64_t person;
	int64_t placement; /* the test that is meant */
	guint position;
	int64_t revision;
	bool skip; /* go on without an answer: it counts as wrong */
	struct prepared *prepared;
	enum advance ret;
};

/* A work function: confirms the last answer and chooses the next item in the same transaction. `data`: advancing. */
bool sequential_advance(struct db *db, void *data);

/* Can the answer at this position still be changed? */
bool sequential_is_open_at(const GArray *steps, guint position);

/* The walk of a test from its record; answers not confirmed yet are left out. False: it does not fit the means. */
struct record {
	struct prepared *prepared; /* borrowed */
	GArray *excluded;          /* guint; owned */
	struct walk walk;
};
bool record_begin(struct record *record, struct prepared *prepared, const struct adaptive_test *test);
void record_finish(struct record *record);

/* The result of a test that is over: level, probability, areas. `prepared` may be NULL. A new reference. */
json_t *sequential_result(const struct placement *placement, const struct form *form, const struct adaptive_test *test,
	const GArray *steps, const struct prepared *prepared);

/* The category an answer reaches. */
guint sequential_category(const struct form *form, guint position, const struct placement_answer *answer);

#endif
