/*
 * Everything about a course package that its author controls has a maximum, and it stands here. Sizes are
 * bytes. They are far above what real courses need (a 1 GB video course, 10,000 files, a manifest of 1 MB).
 */
#ifndef PACKAGES_LIMITS_H
#define PACKAGES_LIMITS_H

/* imsmanifest.xml */
#define MANIFEST_MAX_BYTES (16u << 20)
#define MANIFEST_MAX_DEPTH 200u         /* nested XML elements */
#define MANIFEST_MAX_ELEMENTS 500000u
#define MANIFEST_MAX_ORGANIZATIONS 100u
#define MANIFEST_MAX_ACTIVITIES 20000u  /* of all organizations together */
#define MANIFEST_MAX_ACTIVITY_DEPTH 64u /* organization = 1 */
#define MANIFEST_MAX_PARTS 200000u      /* rules, conditions, objectives, maps: after IDRef is applied */
#define MANIFEST_MAX_TEXT 65536u        /* one identifier, title, href, launch data */

/* Findings of one check: the later ones are only counted. */
#define FINDINGS_MAX_PER_CODE 50u
#define FINDINGS_MAX 1000u

#endif
