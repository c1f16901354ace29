/*
 * The policy of the placement: how many items, who may try again and when, the levels. Data, as JSON:
 *
 *   {"items_per_area": 3, "retakes": 1, "retake_after_days": 30,
 *    "levels": [{"id": "base", "name_it": "Base", "name_en": "Basic", "cut": 0}, ...]}
 */
#ifndef ASSESSMENT_POLICY_H
#define ASSESSMENT_POLICY_H

#include <jansson.h>
#include "assessment/placement/levels.h"

struct policy {
	guint items_per_area;
	guint retakes; /* how often one may try again after the first time; 0: never */
	guint retake_after_days;
	guint level_count;
	struct level levels[LEVELS_MAX];
	GStringChunk *texts; /* private: owns the levels' strings */
};

#define POLICY_RETAKES_MAX 100u
#define POLICY_DAYS_MAX 3650u

/* Base from 0, intermedio from half, avanzato from 80 %; three items an area; one retake after 30 days. */
void policy_init_default(struct policy *policy);

/* Reads and checks; on a fault nothing is left to finish and `faults` has them all. */
bool policy_init_json(struct policy *policy, json_t *json, struct faults *faults);

/* A new reference. */
json_t *policy_json(const struct policy *policy);

void policy_finish(struct policy *policy);

#endif
