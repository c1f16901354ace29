/* One person's places in classes, as they see them and as the provider does. */
#ifndef SERVER_CLASSES_SEAT_VIEW_H
#define SERVER_CLASSES_SEAT_VIEW_H

#include <jansson.h>

#include "server/store/class_people.h"

/* All new references. */

/*
 * {event, group, state, why, staff, presence, presence_percent, completed, overlaps, outcome, credits: {eligible, earned_on}};
 * NULL: the event is gone.
 */
json_t *class_seat_json(struct db *db, const struct class_seat *seat);
/* The day on which somebody completed the event; null: not yet. */
json_t *class_completed_json(struct db *db, int64_t person, int64_t event);
/* How it came to that: [{state, group, why, at, by}], the newest first. */
json_t *class_steps_json(struct db *db, int64_t event, int64_t person);
/* The groups that somebody teaches: [{event, group}] */
json_t *class_taught_json(struct db *db, int64_t person);

#endif
