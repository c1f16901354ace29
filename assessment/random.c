#include "assessment/random.h"

void random_init(struct random *random, guint64 seed)
{
	random->state = seed;
}

guint64 random_next(struct random *random)
{
	random->state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
	guint64 mixed = random->state;
	mixed = (mixed ^ (mixed >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
	mixed = (mixed ^ (mixed >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
	return mixed ^ (mixed >> 31);
}

double random_uniform(struct random *random)
{
	return (double)(random_next(random) >> 11) / 9007199254740992.0;
}

guint random_below(struct random *random, guint below)
{
	g_assert(below > 0);
	/* Values in the incomplete last stretch would make the small numbers likelier. */
	guint64 limit = G_MAXUINT64 - G_MAXUINT64 % below;
	guint64 value = random_next(random);
	while (value >= limit) {
		value = random_next(random);
	}
	return (guint)(value % below);
}

void random_shuffle(struct random *random, guint *numbers, guint count)
{
	for (guint i = count; i > 1; i--) {
		guint k = random_below(random, i);
		guint held = numbers[i - 1];
		numbers[i - 1] = numbers[k];
		numbers[k] = held;
	}
}
