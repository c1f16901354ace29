/* The media type of a course's file, from its name. */
#ifndef PACKAGES_MIME_H
#define PACKAGES_MIME_H

#include <stdbool.h>

/* Never NULL: "application/octet-stream" when unknown. Without a charset: content says its own. */
const char *mime_type(const char *file_name);

/* True when compressing it again is no use: pictures, sound, video, archives, woff2. */
bool mime_is_packed(const char *file_name);

/* For the test of the table. */
bool mime_table_is_sorted(void);

#endif
