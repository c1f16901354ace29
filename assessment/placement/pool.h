/*
 * A pool: the calibrated items that an adaptive test chooses from, with what choosing needs often worked out
 * once (the curves over a grid of theta, the information along the scale). Constant after pool_read().
 *
 * A bank's item (bank/bank.h) may say
 *
 *   "state": "draft" | "pilot" | "calibrated" | "retired"       without it: calibrated when it has parameters
 *   "parameters": {"model": "rasch"|"2pl"|"3pl"|"gpcm", "a": 1.1, "b": -0.4, "c": 0.2, "steps": [-1, 0.5],
 *                  "provenance": "..."}
 *
 * A CSV has a first row with the names of the columns: b, and if wanted id, area, model, a, c, steps (separated
 * by spaces), in any order; comma or semicolon (then a decimal comma is understood).
 */
#ifndef ASSESSMENT_POOL_H
#define ASSESSMENT_POOL_H

#include <glib.h>
#include "assessment/faults.h"
#include "assessment/measurement/irt.h"
#include "assessment/limits.h"

#define POOL_INFORMATION_POINTS 65u /* from -4 to 4 by 1/8 */

enum pool_state {
	POOL_DRAFT,
	POOL_PILOT,
	POOL_CALIBRATED,
	POOL_RETIRED,
	POOL_STATE_MAX,
};

struct pool_item {
	const char *id;
	guint area;
	guint difficulty; /* 1..5, as the author sees it; 0: not told */
	enum pool_state state;
	struct irt_item irt; /* only when has_parameters */
	bool has_parameters;
	const float *curves; /* categories × POOL_THETAS: the probability of each category; NULL without */
};

struct pool {
	guint count;
	guint calibrated; /* how many can be chosen */
	guint pilots;
	guint area_count;
	const struct pool_item *items;
	char **areas;             /* their ids */
	const float *thetas;      /* POOL_THETAS, the middle of each cell of the grid */
	const float *information; /* count × POOL_INFORMATION_POINTS, 0 for an item that cannot be chosen */
	/* private */
	GStringChunk *texts;
	GPtrArray *blocks;
};

/* Reads a bank's JSON or a CSV of parameters. NULL: `faults` says what, where and how to mend it. */
struct pool *pool_read(const char *text, size_t len, struct faults *faults);
void pool_destroy(struct pool *pool);

/* The item's place, or G_MAXUINT. */
guint pool_find(const struct pool *pool, const char *id);

const char *pool_state_name(enum pool_state state);

/* The grid: POOL_THETAS cells from -4 to 4. */
double pool_theta(guint cell);

#endif
