/*
 * ECM events, completions, participants and reports (005_ecm.sql).
 */
#ifndef SERVER_STORE_ECM_H
#define SERVER_STORE_ECM_H

#include <glib.h>
#include "server/ecm/participant.h"
#include "server/store/levels.h"
#include "server/store/store.h"

/* struct ecm_event each, newest period first. */
GArray *ecm_events_all(struct db *db);
bool ecm_event_by_id(struct db *db, int64_t id, struct ecm_event *ret);
/* In a work function. Inserts (id 0, sets it) or updates. Refuses EVENT_TWICE (same code and edition). */
bool ecm_event_save(struct db *db, struct ecm_event *event, int64_t by);

/*
 * The event whose path covers a level on a day (distance learning or blended): one that is running rather than not, of the level rather than of
 * all, the newest. False when there is none.
 */
bool ecm_event_for(struct db *db, const char *level, const char *day, struct ecm_event *ret);

/* Why a person counts in an event. */
enum event_tie {
	EVENT_TIE_NONE, /* there is no event */
	EVENT_TIE_LEVEL,
	EVENT_TIE_COMPLETED,
	EVENT_TIE_FINAL,
};

/*
 * The event of the path whose credits a person is on the way to: that in which the path was completed, or whose final test
 * is open or passed; else the one that covers the level on that day. Who changes level before that changes event, who
 * does after it stays, unless the event was over when that of the new level began. `level` NULL: not placed.
 */
enum event_tie ecm_event_of_person(
	struct db *db, int64_t person, const char *level, const char *day, struct ecm_event *ret);

struct completion_row {
	int64_t person;
	int64_t event; /* 0: none covered the level */
	char level[LEVEL_ID_BYTES]; /* empty: attendance of an event in class */
	int64_t completed_at;
	char day[11];
	int64_t seconds;
	char *evidence; /* JSON; owned: completion_row_finish() */
};

void completion_row_finish(struct completion_row *row);
bool completion_of(struct db *db, int64_t person, int64_t event, struct completion_row *ret);
/* The first completion of this level, whatever the event. */
bool completion_of_level(struct db *db, int64_t person, const char *level, struct completion_row *ret);
/*
 * Is there nothing left to record for this event: it has the person's completion, or one of the same level
 * counts for another event already (its day lies inside)? Nobody earns credits twice for one path.
 */
bool completion_settled(struct db *db, int64_t person, const char *level, int64_t event);
/* struct completion_row each, the newest first; they finish with the array. */
GArray *completions_of(struct db *db, int64_t person);
/* In a work function. One that is there already stays as it is. */
void completion_insert(struct db *db, const struct completion_row *row);

/* Up to `limit` people above `after` who have worked on something and have no completion for the event. */
GArray *completion_candidates(struct db *db, int64_t event, int64_t after, int64_t limit);
/* The same of a level: who has it, has no completion of it, and completed as many of its modules as there are. */
GArray *completion_candidates_at(struct db *db, const char *level, int64_t after, int64_t limit);
/* How many completed, within an event that names levels, the path of one that it does not name. */
int64_t completions_of_other_levels(struct db *db, int64_t event);

/*
 * Everybody who completed the path by the event's rules, and who teaches at it (role 'D', 'T' or 'R': that row alone),
 * by codice fiscale: those without an ECM profession
 * have profession_count 0, those who have yet to meet another condition say so in `waiting`. A cursor: one at
 * a time, in a read of the store; `ret` is valid until the next step. `person` 0: everybody; else that person
 * alone.
 */
struct participants;
struct participants *participants_open(struct db *db, const struct ecm_event *event, int64_t person);
/*
 * The same cursor over every operator whom the event concerns (its level, or enrolled in it, or a completion), by name; a part of
 * the name or of the codice fiscale, "" for all. Who has not completed the path waits for it.
 */
struct participants *participants_concerned(struct db *db, const struct ecm_event *event, const char *search);
bool participants_next(struct participants *participants, struct participant *ret);
void participants_close(struct participants *participants);

#endif
