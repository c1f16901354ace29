/*
 * Everything the system holds about one person, as a zip: dati.json for programs, dati.html to read, and the certificates as PDF.
 * Questions of tests are not in it (only what was answered): the person's data are the answers, and the keys stay on the
 * server until the event is over.
 */
#ifndef SERVER_PRIVACY_EXPORT_H
#define SERVER_PRIVACY_EXPORT_H

#include "server/app.h"

/* A descriptor of the zip, which has no name any more; -1: `ret_problem` says why. */
int personal_export(struct app *app, int64_t person, struct problem *ret_problem);

#endif
