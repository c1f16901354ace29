/*
 * A certificate as a page: PDF, A4, tagged (headings and paragraphs in reading order), one font subset, always the
 * same bytes for the same input. The one door to cairo and pango.
 */
#ifndef SERVER_CERTIFICATES_PAGE_H
#define SERVER_CERTIFICATES_PAGE_H

#include <glib.h>

#include "player/engine/base.h"

/* Keeps fonts and logo between pages. One thread at a time uses a press. */
struct press;

/* `logo`: a PNG of at most CERTIFICATE_LOGO_BYTES, or NULL. NULL with a problem when it is none. */
struct press *press_create(const void *logo, size_t logo_len, struct problem *ret);
void press_destroy(struct press *press);

struct page {
	const GArray *blocks;   /* struct certificate_block (template.h) */
	const char *title;      /* of the document: "Attestato ECM – ROSSI MARIO" */
	const char *author;     /* the provider */
	const char *day;        /* YYYY-MM-DD: the document's date */
	const char *verify_url; /* in the QR code */
};

/* Appends the PDF to `ret`. False with a problem when the text does not fit a page even in the smallest type. */
bool press_print(struct press *press, const struct page *page, GByteArray *ret, struct problem *ret_problem);

#endif
