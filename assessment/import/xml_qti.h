/* What the files that read QTI 2 and 3 share. Included by xml_qti*.c only. */
#ifndef ASSESSMENT_IMPORT_XML_QTI_H
#define ASSESSMENT_IMPORT_XML_QTI_H

#include "assessment/import/xml.h"

#define INTERACTIONS_MAX ITEM_SLOTS_MAX

struct qti {
	struct import *import;
	node *item, *body;
	node *interactions[INTERACTIONS_MAX];
	guint count;
	bool mixed;          /* of several types */
	GHashTable *marks;   /* node -> char *: what stands in the text at its place; owned */
	json_t *more;        /* the item's members; owned */
	bool whole_only;     /* parts of its mark fall away */
	bool differs;        /* parts of its mark are counted in another way here */
	char *why;           /* of a refusal; owned */
	const char *passage; /* the file whose text is being shown, borrowed; NULL: the item's own */
	struct text_notes notes;
};

/* --- xml_qti.c --- */

/* The identifier of an interaction's variable; yours. */
char *qti_response_of(node *interaction);
/* Our identifier of an option. */
const char *qti_letter(guint i, char ret[8]);
/* The elements of that name below `top` as options, images for gaps with their texts; their identifiers in the order met, yours. */
GPtrArray *qti_options_of(struct qti *qti, node *top, const char *name, json_t *list);
void qti_set_type(struct qti *qti, enum item_type type, struct qti_marks marks);
/* This element stands in the text as [[id]]. */
void qti_mark(struct qti *qti, node *at, const char *id);

/* --- xml_qti_shown.c --- */

/* What `top` shows, as HTML, yours; marked elements give their mark, `without` nothing. */
char *qti_shown(struct qti *qti, node *top, node *without);
/* The image of a gapImg as HTML, with what it says in words wherever that is written; yours. */
char *qti_gap_image(node *at);
/* The texts that the item refers to beside its body, likewise. */
char *qti_passages(struct qti *qti);
/* What is told of answers, and to others than who answers, likewise. */
char *qti_told(struct qti *qti);

/* xml_qti_choice.c: choiceInteraction, hottextInteraction (`hot`) and orderInteraction. */
void qti_read_choice(struct qti *qti, node *at, bool hot);
void qti_read_order(struct qti *qti, node *at);

/* xml_qti_slots.c: what has several places to fill. */
void qti_read_match(struct qti *qti, node *at);
void qti_read_gap_match(struct qti *qti, node *at);
void qti_read_inline_choices(struct qti *qti);
void qti_read_text_entries(struct qti *qti);

#endif
