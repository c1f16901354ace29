/*
 * A calibration: item parameters from recorded answers, and what adopting them would change.
 *
 * The report, as JSON:
 *
 *   {model, method, persons, answers, log_likelihood, iterations, converged, theta_sd, seconds,
 *    dropped: [{item, why}],               items left out: nobody, or everybody, right; too few answers; not joined
 *    items: [{item, a, b, c, se_a, se_b, answers, share, infit, outfit, misfit, old: {a, b, c}, linked: {a, b},
 *             displacement, drifted}],     linked: on the old scale; drifted: moved more than chance explains
 *    link: {items, slope, shift},          new = slope × old scale + shift taken out; null without old parameters
 *    people: {compared, changed, table: [[…]]},   levels before (rows) and after (columns), with the policy's cuts
 *    accuracy: {old, new}}                 expected of classifying with these items at those cuts (Rudner)
 */
#ifndef SERVER_CALIBRATION_CALIBRATION_H
#define SERVER_CALIBRATION_CALIBRATION_H

#include <jansson.h>

#include "assessment/measurement/calibrate.h"
#include "assessment/measurement/classify.h"
#include "assessment/faults.h"
#include "server/store/standards.h"
#include "server/store/store.h"

#define CALIBRATION_PERSONS_MAX 1000000u
#define CALIBRATION_ITEMS_MAX 1000u
#define CALIBRATION_ANSWERS_MIN 30u   /* an item with fewer is left out */
#define CALIBRATION_PERSONS_MIN 100u  /* fewer people calibrate nothing */
#define CALIBRATION_2PL_MIN 200u      /* slopes need more */
#define CALIBRATION_3PL_MIN 1000u     /* guessing needs more still, and priors even so */
#define CALIBRATION_DRIFT 0.5 /* logits, and beyond 2.58 standard errors */
#define CALIBRATION_MISFIT_LOW 0.7
#define CALIBRATION_MISFIT_HIGH 1.3

/* Answers with the names of the items. */
struct response_table {
	GPtrArray *items;  /* char *, owned */
	GByteArray *marks; /* int8_t, persons × items */
	guint persons;
};
void response_table_init(struct response_table *table);
void response_table_finish(struct response_table *table);

/* A CSV of persons × items: a header of item ids (a first column persona or person is passed over); 0, 1, or empty. */
bool responses_from_csv(struct response_table *table, const char *text, size_t len, struct faults *faults);
/* Each person's first placement drawn from the bank. */
void responses_from_placements(struct response_table *table, struct db *db, int64_t bank);

/* "rasch", "2pl", "3pl"; another name is Rasch. */
enum calibration_model calibration_model_parse(const char *name);

struct calibration_wish {
	enum calibration_model model;
	bool cml; /* Rasch only, complete answers only; else MML */
	guint threads;
	struct cuts cuts; /* of the adaptive policy in force; count 0: from the levels' shares */
};

/* Sets wish->cuts when placements are adaptive. */
void calibration_cuts_load(struct calibration_wish *wish, struct db *db);

/*
 * Calibrates and compares with the parameters in `bank` (JSON, may be NULL) under `levels` (struct level_row each, may
 * be NULL). NULL: faults by name. A new reference.
 */
json_t *calibration_run(const struct calibration_wish *wish, struct response_table *table, const char *bank,
	const GArray *levels, struct faults *faults);

#endif
