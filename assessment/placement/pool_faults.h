/* The faults of a pool and of an adaptive policy, one row each. */
#ifndef ASSESSMENT_POOL_FAULTS_H
#define ASSESSMENT_POOL_FAULTS_H

#include "assessment/faults.h"

enum pool_fault {
	POOL_FAULT_SYNTAX,
	POOL_FAULT_SHAPE,
	POOL_FAULT_TWICE,
	POOL_FAULT_PARAMETERS,
	POOL_FAULT_MAX,
};

extern const struct fault_text pool_faults[POOL_FAULT_MAX];

enum adaptive_fault {
	ADAPTIVE_FORMAT,
	ADAPTIVE_CUTS,
	ADAPTIVE_RANGE,
	ADAPTIVE_CHOICE,
	ADAPTIVE_LENGTHS,
	ADAPTIVE_SHARES,
	ADAPTIVE_AREA,
	ADAPTIVE_GAIN,
	ADAPTIVE_FAULT_MAX,
};

extern const struct fault_text adaptive_faults[ADAPTIVE_FAULT_MAX];

#endif
