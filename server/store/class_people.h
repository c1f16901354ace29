/*
 * Who sits in a class (035_classes.sql): places with their history, and the choice of people for an event.
 */
#ifndef SERVER_STORE_CLASS_PEOPLE_H
#define SERVER_STORE_CLASS_PEOPLE_H

#include <glib.h>

#include "server/store/classes.h"
#include "server/store/levels.h"

#define CLASS_WHY_BYTES 501

enum class_state {
	CLASS_INVITED,
	CLASS_ENROLLED,
	CLASS_DECLINED,  /* by the person */
	CLASS_WITHDRAWN, /* by the provider */
	CLASS_STATES,
};

const char *class_state_name(enum class_state state);
bool class_state_parse(const char *name, enum class_state *ret);

/* A person's place in an event: one at a time. */
struct class_seat {
	int64_t event, person, group;
	enum class_state state;
	int64_t changed_at;
	char family_name[CLASS_NAME_BYTES], given_name[CLASS_NAME_BYTES], codice_fiscale[17], company[32];
	int64_t profession; /* 0: no ECM profession */
	char why[CLASS_WHY_BYTES]; /* of the newest change */
};

bool class_seat_of(struct db *db, int64_t event, int64_t person, struct class_seat *ret);
/* struct class_seat each: of a group by name, or a person's own, the newest first. */
GArray *class_seats(struct db *db, int64_t group);
GArray *class_seats_of_person(struct db *db, int64_t person);
/* Invited and enrolled in the whole event. */
guint class_event_people(struct db *db, int64_t event);
/* In a work function; keeps the step. */
void class_seat_set(struct db *db, int64_t event, int64_t person, int64_t group, enum class_state state,
	const char *why, int64_t by);

struct class_step {
	enum class_state state;
	char group[101], why[CLASS_WHY_BYTES], by[2 * CLASS_NAME_BYTES];
	int64_t at;
};
/* struct class_step each, the newest first. */
GArray *class_steps(struct db *db, int64_t event, int64_t person);

/* --- The choice among those who finished the path --- */

struct candidate_filter {
	const char *search, *company, *level, *verdict; /* "" for all; verdict "open": nobody decided */
	int64_t profession;                             /* 0: all */
	const char *from, *to;                          /* completed between these days; "" for no bound */
	int64_t score_least;                            /* of the placement, in percent; 0: any */
};

struct candidate {
	int64_t person;
	char family_name[CLASS_NAME_BYTES], given_name[CLASS_NAME_BYTES], codice_fiscale[17], company[32];
	int64_t profession;
	char level[LEVEL_ID_BYTES], completed[CLASS_DAY_BYTES];
	int64_t score;      /* of the newest placement, in percent; -1: none */
	char verdict[16];   /* open, shortlisted, chosen, declined */
	char why[CLASS_WHY_BYTES], by[2 * CLASS_NAME_BYTES];
	int64_t at;         /* of the verdict; 0: none */
	char seat[16];      /* state of the place in the event; empty: none */
};

/* struct candidate each, pages from 1 by name. */
GArray *class_candidates(struct db *db, int64_t event, const struct candidate_filter *filter, int64_t page,
	int64_t *ret_total);

struct class_choice {
	char verdict[16], why[CLASS_WHY_BYTES], by[2 * CLASS_NAME_BYTES];
	int64_t at;
};
bool class_verdict_known(const char *verdict);
/* In a work function. */
void class_choice_add(struct db *db, int64_t event, int64_t person, const char *verdict, const char *why, int64_t by);
/* struct class_choice each, the newest first. */
GArray *class_choices(struct db *db, int64_t event, int64_t person);
/* People by their newest verdict; who has none is not counted. */
struct choice_counts {
	int64_t shortlisted, chosen, declined;
};
void class_choice_counts(struct db *db, int64_t event, struct choice_counts *ret);
/* int64_t each: people chosen who have no place in the event yet. */
GArray *class_chosen(struct db *db, int64_t event);

#endif
