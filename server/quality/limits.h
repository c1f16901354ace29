/* What a quality questionnaire may hold at most. */
#ifndef SERVER_QUALITY_LIMITS_H
#define SERVER_QUALITY_LIMITS_H

#define QUALITY_EXTRA_QUESTIONS 20u
#define QUALITY_EXTRA_TEXTS 3u /* of those, with free text */
#define QUALITY_OPTIONS 10u
#define QUALITY_QUESTION_CHARACTERS 500
#define QUALITY_TEXT_CHARACTERS 1000 /* of one free text that is given */
#define QUALITY_GROUP_SMALLEST 5u
#define QUALITY_GROUP_LARGEST 1000u
#define QUALITY_SEALED_BYTES 20480u /* each sheet is padded to this before it is sealed */

#endif
