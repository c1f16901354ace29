/*
 * Every quantity that a course or a learner decides, with its named maximum. They are the same natively
 * and in the browser, so that both refuse the same call. The specification's smallest permitted maximums
 * (SPM) are far below: longer values are stored.
 */
#ifndef PLAYER_ENGINE_LIMITS_H
#define PLAYER_ENGINE_LIMITS_H

/* Course image */
#define LIMIT_IMAGE_BYTES (64u << 20)
#define LIMIT_ACTIVITIES 20000u
#define LIMIT_IMAGE_MEMBERS 200000u /* of each other array */
#define LIMIT_TREE_DEPTH 200u
#define LIMIT_TIME_CS (INT64_C(1) << 50) /* hundredths of a second: 350,000 years */

/* Run-time data of one attempt on a course */
#define LIMIT_VALUE_BYTES (1u << 20) /* one data-model element */
#define LIMIT_DATA_BYTES (6u << 20)  /* all elements of all activities together */
#define LIMIT_VALUES 65536u          /* how many elements are set, of all activities together */
#define LIMIT_LEARNER_BYTES 65536u   /* identifier, name and language together */
#define LIMIT_COLLECTION 10000u      /* members of one collection: interactions, objectives, comments … */
/* Of collections whose members are compared with each other: objectives, those of an interaction, and correct
 * responses (SPM 100, 10, 10). It keeps a journal's replay linear. */
#define LIMIT_COMPARED_COLLECTION 1000u
#define LIMIT_COMPARED_PARTS 100u /* of a response (SPM 36): further ones are kept, and not compared */

/* The journal between two engine_journal_taken() */
#define LIMIT_JOURNAL_BYTES (8u << 20)

#endif
