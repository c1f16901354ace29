#include "server/classes/mark_list.h"

#include "server/classes/lines.h"
#include "server/classes/register.h"
#include "server/ecm/day.h"

enum list_fault {
	LIST_COLUMNS,
	LIST_TIME,
	LIST_ORDER,
	LIST_EMPTY,
};

static const struct fault_text texts[] = {
	[LIST_COLUMNS] = {"CLASS_LIST_COLUMNS", SEVERITY_ERROR, NULL,
		"Il file deve avere le colonne codice_fiscale, entrata e uscita.",
		"The file must have the columns codice_fiscale, entrata and uscita.",
		"Scrivi i nomi delle colonne nella prima riga.", "Write the names of the columns in the first line."},
	[LIST_TIME] = {"CLASS_LIST_TIME", SEVERITY_ERROR, NULL, "«$1» non è un orario.", "\"$1\" is no time.",
		"Scrivi ore e minuti, per esempio 09:05.", "Write hours and minutes, such as 09:05."},
	[LIST_ORDER] = {"CLASS_LIST_ORDER", SEVERITY_ERROR, NULL, "L’uscita ($2) non viene dopo l’entrata ($1).",
		"The exit ($2) does not come after the entry ($1).", "Correggi gli orari.", "Mend the times."},
	[LIST_EMPTY] = {"CLASS_LIST_EMPTY", SEVERITY_ERROR, NULL, "La riga non ha né entrata né uscita.",
		"The line has neither entry nor exit.", "Completa la riga o toglila.", "Complete the line or remove it."},
};

enum column {
	COLUMN_CODE,
	COLUMN_CAME,
	COLUMN_WENT,
};

struct mark_list {
	const struct class_session *session;
	const char *name;
};

static bool fault(struct problem *ret, enum list_fault which, const char *one, const char *two)
{
	fault_set(ret, &texts[which], "", one, two);
	return false;
}

/* 0: not given. */
static bool read_time(const struct mark_list *list, const char *text, int64_t *ret, struct problem *problem)
{
	*ret = 0;
	return !*text || ecm_moment(list->session->day, text, ret) || fault(problem, LIST_TIME, text, NULL);
}

static bool take_line(struct db *db, struct class_lines *lines, const struct csv_row *row, struct problem *problem)
{
	const struct mark_list *list = lines->data;
	struct person person;
	int64_t at[2]; /* came, went */
	const char *from = class_line_text(lines, row, COLUMN_CAME), *to = class_line_text(lines, row, COLUMN_WENT);
	if (!class_line_person(db, lines, row, &person, problem) || !read_time(list, from, &at[0], problem) ||
		!read_time(list, to, &at[1], problem)) {
		return false;
	}
	if (!at[0] && !at[1]) {
		return fault(problem, LIST_EMPTY, NULL, NULL);
	}
	if (at[0] && at[1] && at[1] <= at[0]) {
		return fault(problem, LIST_ORDER, from, to);
	}
	struct class_mark marks[2];
	guint count = 0;
	for (int i = 0; i < 2; i++) {
		if (at[i]) {
			struct class_mark *mark = &marks[count++];
			*mark = (struct class_mark){.session = list->session->id, .person = person.id, .in = i == 0, .at = at[i],
				.how = "list", .recorded_by = lines->by};
			g_strlcpy(mark->why, list->name, sizeof(mark->why));
		}
	}
	return register_enter(db, marks, count, problem);
}

static bool complete(const int at[CLASS_COLUMNS_MAX], struct problem *ret)
{
	return (at[COLUMN_CODE] >= 0 && at[COLUMN_CAME] >= 0 && at[COLUMN_WENT] >= 0) || fault(ret, LIST_COLUMNS, NULL, NULL);
}

void class_mark_list_import(struct request *request, struct reply *reply, const struct class_session *session)
{
	g_autofree char *name = request_file_name(request);
	struct mark_list list = {session, name};
	struct class_lines lines = {.columns = {"codice_fiscale", "entrata", "uscita"}, .complete = complete, .take = take_line,
		.data = &list};
	json_t *json = class_lines_take(request, reply, &lines);
	if (json) {
		reply_json(reply, 200, json);
	}
}
