/* launch.json: what the player page is told of its launch. */
#ifndef SERVER_LEARNING_LAUNCH_JSON_H
#define SERVER_LEARNING_LAUNCH_JSON_H

#include "server/http/request.h"
#include "server/store/launches.h"

/* What is launched, for whom, from where on, and the keys under which the browser seals its work. A new reference. */
json_t *launch_json(struct request *request, struct db *db, const struct launch *launch);

#endif
