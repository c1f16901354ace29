/*
 * A placement under way, item by item: an adaptive session with pilot items seeded into it, or, while the bank
 * has no calibration, gates: in each area a few items of the lowest level, and those of the next level only for
 * who answered enough of them. The same means and answers give the same walk: a record can be run again.
 */
#ifndef ASSESSMENT_WALK_H
#define ASSESSMENT_WALK_H

#include "assessment/placement/session.h"

#define WALK_ITEMS_MAX 120u

enum walk_method {
	WALK_ADAPTIVE,
	WALK_GATED,
};

/* What a walk needs; all borrowed. */
struct walk_means {
	enum walk_method method;
	const struct pool *pool;
	const struct adaptive *policy;
	const struct plan *plan;
	guint64 seed;
	const guint *excluded; /* places in the pool, asked only when nothing else is left */
	guint excluded_count;
};

struct walk {
	struct walk_means means;
	struct session session; /* adaptive only */
	guint count;            /* answers, pilots too */
	guint items[WALK_ITEMS_MAX];
	guint categories[WALK_ITEMS_MAX];
	bool pilots[WALK_ITEMS_MAX];
	/* gates: where one is */
	guint area, level, asked, right;
	guint reached[BANK_AREAS_MAX]; /* the level of each area */
};

/* Which method fits: adaptive when enough items are calibrated for tests of this length. */
enum walk_method walk_method_for(const struct pool *pool, const struct adaptive *policy);

void walk_init(struct walk *walk, const struct walk_means *means);
void walk_finish(struct walk *walk);

/* The next item, SESSION_NO_ITEM at the end (ret_why says why); ret_pilot: it will not count. */
guint walk_next(struct walk *walk, bool *ret_pilot, enum stop_rule *ret_why);
void walk_answer(struct walk *walk, guint item, bool pilot, guint category);

/* An answer of a record: as walk_next() and walk_answer(), without choosing the item anew. */
void walk_again(struct walk *walk, guint item, bool pilot, guint category);

/* The level so far and its probability (gates: negative, they tell none). */
guint walk_level(const struct walk *walk, double *ret_probability);

/* The longest that a test can be: "at most so many questions". */
guint walk_longest(const struct walk_means *means);

#endif
