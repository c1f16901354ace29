/* The vocabularies of sequencing (CAM 5.1), by the values of course.h: as manifests write them, and as a comparison tells them. */
#ifndef PACKAGES_MANIFEST_WORDS_H
#define PACKAGES_MANIFEST_WORDS_H

#include "player/engine/course/course.h"

#define CONDITION_WORDS (CONDITION_NEVER + 1)
#define ACTION_WORDS (ACTION_EXIT + 1)
#define ROLLUP_WORDS (ROLLUP_INCOMPLETE + 1)
#define CONSIDERATION_WORDS (CONSIDER_IF_NOT_SKIPPED + 1)

extern const char *const condition_words[CONDITION_WORDS];
extern const char *const action_words[ACTION_WORDS];
extern const char *const rollup_words[ROLLUP_WORDS];
extern const char *const consideration_words[CONSIDERATION_WORDS];

#endif
