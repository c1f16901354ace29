/* A report from a file: XML, or a zip with exactly one XML in it. */
#ifndef SERVER_ECM_REPORT_SOURCE_H
#define SERVER_ECM_REPORT_SOURCE_H

#include "server/ecm/report_read.h"

#define REPORT_FILE_BYTES_MAX (64LL << 20) /* of what is uploaded; 60,000 rows are 20 MB unpacked */

/*
 * Reads and checks; `name` is what people call the file. False: it could not be read (ret is untouched), faults says
 * why. True: report_file_finish(ret); faults may have told errors all the same.
 */
bool report_source_read(const char *path, const char *name, const struct report_schema *schema,
	struct report_file *ret, struct faults *faults);

#endif
