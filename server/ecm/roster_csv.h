/*
 * The list of every operator, for spreadsheets: UTF-8 with a byte order mark, ';', no field taken for a
 * formula.
 */
#ifndef SERVER_ECM_ROSTER_CSV_H
#define SERVER_ECM_ROSTER_CSV_H

#include <stdio.h>
#include "server/ecm/event.h"
#include "server/store/store.h"

/* `event` tells the credits. Errors of the file are left in it (ferror). */
void roster_csv_write(struct db *db, const struct ecm_event *event, FILE *file);

#endif
