/* /api/banks/{bank}/...: a bank to take away. */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "server/app.h"
#include "server/http/request.h"
#include "server/placement/bank_package.h"
#include "server/routes.h"
#include "server/store/placement.h"

static struct bank *load(struct request *request, struct reply *reply)
{
	struct db *db = store_read(request->app->store);
	g_autofree char *body = bank_body(db, request->values[0].number, NULL);
	store_read_done(request->app->store, db);
	struct faults faults;
	faults_init(&faults, 1);
	struct bank *bank = body ? bank_read(body, strlen(body), &faults) : NULL;
	faults_finish(&faults);
	if (!bank) {
		reply_not_found(reply, "bank");
	}
	return bank;
}

static void get_csv(struct request *request, struct reply *reply)
{
	struct bank *bank = load(request, reply);
	if (bank) {
		char *csv = bank_csv(bank);
		g_autoptr(GBytes) bytes = g_bytes_new_take(csv, strlen(csv));
		reply_header(reply, "Content-Disposition", "attachment; filename=\"quesiti.csv\"");
		reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
		bank_destroy(bank);
	}
}

static void get_qti(struct request *request, struct reply *reply)
{
	struct bank *bank = load(request, reply);
	if (!bank) {
		return;
	}
	g_autofree char *folder = g_dir_make_tmp("fad-bank-XXXXXX", NULL);
	g_autofree char *path = folder ? g_build_filename(folder, "quesiti.zip", NULL) : NULL;
	char *contents = NULL;
	gsize len = 0;
	struct db *db = store_read(request->app->store);
	const bool packed = path && bank_package_write(bank, db, path);
	store_read_done(request->app->store, db);
	if (packed && g_file_get_contents(path, &contents, &len, NULL)) {
		g_autoptr(GBytes) bytes = g_bytes_new_take(contents, len);
		reply_header(reply, "Content-Disposition", "attachment; filename=\"quesiti.zip\"");
		reply_bytes(reply, 200, "application/zip", bytes);
	} else {
		reply_text(reply, 500, "no room\n");
	}
	if (path) {
		g_unlink(path);
		g_rmdir(folder);
	}
	bank_destroy(bank);
}

const struct route bank_export_routes[] = {
	{.id = "banks.csv",
		.method = HTTP_GET,
		.pattern = "/api/banks/{bank:id}/csv",
		.roles = ROLE_DESIGNER,
		.handler = get_csv,
		.summary = "The bank as CSV, with its keys"},
	{.id = "banks.qti",
		.method = HTTP_GET,
		.pattern = "/api/banks/{bank:id}/qti",
		.roles = ROLE_DESIGNER,
		.handler = get_qti,
		.summary = "The bank as a QTI 3 package (zip), with its keys"},
	ROUTE_END,
};
