/* What the routes of an event share. */
#ifndef SERVER_ECM_EVENT_OF_H
#define SERVER_ECM_EVENT_OF_H

#include "server/ecm/event.h"
#include "server/http/request.h"

/* The event that the path's first parameter names; answers 404 and gives false when there is none. */
bool ecm_event_of(struct request *request, struct reply *reply, struct ecm_event *ret);

#endif
