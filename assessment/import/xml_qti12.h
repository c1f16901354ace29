/* What the files that read QTI 1.2 share. Included by xml_qti12*.c only. */
#ifndef ASSESSMENT_IMPORT_XML_QTI12_H
#define ASSESSMENT_IMPORT_XML_QTI12_H

#include "assessment/import/xml.h"

#define RESPONSES_MAX ITEM_SLOTS_MAX

struct qti12 {
	node *item, *presentation, *processing;
	node *responses[RESPONSES_MAX]; /* response_lid, response_str, response_num, in the order met */
	guint count;                    /* of all, kept or not */
	json_t *more;
	const char *why; /* of a refusal */
	struct import *import;
	struct text_notes notes;
};

/* xml_qti12.c */
bool qti12_has_class(node *at, const char *name);
/* The materials below `top` as HTML, without those of responses and of what is to be matched; yours. */
char *qti12_material(struct qti12 *qti, node *top);
/* The element's "ident"; yours, empty when absent. */
char *qti12_ident(node *at);

/*
 * xml_qti12_right.c: calls for every comparison with this response that must hold, in the order met. `score`: what an
 * answer that meets it is worth, 1 the whole.
 */
void qti12_each_right(const struct qti12 *qti, const char *response, void (*call)(node *compared, double score, void *data),
	void *data);

/* xml_qti12_choice.c: options to choose, to put in order, or to match; where what is matched with stands, or NULL. */
void qti12_read_choice(struct qti12 *qti, struct import *import, const struct draft *draft);
void qti12_read_match(struct qti12 *qti);
node *qti12_right_block(const struct qti12 *qti);

/* xml_qti12_written.c: words and numbers, one gap for each response; `stem` gets their places. */
void qti12_read_written(struct qti12 *qti, char **stem);

#endif
