/*
 * Comma separated values as spreadsheets here read them: ';', CRLF, quotes where needed.
 *
 * Guarded fields protect who opens the file: text that a spreadsheet would take for a formula is preceded by
 * an apostrophe.
 */
#ifndef SERVER_ECM_CSV_H
#define SERVER_ECM_CSV_H

#include "server/ecm/participant.h"

/* Append one field and ';'; csv_end() puts the end of the line in the place of the last one. */
void csv_field(GString *line, const char *text);
void csv_guarded(GString *line, const char *text);
void csv_end(GString *line);

/*
 * The header and a row of the format that stands in for the report [ECM 1.8]; plain ASCII, so valid
 * Windows-1252.
 */
void csv_report_header(GString *out);
void csv_report_row(GString *out, const struct participant *participant, const struct report_row *row);

#endif
