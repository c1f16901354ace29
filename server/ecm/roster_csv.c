#include "server/ecm/roster_csv.h"

#include "server/ecm/csv.h"
#include "server/ecm/tables.h"
#include "server/store/ecm.h"
#include "server/store/roster.h"

struct writing {
	struct db *db;
	const struct ecm_event *event;
	FILE *file;
	GString *line;
	GHashTable *waiting; /* people who have completed the path and miss another condition */
	GHashTable *earned;  /* person → day (char *) of those with credits */
};

static void number(GString *line, int64_t value)
{
	char text[24];
	g_snprintf(text, sizeof(text), "%" G_GINT64_FORMAT, value);
	csv_field(line, text);
}

/* What the person gets, in words. */
static const char *outcome(const struct roster_row *row, bool earned, bool waiting)
{
	if (!*row->completed) {
		return "non completato";
	}
	if (row->profession == 0) {
		return "attestato di partecipazione";
	}
	return earned ? "crediti ECM" : waiting ? "in attesa dei crediti" : "completato fuori da questo evento";
}

static void write_row(const struct roster_row *row, void *data)
{
	struct writing *writing = data;
	GString *line = writing->line;
	const struct profession *profession = profession_find(row->profession);
	const struct company *company = company_find(row->company);
	struct completion_row completion = {0};
	bool done = *row->completed && completion_of(writing->db, row->id, writing->event->id, &completion);
	const char *day = g_hash_table_lookup(writing->earned, GSIZE_TO_POINTER((gsize)row->id));
	bool earned = done && day;
	bool waiting = g_hash_table_contains(writing->waiting, GSIZE_TO_POINTER((gsize)row->id));
	char credits[8];
	ecm_credits_text(writing->event->credits_tenths, credits);
	g_string_truncate(line, 0);
	csv_guarded(line, row->codice_fiscale);
	csv_guarded(line, row->family_name);
	csv_guarded(line, row->given_name);
	csv_field(line, profession ? profession->name : "");
	csv_field(line, row->disciplines);
	csv_field(line, company ? company->name : "");
	csv_field(line, row->contract);
	csv_field(line, row->target_group);
	csv_guarded(line, row->level);
	number(line, row->modules_completed);
	number(line, row->seconds / 60);
	csv_field(line, earned ? day : done ? completion.day : row->completed);
	csv_field(line, outcome(row, earned, waiting));
	csv_field(line, earned ? credits : "");
	csv_end(line);
	completion_row_finish(&completion);
	fwrite(line->str, 1, line->len, writing->file);
}

/* Who has credits, and who waits for them, by the same conditions as the report. */
static void judge_all(struct writing *writing)
{
	struct participant participant;
	struct report_row row;
	struct faults faults;
	faults_init(&faults, 1);
	struct participants *cursor = participants_open(writing->db, writing->event, 0);
	while (participants_next(cursor, &participant)) {
		void *person = GSIZE_TO_POINTER((gsize)participant.person);
		if (participant.profession_count == 0 || participant.role != 'P') {
			continue;
		}
		switch (participant_check(&participant, writing->event, &row, &faults)) {
		case PARTICIPANT_GOOD:
			g_hash_table_insert(writing->earned, person, g_strdup(participant.earned));
			break;
		case PARTICIPANT_WAITING:
		case PARTICIPANT_FAULTY:
			g_hash_table_add(writing->waiting, person);
			break;
		case PARTICIPANT_EXCLUDED:
			break;
		}
	}
	participants_close(cursor);
	faults_finish(&faults);
}

void roster_csv_write(struct db *db, const struct ecm_event *event, FILE *file)
{
	g_autoptr(GHashTable) waiting = g_hash_table_new(NULL, NULL);
	g_autoptr(GHashTable) credited = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	struct writing writing = {db, event, file, g_string_new(NULL), waiting, credited};
	judge_all(&writing);
	const struct roster_filter all = {.search = "", .company = "", .level = "", .state = ""};
	fputs("\xEF\xBB\xBF"
	      "codice_fiscale;cognome;nome;professione;discipline;azienda;contratto;gruppo;livello;moduli_"
	      "completati;"
	      "minuti;completato_il;esito;crediti\r\n",
		file);
	roster_each(db, &all, write_row, &writing);
	g_string_free(writing.line, TRUE);
}
