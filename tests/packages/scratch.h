/* Folders of the tests' own, removed after use. */
#ifndef TESTS_PACKAGES_SCRATCH_H
#define TESTS_PACKAGES_SCRATCH_H

#include <stdint.h>

char *scratch_create(void); /* yours */
void scratch_remove(const char *folder);
/* Entries of a folder, hidden ones included; 0 when it does not exist. */
uint32_t scratch_count(const char *folder);

#endif
