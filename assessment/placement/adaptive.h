/*
 * The policy of an adaptive placement, as data: which items are chosen, how often an item may be seen, when the
 * test stops, and where the levels are. Checked whole when it is read, then constant; versions are kept
 * (server/store/adaptive.h) and a test keeps the one it began with.
 *
 *   {"format": "fad-adaptive-1", "name": "Collocazione FSE",
 *    "cuts": [-0.5, 0.7],                    on the theta scale, strictly increasing: one fewer than levels
 *    "prior": {"mean": 0, "sd": 1},          of the people
 *    "estimator": "eap",                     "ml", "map", "eap", "wl": of the theta that is reported
 *    "select": {"rule": "expected_gain",     or "information", "information_at_cuts", "mutual_information",
 *                                            "random"
 *               "among": 1,                  randomesque: one of so many of the best
 *               "progressive": false},       chance first, information later (Revuelta and Ponsoda 1998)
 *    "exposure": {"maximum": 0.25},          the largest share of people who may see an item; 1: no control
 *    "content": {"shares": {"area": 0.25}, "tolerance": 1},   items over an area's share; optional
 *    "stop": {"minimum": 4, "maximum": 20, "mean": 13,        "mean": what "gain" aims at
 *             "all": false,                  must all rules agree, or is one enough
 *             "rules": [{"rule": "gain"},    another item is worth less than it costs
 *                       {"rule": "se", "at": 0.3}, {"rule": "posterior", "at": 0.9},
 *                       {"rule": "sprt", "delta": 0.2, "alpha": 0.1, "beta": 0.1},
 *                       {"rule": "glr", "delta": 0.2, "alpha": 0.1, "beta": 0.1},
 *                       {"rule": "confidence", "at": 0.9}]},
 *    "pilots": 2,                            unscored items seeded into each test
 *    "gates": {"items": 3, "pass": 0.67}}    while the bank is not calibrated: so many items of a level in each
 *                                            area, and the next level for who answers this share of them
 */
#ifndef ASSESSMENT_ADAPTIVE_H
#define ASSESSMENT_ADAPTIVE_H

#include <jansson.h>
#include "assessment/measurement/classify.h"
#include "assessment/faults.h"
#include "assessment/limits.h"

enum select_rule {
	SELECT_INFORMATION,
	SELECT_INFORMATION_AT_CUTS,
	SELECT_MUTUAL_INFORMATION,
	SELECT_EXPECTED_GAIN,
	SELECT_RANDOM,
	SELECT_RULE_MAX,
};

enum stop_rule {
	STOP_NONE,    /* not over yet */
	STOP_MAXIMUM, /* the longest a test may be */
	STOP_NO_ITEMS,
	STOP_GAIN,
	STOP_SE,
	STOP_POSTERIOR,
	STOP_SPRT,
	STOP_GLR,
	STOP_CONFIDENCE,
	STOP_GATES, /* every area's gates are passed or shut */
	STOP_RULE_MAX,
};

struct stopping {
	enum stop_rule rule;
	double at; /* se: at most; posterior, confidence: at least */
	double delta, alpha, beta;
};

struct content_share {
	char area[BANK_ID_MAX + 1];
	double share; /* 0..1; they sum up to 1 */
};

struct adaptive {
	char name[BANK_NAME_MAX + 1];
	struct cuts cuts;
	double prior_mean, prior_sd;
	enum theta_estimator estimator;
	enum select_rule select;
	guint among;
	bool progressive;
	double exposure; /* 0..1 */
	guint share_count;
	struct content_share shares[BANK_AREAS_MAX];
	double share_tolerance; /* items */
	guint minimum, maximum;
	double mean; /* wanted length, for STOP_GAIN */
	bool all;
	guint rule_count;
	struct stopping rules[ADAPTIVE_RULES_MAX];
	guint pilots;
	guint gate_items;
	double gate_pass;
};

/* Reads and checks; on a fault `faults` has them all and `ret` is untouched. */
bool adaptive_read(struct adaptive *ret, json_t *json, struct faults *faults);
/* A new reference; reads back the same. */
json_t *adaptive_json(const struct adaptive *policy);

const char *stop_rule_name(enum stop_rule rule);

#endif
