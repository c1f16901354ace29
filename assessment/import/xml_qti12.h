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
	bool in_flow; /* responses stand in the text as [[g1]] ... */
};

/* xml_qti12.c */
bool qti12_has_class(node *at, const char *name);
/* The materials below `top` as HTML, without those of responses and of what is to be matched; yours. */
char *qti12_material(struct qti12 *qti, node *top);
/* The name of a response or label; yours, empty when absent. */
char *qti12_ident(node *at);

/*
 * xml_qti12_right.c: calls for every comparison with this response that must hold, in the order met, with the condition
 * that it is part of. `score`: what an answer that meets it is worth, 1 the whole.
 */
typedef void qti12_right(node *compared, node *condition, double score, void *data);
void qti12_each_right(const struct qti12 *qti, const char *response, qti12_right *call, void *data);
/* Does what is met come on top of other conditions' marks? */
bool qti12_adds(node *condition);

/* xml_qti12_choice.c: options to choose or to put in order. */
void qti12_read_choice(struct qti12 *qti, struct import *import, const struct draft *draft);
void qti12_read_positions(struct qti12 *qti);
/* The identifiers of a response's labels, char *, yours. */
GPtrArray *qti12_labels(node *response);
/* The labels worth most, guint, in the order met, yours; `ret_partial`: others are worth something too. */
GArray *qti12_right_places(const struct qti12 *qti, node *response, const GPtrArray *labels, bool *ret_partial);
json_t *qti12_label_options(struct qti12 *qti, node *response, bool listed);

/* xml_qti12_match.c: prompts to match; where what is matched with stands once for all, or NULL. */
void qti12_read_match(struct qti12 *qti);
node *qti12_right_block(const struct qti12 *qti);

/* xml_qti12_written.c: words and numbers, one gap for each response; `stem` gets their places. */
void qti12_read_written(struct qti12 *qti, char **stem);

/*
 * xml_qti12_blanks.c: lists of labels that belong to places [name] in the text, as Canvas writes them. Have all their
 * place? Then a gap for each, to choose from its list or, for `kind` or what the labels say, to fill in one's own words.
 */
bool qti12_has_blanks(const struct qti12 *qti, const char *stem);
void qti12_read_blanks(struct qti12 *qti, const char *kind, char **stem);

#endif
