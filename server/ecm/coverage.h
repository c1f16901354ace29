/*
 * Whether events and the path fit together: the hours of each level, levels that two events cover on the same days or that
 * none covers, completions of levels that an event no longer names [ECM 4, consequence of levels]. Warnings: what the
 * accrediting body granted is what counts.
 */
#ifndef SERVER_ECM_COVERAGE_H
#define SERVER_ECM_COVERAGE_H

#include "assessment/faults.h"
#include "server/ecm/event.h"

/* Of one event; one in class covers no path and gets no warning. Of one that is not saved yet the id is 0. */
void coverage_check(struct db *db, const struct ecm_event *event, struct faults *warnings);

/* Levels that no event covers from `first` to `last` (YYYY-MM-DD), while another level has one. */
void coverage_gaps(struct db *db, const char *first, const char *last, struct faults *warnings);

/* Whole hours of the path, rounded down, when they are the same at every level that the event covers; else 0. */
guint coverage_hours(struct db *db, const struct ecm_event *event);

#endif
