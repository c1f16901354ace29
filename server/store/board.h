/*
 * The programme in numbers: everybody who is enrolled, counted by company, profession, target group and level, with how
 * far they are. One pass over all attempts: with 60,000 people about a second, so it is kept (server/ecm/board.h).
 */
#ifndef SERVER_STORE_BOARD_H
#define SERVER_STORE_BOARD_H

#include <glib.h>

#include "server/store/levels.h"
#include "server/store/store.h"

#define BOARD_MODULES 64u
#define BOARD_MONTHS_MAX 120u

/* What people complete: the path, or an event in class of one of the programme's projects (035_classes.sql). */
enum board_project {
	BOARD_PATH,
	BOARD_COACHING, /* affiancamento */
	BOARD_TRAINERS, /* formatori */
	BOARD_MANAGERS, /* dirigenti */
	BOARD_PROJECTS,
};
/* "" for the path; BOARD_PATH for an unknown one. */
enum board_project board_project_by_name(const char *name);

/* Who has the same company, profession, group and level. */
struct board_cell {
	char company[32];
	int64_t profession;
	char target_group[16];
	char level[LEVEL_ID_BYTES]; /* empty: not placed */
	int64_t people, invited, started, completed,
		reported; /* invited: a letter of invitation was taken by the relay; reported: in an event's report since they completed */
	int64_t projects[BOARD_PROJECTS]; /* who completed each; that of the path is `completed` */
	int64_t module_started[BOARD_MODULES], module_completed[BOARD_MODULES]; /* by position - 1 */
};

/* Who of a cell completed in a month. */
struct board_month {
	guint cell;
	char month[8]; /* YYYY-MM */
	int64_t completed[BOARD_PROJECTS];
};

struct board {
	GArray *cells;   /* struct board_cell */
	GArray *months;  /* struct board_month, by month */
	int64_t made_at; /* ms */
	gint references; /* atomic */
};

/* With one reference. */
struct board *board_make(struct db *db);
struct board *board_ref(struct board *board);
/* The last one frees it. Accepts NULL. */
void board_unref(struct board *board);

#endif
