/*
 * A thread of the server's that works through what lies in the data base, sleeps while there is nothing, and is woken
 * when somebody adds to it. Everything here may be called from any thread.
 */
#ifndef SERVER_BACKGROUND_H
#define SERVER_BACKGROUND_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

struct background {
	GThread *thread;
	GMutex lock; /* of the next three */
	GCond woken;
	bool stop;
	bool nudged; /* woken since the last pause that could be cut short */
};

enum background_pause {
	PAUSE_UNTIL_WOKEN, /* ends early when somebody wakes the worker */
	PAUSE_WHOLE,       /* ends early only to stop */
};

/* `background` stays the caller's, and must not move until background_stop(). `work` runs until it returns. */
void background_start(struct background *background, const char *name, GThreadFunc work, void *data);
/* Asks the work to end and waits for it. */
void background_stop(struct background *background);
void background_wake(struct background *background);

bool background_stopping(struct background *background);
/* True: somebody woke the worker, and that is taken as heard. */
bool background_was_woken(struct background *background);
/* False: the work is to end. */
bool background_sleep(struct background *background, int64_t microseconds, enum background_pause pause);

#endif
