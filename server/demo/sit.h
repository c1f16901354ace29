/*
 * What invented people who went through all modules did next: the final test, as the server holds it, and the
 * quality questionnaire.
 */
#ifndef SERVER_DEMO_SIT_H
#define SERVER_DEMO_SIT_H

#include "server/app.h"

/* `bank`: the final test's questions (JSON file). The demonstration's event gets its rules. */
bool demo_sit(struct app *app, const GArray *people, const char *bank, struct problem *ret);

#endif
