/*
 * The ECM provider of this installation (021_certificates.sql): named on certificates, offered to new events.
 */
#ifndef SERVER_STORE_PROVIDER_H
#define SERVER_STORE_PROVIDER_H

#include <glib.h>

#include "server/store/store.h"

struct provider {
	char name[801];
	char code[81];
	char accreditation[241];
	char accredited_until[11]; /* YYYY-MM-DD; empty: not known */
	char accreditor[801];
	char legal_name[801];
	char legal_quality[801];
	char place[401];
	char organiser[801]; /* empty: the provider itself */
	char partner[801];
	bool has_logo;
};

void provider_load(struct db *db, struct provider *ret);
/* In a work function. The logo stays. */
void provider_save(struct db *db, const struct provider *provider, int64_t by);
/* A PNG, or NULL when there is none; yours. */
GBytes *provider_logo(struct db *db);
/* In a work function. NULL takes it away. */
void provider_logo_save(struct db *db, GBytes *logo, int64_t by);

#endif
