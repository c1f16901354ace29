/* Days as people in Italy count them: the report wants the local day, the data base keeps UTC. */
#ifndef SERVER_ECM_DAY_H
#define SERVER_ECM_DAY_H

#include <stdbool.h>
#include <stdint.h>

/* "2026-02-03": the day in Italy at this moment (ms since 1970, UTC). */
void ecm_day(int64_t ms, char ret[11]);
/* The same as hours and minutes on the clock: "09:30". */
void ecm_clock(int64_t ms, char ret[6]);
/* The moment of a local day and time, "2026-02-03" and "09:30"; false: there is none such. */
bool ecm_moment(const char *day, const char *clock, int64_t *ret);
/* So many days later. */
void ecm_day_add(const char *day, int days, char ret[11]);

/* "20260203-1015": the minute likewise, for the names of files. */
void ecm_minute(int64_t ms, char ret[14]);

#endif
