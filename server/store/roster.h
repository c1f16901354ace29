/* Operators as the provider and coordinators see them: lists with their progress, and sums of it. */
#ifndef SERVER_STORE_ROSTER_H
#define SERVER_STORE_ROSTER_H

#include <glib.h>
#include "server/store/levels.h"
#include "server/store/store.h"

struct roster_filter {
	const char *search;  /* in names and codice fiscale; "" for all, as with those below */
	const char *company; /* code */
	const char *level;
	const char *state; /* "none", "placed", "started", "completed" */
	/* NULL is all too: */
	const char *group;
	const char *profession; /* cod_prof; "0" for who has none */
	int64_t module_left;    /* who began this module and has not completed it; 0: all */
	bool counted;           /* only who the programme's numbers count */
};

struct roster_row {
	int64_t id;
	char family_name[401];
	char given_name[401];
	char codice_fiscale[17];
	char company[32];
	int64_t profession; /* 0: no ECM profession */
	char level[LEVEL_ID_BYTES];
	int64_t modules_completed; /* of the path at the present level */
	char completed[11];        /* the day; empty: not yet */
	char contract[2];
	char target_group[16];
	char disciplines[320]; /* "1.58 1.59 5.78" */
	int64_t seconds; /* that the server saw */
};

/* struct roster_row each, by name; pages from 1. */
GArray *roster_page(struct db *db, const struct roster_filter *filter, int64_t page, int64_t *ret_total);

/* One operator; false: no such operator. */
bool roster_one(struct db *db, int64_t person, struct roster_row *ret);

/* All of them, one at a time. */
typedef void (*roster_visitor)(const struct roster_row *row, void *data);
void roster_each(struct db *db, const struct roster_filter *filter, roster_visitor visit, void *data);

struct progress_target {
	char id[32];
	char name_it[128];
	char name_en[128];
	char groups[128]; /* separated by spaces; empty: everybody */
	char project[16]; /* whose events in class count; empty: the path */
	int64_t target;   /* 0: `share` of the people enrolled */
	double share;
};
GArray *progress_targets(struct db *db);

#endif
