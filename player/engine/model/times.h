/*
 * Times and durations as the two standards write them. Durations are hundredths of a second, which is the
 * finest that either standard has. A year counts 365 days and a month 2,628,029 seconds, as in ADL's
 * run-time.
 */
#ifndef PLAYER_ENGINE_TIMES_H
#define PLAYER_ENGINE_TIMES_H

#include "player/engine/base.h"

#define TIME_TEXT_SIZE 48

/* SCORM 1.2 CMITimespan HHHH:MM:SS.SS. One-digit and more than four-digit hours occur and are taken. */
bool timespan_parse(struct span text, int64_t *ret_cs);
/* Always HHHH:MM:SS.SS. */
struct span timespan_print(int64_t cs, char ret_text[TIME_TEXT_SIZE]);
/* SCORM 1.2 CMITime HH:MM:SS[.SS], a time of day. */
bool is_time_of_day(struct span text);

/* SCORM 2004 timeinterval (second,10,2): P[yY][mM][dD][T[hH][mM][s[.s[s]]S]]. */
bool duration_parse(struct span text, int64_t *ret_cs);
/* PT1H2M3.04S; PT0H0M0S for none. */
struct span duration_print(int64_t cs, char ret_text[TIME_TEXT_SIZE]);
/* SCORM 2004 time (second,10,0): a date and time between 1970 and 2038. */
bool is_timestamp(struct span text);

#endif
