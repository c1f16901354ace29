/* Attendance from a list, as a badge reader or a spreadsheet gives it: codice_fiscale;entrata;uscita, times as 09:05. */
#ifndef SERVER_CLASSES_MARK_LIST_H
#define SERVER_CLASSES_MARK_LIST_H

#include "server/http/request.h"
#include "server/store/classes.h"

/*
 * The body of the request into the session's register. Good lines come in, each other one is told with its number; the
 * same list again adds nothing. Answers.
 */
void class_mark_list_import(struct request *request, struct reply *reply, const struct class_session *session);

#endif
