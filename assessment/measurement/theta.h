/*
 * Where a person stands: estimates of theta with their standard error from the answers so far.
 */
#ifndef ASSESSMENT_THETA_H
#define ASSESSMENT_THETA_H

#include "assessment/measurement/irt.h"

enum theta_estimator {
	THETA_ML,  /* maximum likelihood; at the end of the range for all right or all wrong */
	THETA_MAP, /* Bayes modal with a normal prior (BM) */
	THETA_EAP, /* expected a posteriori with a normal prior, by quadrature */
	THETA_WL,  /* weighted likelihood, Warm 1989 */
};

/* How an integral over theta is taken: points equally spaced over the range. */
enum quadrature_rule {
	QUADRATURE_TRAPEZOID, /* the two outer points weigh half */
	QUADRATURE_RECTANGLE, /* every point weighs the same */
};

struct theta_settings {
	enum theta_estimator estimator;
	double minimum, maximum; /* the range searched and integrated over */
	double prior_mean, prior_sd;
	uint32_t points; /* of the quadrature, at least 2 */
	enum quadrature_rule rule;
	double tolerance; /* of the root that ML, MAP and WL look for */
	/* A 3PL likelihood may have several modes: the range is scanned at so many points, at least 2, and the
	 * highest root is taken. 2 is one single search over the range, as catR does. */
	uint32_t scan_points;
};

/* N(0,1) over [-4,4], 33 points, trapezoid. */
#define THETA_SETTINGS_DEFAULT(which) \
	((struct theta_settings){ \
		.estimator = (which), .minimum = -4, .maximum = 4, .prior_sd = 1, .points = 33, \
		.tolerance = 1e-10, .scan_points = 161})

struct theta_estimate {
	double theta;
	double se; /* infinite where the answers hold no information */
};

/* The estimate after `count` answers. With no answer: the prior's mean and SD, or for ML and WL the middle
 * of the range and an infinite SE. */
struct theta_estimate theta_estimate(const struct theta_settings *settings,
	const struct irt_response *responses, uint32_t count);

#endif
