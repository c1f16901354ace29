/* What the files that find keys by trying answers share. Included by xml_derive*.c only. */
#ifndef ASSESSMENT_IMPORT_XML_DERIVE_H
#define ASSESSMENT_IMPORT_XML_DERIVE_H

#include "assessment/import/xml.h"

#define NEARLY 1e-9
#define NO_KEY                                                                                               \
	"la risposta dichiarata (correctResponse) non dà il massimo / the declared answer (correctResponse) does not give the " \
	"full score"

#define NOT_NEEDED "il punteggio è pieno anche senza una delle risposte / the score is full without one of the answers too"
#define CHANGE_PLACES "le risposte possono scambiarsi di posto / the answers may change places"

/* Responses to be tried: identifier -> GStrv; a further value of one comes after those it has. */
GHashTable *responses_new(void);
void responses_add(GHashTable *responses, const char *id, const char *value);
/* Their score, and `why` set when it cannot be known. Takes the responses. */
double responses_try(node *item, GHashTable *responses, char **why);

#endif
