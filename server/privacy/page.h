/* A person's data as a page to read: one table a section, no script, nothing loaded from anywhere. */
#ifndef SERVER_PRIVACY_PAGE_H
#define SERVER_PRIVACY_PAGE_H

#include <jansson.h>

/* `data` is what dati.json holds. Yours (g_free). */
char *personal_page(const json_t *data);

#endif
