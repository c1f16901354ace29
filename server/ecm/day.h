/* Days as people in Italy count them: the report wants the local day, the data base keeps UTC. */
#ifndef SERVER_ECM_DAY_H
#define SERVER_ECM_DAY_H

#include <stdint.h>

/* "2026-02-03": the day in Italy at this moment (ms since 1970, UTC). */
void ecm_day(int64_t ms, char ret[11]);

/* "20260203-1015": the minute likewise, for the names of files. */
void ecm_minute(int64_t ms, char ret[14]);

#endif
