#include "server/ecm/progress_tables.h"

#include <stdbool.h>
#include <string.h>

#include "server/ecm/csv.h"

#define COUNTS                                                                                               \
	{"Iscritti", "people", NULL}, {"Invitati", "invited", NULL}, {"Collocati", "placed", NULL}, {"Iniziati", "started", NULL},          \
		{"Completati", "completed", NULL},                                                           \
	{                                                                                                    \
		"Nel rapporto", "reported", NULL                                                             \
	}

static const struct progress_table tables[] = {
	{"Obiettivi", "target", "targets",
		{{"Obiettivo", "name_it", NULL}, {"Da raggiungere", "target", NULL},
			{"Raggiunti", "reached", NULL}}},
	{"Aziende", "company", "by_company", {{"Azienda", "name", "company"}, COUNTS}},
	{"Professioni", "profession", "by_profession", {{"Professione", "name", NULL}, COUNTS}},
	{"Livelli", "level", "by_level", {{"Livello", "name_it", "level"}, COUNTS}},
	{"Moduli", "module", "by_module",
		{{"Modulo", "title_it", NULL}, {"Iniziati", "started", NULL},
			{"Completati", "completed", NULL}}},
	{"Mesi", "month", "by_month", {{"Mese", "month", NULL}, {"Completati", "completed", NULL}}},
};

#undef COUNTS

const struct progress_table *progress_tables(size_t *ret_count)
{
	*ret_count = G_N_ELEMENTS(tables);
	return tables;
}

const json_t *progress_cell(const json_t *row, const struct progress_column *column)
{
	const json_t *cell = json_object_get(row, column->field);
	bool missing = !cell || json_is_null(cell) || (json_is_string(cell) && !*json_string_value(cell));
	return missing && column->otherwise ? json_object_get(row, column->otherwise) : cell;
}

/* "Nel rapporto" as our files name columns: nel_rapporto. */
static void title(GString *out, const char *text)
{
	g_autofree char *name = g_ascii_strdown(text, -1);
	csv_field(out, g_strdelimit(name, " ", '_'));
}

static void cell(GString *out, const json_t *value)
{
	char number[32] = "";
	if (json_is_integer(value)) {
		g_snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
	}
	csv_guarded(out, json_is_string(value) ? json_string_value(value) : number);
}

GBytes *progress_csv(const json_t *progress, const char *id)
{
	size_t at = 0, i;
	json_t *row;
	while (at < G_N_ELEMENTS(tables) && strcmp(tables[at].id, id) != 0) {
		at++;
	}
	if (at == G_N_ELEMENTS(tables)) {
		return NULL;
	}
	GString *out = g_string_new("\xEF\xBB\xBF");
	const struct progress_column *columns = tables[at].columns;
	for (int k = 0; columns[k].title; k++) {
		title(out, columns[k].title);
	}
	csv_end(out);
	json_array_foreach(json_object_get(progress, tables[at].member), i, row)
	{
		for (int k = 0; columns[k].title; k++) {
			cell(out, progress_cell(row, &columns[k]));
		}
		csv_end(out);
	}
	return g_string_free_to_bytes(out);
}
