/*
 * Events in class for the demonstration: trainers' residential event with one class that is over and one that meets today,
 * and groups of field training with their tutor.
 */
#ifndef SERVER_DEMO_MEET_H
#define SERVER_DEMO_MEET_H

#include "server/app.h"

/* After demo_sit(): the trainers come from those who finished the path. */
bool demo_meet(struct app *app, const GArray *people, struct problem *ret);

#endif
