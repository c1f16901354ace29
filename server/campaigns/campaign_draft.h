/* A draft as a request's body says it. */
#ifndef SERVER_CAMPAIGNS_CAMPAIGN_DRAFT_H
#define SERVER_CAMPAIGNS_CAMPAIGN_DRAFT_H

#include <jansson.h>

#include "server/store/campaigns.h"

/* The member at fault; NULL: all are good. `ret` is to be finished either way. */
const char *campaign_read(json_t *json, struct campaign *ret);

#endif
