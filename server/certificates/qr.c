#include "server/certificates/qr.h"

#include <glib.h>
#include <qrencode.h>

bool qr_make(const char *text, struct qr *ret)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!code) {
		return false;
	}
	int count = code->width * code->width;
	*ret = (struct qr){.width = code->width, .dark = g_malloc((gsize)count)};
	for (int i = 0; i < count; i++) {
		ret->dark[i] = code->data[i] & 1;
	}
	QRcode_free(code);
	return true;
}

void qr_finish(struct qr *qr)
{
	g_free(qr->dark);
	qr->dark = NULL;
}
