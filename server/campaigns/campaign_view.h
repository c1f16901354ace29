/* What the routes tell of a campaign, its readers and its messages. Included by campaign_routes.c and campaign_view.c only. */
#ifndef SERVER_CAMPAIGNS_CAMPAIGN_VIEW_H
#define SERVER_CAMPAIGNS_CAMPAIGN_VIEW_H

#include <jansson.h>

#include "server/app.h"
#include "server/store/campaigns.h"

json_t *campaign_json(struct db *db, const struct campaign *campaign);
/* What stands in the way of all messages. */
json_t *obstacle_json(struct db *db);
/* Whom a draft would write to, why, and the letter as the first of them gets it. */
json_t *audience_json(struct app *app, struct db *db, const struct campaign *campaign);
json_t *message_json(const struct mail_message *message);

#endif
