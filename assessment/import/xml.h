/* The door to libxml2 for assessment: import_xml*.c only. */
#ifndef ASSESSMENT_IMPORT_XML_H
#define ASSESSMENT_IMPORT_XML_H

#include <libxml/tree.h>

#include "assessment/import/parts.h"

typedef const xmlNode node;

/* QTI 3 writes "qti-choice-interaction" for QTI 2's "choiceInteraction": compared without dashes and case. */
bool xml_is(node *element, const char *name);
/* An attribute in either spelling; yours, NULL when absent. */
char *xml_attribute(node *element, const char *name, const char *name3);
/* All text below, trimmed; yours, never NULL. */
char *xml_text(node *element);
node *xml_child(node *element, const char *name);
/* The next node in document order below `top`; the next that is not below `at`. */
node *xml_walk(node *at, node *top);
node *xml_after(node *at, node *top);
guint xml_line(node *element);
/* A document without network and entities, yours (xmlFreeDoc); NULL: none, and `ret_error` (may be NULL) says why. */
struct xml_error {
	bool entity; /* it declares some */
	guint line;
	char why[160];
};
xmlDoc *xml_parse(const char *bytes, size_t len, struct xml_error *ret_error);

/* xml_math.c: a formula as nodes of a rich text (rich.h), a new reference; `ret_why`: the element that cannot be said, or NULL. */
json_t *import_math(node *top, const char **ret_why);

/* xml_qti.c: one assessmentItem of QTI 2 or 3. */
void import_qti_item(struct import *import, node *item);

/* xml_qti12.c: all items of a questestinterop. xml_pool.c: those of a POOL, Blackboard's older format. */
void import_qti12(struct import *import, node *root);
void import_pool(struct import *import, node *root);

/* xml_moodle.c: a question that is no choice, added or refused; false: a type that is not known. */
bool import_moodle_more(struct import *import, node *question, const char *type, const struct draft *draft);

/* xml_cloze.c: a question with others in its text, added or refused. */
void import_cloze(struct import *import, const struct draft *draft);

/*
 * xml_rules.c: what an item's response processing gives for these responses (identifier -> GStrv, absent:
 * nothing). False with the name of what is not understood in `ret_why`, which is yours.
 */
bool qti_score(node *item, GHashTable *responses, double *ret, char **ret_why);

/*
 * xml_derive.c: the key of an item, found by trying answers on its response processing. What is taken for
 * right is what gives the most; when our marking would differ from the item's own, it is refused: false, `ret_why`.
 */
struct qti_slot {
	char *response;     /* identifier of its variable; owned */
	char *id;           /* of the gap or prompt; owned */
	GPtrArray *options; /* char *, identifiers; borrowed */
	guint32 key;        /* found */
	GPtrArray *answers; /* text entry: char *, found; owned */
	GArray *scores;     /* of each, up to 1 */
	bool is_number, case_matters; /* is_number: the whole mark is for a number; answers and scores are others of less worth */
	double number, tolerance;
};

/* How our marking compares with the item's own. */
struct qti_marks {
	bool partial; /* parts are worth something */
	bool differs; /* and they count in another way than with us */
};

enum qti_pairing {
	QTI_OWN,          /* each slot has a variable of its own */
	QTI_SLOT_FIRST,   /* pairs "slot option" of one variable */
	QTI_OPTION_FIRST, /* pairs "option slot" */
};

struct qti_slots {
	node *item;
	struct qti_slot list[ITEM_SLOTS_MAX];
	guint count;
	enum qti_pairing pairing;
	struct qti_marks marks; /* found */
};

void qti_slots_finish(struct qti_slots *slots);
/* The values of correctResponse of a variable, char *, yours; empty when there are none. */
GPtrArray *qti_correct(node *item, const char *response);
node *qti_declaration(node *item, const char *response);

bool qti_derive_slots(struct qti_slots *slots, char **ret_why);
bool qti_derive_texts(struct qti_slots *slots, char **ret_why);
/* `most`: how many may be chosen, 0 any number. */
bool qti_derive_choice(node *item, const char *response, const GPtrArray *options, guint most, guint32 *ret_key,
	struct qti_marks *ret_marks, char **ret_why);
/* Is this sequence of identifiers the one right? */
bool qti_derive_order(node *item, const char *response, const GPtrArray *right, struct qti_marks *ret_marks, char **ret_why);

#endif
