/* Images and sounds that items show, named by their contents (022_items.sql). Never changed, never deleted. */
#ifndef SERVER_STORE_ITEM_MEDIA_H
#define SERVER_STORE_ITEM_MEDIA_H

#include <glib.h>
#include "server/store/store.h"

/* In a work function. Nothing when it is there already. `by` 0: the command line. */
void item_media_add(struct db *db, const char *sha256, const char *type, struct span bytes, int64_t by);

bool item_media_known(struct db *db, const char *sha256);

/* The bytes, yours; NULL when there are none. `ret_type` takes the type. */
GBytes *item_media_get(struct db *db, const char *sha256, char ret_type[32]);

#endif
