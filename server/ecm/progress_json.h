/* How far the programme is, summed as the dashboard shows it from the cells of the board (board.h). */
#ifndef SERVER_ECM_PROGRESS_JSON_H
#define SERVER_ECM_PROGRESS_JSON_H

#include <jansson.h>

#include "server/http/request.h"

/*
 * Of the people that who asks may see, by the request's filters (?company=&group=&level=&profession=): {company, made_at,
 * deadline, totals, targets, by_company, by_level, by_profession, by_module, by_month}. A new reference.
 */
json_t *progress_json(struct request *request);

#endif
