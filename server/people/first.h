/*
 * The first administrator, made when nobody has that role; the one-time password is printed once.
 */
#ifndef SERVER_PEOPLE_FIRST_H
#define SERVER_PEOPLE_FIRST_H

#include "server/app.h"

bool first_administrator(struct app *app, struct problem *ret);

#endif
