#include "server/ecm/board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct board_keeper {
	struct store *store;
	GMutex lock; /* below */
	GCond made;
	GThread *thread;     /* the last that made one; NULL before the first */
	struct board *board; /* NULL: none yet */
	int64_t took_ms;
	bool making;
};

struct board_keeper *board_keeper_create(struct store *store)
{
	struct board_keeper *keeper = g_new0(struct board_keeper, 1);
	keeper->store = store;
	g_mutex_init(&keeper->lock);
	g_cond_init(&keeper->made);
	return keeper;
}

static void *make(void *data)
{
	struct board_keeper *keeper = data;
	int64_t start = g_get_monotonic_time();
	struct db *db = store_read(keeper->store);
	struct board *board = board_make(db);
	store_read_done(keeper->store, db);
	g_mutex_lock(&keeper->lock);
	board_unref(keeper->board);
	keeper->board = board;
	keeper->took_ms = (g_get_monotonic_time() - start) / 1000;
	keeper->making = false;
	g_cond_broadcast(&keeper->made);
	g_mutex_unlock(&keeper->lock);
	return NULL;
}

/* The three below hold the lock. */

static bool is_quick(const struct board_keeper *keeper)
{
	return !keeper->board || keeper->took_ms <= BOARD_QUICK_MS;
}

static bool is_fresh(const struct board_keeper *keeper)
{
	return !is_quick(keeper) && store_now() - keeper->board->made_at < keeper->took_ms * BOARD_KEPT_TIMES;
}

static void start(struct board_keeper *keeper)
{
	if (keeper->thread) {
		g_thread_join(keeper->thread); /* it is through: nothing is being made */
	}
	keeper->making = true;
	keeper->thread = g_thread_new("board", make, keeper);
}

struct board *board_get(struct board_keeper *keeper)
{
	g_mutex_lock(&keeper->lock);
	bool wait = is_quick(keeper);
	if (!is_fresh(keeper) && !keeper->making) {
		start(keeper);
	}
	while (wait && keeper->making) {
		g_cond_wait(&keeper->made, &keeper->lock);
	}
	struct board *board = board_ref(keeper->board);
	g_mutex_unlock(&keeper->lock);
	return board;
}

void board_keeper_destroy(struct board_keeper *keeper)
{
	if (!keeper) {
		return;
	}
	if (keeper->thread) {
		g_thread_join(keeper->thread);
	}
	board_unref(keeper->board);
	g_mutex_clear(&keeper->lock);
	g_cond_clear(&keeper->made);
	g_free(keeper);
}

static bool fits(const char *wanted, const char *is)
{
	return !wanted || !*wanted || strcmp(wanted, is) == 0;
}

bool board_counts(const struct board_filter *filter, const struct board_cell *cell)
{
	return fits(filter->company, cell->company) && fits(filter->target_group, cell->target_group) &&
	       fits(filter->level, cell->level) &&
	       (filter->profession < 0 || filter->profession == cell->profession);
}

int board_month_number(const char *day)
{
	int year = 0, month = 1;
	sscanf(day, "%d-%d", &year, &month);
	return year * 12 + month - 1;
}

static double month_share(const char *day)
{
	int of_month = strlen(day) >= 10 ? atoi(day + 8) : 1;
	return MIN(1.0, of_month / 30.4);
}

void forecast_make(const int64_t *months, guint count, const char *today, const char *deadline,
	int64_t people, int64_t target, struct forecast *ret)
{
	*ret = (struct forecast){.target = target};
	double recent = 0, span = 0;
	for (guint i = 0; i < count; i++) {
		ret->completed += months[i];
		if (count - i <= 4) { /* this month and the three before it */
			recent += (double)months[i];
			span += i + 1 == count ? month_share(today) : 1;
		}
	}
	ret->per_month = span > 0 ? recent / span : 0;
	double left = board_month_number(deadline) - board_month_number(today) + month_share(deadline) -
		      month_share(today);
	double expected = (double)ret->completed + ret->per_month * MAX(0, left);
	ret->expected = (int64_t)MIN(expected, (double)people);
	double needed = ret->per_month > 0 ? (double)(target - ret->completed) / ret->per_month : 1e9;
	if (needed < 120) {
		int month = board_month_number(today) + (int)(MAX(0, needed) + month_share(today));
		g_snprintf(
			ret->reached, sizeof(ret->reached), "%04d-%02d", month / 12 % 10000, month % 12 + 1);
	}
}
