/*
 * Fills an empty installation with the demonstration: courses, path, item bank, ECM event, people, log-ins, and
 * what people did so far. Each step is the import that a user would do, and doing it again changes nothing.
 */
#ifndef SERVER_DEMO_SEED_H
#define SERVER_DEMO_SEED_H

#include <jansson.h>

#include "server/app.h"

#define DEMO_PASSWORD "fse-dimostrativo"
#define DEMO_PEOPLE 206 /* the six log-ins among them */

/* `sample`: the folder with path.json and the packages; `bank`: the item bank's JSON file. */
struct demo_sources {
	const char *sample;
	const char *bank;
};

enum demo_result {
	DEMO_SEEDED,
	DEMO_ALREADY, /* seeded before */
	DEMO_FAILED,  /* told in ret */
};

enum demo_result demo_seed(struct app *app, const struct demo_sources *sources, struct problem *ret);

#endif
