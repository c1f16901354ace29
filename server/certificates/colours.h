/* What red, green and blue mean in a PDF: sRGB as an ICC profile of version 2, the smallest there is. */
#ifndef SERVER_CERTIFICATES_COLOURS_H
#define SERVER_CERTIFICATES_COLOURS_H

#include <glib.h>

/* Yours. */
GByteArray *srgb_profile(void);

#endif
