#include "server/classes/list.h"

#include "server/app.h"
#include "server/classes/register.h"
#include "server/classes/view.h"
#include "server/ecm/day.h"
#include "server/people/csv_read.h"
#include "server/problem.h"
#include "server/store/people.h"

enum list_fault {
	LIST_COLUMNS,
	LIST_NOBODY,
	LIST_TIME,
	LIST_ORDER,
	LIST_EMPTY,
};

static const struct fault_text texts[] = {
	[LIST_COLUMNS] = {"CLASS_LIST_COLUMNS", SEVERITY_ERROR, NULL,
		"Il file deve avere le colonne codice_fiscale, entrata e uscita.",
		"The file must have the columns codice_fiscale, entrata and uscita.",
		"Scrivi i nomi delle colonne nella prima riga.", "Write the names of the columns in the first line."},
	[LIST_NOBODY] = {"CLASS_LIST_NOBODY", SEVERITY_ERROR, NULL, "Nessuna persona ha il codice fiscale «$1».",
		"Nobody has the codice fiscale \"$1\".", "Correggi il codice.", "Mend the code."},
	[LIST_TIME] = {"CLASS_LIST_TIME", SEVERITY_ERROR, NULL, "«$1» non è un orario.", "\"$1\" is no time.",
		"Scrivi ore e minuti, per esempio 09:05.", "Write hours and minutes, such as 09:05."},
	[LIST_ORDER] = {"CLASS_LIST_ORDER", SEVERITY_ERROR, NULL, "L’uscita ($2) non viene dopo l’entrata ($1).",
		"The exit ($2) does not come after the entry ($1).", "Correggi gli orari.", "Mend the times."},
	[LIST_EMPTY] = {"CLASS_LIST_EMPTY", SEVERITY_ERROR, NULL, "La riga non ha né entrata né uscita.",
		"The line has neither entry nor exit.", "Completa la riga o toglila.", "Complete the line or remove it."},
};

struct list_work {
	const struct class_session *session;
	const struct csv_table *table;
	int columns[3]; /* codice_fiscale, entrata, uscita */
	int64_t by, taken, rejected;
	const char *why;
	struct faults *faults;
};

static bool fault(struct problem *ret, enum list_fault which, const char *one, const char *two)
{
	fault_set(ret, &texts[which], "", one, two);
	return false;
}

/* 0: not given. */
static bool read_time(const struct list_work *work, const char *text, int64_t *ret, struct problem *problem)
{
	*ret = 0;
	return !*text || ecm_moment(work->session->day, text, ret) || fault(problem, LIST_TIME, text, NULL);
}

static struct class_mark mark_of(const struct list_work *work, int64_t person, bool in, int64_t at)
{
	struct class_mark mark = {.session = work->session->id, .person = person, .in = in, .at = at, .how = "list",
		.recorded_by = work->by};
	g_strlcpy(mark.why, work->why, sizeof(mark.why));
	return mark;
}

/* Both of a line or neither. */
static bool enter(struct db *db, const struct list_work *work, int64_t person, int64_t came, int64_t went, struct problem *problem)
{
	struct class_mark marks[2];
	guint count = 0;
	if (came) {
		marks[count++] = mark_of(work, person, true, came);
	}
	if (went) {
		marks[count++] = mark_of(work, person, false, went);
	}
	bool good = register_allows(db, marks, count, problem);
	for (guint i = 0; good && i < count; i++) {
		good = register_enter(db, &marks[i], problem);
	}
	return good;
}

static bool take_line(struct db *db, const struct list_work *work, const struct csv_row *row, struct problem *problem)
{
	struct person person;
	int64_t came, went;
	const char *from = csv_text(row, work->columns[1]), *to = csv_text(row, work->columns[2]);
	g_autofree char *codice_fiscale = g_ascii_strup(csv_text(row, work->columns[0]), -1);
	if (!people_by_codice_fiscale(db, codice_fiscale, &person)) {
		return fault(problem, LIST_NOBODY, codice_fiscale, NULL);
	}
	if (!read_time(work, from, &came, problem) || !read_time(work, to, &went, problem)) {
		return false;
	}
	if (!came && !went) {
		return fault(problem, LIST_EMPTY, NULL, NULL);
	}
	if (came && went && went <= came) {
		return fault(problem, LIST_ORDER, from, to);
	}
	return enter(db, work, person.id, came, went, problem);
}

static bool take_all(struct db *db, void *data)
{
	struct list_work *work = data;
	for (guint i = 1; i < work->table->rows->len; i++) {
		const struct csv_row *row = g_ptr_array_index(work->table->rows, i);
		struct problem problem = {0};
		if (take_line(db, work, row, &problem)) {
			work->taken++;
		} else {
			problem.line = row->line;
			faults_add_problem(work->faults, &problem, csv_text(row, work->columns[0]));
			work->rejected++;
		}
	}
	return true;
}

void class_list_import(struct request *request, struct reply *reply, const struct class_session *session)
{
	static const char *const names[] = {"codice_fiscale", "entrata", "uscita"};
	struct csv_table table;
	struct faults faults;
	struct problem problem = {0};
	gsize size;
	const char *bytes = g_bytes_get_data(request->body, &size);
	g_autofree char *name = request_file_name(request);
	if (!csv_table_init(&table, bytes, size, &problem)) {
		reply_problem(reply, 422, &problem);
		return;
	}
	faults_init(&faults, LIMIT_CSV_PROBLEMS);
	struct list_work work = {.session = session, .table = &table, .by = request->who.person, .why = name, .faults = &faults};
	bool columns = true;
	for (int i = 0; i < 3; i++) {
		work.columns[i] = csv_column(&table, names[i]);
		columns = columns && work.columns[i] >= 0;
	}
	if (!columns) {
		fault(&problem, LIST_COLUMNS, NULL, NULL);
		reply_problem(reply, 422, &problem);
	} else if (class_write(request, reply, take_all, &work)) {
		class_reply_list(reply, work.taken, work.rejected, &faults);
	}
	faults_finish(&faults);
	csv_table_finish(&table);
}
