#include "server/people/users_import.h"

#include "server/ecm/codice_fiscale.h"
#include "server/limits.h"
#include "server/people/csv_read.h"
#include "server/people/fields.h"
#include "server/people/secrets.h"
#include "server/problem.h"
#include "server/store/audit.h"
#include "server/store/people.h"

#define FIELDS_MAX 32

struct import_work {
	struct users_import *import;
	const struct csv_table *table;
	int columns[FIELDS_MAX]; /* of person_fields; -1: not in the file */
	int password;
	char **hashes;    /* one a row; NULL: no password given */
	GHashTable *seen; /* codice fiscale → line + 1 of its row */
	int64_t by;
};

static void note(struct users_import *import, const struct problem *problem)
{
	if (import->problems->len < LIMIT_CSV_PROBLEMS) {
		g_array_append_val(import->problems, *problem);
	}
}

static bool find_columns(struct import_work *work, struct problem *ret)
{
	g_autoptr(GString) missing = g_string_new(NULL);
	for (size_t i = 0; person_fields[i].csv != NULL; i++) {
		g_assert(i < FIELDS_MAX);
		work->columns[i] = csv_column(work->table, person_fields[i].csv);
		if (work->columns[i] < 0 && person_fields[i].required) {
			g_string_append_printf(
				missing, "%s%s", missing->len > 0 ? ", " : "", person_fields[i].csv);
		}
	}
	work->password = csv_column(work->table, "password");
	if (missing->len == 0) {
		return true;
	}
	g_autofree char *it = g_strdup_printf("Nella prima riga mancano queste colonne: %s.", missing->str);
	g_autofree char *en =
		g_strdup_printf("These columns are missing in the first line: %s.", missing->str);
	problem_set(ret,
		&(struct problem_text){"CSV_COLUMNS", it, en,
			"La prima riga deve contenere i nomi delle colonne, per esempio "
			"codice_fiscale;cognome;nome;email.",
			"The first line must hold the names of the columns, such as "
			"codice_fiscale;cognome;nome;email."},
		NULL);
	ret->line = 1;
	return false;
}

/* A column that nobody knows is most likely a misspelt one: said, but not refused. */
static void warn_of_columns(struct import_work *work)
{
	const struct csv_row *header = work->table->rows->pdata[0];
	for (guint i = 0; i < header->fields->len; i++) {
		bool known = (int)i == work->password;
		for (size_t field = 0; person_fields[field].csv != NULL; field++) {
			known = known || work->columns[field] == (int)i;
		}
		if (!known && csv_text(header, (int)i)[0] != '\0') {
			struct problem problem;
			problem_set(&problem,
				&(struct problem_text){"CSV_UNKNOWN_COLUMN",
					"Questa colonna non è conosciuta: è stata ignorata.",
					"This column is not known: it was ignored.",
					"Controllare il nome della colonna.", "Check the column's name."},
				csv_text(header, (int)i));
			problem.severity = SEVERITY_WARNING;
			problem.line = 1;
			problem.column = i + 1;
			note(work->import, &problem);
		}
	}
}

static bool row_fault(
	struct import_work *work, const struct csv_row *row, struct problem *problem, size_t field)
{
	const char *column = person_fields[field].csv;
	char where[sizeof(problem->where)];
	g_snprintf(where, sizeof(where), "%s%s%s %s", column == NULL ? "" : column,
		column == NULL ? "" : ": ", csv_text(row, work->columns[1]), csv_text(row, work->columns[2]));
	PROBLEM_COPY(problem->where, where);
	problem->line = row->line;
	problem->column = column == NULL ? 0 : (uint32_t)(work->columns[field] + 1);
	note(work->import, problem);
	return false;
}

static size_t past_fields(void)
{
	size_t count = 0;
	while (person_fields[count].csv != NULL) {
		count++;
	}
	return count;
}

/* Sets what the row has; notes every fault of it, not only the first. */
static bool read_row(struct import_work *work, const struct csv_row *row, struct person *person)
{
	bool good = true;
	struct problem problem;
	for (size_t i = 0; person_fields[i].csv != NULL; i++) {
		const char *text = csv_text(row, work->columns[i]);
		if (work->columns[i] < 0) {
			continue;
		}
		if (i == 0 && text[0] == '\0') {
			problem_set(&problem,
				&(struct problem_text){"CODICE_FISCALE_MISSING", "Manca il codice fiscale.",
					"The tax code is missing.",
					"Indicarlo: serve a riconoscere la persona.",
					"Give it: it identifies the person."},
				NULL);
			good = row_fault(work, row, &problem, i);
		} else if (!person_fields[i].set(person, text, &problem)) {
			good = row_fault(work, row, &problem, i);
		}
	}
	return good && (person_complete(person, &problem) || row_fault(work, row, &problem, past_fields()));
}

static bool is_first_of_its_code(
	struct import_work *work, const struct csv_row *row, const struct person *person)
{
	uint32_t before = GPOINTER_TO_UINT(g_hash_table_lookup(work->seen, person->codice_fiscale));
	if (before == 0) {
		g_hash_table_insert(
			work->seen, g_strdup(person->codice_fiscale), GUINT_TO_POINTER(row->line));
		return true;
	}
	struct problem problem;
	g_autofree char *it =
		g_strdup_printf("Questo codice fiscale è già nella riga %u di questo file.", before);
	g_autofree char *en = g_strdup_printf("This tax code is in line %u of this file already.", before);
	problem_set(&problem,
		&(struct problem_text){"CODICE_FISCALE_TWICE", it, en, "Lasciare una sola riga per persona.",
			"Leave one row for each person."},
		NULL);
	return row_fault(work, row, &problem, 0);
}

static bool import_row(struct db *db, struct import_work *work, const struct csv_row *row, const char *hash)
{
	struct person person = {.active = true};
	struct problem problem;
	char code[17];
	bool known = codice_fiscale_check(csv_text(row, work->columns[0]), code, &problem) &&
		     people_by_codice_fiscale(db, code, &person);
	if (!read_row(work, row, &person) || !is_first_of_its_code(work, row, &person)) {
		return false;
	}
	if (!people_may_save(db, &person, &problem)) {
		return row_fault(work, row, &problem, past_fields());
	}
	people_save(db, &person);
	if (hash != NULL && person.password_hash[0] == '\0') {
		people_set_password(db, person.id, hash, true);
	}
	work->import->created += !known;
	work->import->updated += known;
	return true;
}

static bool import_all(struct db *db, void *data)
{
	struct import_work *work = data;
	struct users_import *import = work->import;
	for (guint i = 1; i < work->table->rows->len; i++) {
		if (!import_row(db, work, work->table->rows->pdata[i], work->hashes[i])) {
			import->rejected++;
		}
	}
	g_autofree char *detail = g_strdup_printf("created %" G_GINT64_FORMAT ", updated %" G_GINT64_FORMAT
						  ", rejected %" G_GINT64_FORMAT,
		import->created, import->updated, import->rejected);
	audit_add(db, work->by, "users.import", NULL, detail);
	return true;
}

/* Slow on purpose, so outside the transaction. */
static void hash_passwords(struct import_work *work)
{
	work->hashes = g_new0(char *, work->table->rows->len + 1);
	for (guint i = 1; i < work->table->rows->len && work->password >= 0; i++) {
		const char *text = csv_text(work->table->rows->pdata[i], work->password);
		char hash[SECRETS_PASSWORD];
		if (text[0] != '\0' && secrets_password_hash(text, hash)) {
			work->hashes[i] = g_strdup(hash);
		}
	}
}

bool users_import(struct store *store, const char *bytes, size_t size, int64_t by, struct users_import *ret)
{
	*ret = (struct users_import){.problems = g_array_new(FALSE, FALSE, sizeof(struct problem))};
	struct csv_table table;
	if (!csv_table_init(&table, bytes, size, &ret->fault)) {
		return false;
	}
	struct import_work work = {.import = ret, .table = &table, .by = by};
	bool good = find_columns(&work, &ret->fault);
	if (good) {
		warn_of_columns(&work);
		hash_passwords(&work);
		work.seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		good = store_write(store, import_all, &work, &ret->fault);
		g_hash_table_unref(work.seen);
		for (guint i = 0; i < table.rows->len; i++) {
			g_free(work.hashes[i]);
		}
		g_free(work.hashes);
	}
	csv_table_finish(&table);
	return good;
}

void users_import_finish(struct users_import *import)
{
	g_clear_pointer(&import->problems, g_array_unref);
}
