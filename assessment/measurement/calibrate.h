/*
 * Item parameters from recorded answers: marginal maximum likelihood by EM (Bock and Aitkin 1981) for the
 * Rasch model and the 2PL, with priors for the 3PL, and conditional maximum likelihood for the Rasch model.
 */
#ifndef ASSESSMENT_CALIBRATE_H
#define ASSESSMENT_CALIBRATE_H

#include <stdbool.h>
#include <stdint.h>

#define ANSWER_MISSING (-1)

/* Answers as a table: one row a person (or a pattern of answers with its count), one column an item. All borrowed. */
struct answers {
	const int8_t *marks;   /* persons × items, 0 wrong, 1 right, ANSWER_MISSING */
	const double *weights; /* how many people a row stands for; NULL = one each */
	uint32_t persons;
	uint32_t items;
};

enum calibration_model {
	CALIBRATION_RASCH, /* a = 1, the spread of theta is estimated */
	CALIBRATION_2PL,   /* theta ~ N(0,1) */
	/*
	 * theta ~ N(0,1). Answers alone say little about guessing: log a ~ N(0, 0.5²), as in BILOG, and logit c ~ N(logit 0.2,
	 * 0.55²), about what its Beta(5, 17) says. An item that few guessed at keeps c near 0.2.
	 */
	CALIBRATION_3PL,
};

struct calibration_settings {
	enum calibration_model model;
	double minimum, maximum; /* of theta */
	uint32_t points;         /* of the quadrature */
	uint32_t iterations_max;
	double tolerance; /* EM ends when no parameter moves more */
	uint32_t threads; /* 0: one */
};

#define CALIBRATION_SETTINGS_DEFAULT(which) \
	((struct calibration_settings){.model = (which), .minimum = -6, .maximum = 6, .points = 61, \
		.iterations_max = 5000, .tolerance = 1e-6})

struct calibrated_item {
	double a;
	double b;
	double c;    /* 3PL only; 0 otherwise */
	double se_b; /* CML only; 0 otherwise */
};

struct calibration {
	double log_likelihood; /* CML: conditional */
	double theta_sd;       /* Rasch by MML; 1 otherwise */
	uint32_t iterations;
	bool converged;
};

enum calibration_result {
	CALIBRATION_OK,
	CALIBRATION_NO_VARIATION, /* an item that everybody, or nobody, answered right: its number in ret_item */
	CALIBRATION_MISSING,      /* CML here takes complete rows only */
	CALIBRATION_TOO_FEW,      /* fewer than two items or persons */
};

/* `ret_items` has answers->items places; untouched on failure. `ret_item` names the item at fault. */
enum calibration_result calibrate_mml(const struct calibration_settings *settings, const struct answers *answers,
	struct calibrated_item *ret_items, struct calibration *ret, uint32_t *ret_item);

/* Difficulties sum to zero. */
enum calibration_result calibrate_cml(const struct answers *answers, struct calibrated_item *ret_items,
	struct calibration *ret, uint32_t *ret_item);

/* The items all answered in both ways? Shared by both methods. */
enum calibration_result answers_check(const struct answers *answers, uint32_t *ret_item);

#endif
