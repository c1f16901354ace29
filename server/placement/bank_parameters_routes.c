/* /api/banks/{bank}/parameters: item parameters as CSV, in and out. */
#include <string.h>

#include "assessment/placement/parameters.h"
#include "server/app.h"
#include "server/limits.h"
#include "server/placement/bank_parameters.h"
#include "server/placement/bank_reply.h"
#include "server/routes.h"

static char *body_of(struct request *request)
{
	struct db *db = store_read(request->app->store);
	char *body = bank_body(db, request->values[0].number, NULL);
	store_read_done(request->app->store, db);
	return body;
}

static void get_parameters(struct request *request, struct reply *reply)
{
	g_autofree char *body = body_of(request);
	char *csv = body ? parameters_csv(body) : NULL;
	if (!csv) {
		reply_not_found(reply, "bank");
		return;
	}
	g_autoptr(GBytes) bytes = g_bytes_new_take(csv, strlen(csv));
	reply_header(reply, "Content-Disposition", "attachment; filename=\"parametri.csv\"");
	reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
}

static void post_parameters(struct request *request, struct reply *reply)
{
	gsize len;
	const char *csv = g_bytes_get_data(request->body, &len);
	g_autofree char *there = body_of(request), *name = request_file_name(request);
	if (!there) {
		reply_not_found(reply, "bank");
		return;
	}
	struct faults faults;
	faults_init(&faults, BANK_FAULTS_MAX);
	struct bank_row row;
	struct problem problem = {0};
	guint count = 0;
	const enum bank_import result = bank_parameters_import(request->app->store, request->values[0].number, csv ? csv : "", len,
		name, request->who.person, &row, &count, &faults, &problem);
	bank_import_reply(request, reply, result, &row, &faults, &problem);
	faults_finish(&faults);
}

const struct route bank_parameters_routes[] = {
	{.id = "banks.parameters",
		.method = HTTP_GET,
		.pattern = "/api/banks/{bank:id}/parameters",
		.roles = ROLE_DESIGNER,
		.handler = get_parameters,
		.summary = "Parameters and states of a bank's items as CSV"},
	{.id = "banks.parameters_import",
		.method = HTTP_POST,
		.pattern = "/api/banks/{bank:id}/parameters",
		.roles = ROLE_DESIGNER,
		.body = BODY_BYTES,
		.body_limit = LIMIT_BANK_BYTES,
		.handler = post_parameters,
		.summary = "Puts a CSV of parameters on the bank's items: a new version; nothing when a row is wrong"},
	ROUTE_END,
};
