#include "server/background.h"

void background_start(struct background *background, const char *name, GThreadFunc work, void *data)
{
	*background = (struct background){0};
	g_mutex_init(&background->lock);
	g_cond_init(&background->woken);
	background->thread = g_thread_new(name, work, data);
}

void background_stop(struct background *background)
{
	g_mutex_lock(&background->lock);
	background->stop = true;
	g_cond_signal(&background->woken);
	g_mutex_unlock(&background->lock);
	g_thread_join(background->thread);
	g_mutex_clear(&background->lock);
	g_cond_clear(&background->woken);
}

void background_wake(struct background *background)
{
	g_mutex_lock(&background->lock);
	background->nudged = true;
	g_cond_signal(&background->woken);
	g_mutex_unlock(&background->lock);
}

bool background_stopping(struct background *background)
{
	g_mutex_lock(&background->lock);
	bool stop = background->stop;
	g_mutex_unlock(&background->lock);
	return stop;
}

bool background_was_woken(struct background *background)
{
	g_mutex_lock(&background->lock);
	bool nudged = background->nudged;
	background->nudged = false;
	g_mutex_unlock(&background->lock);
	return nudged;
}

bool background_sleep(struct background *background, int64_t microseconds, enum background_pause pause)
{
	int64_t until = g_get_monotonic_time() + microseconds;
	g_mutex_lock(&background->lock);
	while (!background->stop && (pause == PAUSE_WHOLE || !background->nudged) &&
		g_cond_wait_until(&background->woken, &background->lock, until)) {
	}
	bool go_on = !background->stop;
	g_mutex_unlock(&background->lock);
	return go_on;
}
