/*
 * What invented people have done so far: placement tests and modules, in the order of time, through the code that
 * serves real people. The engine runs the course's calls and the store takes its journal, as from a browser.
 */
#ifndef SERVER_DEMO_LEARN_H
#define SERVER_DEMO_LEARN_H

#include <jansson.h>

#include "server/app.h"
#include "server/demo/invent.h"

/*
 * `path` is build/sample/path.json: the screens and questions of each sample course. People who have a placement
 * already are passed over. False: `ret` says why; what was done before stays.
 */
bool demo_learn(struct app *app, const GArray *people, json_t *path, struct problem *ret);

#endif
