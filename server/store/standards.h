/* Standard-setting sessions and calibrations (017_calibration.sql). */
#ifndef SERVER_STORE_STANDARDS_H
#define SERVER_STORE_STANDARDS_H

#include <glib.h>

#include "server/store/store.h"

struct standard_session {
	int64_t id;
	char name[201];
	bool bookmark; /* else Angoff */
	int64_t bank;
	double rp;
	char panel[2001];
	int64_t created_at, created_by;
	int64_t adopted_at; /* 0: not adopted */
};

/* struct standard_session each, newest first. */
GArray *standard_sessions(struct db *db);
bool standard_session_find(struct db *db, int64_t id, struct standard_session *ret);
/* In a work function; sets the id. */
void standard_session_add(struct db *db, struct standard_session *session);
void standard_session_adopt(struct db *db, int64_t id, int64_t by);

struct standard_rating {
	int64_t round;
	char judge[101];
	char level[65];
	char item[65];
	double rating;
};

/* struct standard_rating each, by round, level, judge, item. */
GArray *standard_ratings(struct db *db, int64_t session);
/* In a work function: what a judge said before for this round, level and item gives way. */
void standard_rating_put(struct db *db, int64_t session, const struct standard_rating *rating);

struct calibration_row {
	int64_t id;
	int64_t bank;
	char model[8];
	char method[8];
	char source[256];
	int64_t persons;
	int64_t made_at, made_by;
	int64_t adopted; /* 0: not adopted */
};

/* struct calibration_row each, newest first. */
GArray *calibrations_all(struct db *db);
/* The report is yours (g_free); NULL when there is none. */
char *calibration_report(struct db *db, int64_t id, struct calibration_row *ret);
/* In a work function; sets the id. */
void calibration_add(struct db *db, struct calibration_row *row, const char *report);
void calibration_adopt(struct db *db, int64_t id, int64_t bank);

/* A scored placement: the form and the answers as they were given. Only those that are done. */
typedef void (*scored_visitor)(int64_t person, const char *form, const GArray *answers, void *data);
/* Each person's first placement drawn from the bank; answers: struct placement_answer. */
void placements_scored(struct db *db, int64_t bank, scored_visitor visit, void *data);

#endif
