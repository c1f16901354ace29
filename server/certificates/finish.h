/*
 * What cairo leaves out of a PDF, added behind it as an incremental update [ISO 32000-1, 7.5.6]: its
 * language, its title in the window, alternative texts of pictures, metadata as XMP, and what its colours mean. Structure
 * and embedded fonts are cairo's own.
 *
 * The file comes near PDF/A-2 but does not call itself so: no validator has seen it. PDF/UA it is not: cairo 1.16 cannot
 * mark the frame around the page as an artifact.
 */
#ifndef SERVER_CERTIFICATES_FINISH_H
#define SERVER_CERTIFICATES_FINISH_H

#include <glib.h>
#include <stdbool.h>

struct pdf_finish {
	const char *title, *author;
	const char *day;           /* YYYY-MM-DD */
	const char *const *alternatives; /* of the figures, in the order drawn; NULL at the end */
};

/* False, and nothing added: the file is not as cairo 1.16 writes one. */
bool pdf_finish(GByteArray *pdf, const struct pdf_finish *finish);

#endif
