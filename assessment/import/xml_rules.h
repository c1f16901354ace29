/* What the files that work response processing share. Included by xml_rules*.c only. */
#ifndef ASSESSMENT_IMPORT_XML_RULES_H
#define ASSESSMENT_IMPORT_XML_RULES_H

#include "assessment/import/xml.h"

#define RULES_DEPTH_MAX 40u

struct rules {
	node *item;
	GHashTable *responses; /* id -> GStrv */
	GHashTable *outcomes;  /* id -> char ** */
	char *why;
	guint depth;
	bool over; /* exitResponse */
};

/* xml_rules_values.c: a value is a list of texts, NULL when there is none; what is returned is yours. */
GStrv value_text(const char *text);
GStrv value_number(double value);
GStrv value_truth(bool value);
bool value_is_true(char **value);
bool value_to_number(const char *text, double *ret);
/* Numbers as numbers, everything else to the letter. */
bool value_same(const char *a, const char *b);
bool value_same_lists(char **a, char **b, bool ordered);

/* The same file: what is declared of a response, and what it or an outcome is now. */
node *rules_declaration(struct rules *rules, const char *id);
GStrv rules_correct(struct rules *rules, const char *id);
/* The texts of its <value> elements; NULL when there is none. */
GStrv rules_values_of(node *top);
/* Each value that was chosen counts once. */
double rules_map_response(struct rules *rules, const char *id);
GStrv rules_variable(struct rules *rules, const char *id);
/* What an outcome's table gives for a number. */
GStrv rules_look_up(struct rules *rules, const char *id, char **value);

/* xml_rules_expressions.c: the value of an expression; the first element from `at` on. */
GStrv rules_evaluate(struct rules *rules, node *at);
node *rules_first(node *at);
/* Remembers what is not understood. NULL. */
GStrv rules_unknown(struct rules *rules, node *at);

#endif
