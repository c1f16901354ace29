/* What the files of campaigns.h share. Included by campaigns.c, campaign_readers.c and mail_queue.c only. */
#ifndef SERVER_STORE_CAMPAIGNS_INSIDE_H
#define SERVER_STORE_CAMPAIGNS_INSIDE_H

#include "server/store/campaigns.h"

/* False when it is not in the state `from`. */
bool campaign_move(struct db *db, int64_t id, const char *from, const char *to);

/* Whether a message still fits: the person may have gone on since it was queued. */
bool campaign_reader_fits(struct db *db, const struct campaign *campaign, int64_t person, struct mail_reader *ret);
/* Queues a round's message for everybody whom it fits and who has an address; the number of them. */
int64_t campaign_queue(struct db *db, const struct campaign *campaign, int64_t round, int64_t now);

#endif
