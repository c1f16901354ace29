/* struct package from findings, and as course.json. Included by import*.c, package*.c, diff*.c and command_*.c only. */
#ifndef PACKAGES_PACKAGE_JSON_H
#define PACKAGES_PACKAGE_JSON_H

#include <jansson.h>

#include "packages/check/check.h"
#include "packages/import/import.h"

/* Takes over copies of everything; `checked` may be half-built, as after a refusal. Sorts the findings. */
struct package *package_create(const struct checked *checked, struct findings *findings, const char *sha256);

json_t *package_to_json(const struct package *package);
/* NULL when a member is missing or of another type. */
struct package *package_from_json(const json_t *json);

json_t *problem_to_json(const struct problem *problem);

#endif
