/* The rows of a report in memory, to be compared: of a file that was read, or of the data base as it stands. */
#ifndef SERVER_ECM_REPORT_FILE_H
#define SERVER_ECM_REPORT_FILE_H

#include "server/ecm/report_record.h"

#define REPORT_PERSON_FIELDS (REPORT_FIELDS - REPORT_EVENT_FIELDS)

struct report_line {
	const char *value[REPORT_PERSON_FIELDS]; /* from FIELD_COD_FISC on; never NULL: left out is empty */
	guint line;                              /* in the file; 0: from the data base */
};

struct report_file {
	const char *event[REPORT_EVENT_FIELDS]; /* likewise */
	GArray *lines;                          /* struct report_line, by codice fiscale once sorted */
	GStringChunk *strings;                  /* owns every text */
};

void report_file_init(struct report_file *file);
void report_file_finish(struct report_file *file); /* accepts a zeroed one */

void report_file_set_event(struct report_file *file, const struct report_record *record);
/* `professions`: "1.58.59:5.78"; kept in numerical order, so that two ways of writing the same compare equal. */
void report_file_add(struct report_file *file, const struct report_record *record, const char *professions, guint line);
void report_file_sort(struct report_file *file);

const char *report_line_value(const struct report_line *line, enum report_field field);

enum report_difference {
	ROW_ONLY_FIRST,
	ROW_ONLY_SECOND,
	ROW_DIFFERENT, /* `fields` has the bit 1u << (field - FIELD_COD_FISC) of each field that differs */
};

typedef void (*report_visitor)(enum report_difference what, const struct report_line *first,
	const struct report_line *second, unsigned fields, void *data);

/* Both sorted; calls `visit` for what differs, by codice fiscale (letter case aside); gives how many rows are equal. */
guint report_compare(const struct report_file *first, const struct report_file *second, report_visitor visit, void *data);

#endif
