/* The cursor over an event's participants: one row in memory, whatever their number. */
#include <string.h>

#include "server/ecm/day.h"
#include "server/store/ecm.h"
#include "server/store/ecm_sql.h"
#include "server/store/eligibility.h"
#include "server/store/final_test.h"
#include "server/store/questionnaire.h"

/* What the event asks for: looked up once. */
struct demands {
	bool declaration, final, quality, region;
	guint days_after; /* in class: how long after the event its last conditions may be met */
};

struct participants {
	struct db *db;
	sqlite3_stmt *rows;
	struct demands demands;
	const struct ecm_event *event; /* the caller's */
	char codice_fiscale[17];
	char family_name[401];
	char given_name[401];
	char sponsor[DECLARATION_SPONSOR_MAX + 1];
	char day[11];
};

/* A national event (000) takes participants from everywhere [ECM 3, territory]. */
static void read_demands(struct db *db, const struct ecm_event *event, struct demands *ret)
{
	struct final_rules rules;
	struct questionnaire_settings quality;
	final_rules_load(db, event, &rules);
	questionnaire_settings_load(db, event->id, &quality);
	ret->final = rules.required;
	ret->days_after = rules.days_after;
	ret->quality = quality.required;
	ret->declaration = declaration_required(db, event->id);
	ret->region = ret->declaration && strcmp(event->cod_accr, "000") != 0;
	questionnaire_settings_finish(&quality);
}

static struct participants *begin(struct db *db, const struct ecm_event *event)
{
	struct participants *participants = g_new0(struct participants, 1);
	participants->db = db;
	participants->event = event;
	read_demands(db, event, &participants->demands);
	return participants;
}

struct participants *participants_open(struct db *db, const struct ecm_event *event, int64_t person)
{
	struct participants *participants = begin(db, event);
	participants->rows = person == 0 ? ask(db, SUBJECT_ECM, PARTICIPANTS, "i", event->id)
					    : ask(db, SUBJECT_ECM, PARTICIPANT, "ii", event->id, person);
	return participants;
}

struct participants *participants_concerned(struct db *db, const struct ecm_event *event, const char *search)
{
	struct participants *participants = begin(db, event);
	g_autoptr(GString) like = g_string_new(*search ? "%" : "");
	for (const char *at = search; *at; at++) {
		g_string_append_printf(like, strchr("%_\\", *at) ? "\\%c" : "%c", *at);
	}
	g_string_append(like, *search ? "%" : "");
	participants->rows = ask(db, SUBJECT_ECM, CONCERNED, "iti", event->id, like->str, (int64_t)ecm_event_in_class(event));
	return participants;
}

/* The main one first; then "1.58 1.59 5.78". */
static void read_professions(sqlite3_stmt *rows, struct participant *ret)
{
	guint main = (guint)sqlite3_column_int(rows, 6);
	if (main == 0) {
		return;
	}
	participant_add_discipline(ret, main, 0);
	const char *at = (const char *)sqlite3_column_text(rows, 7);
	while (at && *at) {
		char *end;
		guint profession = (guint)g_ascii_strtoull(at, &end, 10);
		guint discipline = (guint)g_ascii_strtoull(*end ? end + 1 : end, &end, 10);
		participant_add_discipline(ret, profession, discipline);
		at = *end ? end + 1 : end;
	}
}

static void later(char day[11], const char *other)
{
	if (strcmp(other, day) > 0) {
		g_strlcpy(day, other, 11);
	}
}

/* Which conditions are unmet; when none is, `day` becomes that of the last one. */
static unsigned judge(sqlite3_stmt *rows, const struct demands *demands, char day[11])
{
	const char *company = (const char *)sqlite3_column_text(rows, 8);
	int64_t final = sqlite3_column_int64(rows, 9);
	const char *quality = (const char *)sqlite3_column_text(rows, 10);
	const char *declared = (const char *)sqlite3_column_text(rows, 13);
	bool here = company_find(company) != NULL || sqlite3_column_int64(rows, 14) != 0;
	unsigned waiting = (*day ? 0 : 1u << CREDIT_PATH) |
			   (demands->final && !final ? 1u << CREDIT_FINAL : 0) |
			   (demands->quality && !*quality ? 1u << CREDIT_QUALITY : 0) |
			   (demands->declaration && !*declared ? 1u << CREDIT_DECLARATION : 0) |
			   (demands->region && !here ? 1u << CREDIT_REGION : 0);
	if (waiting == 0) {
		char passed[11] = "";
		if (demands->final) {
			ecm_day(final, passed);
			later(day, passed);
		}
		later(day, demands->quality ? quality : "");
		later(day, demands->declaration ? declared : "");
	}
	return waiting;
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
	COLUMN_COPY(rows, 12, participants->sponsor);
	*ret = (struct participant){
		.person = sqlite3_column_int64(rows, 0),
		.codice_fiscale = participants->codice_fiscale,
		.family_name = participants->family_name,
		.given_name = participants->given_name,
		.role = ((const char *)sqlite3_column_text(rows, 15))[0],
		.contract = ((const char *)sqlite3_column_text(rows, 4))[0],
		.recruited = sqlite3_column_int64(rows, 11) != 0,
		.sponsor = participants->sponsor,
		.earned = participants->day,
		.credits_tenths = participants->event->credits_tenths,
	};
	read_professions(rows, ret);
	if (ret->role != 'P') { /* who teaches has credits of its own, and no conditions to meet */
		ret->credits_tenths = (guint)sqlite3_column_int(rows, 16);
		return true;
	}
	/* No credits, no conditions: an attestato di partecipazione rests on the path alone. */
	char path_day[11];
	g_strlcpy(path_day, participants->day, sizeof(path_day));
	ret->waiting = judge(rows, &participants->demands, participants->day);
	ecm_event_earned(participants->event, participants->demands.days_after, participants->day);
	if (ret->profession_count == 0) {
		g_strlcpy(participants->day, path_day, sizeof(path_day));
	}
	return true;
}

void participants_close(struct participants *participants)
{
	ask_done(participants->rows);
	g_free(participants);
}
