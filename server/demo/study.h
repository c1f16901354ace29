/*
 * One sitting of an invented learner with one of the sample courses: the very calls that packages/sample/template
 * makes, answered by the engine, kept by the store.
 */
#ifndef SERVER_DEMO_STUDY_H
#define SERVER_DEMO_STUDY_H

#include <jansson.h>

#include "server/app.h"
#include "server/store/people.h"

struct study {
	const struct person *person;
	int64_t module;
	const char *level;
	json_t *package; /* of path.json: screens, questions */
	bool finish;     /* to the end; else left half-way */
	double ability;  /* 0..1: how likely the first check is passed */
	int64_t from;    /* when it began; the store's clock must stand at its end */
	int64_t until;
};

/* False: `ret` says why; nothing of this sitting is kept. */
bool demo_study(struct app *app, GRand *random, const struct study *study, struct problem *ret);

#endif
