/*
 * Reads a report back and checks it: by the table of its version (report_schema.h), by what the schema lets through
 * [ECM 1.6], and by the event that it claims to be of [ECM 1.7].
 */
#ifndef SERVER_ECM_REPORT_READ_H
#define SERVER_ECM_REPORT_READ_H

#include "server/ecm/report_file.h"
#include "server/ecm/report_schema.h"

#define REPORT_ROWS_MAX 200000u

struct report_reader;
struct report_reader *report_reader_create(const struct report_schema *schema, struct faults *faults);
bool report_reader_feed(struct report_reader *reader, const void *bytes, size_t len);
/*
 * Ends and frees. False: the file could not be read to its end (the last fault says why, unless `whole` is false: who
 * fed it has told already), ret is untouched. True: everything that was read, sorted; faults may have told errors all
 * the same. report_file_finish() it.
 */
bool report_reader_end(struct report_reader *reader, bool whole, struct report_file *ret);

/* Is each of the event's fields what was accredited; are the professions of the participants? */
void report_check_event(const struct report_file *file, const struct ecm_event *event, struct faults *faults);

/* No spaces; .XML, .XML.ZIP before signing, .XML.P7M or .XML.ZIP.P7M after. */
void report_check_name(const char *name, struct faults *faults);

#endif
