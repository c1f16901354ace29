/*
 * Everything about a course package that its author controls has a maximum, and it stands here. Sizes are
 * bytes. They are far above what real courses need (a 1 GB video course, 10,000 files, a manifest of 1 MB).
 */
#ifndef PACKAGES_LIMITS_H
#define PACKAGES_LIMITS_H

#include <stdint.h>

/* imsmanifest.xml */
#define MANIFEST_MAX_BYTES (16u << 20)
#define MANIFEST_MAX_DEPTH 200u         /* nested XML elements */
#define MANIFEST_MAX_ELEMENTS 500000u
#define MANIFEST_MAX_ORGANIZATIONS 100u
#define MANIFEST_MAX_ACTIVITIES 20000u  /* of all organizations together */
#define MANIFEST_MAX_ACTIVITY_DEPTH 64u /* organization = 1 */
#define MANIFEST_MAX_PARTS 200000u      /* rules, conditions, objectives, maps: after IDRef is applied */
#define MANIFEST_MAX_TEXT 65536u        /* one identifier, title, href, launch data */

/* The zip */
#define ARCHIVE_MAX_BYTES (UINT64_C(4) << 30)
#define ARCHIVE_MAX_ENTRIES 50000u
#define ARCHIVE_MAX_DIRECTORY_BYTES (UINT64_C(64) << 20)
#define ARCHIVE_MAX_NAME 1024u     /* bytes of UTF-8 */
#define ARCHIVE_MAX_NAME_PART 255u /* what file systems hold */
#define ARCHIVE_MAX_FILE_BYTES (UINT64_C(4) << 30)
#define ARCHIVE_MAX_TOTAL_BYTES (UINT64_C(8) << 30)
/* A bomb: more than this, and packed better than that. Silence and blank pictures reach 1000 to 1, but not as
 * hundreds of megabytes. */
#define ARCHIVE_RATIO_FROM_BYTES (UINT64_C(128) << 20)
#define ARCHIVE_MAX_FILE_RATIO 200u
#define ARCHIVE_MAX_TOTAL_RATIO 100u

/* Findings of one check: the later ones are only counted. */
#define FINDINGS_MAX_PER_CODE 50u
#define FINDINGS_MAX 1000u

#endif
