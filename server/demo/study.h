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
	int64_t from, until;
};

/* A sitting that was played and is not stored yet. */
struct played;

/* Runs the engine on it. NULL: `ret` says why. */
struct played *demo_play(struct app *app, GRand *random, const struct study *study, struct problem *ret);

/*
 * Stores them in one transaction, each at the time of its end, and empties the list. A list made by
 * demo_played_list().
 */
bool demo_keep(struct app *app, GPtrArray *played, struct problem *ret);
GPtrArray *demo_played_list(void);

#endif
