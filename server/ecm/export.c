#include "server/ecm/export.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/ecm/codice_fiscale.h"
#include "server/ecm/csv.h"
#include "server/ecm/report.h"
#include "server/problem.h"
#include "server/store/audit.h"

enum export_fault {
	EXPORT_NOBODY,
	EXPORT_TOO_MANY,
};

static const struct fault_text texts[] = {
	[EXPORT_NOBODY] = {"EXPORT_NOBODY", SEVERITY_ERROR, "ECM 1.1",
		"Nessuno ha ancora diritto ai crediti di questo evento: un rapporto vuoto non è ammesso.",
		"Nobody has a right to this event's credits yet: an empty report is not allowed.",
		"Controlla le date dell'evento, il tempo richiesto e il livello.",
		"Check the event's dates, the time it demands and its level."},
	[EXPORT_TOO_MANY] = {"EXPORT_TOO_MANY", SEVERITY_ERROR, "ECM 1.2",
		"I partecipanti sono $1, più di quelli accreditati per l'evento ($2).",
		"There are $1 participants, more than the event was accredited for ($2).",
		"Fai accreditare più partecipanti o crea un'altra edizione.",
		"Have more participants accredited, or create another edition."},
};

/* Called for each row that goes into the report. */
typedef void (*row_visitor)(const struct participant *participant, const struct report_row *row, void *data);

/*
 * Walks over everybody who completed the event, telling errors and warnings;
 * rows come in the order of tax codes, so the same person twice stands side by side.
 */
static void walk(struct db *db, const struct ecm_event *event, struct export_check *ret,
	struct faults *faults, row_visitor visit, void *data)
{
	char before[CODICE_FISCALE_LEN + 1] = "";
	struct participant participant;
	struct participants *participants = participants_open(db, event, 0);
	*ret = (struct export_check){0};
	while (participants_next(participants, &participant)) {
		struct report_row row;
		if (participant.profession_count == 0) {
			ret->without_profession++;
			continue;
		}
		switch (participant_check(&participant, event, &row, faults)) {
		case PARTICIPANT_GOOD:
			if (strcmp(before, row.cod_fisc) == 0) {
				participant_duplicate(&participant, faults);
			}
			memcpy(before, row.cod_fisc, sizeof(before));
			ret->participants += participant.role == 'P';
			ret->staff += participant.role != 'P';
			if (visit) {
				visit(&participant, &row, data);
			}
			break;
		case PARTICIPANT_EXCLUDED:
			ret->excluded++;
			break;
		case PARTICIPANT_WAITING:
			ret->waiting++;
			break;
		case PARTICIPANT_FAULTY:
			break;
		}
	}
	participants_close(participants);
}

static bool check_whole(
	const struct ecm_event *event, const struct export_check *check, struct faults *faults)
{
	ecm_event_exportable(event, faults);
	if (check->participants + check->staff == 0 && faults->errors == 0) {
		faults_add(faults, &texts[EXPORT_NOBODY], event->title, NULL, NULL);
	}
	if (check->participants > (int64_t)event->num_part) {
		char have[24], most[24];
		g_snprintf(have, sizeof(have), "%" G_GINT64_FORMAT, check->participants);
		g_snprintf(most, sizeof(most), "%u", event->num_part);
		faults_add(faults, &texts[EXPORT_TOO_MANY], "num_part", have, most);
	}
	return faults->errors == 0;
}

/* The checks, inside one view of the data. */
static enum export_result checked(
	struct db *db, int64_t id, struct ecm_event *event, struct export_check *ret, struct faults *faults)
{
	*ret = (struct export_check){0};
	if (!ecm_event_by_id(db, id, event)) {
		return EXPORT_NO_EVENT;
	}
	walk(db, event, ret, faults, NULL, NULL);
	return check_whole(event, ret, faults) ? EXPORT_DONE : EXPORT_FAULTS;
}

enum export_result export_check(
	struct store *store, int64_t event, struct export_check *ret, struct faults *faults)
{
	struct ecm_event found;
	struct db *db = store_read(store);
	enum export_result result = checked(db, event, &found, ret, faults);
	store_read_done(store, db);
	return result;
}

static enum export_result failed(struct problem *ret, const char *path, const char *what)
{
	g_autofree char *it = g_strdup_printf("Non riesco a scrivere il rapporto: %s.", what);
	g_autofree char *en = g_strdup_printf("The report cannot be written: %s.", what);
	problem_set(ret,
		&(struct problem_text){"EXPORT_UNWRITABLE", it, en,
			"Controlla lo spazio e i permessi della cartella.",
			"Check the folder's free space and permissions."},
		path);
	return EXPORT_FAILED;
}

static void add_row(const struct participant *participant, const struct report_row *row, void *data)
{
	report_add(data, participant, row);
}

/* Writes to a temporary name in the folder and gives it its own only when it is whole and on disk. */
static enum export_result write_report(struct db *db, const struct ecm_event *event, const char *folder,
	const struct export_check *check, struct export_row *ret, struct problem *ret_problem)
{
	g_autofree char *path = g_build_filename(folder, ret->file_name, NULL);
	g_autofree char *partial = g_strconcat(path, ".part", NULL);
	FILE *file = fopen(partial, "wxe");
	if (!file) {
		return failed(ret_problem, partial, g_strerror(errno));
	}
	struct faults none;
	faults_init(&none, 1);
	struct export_check again;
	struct report report;
	report_init(&report, file, event, (guint)check->participants);
	walk(db, event, &again, &none, add_row, &report);
	faults_finish(&none);
	bool good = report_finish(&report, ret->sha256) && fchmod(fileno(file), 0440) == 0 &&
		    fsync(fileno(file)) == 0;
	int error = errno;
	good = fclose(file) == 0 && good;
	if (!good || rename(partial, path) != 0) {
		error = good ? errno : error;
		unlink(partial);
		return failed(ret_problem, path, g_strerror(error));
	}
	ret->bytes = (int64_t)report.bytes;
	ret->participants = report.rows;
	return EXPORT_DONE;
}

/*
 * No spaces [ECM 1.7]; the event's code and the time, to the second, and a number that no two exports share.
 */
static void name_file(const struct ecm_event *event, int64_t now, struct export_row *ret)
{
	g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(now / 1000);
	g_autofree char *stamp = g_date_time_format(time, "%Y%m%d-%H%M%S");
	g_autofree char *code = g_strdup(event->cod_evento);
	g_strdelimit(code, "/.", '-');
	g_snprintf(ret->file_name, sizeof(ret->file_name), "report-%s-%u-%s-%03d.xml", code, event->cod_edi,
		stamp, (int)(now % 1000));
}

struct recording {
	struct export_row *row;
	const char *event_data;
};

static bool record(struct db *db, void *data)
{
	struct recording *recording = data;
	export_insert(db, recording->row, recording->event_data);
	g_autofree char *detail =
		g_strdup_printf("%s sha256 %s", recording->row->file_name, recording->row->sha256);
	audit_about(db, recording->row->created_by, "ecm.export", "ecm_export", recording->row->id, detail);
	return true;
}

enum export_result export_make(struct store *store, const char *folder, int64_t event, int64_t by,
	struct export_row *ret, struct faults *faults, struct problem *ret_problem)
{
	struct ecm_event found;
	struct export_check check;
	int64_t now = store_now();
	*ret = (struct export_row){.event = event, .created_at = now, .created_by = by};
	struct db *db = store_read(store); /* both walks see the same data */
	enum export_result result = checked(db, event, &found, &check, faults);
	if (result == EXPORT_DONE) {
		name_file(&found, now, ret);
		g_strlcpy(ret->title, found.title, sizeof(ret->title));
		result = write_report(db, &found, folder, &check, ret, ret_problem);
	}
	store_read_done(store, db);
	if (result != EXPORT_DONE) {
		return result;
	}
	json_t *json = ecm_event_json(&found);
	char *text = json_dumps(json, JSON_COMPACT);
	struct recording recording = {ret, text};
	if (!store_write(store, record, &recording, ret_problem)) {
		g_autofree char *path = g_build_filename(folder, ret->file_name, NULL);
		unlink(path);
		result = EXPORT_FAILED;
	}
	free(text);
	json_decref(json);
	return result;
}

static const struct problem_text missing = {
	.code = "EXPORT_MISSING",
	.it = "Il file del rapporto non c'è più nella cartella exports.",
	.en = "The report's file is no longer in the folder exports.",
	.mend_it = "Ripristinalo da una copia di sicurezza o fai una nuova esportazione.",
	.mend_en = "Restore it from a backup or make a new export.",
};

static const struct problem_text changed = {
	.code = "EXPORT_CHANGED",
	.it = "Il file del rapporto è stato cambiato dopo la sua creazione: l'impronta SHA-256 non torna.",
	.en = "The report's file was changed after it was made: its SHA-256 differs.",
	.mend_it = "Ripristinalo da una copia di sicurezza o fai una nuova esportazione.",
	.mend_en = "Restore it from a backup or make a new export.",
};

int export_open(const char *folder, const struct export_row *row, struct problem *ret_problem)
{
	g_autofree char *path = g_build_filename(folder, row->file_name, NULL);
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (file < 0) {
		problem_set(ret_problem, &missing, row->file_name);
		return -1;
	}
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	guchar block[64 * 1024];
	ssize_t got;
	while ((got = read(file, block, sizeof(block))) > 0) {
		g_checksum_update(sum, block, got);
	}
	if (got < 0 || strcmp(g_checksum_get_string(sum), row->sha256) != 0 ||
		lseek(file, 0, SEEK_SET) != 0) {
		close(file);
		problem_set(ret_problem, &changed, row->file_name);
		return -1;
	}
	return file;
}

struct csv_writing {
	FILE *file;
	GString *line;
};

static void add_csv(const struct participant *participant, const struct report_row *row, void *data)
{
	struct csv_writing *writing = data;
	g_string_truncate(writing->line, 0);
	csv_report_row(writing->line, participant, row);
	fwrite(writing->line->str, 1, writing->line->len, writing->file); /* the caller looks at ferror() */
}

enum export_result export_csv(struct store *store, int64_t event, FILE *file, struct faults *faults)
{
	struct ecm_event found;
	struct export_check check;
	struct db *db = store_read(store);
	enum export_result result = checked(db, event, &found, &check, faults);
	if (result == EXPORT_DONE) {
		struct csv_writing writing = {file, g_string_new(NULL)};
		struct faults none;
		faults_init(&none, 1);
		csv_report_header(writing.line);
		fwrite(writing.line->str, 1, writing.line->len, file);
		walk(db, &found, &check, &none, add_csv, &writing);
		faults_finish(&none);
		g_string_free(writing.line, TRUE);
	}
	store_read_done(store, db);
	return result;
}
