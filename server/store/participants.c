/* The cursor over an event's participants: one row in memory, whatever their number. */
#include <string.h>

#include "server/store/ecm.h"
#include "server/store/ecm_sql.h"

struct participants {
	struct db *db;
	sqlite3_stmt *rows;
	guint credits_tenths;
	char codice_fiscale[17];
	char family_name[401];
	char given_name[401];
	char day[11];
};

struct participants *participants_open(struct db *db, const struct ecm_event *event, int64_t person)
{
	struct participants *participants = g_new0(struct participants, 1);
	participants->db = db;
	participants->rows = ask(db, SUBJECT_ECM, PARTICIPANTS, "ii", event->id, person);
	participants->credits_tenths = event->credits_tenths;
	return participants;
}

static void read_profession(sqlite3_stmt *rows, struct participant *ret)
{
	guint code = (guint)sqlite3_column_int(rows, 6);
	if (code == 0) {
		return;
	}
	struct participant_profession *profession = &ret->professions[ret->profession_count++];
	profession->code = code;
	const char *at = (const char *)sqlite3_column_text(rows, 7);
	while (at && *at && profession->discipline_count < PARTICIPANT_DISCIPLINES_MAX) {
		char *end;
		profession->disciplines[profession->discipline_count++] =
			(guint)g_ascii_strtoull(at, &end, 10);
		at = *end ? end + 1 : end;
	}
}

bool participants_next(struct participants *participants, struct participant *ret)
{
	sqlite3_stmt *rows = participants->rows;
	if (!ask_row(participants->db, rows)) {
		participants->rows = NULL;
		return false;
	}
	COLUMN_COPY(rows, 1, participants->codice_fiscale);
	COLUMN_COPY(rows, 2, participants->family_name);
	COLUMN_COPY(rows, 3, participants->given_name);
	COLUMN_COPY(rows, 5, participants->day);
	*ret = (struct participant){
		.person = sqlite3_column_int64(rows, 0),
		.codice_fiscale = participants->codice_fiscale,
		.family_name = participants->family_name,
		.given_name = participants->given_name,
		.role = 'P',
		.contract = ((const char *)sqlite3_column_text(rows, 4))[0],
		.sponsor = "",
		.earned = participants->day,
		.credits_tenths = participants->credits_tenths,
	};
	read_profession(rows, ret);
	return true;
}

void participants_close(struct participants *participants)
{
	ask_done(participants->rows);
	g_free(participants);
}
