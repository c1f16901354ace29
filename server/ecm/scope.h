/* Whose people a request may see: what is told of the programme by company goes through here. */
#ifndef SERVER_ECM_SCOPE_H
#define SERVER_ECM_SCOPE_H

#include "server/http/request.h"
#include "server/store/store.h"

/*
 * The company whose people are shown, "" for all: a coordinator's own, whatever the query's `company` asks for; any for
 * who works for the region, or is a provider or administrator too. A coordinator with no company sees nobody: "-", the
 * code of none.
 */
void company_scope(struct request *request, struct db *db, char ret[32]);

#endif
