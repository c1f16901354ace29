/* Comparing reports, for the API and the command line. */
#ifndef SERVER_ECM_COMPARE_JSON_H
#define SERVER_ECM_COMPARE_JSON_H

#include <jansson.h>

#include "server/ecm/report_file.h"

#define COMPARED_ROWS_MAX 500u /* of each kind, told one by one; beyond it only counted */

/*
 * {same, only_first: {count, rows: [ROW]}, only_second: {count, rows}, different: {count, rows: [{...ROW, fields:
 * [{field, first, second}]}]}, event: [{field, first, second}]}; ROW is {cod_fisc, cognome, nome, ruolo, line}.
 * A new reference.
 */
json_t *compare_json(const struct report_file *first, const struct report_file *second);

#endif
