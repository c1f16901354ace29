#include "server/classes/lines.h"

#include "server/app.h"
#include "server/classes/view.h"
#include "server/limits.h"
#include "server/problem.h"

static const struct fault_text nobody = {"CLASS_LIST_NOBODY", SEVERITY_ERROR, NULL,
	"Nessuna persona ha il codice fiscale «$1».", "Nobody has the codice fiscale \"$1\".", "Correggi il codice.",
	"Mend the code."};

const char *class_line_text(const struct class_lines *lines, const struct csv_row *row, int column)
{
	return csv_text(row, lines->at[column]);
}

bool class_line_person(struct db *db, const struct class_lines *lines, const struct csv_row *row, struct person *ret,
	struct problem *ret_problem)
{
	g_autofree char *code = g_ascii_strup(class_line_text(lines, row, 0), -1);
	if (people_by_codice_fiscale(db, code, ret)) {
		return true;
	}
	fault_set(ret_problem, &nobody, "codice_fiscale", code, NULL);
	return false;
}

void class_line_tell(struct class_lines *lines, const struct csv_row *row, const struct problem *problem)
{
	struct problem told = *problem;
	told.line = row->line;
	faults_add_problem(&lines->faults, &told, class_line_text(lines, row, 0));
}

static bool take_all(struct db *db, void *data)
{
	struct class_lines *lines = data;
	for (guint i = 1; i < lines->table.rows->len; i++) {
		const struct csv_row *row = g_ptr_array_index(lines->table.rows, i);
		struct problem problem = {0};
		if (lines->take(db, lines, row, &problem)) {
			lines->taken++;
		} else {
			class_line_tell(lines, row, &problem);
			lines->rejected++;
		}
	}
	return true;
}

static json_t *take_table(struct request *request, struct reply *reply, struct class_lines *lines)
{
	struct problem problem = {0};
	for (int i = 0; i < CLASS_COLUMNS_MAX; i++) {
		lines->at[i] = lines->columns[i] ? csv_column(&lines->table, lines->columns[i]) : -1;
	}
	if (!lines->complete(lines->at, &problem)) {
		reply_problem(reply, 422, &problem);
		return NULL;
	}
	if (!class_write(request, reply, take_all, lines)) {
		return NULL;
	}
	return json_pack("{s:I, s:I, s:o}", "taken", (json_int_t)lines->taken, "rejected", (json_int_t)lines->rejected, "problems",
		problems_json(lines->faults.list));
}

json_t *class_lines_take(struct request *request, struct reply *reply, struct class_lines *lines)
{
	struct problem problem = {0};
	gsize size;
	const char *bytes = g_bytes_get_data(request->body, &size);
	if (!csv_table_init(&lines->table, bytes, size, &problem)) {
		reply_problem(reply, 422, &problem);
		return NULL;
	}
	lines->by = request->who.person;
	faults_init(&lines->faults, LIMIT_CSV_PROBLEMS);
	json_t *json = take_table(request, reply, lines);
	faults_finish(&lines->faults);
	csv_table_finish(&lines->table);
	return json;
}
