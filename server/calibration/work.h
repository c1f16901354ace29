/* A calibration under way. Included by calibration.c, report.c and people.c only. */
#ifndef SERVER_CALIBRATION_WORK_H
#define SERVER_CALIBRATION_WORK_H

#include "assessment/measurement/item_fit.h"
#include "server/calibration/calibration.h"

struct calibration_work {
	const struct calibration_wish *wish;
	struct response_table *table;
	json_t *dropped;
	GArray *kept; /* guint: columns of the table */
	int8_t *marks;
	struct answers answers; /* of the kept items, rows alike put together */
	struct answers_collapsed collapsed;
	struct calibrated_item *items;
	struct item_fit *fit;
	struct calibration result;
};

const char *calibration_model_name(enum calibration_model model);

/* The report of what was estimated, against the parameters in `bank` under `levels`; both may be NULL. A new reference. */
json_t *calibration_report_json(struct calibration_work *work, const char *bank, const GArray *levels);

/*
 * Adds to the report whom the items would place elsewhere, and how well they classify. `fresh`: the kept items on the old
 * scale; `old`: as they were, NULL when one of them had no parameters.
 */
void calibration_add_people(json_t *report, const struct calibration_work *work, const GArray *levels,
	const struct irt_item *old, const struct irt_item *fresh);

#endif
