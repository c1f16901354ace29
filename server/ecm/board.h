/*
 * The programme's numbers, kept ready: making them takes a pass over everybody, so with many people they are made in the
 * background and may be a little old. A small installation always sees the present.
 */
#ifndef SERVER_ECM_BOARD_H
#define SERVER_ECM_BOARD_H

#include "server/app.h"
#include "server/store/board.h"

/* Numbers that take longer than this to make are kept; and for so many times as long as they took. */
#define BOARD_QUICK_MS 50
#define BOARD_KEPT_TIMES 30

struct board_keeper;

struct board_keeper *board_keeper_create(struct store *store);
/* Waits for one that is being made. Accepts NULL. */
void board_keeper_destroy(struct board_keeper *keeper);

/* The newest there are, and at least as new as said above; board_unref() them. */
struct board *board_get(struct board_keeper *keeper);

/* Which people are counted; NULL or "" for all of a kind. */
struct board_filter {
	const char *company, *target_group, *level;
	int64_t profession; /* -1: all; 0: who has none */
};

bool board_counts(const struct board_filter *filter, const struct board_cell *cell);

/* What is to be expected if the programme goes on as in its last weeks. */
struct forecast {
	int64_t target, completed;
	double per_month; /* completions, the mean of the last three whole months and this one so far */
	int64_t expected; /* at the deadline; at most everybody */
	char reached[8];  /* YYYY-MM when the target is reached at this pace; empty: not within ten years */
};

/* 2026-03-15 or 2026-03 is 2026 * 12 + 2. */
int board_month_number(const char *day);

/* `months` from the first to the present one (today's), each with its completions; days are YYYY-MM-DD. */
void forecast_make(const int64_t *months, guint count, const char *today, const char *deadline,
	int64_t people, int64_t target, struct forecast *ret);

#endif
