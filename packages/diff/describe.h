/* What describes an activity's sequencing, for the table in describe.c. Included by describe*.c only. */
#ifndef PACKAGES_DIFF_DESCRIBE_H
#define PACKAGES_DIFF_DESCRIBE_H

#include "packages/diff/parts.h"

/* Adds the word where something differs from what is by default. */
void describe_flag(GString *text, bool differs, const char *word);

char *describe_control(const struct course *course, const struct activity *activity);
char *describe_limits(const struct course *course, const struct activity *activity);
char *describe_rules(const struct course *course, const struct activity *activity);
char *describe_rollup(const struct course *course, const struct activity *activity);
char *describe_objectives(const struct course *course, const struct activity *activity);
char *describe_children(const struct course *course, const struct activity *activity);
char *describe_delivery(const struct course *course, const struct activity *activity);

#endif
