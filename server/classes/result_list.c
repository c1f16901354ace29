#include "server/classes/result_list.h"

#include <string.h>

#include "server/classes/lines.h"
#include "server/classes/result.h"

enum list_fault {
	LIST_COLUMNS,
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
};

struct result_list {
	const struct class_scope *scope;
	const char *name;
};

static bool fault(struct problem *ret, enum list_fault which, const char *where, const char *one)
{
	fault_set(ret, &texts[which], where, one, NULL);
	return false;
}

/* By its Italian name; not said: the event's own. */
static bool read_test(const struct result_list *list, const char *text, enum class_test *ret, struct problem *problem)
{
	g_autofree char *lower = g_utf8_strdown(text, -1);
	*ret = MAX(list->scope->setting.test, CLASS_TEST_QUESTIONNAIRE);
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
static bool group_of(struct db *db, const struct result_list *list, const struct person *person, struct class_group *ret)
{
	struct class_seat seat;
	*ret = list->scope->group;
	return ret->id != 0 || (class_seat_of(db, list->scope->event.id, person->id, &seat) && class_group_by_id(db, seat.group, ret));
}

static bool take_line(struct db *db, struct class_lines *lines, const struct csv_row *row, struct problem *problem)
{
	const struct result_list *list = lines->data;
	struct person person;
	struct class_group group;
	struct result_entry entry = {.by = lines->by, .provider = list->scope->provider, .how = "list", .note = list->name};
	const char *day = class_line_text(lines, row, COLUMN_DAY);
	if (!class_line_person(db, lines, row, &person, problem)) {
		return false;
	}
	if (!group_of(db, list, &person, &group)) {
		return fault(problem, LIST_NOT_ENROLLED, "codice_fiscale", person.codice_fiscale);
	}
	entry.group = group.id;
	entry.person = person.id;
	g_strlcpy(entry.day, *day ? day : group.last_day, sizeof(entry.day));
	return read_test(list, class_line_text(lines, row, COLUMN_TEST), &entry.test, problem) &&
	       read_points(class_line_text(lines, row, COLUMN_SCORE), &entry.score, problem) &&
	       read_points(class_line_text(lines, row, COLUMN_MAXIMUM), &entry.maximum, problem) &&
	       read_outcome(class_line_text(lines, row, COLUMN_OUTCOME), &entry.said, problem) && result_enter(db, &entry, problem);
}

static bool complete(const int at[CLASS_COLUMNS_MAX], struct problem *ret)
{
	return (at[COLUMN_CODE] >= 0 && (at[COLUMN_OUTCOME] >= 0 || (at[COLUMN_SCORE] >= 0 && at[COLUMN_MAXIMUM] >= 0))) ||
	       fault(ret, LIST_COLUMNS, "", NULL);
}

void class_results_import(struct request *request, struct reply *reply, const struct class_scope *scope)
{
	g_autofree char *name = request_file_name(request);
	struct result_list list = {scope, name};
	struct class_lines lines = {.columns = {"codice_fiscale", "tipo", "giorno", "punti", "massimo", "esito"},
		.complete = complete, .take = take_line, .data = &list};
	json_t *json = class_lines_take(request, reply, &lines);
	if (json) {
		reply_json(reply, 200, json);
	}
}
