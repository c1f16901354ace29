/* What is answered about banks, by several ways in. */
#ifndef SERVER_PLACEMENT_BANK_REPLY_H
#define SERVER_PLACEMENT_BANK_REPLY_H

#include "server/http/request.h"
#include "server/placement/banks.h"

/* One bank of a list. A new reference. */
json_t *bank_json(struct db *db, const struct bank_row *row);

/* 201 with the bank and what was found, or what was wrong. */
void bank_import_reply(struct request *request, struct reply *reply, enum bank_import result, const struct bank_row *row,
	const struct faults *faults, const struct problem *problem);

#endif
