/*
 * Everything about a course package that its author controls has a maximum, and it stands here. Sizes are
 * bytes. They are far above what real courses need (a 1 GB video course, 10,000 files, a manifest of 1 MB).
 */
#ifndef PACKAGES_LIMITS_H
#define PACKAGES_LIMITS_H

#include <stdint.h>

/* imsmanifest.xml */
#define MANIFEST_MAX_BYTES (16u << 20)
#define MANIFEST_MAX_DEPTH 200u /* nested XML elements */
#define MANIFEST_MAX_ELEMENTS 500000u
#define MANIFEST_MAX_ORGANIZATIONS 100u
#define MANIFEST_MAX_ACTIVITIES 20000u  /* of all organizations together */
#define MANIFEST_MAX_ACTIVITY_DEPTH 64u /* organization = 1 */
#define MANIFEST_MAX_PARTS 200000u      /* rules, conditions, objectives, maps: after IDRef is applied */
#define MANIFEST_MAX_STEPS 40000000u    /* of reading: struct budget; a large real manifest needs 5 million */
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

/* How much of a package the check looks into */
#define CONTENT_READ_FILE_BYTES (UINT64_C(8) << 20)
#define CONTENT_READ_BYTES (UINT64_C(96) << 20)
#define CONTENT_READ_MEDIA_BYTES (UINT64_C(32) << 20) /* of one video, in search of its length */
#define CONTENT_MAX_REFERENCES 1000000u               /* between files; later ones are passed over */
#define CONTENT_MAX_SAME_NAME 8u                      /* files that one name inside a script may mean */
#define CONTENT_MAX_SCOS 200u                         /* that are followed from page to page */
/* Above these a learner on a slow line waits. */
#define CONTENT_HEAVY_VIDEO_BYTES (UINT64_C(300) << 20)
#define CONTENT_HEAVY_AUDIO_BYTES (UINT64_C(50) << 20)
#define CONTENT_HEAVY_IMAGE_BYTES (UINT64_C(4) << 20)
#define CONTENT_HEAVY_OTHER_BYTES (UINT64_C(20) << 20)
/* For the estimate of study time */
#define CONTENT_BASE64_FROM_BYTES 1024u /* a quoted string of this length may be a whole course */
#define CONTENT_IMAGE_COUNTS_FROM_BYTES (UINT64_C(20) << 10) /* smaller ones are ornaments */
#define CONTENT_AUDIO_BYTES_PER_SECOND UINT64_C(16000)
#define CONTENT_VIDEO_BYTES_PER_SECOND UINT64_C(190000)

/* Findings of one check: the later ones are only counted. */
#define FINDINGS_MAX_PER_CODE 50u
#define FINDINGS_MAX 1000u

/* Files that a comparison names, of each kind: the later ones are only counted. */
#define DIFF_MAX_FILES 2000u

#endif
