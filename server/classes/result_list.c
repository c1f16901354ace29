#include "server/classes/result_list.h"

#include <string.h>

#include "server/app.h"
#include "server/classes/result.h"
#include "server/limits.h"
#include "server/people/csv_read.h"
#include "server/problem.h"
#include "server/store/people.h"

enum list_fault {
	LIST_COLUMNS,
	LIST_NOBODY,
	LIST_NOT_ENROLLED,
	LIST_TEST,
	LIST_OUTCOME,
	LIST_POINTS,
};

static const struct fault_text texts[] = {
	[LIST_COLUMNS] = {"CLASS_RESULTS_COLUMNS", SEVERITY_ERROR, NULL,
		"Il file deve avere la colonna codice_fiscale, e punti e massimo oppure esito; tipo e giorno sono facoltative.",
		"The file must have the column codice_fiscale, and punti and massimo or esito; tipo and giorno are optional.",
		"Scrivi i nomi delle colonne nella prima riga.", "Write the names of the columns in the first line."},
	[LIST_NOBODY] = {"CLASS_LIST_NOBODY", SEVERITY_ERROR, NULL, "Nessuna persona ha il codice fiscale «$1».",
		"Nobody has the codice fiscale \"$1\".", "Correggi il codice.", "Mend the code."},
	[LIST_NOT_ENROLLED] = {"CLASS_NOT_ENROLLED", SEVERITY_ERROR, NULL, "«$1» non è fra gli iscritti di questo evento.",
		"\"$1\" is not enrolled in this event.", "Il provider può iscrivere la persona.", "The provider can enrol the person."},
	[LIST_TEST] = {"CLASS_RESULT_TEST", SEVERITY_ERROR, NULL, "«$1» non è un tipo di verifica.", "\"$1\" is no kind of test.",
		"Scrivi questionario, prova scritta, esame orale, esame pratico o relazione.",
		"Write questionario, prova scritta, esame orale, esame pratico or relazione."},
	[LIST_OUTCOME] = {"CLASS_RESULT_OUTCOME", SEVERITY_ERROR, NULL, "«$1» non è un esito.", "\"$1\" is no outcome.",
		"Scrivi superata o non superata, o lascia che lo dicano i punti.",
		"Write superata or non superata, or let the points say it."},
	[LIST_POINTS] = {"CLASS_RESULT_POINTS", SEVERITY_ERROR, NULL, "«$1» non è un numero intero di punti.",
		"\"$1\" is no whole number of points.", "Scrivi per esempio 27.", "Write 27, for example."},
};

enum column {
	COLUMN_CODE,
	COLUMN_TEST,
	COLUMN_DAY,
	COLUMN_SCORE,
	COLUMN_MAXIMUM,
	COLUMN_OUTCOME,
	COLUMNS,
};

static const char *const columns[COLUMNS] = {"codice_fiscale", "tipo", "giorno", "punti", "massimo", "esito"};

struct list_work {
	const struct class_scope *scope;
	const struct csv_table *table;
	int at[COLUMNS];
	const char *name; /* of the list */
	int64_t by, taken, rejected;
	struct faults *faults;
};

static bool fault(struct problem *ret, enum list_fault which, const char *where, const char *one)
{
	fault_set(ret, &texts[which], where, one, NULL);
	return false;
}

/* By its Italian name; not said: the event's own. */
static bool read_test(const struct list_work *work, const char *text, enum class_test *ret, struct problem *problem)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);
	*ret = MAX(work->scope->setting.test, CLASS_TEST_QUESTIONNAIRE);
	for (int i = CLASS_TEST_QUESTIONNAIRE; *text && i < CLASS_TESTS; i++) {
		if (strcmp(lower, class_test_it((enum class_test)i)) == 0) {
			*ret = (enum class_test)i;
			return true;
		}
	}
	return !*text || fault(problem, LIST_TEST, "tipo", text);
}

static bool read_outcome(const char *text, enum result_said *ret, struct problem *problem)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);
	*ret = strcmp(lower, "superata") == 0 ? RESULT_SAID_PASSED : strcmp(lower, "non superata") == 0 ? RESULT_SAID_FAILED : RESULT_NOT_SAID;
	return !*text || *ret != RESULT_NOT_SAID || fault(problem, LIST_OUTCOME, "esito", text);
}

/* -1: not given. */
static bool read_points(const char *text, int64_t *ret, struct problem *problem)
{
	gint64 value = -1;
	bool good = !*text || g_ascii_string_to_signed(text, 10, 0, 1000, &value, NULL);
	*ret = value;
	return good || fault(problem, LIST_POINTS, "punti", text);
}

/* The group in which the person sits, in a list of the whole event. */
static bool group_of(struct db *db, const struct list_work *work, const struct person *person, struct class_group *ret)
{
	struct class_seat seat;
	*ret = work->scope->group;
	return ret->id != 0 || (class_seat_of(db, work->scope->event.id, person->id, &seat) && class_group_by_id(db, seat.group, ret));
}

static bool take_line(struct db *db, const struct list_work *work, const struct csv_row *row, struct problem *problem)
{
	struct person person;
	struct class_group group;
	struct result_entry entry = {.by = work->by, .provider = work->scope->provider,
		.how = "list", .note = work->name};
	g_autofree char *code = g_ascii_strup(csv_text(row, work->at[COLUMN_CODE]), -1);
	const char *day = csv_text(row, work->at[COLUMN_DAY]);
	if (!people_by_codice_fiscale(db, code, &person)) {
		return fault(problem, LIST_NOBODY, "codice_fiscale", code);
	}
	if (!group_of(db, work, &person, &group)) {
		return fault(problem, LIST_NOT_ENROLLED, "codice_fiscale", code);
	}
	entry.group = group.id;
	entry.person = person.id;
	g_strlcpy(entry.day, *day ? day : group.last_day, sizeof(entry.day));
	return read_test(work, csv_text(row, work->at[COLUMN_TEST]), &entry.test, problem) &&
	       read_points(csv_text(row, work->at[COLUMN_SCORE]), &entry.score, problem) &&
	       read_points(csv_text(row, work->at[COLUMN_MAXIMUM]), &entry.maximum, problem) &&
	       read_outcome(csv_text(row, work->at[COLUMN_OUTCOME]), &entry.said, problem) && result_enter(db, &entry, problem);
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
			faults_add_problem(work->faults, &problem, csv_text(row, work->at[COLUMN_CODE]));
			work->rejected++;
		}
	}
	return true;
}

static bool find_columns(struct list_work *work)
{
	for (int i = 0; i < COLUMNS; i++) {
		work->at[i] = csv_column(work->table, columns[i]);
	}
	return work->at[COLUMN_CODE] >= 0 &&
	       (work->at[COLUMN_OUTCOME] >= 0 || (work->at[COLUMN_SCORE] >= 0 && work->at[COLUMN_MAXIMUM] >= 0));
}

void class_results_import(struct request *request, struct reply *reply, const struct class_scope *scope)
{
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
	struct list_work work = {.scope = scope, .table = &table, .name = name, .by = request->who.person, .faults = &faults};
	if (!find_columns(&work)) {
		fault(&problem, LIST_COLUMNS, "", NULL);
		reply_problem(reply, 422, &problem);
	} else if (class_write(request, reply, take_all, &work)) {
		class_reply_list(reply, work.taken, work.rejected, &faults);
	}
	faults_finish(&faults);
	csv_table_finish(&table);
}
