#include "server/people/csv_read.h"

#include <string.h>

#include "server/limits.h"
#include "server/problem.h"

struct reader {
	const char *at, *end;
	char separator;
	uint32_t line;
	struct problem *ret;
};

static bool fault(struct reader *reader, const struct problem_text *text, uint32_t line)
{
	problem_set(reader->ret, text, NULL);
	reader->ret->line = line;
	return false;
}

static const struct problem_text other_encoding = {"CSV_ENCODING",
	"Il file non è in UTF-8: sembra salvato in Windows-1252 (ANSI), come fa Excel.",
	"The file is not UTF-8: it looks saved as Windows-1252 (ANSI), as Excel does.",
	"In Excel: Salva con nome, tipo «CSV UTF-8 (delimitato dal separatore di elenco)».",
	"In Excel: Save as, type \"CSV UTF-8 (Comma delimited)\"."};
static const struct problem_text utf16 = {"CSV_ENCODING",
	"Il file è in UTF-16 («testo Unicode»), non in UTF-8.",
	"The file is UTF-16 (\"Unicode text\"), not UTF-8.", "Salvarlo come CSV UTF-8.",
	"Save it as CSV UTF-8."};
static const struct problem_text binary = {"CSV_ENCODING",
	"Il file contiene byte nulli: non è un CSV (forse è un foglio Excel).",
	"The file holds NUL bytes: it is no CSV (an Excel sheet, perhaps).", "Salvarlo come CSV UTF-8.",
	"Save it as CSV UTF-8."};
static const struct problem_text open_quote = {"CSV_QUOTE",
	"Le virgolette aperte in questa riga non vengono mai chiuse.",
	"The quotation mark opened in this line is never closed.",
	"Chiudere le virgolette, o raddoppiarle se fanno parte del testo.",
	"Close it, or double it when it is part of the text."};
static const struct problem_text after_quote = {"CSV_QUOTE",
	"Dopo le virgolette chiuse c'è altro testo nello stesso campo.",
	"More text follows a closed quotation mark in the same field.",
	"Raddoppiare le virgolette che fanno parte del testo.",
	"Double the quotation marks that are part of the text."};
static const struct problem_text too_large = {"CSV_TOO_LARGE",
	"Una riga, un campo o il numero di righe supera il massimo.",
	"A row, a field or the number of rows is beyond the maximum.", "Dividere il file.",
	"Split the file."};
static const struct problem_text empty = {"CSV_EMPTY", "Il file è vuoto.", "The file is empty.",
	"La prima riga deve contenere i nomi delle colonne.",
	"The first line must hold the names of the columns."};

static uint32_t line_of(const char *bytes, const char *at)
{
	uint32_t line = 1;
	for (; bytes < at; bytes++) {
		line += *bytes == '\n';
	}
	return line;
}

/* Is every byte one that Windows-1252 has? Then it was most likely meant. */
static bool is_windows_1252(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (strchr("\x81\x8d\x8f\x90\x9d", bytes[i]) != NULL && bytes[i] != '\0') {
			return false;
		}
	}
	return true;
}

static bool check_encoding(struct reader *reader, const char *bytes, size_t size)
{
	const char *bad = NULL;
	if (size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
		return fault(reader, &utf16, 1);
	}
	const char *nul = memchr(bytes, '\0', size);
	if (nul != NULL) {
		return fault(reader, &binary, line_of(bytes, nul));
	}
	if (!g_utf8_validate(bytes, (gssize)size, &bad)) {
		static const struct problem_text unknown = {"CSV_ENCODING", "Il file non è in UTF-8.",
			"The file is not UTF-8.", "Salvarlo come CSV UTF-8.", "Save it as CSV UTF-8."};
		return fault(reader, is_windows_1252(bytes, size) ? &other_encoding : &unknown,
			line_of(bytes, bad));
	}
	return true;
}

static char find_separator(const char *at, const char *end)
{
	size_t semicolons = 0, commas = 0;
	for (; at < end && *at != '\n'; at++) {
		semicolons += *at == ';';
		commas += *at == ',';
	}
	return semicolons >= commas ? ';' : ',';
}

static bool at_field_end(const struct reader *reader)
{
	return reader->at == reader->end || *reader->at == reader->separator || *reader->at == '\n' ||
	       *reader->at == '\r';
}

static bool read_quoted(struct reader *reader, GString *field)
{
	uint32_t begun = reader->line;
	reader->at++;
	for (;;) {
		if (reader->at == reader->end) {
			return fault(reader, &open_quote, begun);
		}
		char c = *reader->at++;
		if (c == '"') {
			if (reader->at == reader->end || *reader->at != '"') {
				break;
			}
			reader->at++;
		}
		reader->line += c == '\n';
		g_string_append_c(field, c);
	}
	while (reader->at < reader->end && *reader->at == ' ') {
		reader->at++;
	}
	return at_field_end(reader) || fault(reader, &after_quote, reader->line);
}

static bool read_field(struct reader *reader, GPtrArray *fields)
{
	g_autoptr(GString) field = g_string_new(NULL);
	while (reader->at < reader->end && *reader->at == ' ') {
		reader->at++;
	}
	if (reader->at < reader->end && *reader->at == '"') {
		if (!read_quoted(reader, field)) {
			return false;
		}
	} else {
		const char *begin = reader->at;
		while (!at_field_end(reader)) {
			reader->at++;
		}
		g_string_append_len(field, begin, reader->at - begin);
	}
	if (field->len > LIMIT_CSV_FIELD_BYTES || fields->len >= LIMIT_CSV_COLUMNS) {
		return fault(reader, &too_large, reader->line);
	}
	g_strstrip(field->str);
	g_ptr_array_add(fields, g_strdup(field->str));
	return true;
}

static void row_destroy(void *data)
{
	struct csv_row *row = data;
	g_ptr_array_unref(row->fields);
	g_free(row);
}

static bool row_is_blank(const struct csv_row *row)
{
	for (guint i = 0; i < row->fields->len; i++) {
		if (((const char *)row->fields->pdata[i])[0] != '\0') {
			return false;
		}
	}
	return true;
}

static bool read_row(struct reader *reader, GPtrArray *rows)
{
	struct csv_row *row = g_new0(struct csv_row, 1);
	row->line = reader->line;
	row->fields = g_ptr_array_new_with_free_func(g_free);
	bool good = read_field(reader, row->fields);
	while (good && reader->at < reader->end && *reader->at == reader->separator) {
		reader->at++;
		good = read_field(reader, row->fields);
	}
	if (good && reader->at < reader->end && *reader->at == '\r') {
		reader->at++;
	}
	if (good && reader->at < reader->end && *reader->at == '\n') {
		reader->at++;
	}
	reader->line++;
	if (!good || row_is_blank(row)) {
		row_destroy(row);
		return good;
	}
	g_ptr_array_add(rows, row);
	return rows->len <= LIMIT_CSV_ROWS + 1 || fault(reader, &too_large, row->line);
}

bool csv_table_init(struct csv_table *ret, const char *bytes, size_t size, struct problem *ret_problem)
{
	struct reader reader = {.line = 1, .ret = ret_problem};
	if (!check_encoding(&reader, bytes, size)) {
		return false;
	}
	if (size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
		bytes += 3;
		size -= 3;
	}
	reader.at = bytes;
	reader.end = bytes + size;
	reader.separator = find_separator(reader.at, reader.end);
	GPtrArray *rows = g_ptr_array_new_with_free_func(row_destroy);
	bool good = true;
	while (good && reader.at < reader.end) {
		good = read_row(&reader, rows);
	}
	if (good && rows->len == 0) {
		good = fault(&reader, &empty, 1);
	}
	if (!good) {
		g_ptr_array_unref(rows);
		return false;
	}
	ret->rows = rows;
	return true;
}

void csv_table_finish(struct csv_table *table)
{
	g_clear_pointer(&table->rows, g_ptr_array_unref);
}

int csv_column(const struct csv_table *table, const char *name)
{
	const struct csv_row *header = table->rows->pdata[0];
	for (guint i = 0; i < header->fields->len; i++) {
		if (g_ascii_strcasecmp(header->fields->pdata[i], name) == 0) {
			return (int)i;
		}
	}
	return -1;
}

const char *csv_text(const struct csv_row *row, int column)
{
	return column >= 0 && (guint)column < row->fields->len ? row->fields->pdata[column] : "";
}
