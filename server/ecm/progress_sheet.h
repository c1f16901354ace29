/* The dashboard as a spreadsheet, one sheet a table. The one door to libxlsxwriter. */
#ifndef SERVER_ECM_PROGRESS_SHEET_H
#define SERVER_ECM_PROGRESS_SHEET_H

#include <glib.h>
#include <jansson.h>

/* From the JSON of GET /api/progress; `folder` is for the work. NULL when there is no room; yours. */
GBytes *progress_sheet(const json_t *progress, const char *folder);

#endif
