/* Reports that were made, and which were sent (005_ecm.sql, 032_exports.sql). Neither ever changes. */
#ifndef SERVER_STORE_EXPORTS_H
#define SERVER_STORE_EXPORTS_H

#include <glib.h>

#include "server/store/store.h"

#define EXPORT_REASON_MAX 500u
#define EXPORT_PROTOCOL_MAX 60u

struct export_row {
	int64_t id;
	int64_t event;
	char title[251];
	char file_name[128];
	char sha256[65];
	int64_t bytes;
	int64_t participants; /* rows, those of teachers and tutors included */
	int64_t created_at;
	int64_t created_by; /* 0: by the command line */
	char by[220];       /* name; empty likewise */
	char schema[17];    /* version of the format */
	int64_t supersedes; /* the event's export before; 0: it was the first */
	char reason[EXPORT_REASON_MAX * 4 + 1]; /* why it was made anew */
	int64_t superseded_by;                  /* 0: it is the newest */
	char sent_day[11];                      /* empty: not sent */
	char protocol[EXPORT_PROTOCOL_MAX * 4 + 1];
	char note[EXPORT_REASON_MAX * 4 + 1];
	int64_t sent_marked_at;
	char sent_by[220]; /* empty: by the command line */
};

/* struct export_row each, newest first; `event` 0: of all events. */
GArray *exports_all(struct db *db, int64_t event);
bool export_by_id(struct db *db, int64_t id, struct export_row *ret);
bool export_newest(struct db *db, int64_t event, struct export_row *ret);
/* The newest of the event that was sent. */
bool export_newest_sent(struct db *db, int64_t event, struct export_row *ret);
/* In a work function; sets row->id. */
void export_insert(struct db *db, struct export_row *row, const char *event_data);
/* In a work function: sent on row->sent_day with row->protocol and row->note. */
void export_mark_sent(struct db *db, const struct export_row *row, int64_t by);

#endif
