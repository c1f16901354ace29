/* A journal in words, for the person whose work it records. */
#ifndef SERVER_PRIVACY_JOURNAL_JSON_H
#define SERVER_PRIVACY_JOURNAL_JSON_H

#include <jansson.h>

/* Records in base64, as the store gives them → a list of {numero, quando, che_cosa, …}; what cannot be read ends it. */
json_t *journal_json(const char *base64);

#endif
