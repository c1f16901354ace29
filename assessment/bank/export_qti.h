/* What the files that write QTI share. Included by export_qti*.c only. */
#ifndef ASSESSMENT_EXPORT_QTI_H
#define ASSESSMENT_EXPORT_QTI_H

#include "assessment/import/import.h"

struct writer {
	GString *xml;
	const struct bank_item *item;
};

/* Text with what XML reserves escaped. */
void qti_escaped(GString *xml, const char *text);

/* export_qti_body.c: what is shown, the inside of the item's body. */
void qti_body(const struct writer *writer);

#endif
