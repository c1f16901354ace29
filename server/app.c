#include "server/app.h"

#include <errno.h>
#include <unistd.h>

#include "server/campaigns/worker.h"
#include "server/certificates/batch.h"
#include "server/learning/import_pool.h"
#include "server/campaigns/relay_secret.h"
#include "server/ecm/board.h"
#include "server/key.h"
#include "server/learning/content_cache.h"
#include "server/people/limiter.h"
#include "server/people/secrets.h"
#include "server/placement/prepared.h"
#include "server/problem.h"
#include "server/store/settings.h"

static bool make_folder(const char *path, struct problem *ret)
{
	if (g_mkdir_with_parents(path, 0700) == 0 && access(path, R_OK | W_OK | X_OK) == 0) {
		return true;
	}
	g_autofree char *it = g_strdup_printf("La cartella dati non è scrivibile: %s", g_strerror(errno));
	g_autofree char *en = g_strdup_printf("The data folder is not writable: %s", g_strerror(errno));
	problem_set(ret,
		&(struct problem_text){"DATA_UNWRITABLE", it, en,
			"Indicare con --data una cartella in cui questo utente possa scrivere.",
			"Name a folder with --data that this user may write to."},
		path);
	return false;
}

/* Made at the first start, kept in the data base: a restart signs nobody out. */
static bool find_key(struct db *db, void *data)
{
	struct app *app = data;
	char text[65];
	if (!settings_get(db, "server_key", text, sizeof(text))) {
		secrets_random_hex(text);
		settings_set(db, "server_key", text);
	}
	secrets_from_hex(text, app->key);
	relay_protect(db, app);
	return true;
}

struct app *app_open(const char *folder, struct problem *ret)
{
	secrets_start();
	struct app *app = g_new0(struct app, 1);
	app->folder = g_strdup(folder);
	app->content = g_build_filename(folder, "content", NULL);
	app->incoming = g_build_filename(folder, "incoming", NULL);
	app->exports = g_build_filename(folder, "exports", NULL);
	app->logins = limiter_create();
	app->prepared = prepared_cache_create();
	g_autofree char *path = g_build_filename(folder, "fad.db", NULL);
	if (!make_folder(folder, ret) || !make_folder(app->content, ret) ||
		!make_folder(app->incoming, ret) || !make_folder(app->exports, ret) ||
		!key_load(folder, app->vault, ret) || (app->store = store_open(path, ret)) == NULL) {
		app_close(app);
		return NULL;
	}
	store_use_key(app->store, app->vault);
	if (!store_write(app->store, find_key, app, ret)) {
		app_close(app);
		return NULL;
	}
	app->board = board_keeper_create(app->store);
	app->files = content_cache_create(app->store, app->content);
	return app;
}

void app_close(struct app *app)
{
	if (app == NULL) {
		return;
	}
	http_stop(app->http);
	mail_worker_stop(app);
	batch_worker_stop(app);
	import_pool_stop(app);
	board_keeper_destroy(app->board);
	content_cache_destroy(app->files);
	store_close(app->store);
	assets_destroy(app->assets);
	limiter_destroy(app->logins);
	prepared_cache_destroy(app->prepared);
	g_free(app->folder);
	g_free(app->content);
	g_free(app->incoming);
	g_free(app->exports);
	g_free(app);
}
