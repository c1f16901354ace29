/* Results of a test in class from a CSV: codice_fiscale;tipo;giorno;punti;massimo;esito. */
#ifndef SERVER_CLASSES_RESULT_LIST_H
#define SERVER_CLASSES_RESULT_LIST_H

#include "server/classes/view.h"
#include "server/http/request.h"

/*
 * The body of the request into the results of the group. Good lines come in, each other one is told with its number; the
 * same list again adds nothing. Without tipo it is the event's test, without giorno the group's last day. A scope without a
 * group: each person's own, of the event. Answers.
 */
void class_results_import(struct request *request, struct reply *reply, const struct class_scope *scope);

#endif
