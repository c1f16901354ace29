/* A report that was sent: when, under which number, by whom. It is what can be proved years later. */
#include <string.h>
#include <unistd.h>

#include "server/app.h"
#include "server/ecm/day.h"
#include "server/ecm/export.h"
#include "server/problem.h"
#include "server/store/audit.h"

static const struct problem_text no_protocol = {"EXPORT_PROTOCOL", "Serve il numero di protocollo dell’invio, al massimo 60 caratteri.",
	"The protocol number of the sending is needed, 60 characters at most.",
	"Copialo dalla ricevuta del sistema che ha preso il rapporto.",
	"Copy it from the receipt of the system that took the report."};
static const struct problem_text bad_day = {"EXPORT_SENT_DAY",
	"Il giorno dell’invio non può venire prima del rapporto né dopo oggi.",
	"The day it was sent can be neither before the report was made nor after today.", "Correggi il giorno.",
	"Mend the day."};
static const struct problem_text already = {"EXPORT_SENT_ALREADY", "Questo rapporto è già segnato come inviato.",
	"This report is marked as sent already.", "Per una correzione fai una nuova esportazione.",
	"Make a new export for a correction."};

struct marking {
	struct export_row row;
	int64_t by;
	bool again;
};

static bool mark_work(struct db *db, void *data)
{
	struct marking *work = data;
	struct export_row now;
	work->again = export_by_id(db, work->row.id, &now) && *now.sent_day;
	if (work->again) {
		return false;
	}
	export_mark_sent(db, &work->row, work->by);
	g_autofree char *detail = g_strdup_printf("%s %s sha256 %s %s", work->row.sent_day, work->row.protocol,
		work->row.sha256, work->row.note);
	audit_about(db, work->by, "ecm.export.sent", "ecm_export", work->row.id, detail);
	return true;
}

static bool day_fits(const char *day, const struct export_row *row)
{
	char made[11], today[11];
	ecm_day(row->created_at, made);
	ecm_day(store_now(), today);
	return ecm_date_valid(day) && strcmp(day, made) >= 0 && strcmp(day, today) <= 0;
}

enum export_result export_sent(struct app *app, int64_t id, int64_t by, const char *protocol, const char *day,
	const char *note, struct problem *ret)
{
	struct marking work = {.by = by};
	char today[11];
	ecm_day(store_now(), today);
	day = day && *day ? day : today;
	struct db *db = store_read(app->store);
	bool found = export_by_id(db, id, &work.row);
	store_read_done(app->store, db);
	g_autofree char *number = g_strstrip(g_strdup(protocol));
	if (!found) {
		return EXPORT_NO_EVENT;
	}
	if (!*number || g_utf8_strlen(number, -1) > EXPORT_PROTOCOL_MAX) {
		problem_set(ret, &no_protocol, "protocol");
		return EXPORT_FAULTS;
	}
	if (!day_fits(day, &work.row)) {
		problem_set(ret, &bad_day, "day");
		return EXPORT_FAULTS;
	}
	int file = export_open(app->exports, &work.row, ret); /* only what is what it was can have been sent */
	if (file < 0) {
		return EXPORT_FAULTS;
	}
	close(file);
	g_strlcpy(work.row.sent_day, day, sizeof(work.row.sent_day));
	PROBLEM_COPY(work.row.protocol, number);
	g_autofree char *kept = g_utf8_substring(note ? note : "", 0, MIN(g_utf8_strlen(note ? note : "", -1), EXPORT_REASON_MAX));
	PROBLEM_COPY(work.row.note, kept);
	if (store_write(app->store, mark_work, &work, ret)) {
		return EXPORT_DONE;
	}
	if (!work.again) {
		return EXPORT_FAILED;
	}
	problem_set(ret, &already, NULL);
	return EXPORT_FAULTS;
}
