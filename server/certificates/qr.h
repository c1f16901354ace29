/* A text as a QR code: the one door to qrencode. */
#ifndef SERVER_CERTIFICATES_QR_H
#define SERVER_CERTIFICATES_QR_H

#include <stdbool.h>

struct qr {
	int width;           /* modules a side */
	unsigned char *dark; /* width × width, row by row: 1 is dark; owned: qr_finish() */
};

/* Error correction M. False: the text is too long. */
bool qr_make(const char *text, struct qr *ret);
void qr_finish(struct qr *qr);

#endif
