#include "server/ecm/progress_sheet.h"

#include <glib/gstdio.h>
#include <stdbool.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "server/ecm/progress_tables.h"

static void write_table(lxw_workbook *book, lxw_format *bold, const struct progress_table *table, const json_t *rows)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book, table->name);
	size_t i;
	json_t *row;
	worksheet_set_column(sheet, 0, 0, 48, NULL);
	worksheet_set_column(sheet, 1, 7, 14, NULL);
	worksheet_freeze_panes(sheet, 1, 0);
	for (lxw_col_t at = 0; table->columns[at].title; at++) {
		worksheet_write_string(sheet, 0, at, table->columns[at].title, bold);
	}
	json_array_foreach((json_t *)rows, i, row)
	{
		for (lxw_col_t at = 0; table->columns[at].title; at++) {
			const json_t *cell = progress_cell(row, &table->columns[at]);
			if (json_is_number(cell)) {
				worksheet_write_number(
					sheet, (lxw_row_t)i + 1, at, json_number_value(cell), NULL);
			} else {
				/* A text cell is never a formula. */
				const char *text = json_string_value(cell);
				worksheet_write_string(sheet, (lxw_row_t)i + 1, at, text ? text : "—", NULL);
			}
		}
	}
}

/* The library writes to a file of its own; it goes as soon as it is read. */
static GBytes *take_file(const char *path)
{
	char *bytes = NULL;
	gsize len = 0;
	bool good = g_file_get_contents(path, &bytes, &len, NULL);
	g_unlink(path);
	return good ? g_bytes_new_take(bytes, len) : NULL;
}

GBytes *progress_sheet(const json_t *progress, const char *folder)
{
	g_autofree char *path = g_build_filename(folder, ".sheet-XXXXXX", NULL);
	int file = g_mkstemp(path);
	if (file < 0) {
		return NULL;
	}
	close(file);
	lxw_workbook_options options = {.tmpdir = (char *)folder};
	lxw_workbook *book = workbook_new_opt(path, &options);
	if (!book) {
		g_unlink(path);
		return NULL;
	}
	lxw_format *bold = workbook_add_format(book);
	format_set_bold(bold);
	size_t count;
	const struct progress_table *tables = progress_tables(&count);
	for (size_t i = 0; i < count; i++) {
		write_table(book, bold, &tables[i], json_object_get(progress, tables[i].member));
	}
	bool good = workbook_close(book) == LXW_NO_ERROR;
	GBytes *sheet = take_file(path);
	if (!good && sheet) {
		g_bytes_unref(sheet);
		sheet = NULL;
	}
	return sheet;
}
