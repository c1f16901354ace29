/* Reading CSV, record by record. */
#ifndef ASSESSMENT_CSV_H
#define ASSESSMENT_CSV_H

#include <glib.h>
#include <stdbool.h>

/*
 * The fields (char *) of the record at `at`, yours (g_ptr_array_unref); `at` and `line` move on. Quoted fields may hold
 * the separator, doubled quotes and line ends. NULL at the end of the text.
 */
GPtrArray *csv_record(const char **at, char separator, guint *line);

#endif
