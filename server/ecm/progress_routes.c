/* /api/progress: how far the programme is; a coordinator of one company sees its own people only. */
#include "server/app.h"
#include "server/ecm/progress_json.h"
#include "server/ecm/progress_sheet.h"
#include "server/ecm/progress_tables.h"
#include "server/http/request.h"
#include "server/problem.h"
#include "server/routes.h"

static void get_progress(struct request *request, struct reply *reply)
{
	reply_json(reply, 200, progress_json(request));
}

static const struct problem_text no_sheet = {
	.code = "SHEET_FAILED",
	.it = "Il foglio di calcolo non si può scrivere.",
	.en = "The spreadsheet cannot be written.",
	.mend_it = "Controlla lo spazio della cartella temporanea.",
	.mend_en = "Check the room of the temporary folder.",
};

static void get_sheet(struct request *request, struct reply *reply)
{
	json_t *json = progress_json(request);
	GBytes *sheet = progress_sheet(json, request->app->exports);
	json_decref(json);
	if (sheet) {
		reply_header(reply, "Content-Disposition", "attachment; filename=\"avanzamento.xlsx\"");
		reply_bytes(reply, 200, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			sheet);
		g_bytes_unref(sheet);
	} else {
		reply_fault(reply, 500, &no_sheet, NULL);
	}
}

static const struct problem_text no_table = {
	.code = "PROGRESS_TABLE",
	.it = "Il cruscotto non ha questa tabella.",
	.en = "The dashboard has no such table.",
	.mend_it = "Scegli fra target, company, profession, level, module e month.",
	.mend_en = "Choose among target, company, profession, level, module and month.",
};

static void get_csv(struct request *request, struct reply *reply)
{
	const char *id = request_query(request, "table");
	json_t *json = progress_json(request);
	g_autoptr(GBytes) bytes = progress_csv(json, id ? id : "company");
	json_decref(json);
	if (!bytes) {
		reply_fault(reply, 422, &no_table, "table");
		return;
	}
	g_autofree char *disposition = g_strdup_printf("attachment; filename=\"avanzamento-%s.csv\"", id ? id : "company");
	reply_header(reply, "Content-Disposition", disposition);
	reply_bytes(reply, 200, "text/csv; charset=utf-8", bytes);
}

const struct route ecm_progress_routes[] = {
	{.id = "progress",
		.method = HTTP_GET,
		.pattern = "/api/progress",
		.roles = ROLE_COORDINATOR | ROLE_PROVIDER | ROLE_ADMINISTRATOR,
		.handler = get_progress,
		.summary = "Progress of the programme: ?company=&group=&level=&profession="},
	{.id = "progress.sheet",
		.method = HTTP_GET,
		.pattern = "/api/progress.xlsx",
		.roles = ROLE_COORDINATOR | ROLE_PROVIDER | ROLE_ADMINISTRATOR,
		.flags = ROUTE_RECORDED,
		.handler = get_sheet,
		.summary = "The same as a spreadsheet"},
	{.id = "progress.csv",
		.method = HTTP_GET,
		.pattern = "/api/progress.csv",
		.roles = ROLE_COORDINATOR | ROLE_PROVIDER | ROLE_ADMINISTRATOR,
		.flags = ROUTE_RECORDED,
		.handler = get_csv,
		.summary = "One of its tables as CSV: ?table=company (or target, profession, level, module, month)&…"},
	ROUTE_END,
};
