/*
 * The quality questionnaire (016_questionnaire.sql): who handed it in, and, apart from that, what was
 * answered. The answers are anonymous also for who holds the whole data base, its write-ahead log and its
 * backups:
 *
 *   1. Nothing in the data base leads from one half to the other: no person, session, time or number that
 *      both share. "Handed in" knows the day only, and writes no act (the log of acts knows the millisecond);
 *      sheets know no time at all. Both are ordered by what is no order of arrival: the person, a random id.
 *   2. A sheet alone would still be told by its moment: the first respondent's is the only one there, and who
 *      reads the write-ahead log sees which sheet came with which mark. So a sheet is first sealed (an
 *      authenticated cipher, a random nonce, padded to one size) with a key that is never in the data base nor
 *      on a disk: it lies in the machine's memory file system (server/quality/key.h). Sealed rows survive a
 *      crash of the server; after a reboot of the machine those that waited can no longer be opened by
 *      anybody and are dropped. Nobody's credit depends on them.
 *   3. When the smallest group (setting, 10) is complete its sheets are opened, shuffled and written in one
 *      transaction under new random ids; the sealed rows go, and the key is thrown away. So of a sheet one can
 *      tell at most that it is of one of the ten or more who handed in since the release before.
 *   4. The standard form, the provider's extra form and every free text become rows of their own: who
 *      recognises a colleague's writing learns nothing of the colleague's marks.
 *   5. The interface tells sums only, from the smallest group on.
 *
 * What waits sealed when an event ends and is fewer than a group stays sealed: it is not worth a name.
 */
#ifndef SERVER_STORE_QUESTIONNAIRE_H
#define SERVER_STORE_QUESTIONNAIRE_H

#include <glib.h>

#include "server/store/store.h"

/* For who judges credits. No answers here, and no way to them. */
struct questionnaire_status {
	bool required;
	bool handed_in;
	char day[11]; /* local, YYYY-MM-DD; empty when not handed in */
};

void questionnaire_status(struct db *db, int64_t person, int64_t event, struct questionnaire_status *ret);

#define QUESTIONNAIRE_GROUP_DEFAULT 10

struct questionnaire_settings {
	bool required;
	guint smallest_group;
	char *extra; /* JSON list of questions; owned: questionnaire_settings_finish() */
};

void questionnaire_settings_finish(struct questionnaire_settings *settings);
/* What was set for the event, or: required, groups of ten, no extra questions. */
void questionnaire_settings_load(struct db *db, int64_t event, struct questionnaire_settings *ret);
/* In a work function. */
void questionnaire_settings_save(
	struct db *db, int64_t event, const struct questionnaire_settings *settings, int64_t by);

/* In a work function: the first half. False, and nothing changed, when it was handed in already. */
bool questionnaire_mark(struct db *db, int64_t person, int64_t event, const char *day);

/* In a work function: a sealed sheet joins those that wait. Copied. */
void questionnaire_seal(struct db *db, int64_t event, struct span sealed);
/* GBytes each, in no order. */
GPtrArray *questionnaire_sealed(struct db *db, int64_t event);
/* In a work function: all of the event's sealed rows go. */
void questionnaire_unseal(struct db *db, int64_t event);
/* In a work function; random ids. */
void questionnaire_sheet_add(
	struct db *db, int64_t event, const char *form, const char *version, const char *answers);
void questionnaire_comment_add(
	struct db *db, int64_t event, const char *form, const char *question, const char *comment);

struct questionnaire_counts {
	int64_t handed_in;
	int64_t waiting; /* sealed */
	int64_t sheets;  /* released, of the standard form */
};
void questionnaire_counts(struct db *db, int64_t event, struct questionnaire_counts *ret);

/* Each released sheet of one form. */
typedef void (*questionnaire_visitor)(const char *version, const char *answers, void *data);
void questionnaire_each(
	struct db *db, int64_t event, const char *form, questionnaire_visitor visit, void *data);
/* char * each: the texts given to one question, in no order. */
GPtrArray *questionnaire_comments(struct db *db, int64_t event, const char *form, const char *question);

#endif
