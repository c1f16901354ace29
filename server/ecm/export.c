#include "server/ecm/export.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "packages/archive/zip_write.h"
#include "server/app.h"
#include "server/ecm/coverage.h"
#include "server/ecm/csv.h"
#include "server/ecm/day.h"
#include "server/ecm/report.h"
#include "server/problem.h"
#include "server/store/audit.h"

enum export_fault {
	EXPORT_NOBODY,
	EXPORT_TOO_MANY,
	EXPORT_NO_REASON,
};

static const struct fault_text texts[] = {
	[EXPORT_NOBODY] = {"EXPORT_NOBODY", SEVERITY_ERROR, "ECM 1.1",
		"Nessuno ha ancora diritto ai crediti di questo evento: un rapporto vuoto non è ammesso.",
		"Nobody has a right to this event's credits yet: an empty report is not allowed.",
		"Guarda che cosa manca, persona per persona, fra le condizioni per i crediti; poi le date dell'evento e i suoi livelli.",
		"See what is missing, person by person, among the conditions for the credits; then the event's dates and its levels."},
	[EXPORT_TOO_MANY] = {"EXPORT_TOO_MANY", SEVERITY_ERROR, "ECM 1.2",
		"I partecipanti sono $1, più di quelli accreditati per l'evento ($2).",
		"There are $1 participants, more than the event was accredited for ($2).",
		"Fai accreditare più partecipanti o crea un'altra edizione.",
		"Have more participants accredited, or create another edition."},
	[EXPORT_NO_REASON] = {"EXPORT_REASON_MISSING", SEVERITY_ERROR, "ECM 1.9",
		"Il rapporto di questo evento è già stato inviato ($1): uno nuovo ne prende il posto e serve il motivo.",
		"The report of this event was sent already ($1): a new one takes its place, and wants a reason.",
		"Scrivi che cosa è stato corretto.", "Write what was mended."},
};

static bool check_whole(const struct ecm_event *event, const struct report_schema *schema,
	const struct export_check *check, struct faults *faults)
{
	struct report_record record;
	report_event_record(event, (guint)check->participants, &record);
	if (ecm_event_exportable(event, faults)) {
		report_schema_check(schema, LEVEL_EVENT, &record, event->title, faults);
	}
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
static enum export_result checked(struct db *db, int64_t id, const struct report_schema *schema,
	struct ecm_event *event, struct export_check *ret, struct faults *faults)
{
	*ret = (struct export_check){0};
	if (!ecm_event_by_id(db, id, event)) {
		return EXPORT_NO_EVENT;
	}
	export_walk(db, event, schema, ret, faults, NULL, NULL);
	bool good = check_whole(event, schema, ret, faults);
	coverage_check(db, event, faults);
	if (!ecm_event_in_class(event)) {
		coverage_gaps(db, event->data_ini, event->data_fine, faults);
	}
	return good ? EXPORT_DONE : EXPORT_FAULTS;
}

/* Without its schema there is nothing to check by. */
static enum export_result no_schema(const struct problem *problem, struct faults *faults)
{
	faults_add_problem(faults, problem, problem->where);
	return EXPORT_FAULTS;
}

enum export_result export_check(struct app *app, int64_t event, struct export_check *ret, struct faults *faults)
{
	struct ecm_event found;
	struct problem problem;
	struct report_schema *schema = export_schema(app, &problem);
	*ret = (struct export_check){0};
	if (!schema) {
		return no_schema(&problem, faults);
	}
	struct db *db = store_read(app->store);
	enum export_result result = checked(db, event, schema, &found, ret, faults);
	store_read_done(app->store, db);
	report_schema_destroy(schema);
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

/* Writes to a temporary name in the folder and gives it its own, which nobody has, only when it is whole and on disk. */
static enum export_result write_report(struct db *db, const struct ecm_event *event, const struct report_schema *schema,
	const char *folder, const struct export_check *check, struct export_row *ret, struct problem *ret_problem)
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
	report_init(&report, file, schema, event, (guint)check->participants);
	export_walk(db, event, NULL, &again, &none, add_row, &report);
	faults_finish(&none);
	bool good = report_finish(&report, ret->sha256) && fchmod(fileno(file), 0440) == 0 &&
		    fsync(fileno(file)) == 0;
	int error = errno;
	good = fclose(file) == 0 && good;
	if (!good || link(partial, path) != 0) {
		error = good ? errno : error;
		unlink(partial);
		return failed(ret_problem, path, g_strerror(error));
	}
	unlink(partial);
	ret->bytes = (int64_t)report.bytes;
	ret->participants = report.rows;
	return EXPORT_DONE;
}

/*
 * No spaces, extension .XML [ECM 1.7]: the time to the minute, the event's code and edition; a number when one was
 * made in the same minute already.
 */
static void name_file(const char *folder, const struct ecm_event *event, int64_t now, struct export_row *ret)
{
	char minute[14];
	ecm_minute(now, minute);
	g_autofree char *code = g_strdup(event->cod_evento);
	g_strdelimit(code, "/.", '-');
	for (guint number = 1; number < 1000; number++) {
		char more[8] = "";
		g_snprintf(more, sizeof(more), number > 1 ? "-%u" : "", number);
		g_snprintf(ret->file_name, sizeof(ret->file_name), "report-%s-%s-%u%s.XML", minute, code, event->cod_edi, more);
		g_autofree char *path = g_build_filename(folder, ret->file_name, NULL);
		g_autofree char *partial = g_strconcat(path, ".part", NULL);
		if (!g_file_test(path, G_FILE_TEST_EXISTS) && !g_file_test(partial, G_FILE_TEST_EXISTS)) {
			return;
		}
	}
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

/* Which report this one takes the place of; false: it needs a reason. */
static bool take_place(struct db *db, struct export_row *row, struct faults *faults)
{
	struct export_row before;
	if (export_newest(db, row->event, &before)) {
		row->supersedes = before.id;
	}
	if (*row->reason || !export_newest_sent(db, row->event, &before)) {
		return true;
	}
	faults_add(faults, &texts[EXPORT_NO_REASON], "reason", before.protocol, NULL);
	return false;
}

static bool keep(struct app *app, struct export_row *row, const struct ecm_event *event, struct problem *ret_problem)
{
	json_t *json = ecm_event_json(event);
	char *text = json_dumps(json, JSON_COMPACT);
	struct recording recording = {row, text};
	bool kept = store_write(app->store, record, &recording, ret_problem);
	if (!kept) {
		g_autofree char *path = g_build_filename(app->exports, row->file_name, NULL);
		unlink(path);
	}
	free(text);
	json_decref(json);
	return kept;
}

enum export_result export_make(struct app *app, int64_t event, int64_t by, const char *reason, struct export_row *ret,
	struct faults *faults, struct problem *ret_problem)
{
	struct ecm_event found;
	struct export_check check;
	struct problem problem;
	struct report_schema *schema = export_schema(app, &problem);
	if (!schema) {
		return no_schema(&problem, faults);
	}
	*ret = (struct export_row){.event = event, .created_at = store_now(), .created_by = by};
	PROBLEM_COPY(ret->reason, reason ? reason : "");
	PROBLEM_COPY(ret->schema, schema->version);
	struct db *db = store_read(app->store); /* both walks see the same data */
	enum export_result result = checked(db, event, schema, &found, &check, faults);
	if (result == EXPORT_DONE && !take_place(db, ret, faults)) {
		result = EXPORT_FAULTS;
	}
	if (result == EXPORT_DONE) {
		name_file(app->exports, &found, ret->created_at, ret);
		g_strlcpy(ret->title, found.title, sizeof(ret->title));
		result = write_report(db, &found, schema, app->exports, &check, ret, ret_problem);
	}
	store_read_done(app->store, db);
	report_schema_destroy(schema);
	if (result == EXPORT_DONE && !keep(app, ret, &found, ret_problem)) {
		result = EXPORT_FAILED;
	}
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

int export_open_zip(const struct app *app, const struct export_row *row, struct problem *ret_problem)
{
	g_autofree char *path = g_strdup_printf("%s/.zip-%" G_GINT64_FORMAT "-%08x", app->exports, row->id, g_random_int());
	g_autofree char *report = g_build_filename(app->exports, row->file_name, NULL);
	g_autoptr(GMappedFile) mapped = NULL;
	int file = export_open(app->exports, row, ret_problem);
	if (file < 0) {
		return -1;
	}
	mapped = g_mapped_file_new_from_fd(file, FALSE, NULL);
	close(file);
	bool packed = mapped && zip_write_bytes(path, row->file_name, g_mapped_file_get_contents(mapped),
					g_mapped_file_get_length(mapped));
	file = packed ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	int error = errno;
	g_unlink(path);
	if (file < 0) {
		failed(ret_problem, path, g_strerror(error));
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

enum export_result export_csv(struct app *app, int64_t event, FILE *file, struct faults *faults)
{
	struct ecm_event found;
	struct export_check check;
	struct problem problem;
	struct report_schema *schema = export_schema(app, &problem);
	if (!schema) {
		return no_schema(&problem, faults);
	}
	struct db *db = store_read(app->store);
	enum export_result result = checked(db, event, schema, &found, &check, faults);
	if (result == EXPORT_DONE) {
		struct csv_writing writing = {file, g_string_new(NULL)};
		struct faults none;
		faults_init(&none, 1);
		csv_report_header(writing.line);
		fwrite(writing.line->str, 1, writing.line->len, file);
		export_walk(db, &found, NULL, &check, &none, add_csv, &writing);
		faults_finish(&none);
		g_string_free(writing.line, TRUE);
	}
	store_read_done(app->store, db);
	report_schema_destroy(schema);
	return result;
}
