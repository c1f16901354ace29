/*
 * Counts wrong passwords by account and by address, in memory: slows guessing down without ever locking
 * an account for good. Bounded: the oldest entries are forgotten.
 */
#ifndef SERVER_PEOPLE_LIMITER_H
#define SERVER_PEOPLE_LIMITER_H

#include <stdint.h>

struct limiter;

struct limiter *limiter_create(void);
void limiter_destroy(struct limiter *limiter);

/*
 * Counts a try before its password is looked at, so that many at once do not slip through: 0. Or the seconds
 * to wait before this account may be tried from this address; then nothing was counted. `now` in ms.
 */
int64_t limiter_try(struct limiter *limiter, const char *login, const char *address, int64_t now);
/* It was right: the account's count is forgotten, the address gets its try back. */
void limiter_succeeded(struct limiter *limiter, const char *login, const char *address);

#endif
