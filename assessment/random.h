/*
 * A reproducible stream of random numbers: the same seed gives the same test on every machine, so that a
 * drawn form can be shown again. The secret is the seed (from the operating system), not the generator
 * (SplitMix64).
 */
#ifndef ASSESSMENT_RANDOM_H
#define ASSESSMENT_RANDOM_H

#include <glib.h>

struct random {
	guint64 state;
};

void random_init(struct random *random, guint64 seed);
guint64 random_next(struct random *random);

/* From 0 on and below 1. */
double random_uniform(struct random *random);

/* 0..below-1, each equally likely; below is at least 1. */
guint random_below(struct random *random, guint below);

/* Puts `count` numbers in another order, each order equally likely (Fisher-Yates). */
void random_shuffle(struct random *random, guint *numbers, guint count);

#endif
